import { EventEmitter, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, Uri, type Disposable } from "vscode";
import { replayRunEvents } from "../../progress/runEvents.ts";
import type { ProgressNode } from "../../progress/progressTree.ts";
import type { LoadEngine } from "../engine.ts";
import type { Runs } from "../runs.ts";

/** The heading under which earlier runs stand. */
export const EARLIER = "earlier runs";

/** A run of which only the log is left. */
export interface EarlierRun {
  readonly folder: Uri;
  /** Name of the log. */
  readonly log: string;
  /** When it began, ISO 8601; undefined where the log does not say. */
  readonly at: string | undefined;
  readonly label: string;
  readonly description: string;
  readonly outcome: "done" | "failed" | "cancelled" | undefined;
}

/** The runs of earlier sessions, read from their logs when somebody looks. */
export class EarlierRuns implements Disposable {
  readonly #loadEngine: LoadEngine;
  readonly #folders: () => readonly Uri[];
  readonly #emitter = new EventEmitter<void>();
  readonly #nodes = new Map<EarlierRun, readonly ProgressNode[]>();
  readonly #runs: Runs;
  readonly #listener: Disposable;
  #found: EarlierRun[] | undefined;

  readonly onDidChange = this.#emitter.event;

  /** @param folders The stories of the window. */
  constructor(loadEngine: LoadEngine, runs: Runs, folders: () => readonly Uri[]) {
    this.#loadEngine = loadEngine;
    this.#runs = runs;
    this.#folders = folders;
    // Read again when somebody looks next; what is shown now need not change.
    this.#listener = runs.onDidEnd(() => (this.#found = undefined));
  }

  get hasAny(): boolean {
    return this.#folders().length > 0;
  }

  /** The newest first, without those that the tree shows anyway. */
  async list(): Promise<EarlierRun[]> {
    this.#found ??= await this.#read();
    const shown = new Set(this.#runs.all.map(({ folder, at }) => `${folder.toString()} ${at}`));
    return this.#found.filter(({ folder, at }) => !shown.has(`${folder.toString()} ${at}`));
  }

  async nodes(run: EarlierRun): Promise<ProgressNode[]> {
    const known = this.#nodes.get(run);
    if (known) return [...known];
    const { openStoryDirector } = await this.#loadEngine();
    const nodes = replayRunEvents(await openStoryDirector({ folder: run.folder.fsPath }).readRun(run.log));
    this.#nodes.set(run, nodes);
    return nodes;
  }

  runOf(node: ProgressNode): EarlierRun | undefined {
    return [...this.#nodes].find(([, nodes]) => nodes.includes(node))?.[0];
  }

  /** The story of a node that was read from a log. */
  folderOf(node: ProgressNode): Uri | undefined {
    return this.runOf(topOf(node))?.folder;
  }

  /** An id for the rows below a run. */
  idOf(node: ProgressNode): string {
    const run = this.runOf(topOf(node));
    return run ? `${run.folder.toString()}/${run.log}` : "";
  }

  item(run: EarlierRun): TreeItem {
    const item = new TreeItem(run.label, TreeItemCollapsibleState.Collapsed);
    item.id = `${run.folder.toString()}/${run.log}`;
    item.description = run.description;
    item.iconPath = outcomeIcon(run.outcome);
    item.contextValue = "earlier-run";
    return item;
  }

  /** Deletes the logs of every story of the window. */
  async clear(): Promise<void> {
    const { openStoryDirector } = await this.#loadEngine();
    await Promise.all(this.#folders().map(({ fsPath }) => openStoryDirector({ folder: fsPath }).clearRuns()));
    this.forget();
  }

  /** What was read is read again when somebody looks. */
  forget(): void {
    this.#found = undefined;
    this.#nodes.clear();
    this.#emitter.fire();
  }

  dispose(): void {
    this.#listener.dispose();
    this.#emitter.dispose();
  }

  async #read(): Promise<EarlierRun[]> {
    const { openStoryDirector } = await this.#loadEngine();
    const perStory = await Promise.all(
      this.#folders().map(async (folder) => {
        const story = openStoryDirector({ folder: folder.fsPath });
        return Promise.all((await story.runs()).map(async (log) => earlierRun(folder, log, await story.readRun(log))));
      }),
    );
    return perStory.flat().sort((a, b) => (a.log < b.log ? 1 : -1));
  }
}

function topOf(node: ProgressNode): ProgressNode {
  let top = node;
  while (top.parent) top = top.parent;
  return top;
}

function earlierRun(folder: Uri, log: string, events: readonly { readonly event: string; readonly [key: string]: unknown }[]): EarlierRun {
  const start = events.find(({ event }) => event === "run-start");
  const end = events.findLast(({ event }) => event === "run-end");
  const at = typeof start?.["at"] === "string" ? start["at"] : undefined;
  const label = at === undefined ? log : new Date(at).toLocaleString();
  const outcome = end?.["outcome"] as EarlierRun["outcome"];
  const counts = end ? `${Number(end["ready"])}/${Number(end["total"])}` : "interrupted";
  const title = typeof start?.["title"] === "string" ? start["title"] : "";
  return { folder, log, at, label, description: `${title} · ${counts}`, outcome };
}

function outcomeIcon(outcome: EarlierRun["outcome"]): ThemeIcon {
  switch (outcome) {
    case "done":
      return new ThemeIcon("pass");
    case "failed":
      return new ThemeIcon("error", new ThemeColor("testing.iconFailed"));
    case "cancelled":
    case undefined:
      return new ThemeIcon("debug-stop");
  }
}
