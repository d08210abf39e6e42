import { formatMoney } from "../core/cost.ts";
import { StoryDirectorError } from "../core/errors.ts";

/** A run that was stopped because its budget is spent. */
export class BudgetError extends StoryDirectorError {}

/** What a person is asked with. */
export interface BudgetPause {
  readonly limitUsd: number;
  readonly spentUsd: number;
  /** Calls whose price is unknown: not in the sum. */
  readonly unknownCalls: number;
}

/** Go on, up to a new limit or without one; or stop. */
export type BudgetAnswer = { readonly go: "on"; readonly limitUsd?: number | undefined } | { readonly go: "stop" };

export interface BudgetOptions {
  /** US dollars; no limit where absent. */
  readonly limitUsd: number | undefined;
  /** What a segment is expected to cost in all, US dollars. */
  readonly segmentUsd: number;
  readonly spent: () => { readonly usd: number; readonly unknownCalls: number };
  /** What a segment has cost so far, US dollars. */
  readonly spentOn: (segmentId: string) => number;
  readonly ask: (pause: BudgetPause) => Promise<BudgetAnswer>;
}

interface Waiting {
  readonly ids: readonly string[];
  readonly go: () => void;
  readonly fail: (reason: unknown) => void;
}

/**
 * Holds a run to its budget, between segments: once a segment has begun, all its calls may go, so
 * that nothing is paid for by half. What has begun counts with what it is expected to cost, or the
 * first batches, which start together, would be beyond the limit before one call has come back.
 * When the limit is reached and all that had begun is over, a person is asked.
 */
export class Budget {
  readonly #options: BudgetOptions;
  readonly #begun = new Set<string>();
  readonly #underWay = new Set<string>();
  readonly #waiting = new Set<Waiting>();
  #limitUsd: number | undefined;
  #isAsking = false;
  #stopped: BudgetError | undefined;

  constructor(options: BudgetOptions) {
    this.#options = options;
    this.#limitUsd = options.limitUsd;
  }

  /** Why the run was stopped; undefined where it was not, or not for its budget. */
  get stopped(): BudgetError | undefined {
    return this.#stopped;
  }

  /**
   * Resolves when work on these segments may begin; at once where it has begun before. No ids stand
   * for work that is no segment's. Rejects with an AbortError when stopped, by the signal or the answer.
   */
  begin(ids: readonly string[], signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const leave = () => {
        this.#waiting.delete(waiting);
        signal.removeEventListener("abort", abort);
      };
      const abort = () => {
        leave();
        reject(signal.reason);
      };
      const waiting: Waiting = {
        ids,
        go: () => {
          leave();
          this.#start(ids);
          resolve();
        },
        fail: (reason) => {
          leave();
          reject(reason);
        },
      };
      signal.addEventListener("abort", abort, { once: true });
      this.#waiting.add(waiting);
      this.#admit();
    });
  }

  /** The segment is saved, or will not be in this run. */
  end(segmentId: string): void {
    if (this.#underWay.delete(segmentId)) this.#admit();
  }

  #start(ids: readonly string[]): void {
    for (const id of ids) {
      if (!this.#begun.has(id)) this.#underWay.add(id);
      this.#begun.add(id);
    }
  }

  #admit(): void {
    if (this.#stopped) return this.#failAll(stopReason());
    for (const waiting of this.#waiting) {
      const hasBegun = waiting.ids.length > 0 && waiting.ids.every((id) => this.#begun.has(id));
      if (hasBegun || this.#hasRoom()) waiting.go();
    }
    if (this.#waiting.size > 0 && this.#underWay.size === 0 && !this.#isAsking) void this.#ask();
  }

  #hasRoom(): boolean {
    if (this.#limitUsd === undefined) return true;
    const { segmentUsd, spent, spentOn } = this.#options;
    const expected = [...this.#underWay].reduce((sum, id) => sum + Math.max(0, segmentUsd - spentOn(id)), 0);
    return spent().usd + expected < this.#limitUsd;
  }

  async #ask(): Promise<void> {
    const limitUsd = this.#limitUsd!;
    const { usd: spentUsd, unknownCalls } = this.#options.spent();
    this.#isAsking = true;
    try {
      const answer = await this.#options.ask({ limitUsd, spentUsd, unknownCalls });
      this.#isAsking = false;
      // Where the run was stopped in the meantime, the answer comes too late.
      if (this.#waiting.size === 0) return;
      if (answer.go === "on") this.#limitUsd = answer.limitUsd;
      else this.#stopped = budgetError(limitUsd, spentUsd);
      this.#admit();
    } catch (error) {
      this.#isAsking = false;
      this.#failAll(error);
    }
  }

  #failAll(reason: unknown): void {
    for (const { fail } of this.#waiting) fail(reason);
  }
}

function stopReason(): DOMException {
  return new DOMException("The budget is spent.", "AbortError");
}

function budgetError(limitUsd: number, spentUsd: number): BudgetError {
  const hint = "What is made is saved; a run with a higher budget goes on from there.";
  return new BudgetError(`The budget of ${formatMoney(limitUsd)} is spent: the run came to ${formatMoney(spentUsd)}`, { hint });
}
