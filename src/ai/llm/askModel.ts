import { isAbortError } from "../../core/errors.ts";
import type { LanguageModel, Log, ModelOutcome, ModelRequest, ModelUsage } from "../../pipeline/ports.ts";
import { SCAN_LIMITS } from "./elementStream.ts";

export type CallPurpose = "extract" | "draft" | "repair" | "describe" | "optimize";

/** `broken`: the answer stopped before its end; `aborted`: we stopped it. */
export type CallOutcome = ModelOutcome | "broken" | "aborted";

/** What one call came to: provenance for the run log. */
export interface CallReport {
  readonly purpose: CallPurpose;
  readonly model: string;
  readonly usage: ModelUsage | undefined;
  readonly outcome: CallOutcome;
  /** What was asked for: segment ids, or the tag that is described. */
  readonly ids: readonly string[];
}

export interface ModelDeps {
  readonly model: LanguageModel;
  readonly log: Log;
  readonly onCall: (report: CallReport) => void;
}

export interface ModelCall {
  readonly request: ModelRequest;
  readonly purpose: CallPurpose;
  readonly ids: readonly string[];
}

/** How an answer ended. Whatever came before stands. */
export interface Answer {
  readonly text: string;
  readonly outcome: Exclude<CallOutcome, "aborted">;
  /** Why it broke off, where somebody said so. */
  readonly error?: unknown;
}

export type AnswerEvent = { readonly type: "text"; readonly delta: string } | { readonly type: "end"; readonly answer: Answer };

/**
 * One call: its text as it is written, then exactly one `end`, also where the answer breaks off.
 * An answer beyond the size limit counts as truncated.
 * @throws an AbortError when stopped, nothing else
 */
export async function* askModel(call: ModelCall, { model, onCall }: ModelDeps, signal: AbortSignal): AsyncGenerator<AnswerEvent, void, undefined> {
  signal.throwIfAborted();
  let text = "";
  let isReported = false;
  const report = (outcome: CallOutcome, name = model.name, usage?: ModelUsage) => {
    isReported = true;
    onCall({ purpose: call.purpose, model: name, usage, outcome, ids: call.ids });
  };
  try {
    for await (const event of model.stream(call.request, signal)) {
      signal.throwIfAborted();
      if (event.type === "end") {
        report(event.outcome, event.model, event.usage);
        yield { type: "end", answer: { text, outcome: event.outcome } };
        return;
      }
      text += event.delta;
      yield event;
      if (text.length <= SCAN_LIMITS.length) continue;
      report("truncated");
      yield { type: "end", answer: { text, outcome: "truncated" } };
      return;
    }
    report("broken");
    yield { type: "end", answer: { text, outcome: "broken" } };
  } catch (error) {
    signal.throwIfAborted();
    if (isAbortError(error)) throw error;
    report("broken");
    yield { type: "end", answer: { text, outcome: "broken", error } };
  } finally {
    if (!isReported) report("aborted");
  }
}

/** The whole answer at once. */
export async function wholeAnswer(call: ModelCall, deps: ModelDeps, signal: AbortSignal): Promise<Answer> {
  let answer: Answer = { text: "", outcome: "broken" };
  for await (const event of askModel(call, deps, signal)) if (event.type === "end") answer = event.answer;
  return answer;
}

/** How an answer ended, for people. */
export function tellOutcome(outcome: Answer["outcome"]): string {
  switch (outcome) {
    case "completed":
      return "its answer was complete";
    case "truncated":
      return "its answer was cut off at the length limit";
    case "refused":
      return "it refused to answer";
    case "filtered":
      return "a content filter stopped its answer";
    case "broken":
      return "its answer broke off";
  }
}

/** What to do about it. */
export function hintFor(outcome: Answer["outcome"]): string {
  switch (outcome) {
    case "completed":
      return "Run the same command again: it goes on from what is saved. If it fails again, choose another model.";
    case "truncated":
      return "Choose a model that may write longer answers, or raise its output limit; then run the same command again.";
    case "refused":
    case "filtered":
      return "Reword the narration or the assets that the model objects to, or choose another model; then run the same command again.";
    case "broken":
      return "Check the connection and run the same command again: it goes on from what is saved.";
  }
}
