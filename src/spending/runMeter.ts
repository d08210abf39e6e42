import { addSpent, formatMeter, NOTHING_SPENT, spentOnCall, toBill, toDollars, type Bill, type Spent, type TokenUsage } from "../core/cost.ts";
import type { PriceOf } from "../core/priceBook.ts";
import type { ProgressTask, RunEvent } from "../pipeline/ports.ts";
import type { ProgressManager } from "../progress/progressManager.ts";
import { Budget, type BudgetError, type BudgetAnswer, type BudgetPause } from "./budget.ts";
import { SegmentBills } from "./segmentBills.ts";

/** What a call came to: the keys that its cost depends on, and whatever else is to be logged. */
export interface MeteredCall {
  readonly purpose: string;
  /** What it was to mend, where it is a repair. */
  readonly repairs?: string | undefined;
  readonly model: string;
  readonly usage: TokenUsage | undefined;
  readonly ids: readonly string[];
}

export interface RunMeterOptions {
  readonly priceOf: PriceOf;
  /** US dollars; no limit where absent. */
  readonly limitUsd?: number | undefined;
  /** What a segment is expected to cost, US dollars. */
  readonly segmentUsd: number;
  /** Is asked when the limit is reached; a run that nobody can be asked of is stopped. */
  readonly ask?: ((pause: BudgetPause) => Promise<BudgetAnswer>) | undefined;
  readonly progress: ProgressManager;
  readonly emit: (event: RunEvent) => void;
}

/** Calls that work on segments; all others are for the story as a whole, or for an asset. */
const FOR_SEGMENTS: ReadonlySet<string> = new Set(["draft", "repair", "optimize"]);

/** What a run costs while it runs: the sum, what each segment took of it, and the budget. */
export class RunMeter {
  readonly #options: RunMeterOptions;
  readonly #budget: Budget;
  readonly #bills: SegmentBills;
  readonly #unsubscribe: () => void;
  #spent: Spent = NOTHING_SPENT;
  #task: ProgressTask | undefined;

  constructor(options: RunMeterOptions) {
    const { priceOf, limitUsd, segmentUsd, emit, progress } = options;
    this.#options = options;
    this.#bills = new SegmentBills(priceOf, emit);
    this.#budget = new Budget({
      limitUsd,
      segmentUsd,
      spent: () => ({ usd: toDollars(this.#spent.picoDollars), unknownCalls: this.#spent.unknownCalls }),
      spentOn: (id) => this.#bills.spentOn(id),
      ask: (pause) => this.#ask(pause),
    });
    this.#unsubscribe = progress.onChange(({ changes }) => {
      for (const { what, node } of changes) {
        if (what !== "state" || node.kind !== "segment" || node.state === "waiting" || node.state === "running") continue;
        this.#bills.settle(node.id, node.state === "done");
        this.#budget.end(node.id);
      }
    });
  }

  /** Undefined where no model was asked. */
  get bill(): Bill | undefined {
    return this.#spent.calls > 0 ? toBill(this.#spent) : undefined;
  }

  /** Why the run was stopped, where its budget was spent. */
  get stopped(): BudgetError | undefined {
    return this.#budget.stopped;
  }

  /** Logs the call with what it cost: `{event: "model-call", …call, usd?}`; no `usd` where that is unknown. */
  record(call: MeteredCall): void {
    const { model, usage, ids } = call;
    const spent = spentOnCall(usage, this.#options.priceOf(model));
    this.#spent = addSpent(this.#spent, spent);
    this.#options.emit({ event: "model-call", ...call, ...(spent.unknownCalls ? {} : { usd: toDollars(spent.picoDollars) }) });
    const isForSegments = FOR_SEGMENTS.has(call.purpose) && (call.repairs === undefined || FOR_SEGMENTS.has(call.repairs));
    this.#bills.record({ model, usage, segmentIds: isForSegments ? ids : [] });
    this.#task?.say(formatMeter(toBill(this.#spent)));
  }

  /** The node that says what the run has cost so far. */
  showOn(task: ProgressTask): void {
    this.#task = task;
  }

  /** Resolves when work on these may begin: the budget's word. */
  begin(segmentIds: readonly string[], signal: AbortSignal): Promise<void> {
    return this.#budget.begin(segmentIds, signal);
  }

  openDrafts(segmentIds: readonly string[]): void {
    this.#bills.open(segmentIds);
  }

  wroteDraft(segmentId: string, length: number): void {
    this.#bills.wrote(segmentId, length);
  }

  /** @param missing Those of them that no draft came for. */
  closeDrafts(segmentIds: readonly string[], missing: readonly string[]): void {
    this.#bills.close(segmentIds);
    for (const id of missing) this.#budget.end(id);
  }

  finish(): void {
    this.#unsubscribe();
    this.#bills.finish();
  }

  async #ask(pause: BudgetPause): Promise<BudgetAnswer> {
    const { ask, emit } = this.#options;
    emit({ event: "budget-pause", ...pause });
    const answer = ask ? await ask(pause) : ({ go: "stop" } as const);
    emit({ event: "budget-answer", ...answer });
    return answer;
  }
}
