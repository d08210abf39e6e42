import { AnswerFault } from "./answerFault.ts";
import { onAbort } from "./onAbort.ts";
import type { Timing } from "./timing.ts";

interface Limits {
  readonly limitMs: number;
  readonly timing: Timing;
  /** Stops the work as well. */
  readonly signal: AbortSignal;
}

/**
 * Does work that must not take longer; its signal is aborted when the time is up, and when the work is over.
 * @throws {AnswerFault} `stalled` where the time was up, else whatever the work throws
 */
export async function withinTime<Result>({ limitMs, timing, signal }: Limits, work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const control = new AbortController();
  let isLate = false;
  const unlink = onAbort(signal, () => control.abort());
  const cancel = timing.after(limitMs, () => {
    isLate = true;
    control.abort();
  });
  try {
    return await work(control.signal);
  } catch (error) {
    throw isLate ? new AnswerFault("stalled") : error;
  } finally {
    cancel();
    unlink();
    control.abort();
  }
}
