import type { PlannedTask, TaskKind, TaskState } from "../pipeline/ports.ts";

/** Descendants of kind "segment" by state; `settled` are those that are done, up to date or skipped. */
export interface SegmentCounts extends Readonly<Record<TaskState, number>> {
  readonly total: number;
  readonly settled: number;
}

/** One line of the tree. It is the same object for as long as the tree lives. */
export interface ProgressNode {
  /** Ids from the top, joined by `/`; unique in the tree. */
  readonly path: string;
  readonly id: string;
  readonly label: string;
  readonly kind: TaskKind;
  readonly state: TaskState;
  /** Why it was skipped. */
  readonly reason?: string | undefined;
  /** What was said last. */
  readonly step?: string | undefined;
  readonly steps: readonly { readonly text: string; readonly atMs: number }[];
  /** What it waits for at this moment. */
  readonly note?: string | undefined;
  /** Milliseconds since 1970; absent where nothing ran. */
  readonly startedAt?: number | undefined;
  /** Milliseconds since 1970. */
  readonly endedAt?: number | undefined;
  /** What the work rejected with, untouched; every ancestor that it passed through has the same. */
  readonly error?: unknown;
  readonly parent?: ProgressNode | undefined;
  readonly children: readonly ProgressNode[];
  readonly counts: SegmentCounts;
}

/**
 * `planned`: new children, each with what was planned inside it; `node` is undefined at the top.
 * `counts`: nothing but the node's counts changed.
 */
export type NodeChange =
  | { readonly what: "planned"; readonly node: ProgressNode | undefined; readonly planned: readonly ProgressNode[] }
  | { readonly what: "state" | "step" | "note" | "counts"; readonly node: ProgressNode };

export interface ProgressChange {
  /** Milliseconds since 1970. */
  readonly atMs: number;
  /** The cause first, then the ancestors whose counts changed with it, nearest first. */
  readonly changes: readonly NodeChange[];
}

/** How a node ended. */
export type Outcome =
  | { readonly state: "done" | "cancelled" }
  | { readonly state: "up to date" | "skipped"; readonly reason?: string | undefined }
  | { readonly state: "failed"; readonly error: unknown };

/**
 * The nodes and the ways in which they change. Every change costs as many steps as the tree is deep,
 * however many nodes there are.
 */
export class ProgressTree {
  readonly #top: Node[] = [];
  readonly #byPath = new Map<string, Node>();
  readonly #listeners = new Set<{ readonly tell: (change: ProgressChange) => void }>();

  get nodes(): readonly ProgressNode[] {
    return this.#top;
  }

  find(path: string): ProgressNode | undefined {
    return this.#byPath.get(path);
  }

  /** @returns Ends the subscription. */
  onChange(listener: (change: ProgressChange) => void): () => void {
    const entry = { tell: listener };
    this.#listeners.add(entry);
    return () => void this.#listeners.delete(entry);
  }

  /** @throws {Error} Where a child of that id is there already. */
  plan(parentPath: string | undefined, children: readonly PlannedTask[], atMs: number): void {
    const parent = parentPath === undefined ? undefined : this.#get(parentPath);
    const planned = children.map((task) => this.#add(parent, task));
    if (planned.length === 0) return;
    const segments = planned.reduce((sum, { kind, counts }) => sum + (kind === "segment" ? 1 : 0) + counts.waiting, 0);
    const above = segments > 0 ? lineOf(parent) : [];
    for (const { counts } of above) counts.waiting += segments;
    this.#tell({ atMs, changes: [{ what: "planned", node: parent, planned }, ...countChanges(above.slice(1))] });
  }

  start(path: string, atMs: number): void {
    const node = this.#get(path);
    node.startedAt = atMs;
    this.#move(node, "running", atMs);
  }

  /** The same words twice in a row are one step. */
  say(path: string, text: string, atMs: number): void {
    const node = this.#get(path);
    if (node.step === text) return;
    node.steps.push({ text, atMs });
    this.#tell({ atMs, changes: [{ what: "step", node }] });
  }

  /** Ends by itself when the node settles. */
  note(path: string, text: string | undefined, atMs: number): void {
    const node = this.#get(path);
    if (node.note === text) return;
    node.note = text;
    this.#tell({ atMs, changes: [{ what: "note", node }] });
  }

  settle(path: string, outcome: Outcome, atMs: number): void {
    const node = this.#get(path);
    node.note = undefined;
    node.endedAt = atMs;
    if (outcome.state === "failed") node.error = outcome.error;
    if ("reason" in outcome) node.reason = outcome.reason;
    this.#move(node, outcome.state, atMs);
  }

  #get(path: string): Node {
    const node = this.#byPath.get(path);
    if (!node) throw new Error(`no task was planned at "${path}"`);
    return node;
  }

  #add(parent: Node | undefined, task: PlannedTask): Node {
    const node = new Node(parent, task);
    if (this.#byPath.has(node.path)) throw new Error(`the task "${node.path}" was planned already`);
    this.#byPath.set(node.path, node);
    (parent?.children ?? this.#top).push(node);
    for (const child of task.children ?? []) {
      const { kind, counts } = this.#add(node, child);
      node.counts.waiting += (kind === "segment" ? 1 : 0) + counts.waiting;
    }
    return node;
  }

  #move(node: Node, state: TaskState, atMs: number): void {
    const before = node.state;
    node.state = state;
    const above = node.kind === "segment" && before !== state ? lineOf(node.parent) : [];
    for (const { counts } of above) {
      counts[before] -= 1;
      counts[state] += 1;
    }
    this.#tell({ atMs, changes: [{ what: "state", node }, ...countChanges(above)] });
  }

  #tell(change: ProgressChange): void {
    for (const { tell } of this.#listeners) tell(change);
  }
}

function countChanges(nodes: readonly Node[]): NodeChange[] {
  return nodes.map((node) => ({ what: "counts", node }));
}

/** The node and its ancestors, nearest first. */
function lineOf(nearest: Node | undefined): Node[] {
  const line: Node[] = [];
  for (let node = nearest; node; node = node.parent) line.push(node);
  return line;
}

class Node implements ProgressNode {
  readonly path: string;
  readonly id: string;
  readonly label: string;
  readonly kind: TaskKind;
  readonly parent: Node | undefined;
  readonly children: Node[] = [];
  readonly counts = new Counts();
  readonly steps: { readonly text: string; readonly atMs: number }[] = [];
  state: TaskState = "waiting";
  note: string | undefined;
  reason: string | undefined;
  startedAt: number | undefined;
  endedAt: number | undefined;
  error: unknown;

  constructor(parent: Node | undefined, { id, label, kind }: PlannedTask) {
    this.path = parent ? `${parent.path}/${id}` : id;
    this.id = id;
    this.label = label;
    this.kind = kind;
    this.parent = parent;
  }

  get step(): string | undefined {
    return this.steps.at(-1)?.text;
  }
}

class Counts implements SegmentCounts {
  waiting = 0;
  running = 0;
  done = 0;
  "up to date" = 0;
  skipped = 0;
  failed = 0;
  cancelled = 0;

  get settled(): number {
    return this.done + this["up to date"] + this.skipped;
  }

  get total(): number {
    return this.settled + this.waiting + this.running + this.failed + this.cancelled;
  }
}
