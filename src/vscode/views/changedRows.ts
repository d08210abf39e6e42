import type { NodeChange, ProgressNode } from "../../progress/progressTree.ts";
import { Coalescer, SYSTEM_PACE, type Pace } from "../coalescer.ts";
import type { ProgressFolds } from "./progressFolds.ts";

const COST_INTERVAL_MS = 5000;

export interface ChangedRowsOptions {
  readonly folds: Pick<ProgressFolds, "get">;
  /** Is told which nodes' rows are to be made again; undefined stands for the top. */
  readonly tell: (changed: ReadonlySet<ProgressNode | undefined>) => void;
  readonly pace?: Pace | undefined;
}

/** Finds out which rows a change touches, and tells of them no more often than VS Code can draw them. */
export class ChangedRows {
  readonly #folds: Pick<ProgressFolds, "get">;
  readonly #pace: Pace;
  readonly #coalescer: Coalescer<ProgressNode | undefined>;
  #costSaidAt = 0;

  constructor({ folds, tell, pace = SYSTEM_PACE }: ChangedRowsOptions) {
    this.#folds = folds;
    this.#pace = pace;
    this.#coalescer = new Coalescer(tell, pace);
  }

  /** Whoever stopped a run sees at once that it stops: rows that were cancelled wait for nothing. */
  collect(changes: readonly NodeChange[]): void {
    for (const change of changes) if (this.#isShown(change)) this.#coalescer.add(change.node);
    if (changes.some(({ what, node }) => what === "state" && node.state === "cancelled")) this.flush();
  }

  flush(): void {
    this.#coalescer.flush();
  }

  dispose(): void {
    this.#coalescer.dispose();
  }

  /** An open group shows its counts row by row; refreshing it would fetch all its rows anew. */
  #isShown({ what, node }: NodeChange): boolean {
    if (what === "step" && node.kind === "story") return this.#maySayCost(node);
    return what !== "counts" || (node.kind === "batch" && !this.#folds.get(node).isOpen);
  }

  /** A story's row that is open fetches all its rows anew, so it says only now and then what the run has cost. */
  #maySayCost(story: ProgressNode): boolean {
    const now = this.#pace.clock.now();
    if (this.#folds.get(story).isOpen && now - this.#costSaidAt < COST_INTERVAL_MS) return false;
    this.#costSaidAt = now;
    return true;
  }
}
