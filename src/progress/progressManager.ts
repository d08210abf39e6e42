import { isAbortError } from "../core/errors.ts";
import type { Clock, PlannedTask, ProgressTask, TaskState } from "../pipeline/ports.ts";
import { ProgressTree, type Outcome, type ProgressChange, type ProgressNode } from "./progressTree.ts";

export type { ProgressChange, ProgressNode } from "./progressTree.ts";

/**
 * What a run tells about itself, as a tree: the pipeline writes through `root`, views read `nodes`
 * and listen. Views change nothing, and the pipeline knows no view.
 */
export class ProgressManager {
  /** Where the pipeline plans and runs its top nodes; what is said here is shown nowhere. */
  readonly root: ProgressTask;
  readonly #tree = new ProgressTree();

  constructor(clock: Clock) {
    this.root = new Task(this.#tree, clock, undefined);
  }

  /** The top nodes, in the order in which they were planned. */
  get nodes(): readonly ProgressNode[] {
    return this.#tree.nodes;
  }

  find(path: string): ProgressNode | undefined {
    return this.#tree.find(path);
  }

  /**
   * Tells of every change, at once and in order. A listener that throws breaks the run, so it must not.
   * @returns Ends the subscription.
   */
  onChange(listener: (change: ProgressChange) => void): () => void {
    return this.#tree.onChange(listener);
  }
}

/** The writing side of one node. */
class Task implements ProgressTask {
  readonly #tree: ProgressTree;
  readonly #clock: Clock;
  readonly #path: string | undefined;

  constructor(tree: ProgressTree, clock: Clock, path: string | undefined) {
    this.#tree = tree;
    this.#clock = clock;
    this.#path = path;
  }

  plan(children: readonly PlannedTask[]): void {
    this.#tree.plan(this.#path, children, this.#clock.now());
  }

  async run<T>(id: string, work: (task: ProgressTask) => Promise<T>): Promise<T> {
    const path = this.#childPath(id, ["waiting"]);
    this.#tree.start(path, this.#clock.now());
    let result: T;
    try {
      result = await work(new Task(this.#tree, this.#clock, path));
    } catch (error) {
      this.#settle(path, isAbortError(error) ? { state: "cancelled" } : { state: "failed", error });
      throw error;
    }
    this.#settle(path, { state: "done" });
    return result;
  }

  say(step: string): void {
    if (this.#path === undefined || this.#tree.find(this.#path)?.state !== "running") return;
    this.#tree.say(this.#path, step, this.#clock.now());
  }

  note(text: string | undefined): void {
    if (this.#path === undefined || this.#tree.find(this.#path)?.state !== "running") return;
    this.#tree.note(this.#path, text, this.#clock.now());
  }

  mark(id: string, state: "up to date" | "skipped", reason?: string): void {
    const path = this.#childPath(id, ["waiting", "running"]);
    this.#tree.settle(path, { state, reason }, this.#clock.now());
  }

  /** A child that was marked while it ran stays what it was marked as. */
  #settle(path: string, outcome: Outcome): void {
    if (this.#tree.find(path)?.state === "running") this.#tree.settle(path, outcome, this.#clock.now());
  }

  #childPath(id: string, expected: readonly TaskState[]): string {
    const path = this.#path === undefined ? id : `${this.#path}/${id}`;
    const state = this.#tree.find(path)?.state;
    if (state === undefined) throw new Error(`the task "${path}" was not planned`);
    if (!expected.includes(state)) throw new Error(`the task "${path}" is ${state} already`);
    return path;
  }
}
