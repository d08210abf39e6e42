import { addSpent, NOTHING_SPENT, spentOnCall, toBill, toDollars, type Spent, type TokenUsage } from "../core/cost.ts";
import type { PriceOf } from "../core/priceBook.ts";
import { shareUsage } from "../core/shares.ts";
import type { RunEvent } from "../pipeline/ports.ts";

/** One call to a model when it is over, as far as its cost goes. */
export interface SpentCall {
  readonly model: string;
  /** Undefined where the provider did not tell, as of a call that broke off. */
  readonly usage: TokenUsage | undefined;
  /** The segments that the call worked on; empty where it was for the story as a whole. */
  readonly segmentIds: readonly string[];
}

interface SegmentBill {
  spent: Spent;
  readonly models: Set<string>;
  /** Whether the segment was saved; undefined while it is under way. */
  isSaved: boolean | undefined;
}

/**
 * What every segment cost: its own calls, and its share of those that it had in common with others.
 * A segment is saved before the stream that drafts its batch ends and tells its tokens, so its bill
 * comes when both are over.
 */
export class SegmentBills {
  readonly #priceOf: PriceOf;
  readonly #emit: (event: RunEvent) => void;
  readonly #bills = new Map<string, SegmentBill>();
  /** Drafts that are being written, by segment. */
  readonly #streams = new Map<string, number>();
  /** Characters written for a segment since the last call that worked on it. */
  readonly #lengths = new Map<string, number>();

  constructor(priceOf: PriceOf, emit: (event: RunEvent) => void) {
    this.#priceOf = priceOf;
    this.#emit = emit;
  }

  /** US dollars that the segment has cost so far. */
  spentOn(segmentId: string): number {
    return toDollars(this.#bills.get(segmentId)?.spent.picoDollars ?? 0);
  }

  record({ model, usage, segmentIds }: SpentCall): void {
    const price = this.#priceOf(model);
    const shares = usage && segmentIds.length ? shareUsage(usage, segmentIds.map((id) => this.#lengths.get(id) ?? 0)) : [];
    for (const [index, id] of segmentIds.entries()) {
      const bill = this.#billOf(id);
      bill.spent = addSpent(bill.spent, spentOnCall(shares[index], price));
      bill.models.add(model);
      this.#lengths.delete(id);
    }
  }

  /** A stream of drafts of these begins. */
  open(segmentIds: readonly string[]): void {
    for (const id of segmentIds) this.#streams.set(id, (this.#streams.get(id) ?? 0) + 1);
  }

  /** @param length Characters that were written for the segment. */
  wrote(segmentId: string, length: number): void {
    this.#lengths.set(segmentId, length);
  }

  /** The stream is over, and so are its calls. */
  close(segmentIds: readonly string[]): void {
    for (const id of segmentIds) {
      const left = (this.#streams.get(id) ?? 1) - 1;
      if (left > 0) this.#streams.set(id, left);
      else this.#streams.delete(id);
      this.#tell(id);
    }
  }

  settle(segmentId: string, isSaved: boolean): void {
    const bill = this.#bills.get(segmentId);
    // Its first bill may still be written.
    if (!bill && !this.#streams.has(segmentId)) return;
    this.#billOf(segmentId).isSaved = isSaved;
    this.#tell(segmentId);
  }

  /** The run is over: tells of what was paid for and never got to its end. */
  finish(): void {
    for (const [id, bill] of this.#bills) {
      bill.isSaved ??= false;
      this.#streams.delete(id);
      this.#tell(id);
    }
  }

  #billOf(id: string): SegmentBill {
    const bill = this.#bills.get(id) ?? { spent: NOTHING_SPENT, models: new Set<string>(), isSaved: undefined };
    this.#bills.set(id, bill);
    return bill;
  }

  #tell(id: string): void {
    const bill = this.#bills.get(id);
    if (!bill || bill.isSaved === undefined || this.#streams.has(id)) return;
    this.#bills.delete(id);
    if (bill.spent.calls > 0) this.#emit(segmentEvent(id, bill));
  }
}

/**
 * `{event: "segment-cost", id, saved, models, attempts, usd, unknownCalls, inputTokens,
 * cachedInputTokens, outputTokens}`: `attempts` are the calls that worked on the segment, those in
 * common with others among them; `usd` is the part of the cost that is known.
 */
function segmentEvent(id: string, { spent, models, isSaved }: SegmentBill): RunEvent {
  const { calls, ...bill } = toBill(spent);
  return { event: "segment-cost", id, saved: isSaved, models: [...models], attempts: calls, ...bill };
}
