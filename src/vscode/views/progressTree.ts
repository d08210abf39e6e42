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
import type { NodeChange, ProgressNode } from "../../progress/progressTree.ts";
import { Coalescer } from "../coalescer.ts";
import { VIEWS } from "../ids.ts";
import type { Runs } from "../runs.ts";
import { collapsesCompletedBatches } from "../settings.ts";
import { EARLIER, type EarlierRun, type EarlierRuns } from "./earlierRuns.ts";
import { ProgressFolds } from "./progressFolds.ts";
import { progressItem, progressTooltip } from "./progressItem.ts";

/** A row: a node of a run, the heading of earlier runs, or one of those. */
export type ProgressElement = ProgressNode | EarlierRun | typeof EARLIER;

const COST_INTERVAL_MS = 5000;

/** The progress tree as VS Code asks for it. The nodes of the model are the rows, so identity is stable. */
export class ProgressTreeProvider implements TreeDataProvider<ProgressElement>, Disposable {
  readonly #runs: Runs;
  readonly #earlier: EarlierRuns;
  readonly #folds = new ProgressFolds();
  readonly #emitter = new EventEmitter<ProgressElement[] | undefined>();
  readonly #coalescer = new Coalescer<NodeChange["node"]>((changed) => this.#tell(changed));
  readonly #view: TreeView<ProgressElement>;
  readonly #disposables: Disposable[];
  #costSaidAt = 0;

  readonly onDidChangeTreeData = this.#emitter.event;

  constructor(runs: Runs, earlier: EarlierRuns) {
    this.#runs = runs;
    this.#earlier = earlier;
    this.#view = window.createTreeView(VIEWS.progress, { treeDataProvider: this, showCollapseAll: true });
    const refresh = () => this.#emitter.fire(undefined);
    this.#disposables = [
      this.#view,
      this.#emitter,
      this.#coalescer,
      this.#view.onDidExpandElement(({ element }) => this.#touch(element, true)),
      this.#view.onDidCollapseElement(({ element }) => this.#touch(element, false)),
      this.#view.onDidChangeVisibility(({ visible }) => visible && refresh()),
      runs.onDidStart(refresh),
      runs.onDidClear(refresh),
      runs.onDidEnd(() => this.#coalescer.flush()),
      runs.onDidChange(({ change }) => this.#collect(change.changes)),
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

  #collect(changes: readonly NodeChange[]): void {
    for (const { what, node } of changes) {
      // An open group shows its counts row by row; refreshing it would fetch all its rows anew.
      if (what === "step" && node.kind === "story" ? this.#maySayCost(node) : what !== "counts" || (node.kind === "batch" && !this.#folds.get(node).isOpen)) this.#coalescer.add(node);
    }
  }

  /** A story's row that is open fetches all its rows anew, so it says only now and then what the run has cost. */
  #maySayCost(story: ProgressNode): boolean {
    if (this.#folds.get(story).isOpen && Date.now() - this.#costSaidAt < COST_INTERVAL_MS) return false;
    this.#costSaidAt = Date.now();
    return true;
  }

  #tell(changed: ReadonlySet<NodeChange["node"]>): void {
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
