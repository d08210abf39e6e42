import type { TextModel } from "../../pipeline/ports.ts";
import { throwIfAborted, untilAborted } from "../model/onAbort.ts";
import { systemTiming, type Timing } from "../model/timing.ts";
import { withinTime } from "../model/withinTime.ts";
import { describeTextFault } from "./textFaults.ts";

/** A person may be asked for consent first. */
const LONGEST_CHECK_MS = 120_000;

/**
 * Asks a text model for one word, and waits for the first piece of it. Nothing of a story is sent.
 * @throws {ModelError} that says what is wrong; an AbortError when stopped
 */
export async function checkTextModel(model: TextModel, signal: AbortSignal, timing: Timing = systemTiming()): Promise<void> {
  throwIfAborted(signal);
  try {
    await withinTime({ limitMs: LONGEST_CHECK_MS, timing, signal }, (inTime) =>
      untilAborted(model.write("Answer with this one word: ready", inTime)[Symbol.asyncIterator]().next(), inTime),
    );
  } catch (error) {
    throwIfAborted(signal);
    throw describeTextFault(error, { label: model.label, isResumable: false });
  }
}
