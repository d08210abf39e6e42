import {
  EventEmitter,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  window,
  type Disposable,
  type TreeDataProvider,
  type TreeView,
} from "vscode";
import { plural } from "../../core/words.ts";
import type { ProgressNode } from "../../progress/progressTree.ts";
import { VIEWS } from "../ids.ts";
import type { Runs } from "../runs.ts";
import { collapsesCompletedBatches } from "../settings.ts";
import { ChangedRows } from "./changedRows.ts";
import { EARLIER, type EarlierRun, type EarlierRuns } from "./earlierRuns.ts";
import { ProgressFolds } from "./progressFolds.ts";
import { progressItem, progressTooltip } from "./progressItem.ts";

/** A row: a node of a run, the heading of earlier runs, or one of those. */
export type ProgressElement = ProgressNode | EarlierRun | typeof EARLIER;

/** The progress tree as VS Code asks for it. The nodes of the model are the rows, so identity is stable. */
export class ProgressTreeProvider implements TreeDataProvider<ProgressElement>, Disposable {
  readonly #runs: Runs;
  readonly #earlier: EarlierRuns;
  readonly #folds = new ProgressFolds();
  readonly #emitter = new EventEmitter<ProgressElement[] | undefined>();
  readonly #changedRows = new ChangedRows({ folds: this.#folds, tell: (changed) => this.#tell(changed) });
  readonly #view: TreeView<ProgressElement>;
  readonly #disposables: Disposable[];

  readonly onDidChangeTreeData = this.#emitter.event;

  constructor(runs: Runs, earlier: EarlierRuns) {
    this.#runs = runs;
    this.#earlier = earlier;
    this.#view = window.createTreeView(VIEWS.progress, { treeDataProvider: this, showCollapseAll: true });
    const refresh = () => this.#emitter.fire(undefined);
    this.#disposables = [
      this.#view,
      this.#emitter,
      this.#changedRows,
      this.#view.onDidExpandElement(({ element }) => this.#touch(element, true)),
      this.#view.onDidCollapseElement(({ element }) => this.#touch(element, false)),
      this.#view.onDidChangeVisibility(({ visible }) => visible && refresh()),
      runs.onDidStart(refresh),
      runs.onDidClear(refresh),
      runs.onDidEnd(() => this.#changedRows.flush()),
      runs.onDidChange(({ change }) => this.#changedRows.collect(change.changes)),
      earlier.onDidChange(refresh),
    ];
  }

  /** A line above the rows; none where it is empty. */
  say(text: string): void {
    this.#view.message = text || undefined;
  }

  get message(): string | undefined {
    return this.#view.message;
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  getTreeItem(element: ProgressElement): TreeItem {
    if (element === EARLIER) return headingItem();
    if ("log" in element) return this.#earlier.item(element);
    const runId = this.#runs.runOf(element)?.id ?? this.#earlier.idOf(element);
    return progressItem(element, { runId, fold: this.#folds.get(element) });
  }

  getChildren(element?: ProgressElement): ProgressElement[] | Promise<ProgressElement[]> {
    if (element === EARLIER) return this.#earlier.list();
    if (element === undefined) {
      const nodes = this.#runs.all.flatMap(({ progress }) => progress.nodes);
      return this.#earlier.hasAny ? [...nodes, EARLIER] : nodes;
    }
    if ("log" in element) return this.#earlier.nodes(element);
    return [...element.children];
  }

  getParent(element: ProgressElement): ProgressElement | undefined {
    if (element === EARLIER) return undefined;
    return "log" in element ? EARLIER : (element.parent ?? this.#earlier.runOf(element));
  }

  resolveTreeItem(item: TreeItem, element: ProgressElement): TreeItem {
    if (element !== EARLIER && !("log" in element)) item.tooltip = progressTooltip(element);
    return item;
  }

  #touch(element: ProgressElement, isOpen: boolean): void {
    if (element !== EARLIER && !("log" in element)) this.#folds.touch(element, isOpen);
  }

  #tell(changed: ReadonlySet<ProgressNode | undefined>): void {
    const nodes = [...changed].filter((node) => node !== undefined);
    const mayFold = collapsesCompletedBatches();
    for (const node of nodes) this.#folds.follow(node, { holdsSelection: this.#holdsSelection(node), mayFold });
    this.#summarize();
    // A hidden tree fetches everything when it is shown again.
    if (this.#view.visible && nodes.length) this.#emitter.fire(nodes);
  }

  #holdsSelection(node: ProgressNode): boolean {
    return this.#view.selection.some((selected) => selected !== EARLIER && !("log" in selected) && isInside(selected, node));
  }

  #summarize(): void {
    const newest = this.#runs.all[0]?.progress.nodes[0];
    this.#view.description = newest ? [`${newest.counts.settled}/${newest.counts.total}`, newest.step].filter(Boolean).join(" · ") : undefined;
    const failed = newest?.counts.failed ?? 0;
    this.#view.badge = failed ? { value: failed, tooltip: `${plural(failed, "segment")} failed` } : undefined;
  }
}

function isInside(node: ProgressNode, ancestor: ProgressNode): boolean {
  for (let at = node.parent; at; at = at.parent) if (at === ancestor) return true;
  return false;
}

function headingItem(): TreeItem {
  const item = new TreeItem("Earlier Runs", TreeItemCollapsibleState.Collapsed);
  item.id = "earlier";
  item.iconPath = new ThemeIcon("history");
  item.contextValue = "earlier-runs";
  return item;
}
