import type { TextModel } from "../../pipeline/ports.ts";
import { AnswerFault } from "../model/answerFault.ts";
import { onAbort, throwIfAborted, untilAborted } from "../model/onAbort.ts";
import { systemTiming, type Timing } from "../model/timing.ts";
import { describeTextFault } from "./textFaults.ts";

/** A person may be asked for consent first. */
const LONGEST_CHECK_MS = 120_000;

/**
 * Asks a text model for one word, and waits for the first piece of it. Nothing of a story is sent.
 * @throws {ModelError} that says what is wrong; an AbortError when stopped
 */
export async function checkTextModel(model: TextModel, signal: AbortSignal, timing: Timing = systemTiming()): Promise<void> {
  throwIfAborted(signal);
  const control = new AbortController();
  let isLate = false;
  const unlink = onAbort(signal, () => control.abort());
  const cancel = timing.after(LONGEST_CHECK_MS, () => {
    isLate = true;
    control.abort();
  });
  try {
    await untilAborted(model.write("Answer with this one word: ready", control.signal)[Symbol.asyncIterator]().next(), control.signal);
  } catch (error) {
    throwIfAborted(signal);
    throw describeTextFault(isLate ? new AnswerFault("stalled") : error, { label: model.label, isResumable: false });
  } finally {
    cancel();
    unlink();
    control.abort();
  }
}
