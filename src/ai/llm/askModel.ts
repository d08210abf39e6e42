import type { TokenUsage } from "../../core/cost.ts";
import { describeFailure, endsRun, isAbortError } from "../../core/errors.ts";
import type { Exchange } from "../../core/exchange.ts";
import type { LanguageModel, Log, ModelOutcome, ModelRequest } from "../../pipeline/ports.ts";
import { SCAN_LIMITS } from "./elementStream.ts";

export type CallPurpose = "extract" | "draft" | "repair" | "describe" | "optimize";

/** `broken`: the answer stopped before its end; `aborted`: we stopped it. */
export type CallOutcome = ModelOutcome | "broken" | "aborted";

/** What one call came to: provenance for the run log. */
export interface CallReport {
  readonly purpose: CallPurpose;
  /** What a repair is to mend, where that is not a draft. */
  readonly repairs?: CallPurpose | undefined;
  readonly model: string;
  readonly usage: TokenUsage | undefined;
  readonly outcome: CallOutcome;
  /** What was asked for: segment ids, or the tag that is described. */
  readonly ids: readonly string[];
}

export interface ModelDeps {
  readonly model: LanguageModel;
  readonly log: Log;
  readonly onCall: (report: CallReport) => void;
  /** The signals of runs that a fault has ended: nothing more is asked for them. */
  readonly ended: WeakSet<AbortSignal>;
}

export interface ModelCall {
  readonly request: ModelRequest;
  readonly purpose: CallPurpose;
  readonly repairs?: CallPurpose | undefined;
  readonly ids: readonly string[];
}

/** How an answer ended. Whatever came before stands. */
export interface Answer {
  /** What it is an answer to. */
  readonly call: ModelCall;
  /** Which model answered, as it says itself. */
  readonly model: string;
  readonly text: string;
  readonly outcome: Exclude<CallOutcome, "aborted">;
  /** Why it broke off, where somebody said so. */
  readonly error?: unknown;
}

export type AnswerEvent = { readonly type: "text"; readonly delta: string } | { readonly type: "end"; readonly answer: Answer };

/**
 * One call: its text as it is written, then exactly one `end`, also where the answer breaks off.
 * An answer beyond the size limit counts as truncated.
 * @throws an AbortError when stopped; what the model says itself where it never began to answer, or
 * where asking again cannot help
 */
export async function* askModel(call: ModelCall, { model, onCall, ended }: ModelDeps, signal: AbortSignal): AsyncGenerator<AnswerEvent, void, undefined> {
  signal.throwIfAborted();
  // The run is about to be stopped; what waited for a place must not call in the meantime.
  if (ended.has(signal)) throw new DOMException("The run has ended.", "AbortError");
  let text = "";
  let isReported = false;
  const report = (outcome: CallOutcome, name = model.name, usage?: TokenUsage) => {
    isReported = true;
    const { purpose, repairs, ids } = call;
    onCall({ purpose, ...(repairs ? { repairs } : {}), model: name, usage, outcome, ids });
  };
  try {
    for await (const event of model.stream(call.request, signal)) {
      signal.throwIfAborted();
      if (event.type === "end") {
        report(event.outcome, event.model, event.usage);
        yield { type: "end", answer: { call, model: event.model, text, outcome: event.outcome } };
        return;
      }
      text += event.delta;
      yield event;
      if (text.length <= SCAN_LIMITS.length) continue;
      report("truncated");
      yield { type: "end", answer: { call, model: model.name, text, outcome: "truncated" } };
      return;
    }
    report("broken");
    yield { type: "end", answer: { call, model: model.name, text, outcome: "broken" } };
  } catch (error) {
    signal.throwIfAborted();
    if (isAbortError(error)) throw error;
    report("broken");
    if (endsRun(error)) ended.add(signal);
    if (endsRun(error) || text === "") throw error;
    yield { type: "end", answer: { call, model: model.name, text, outcome: "broken", error } };
  } finally {
    if (!isReported) report("aborted");
  }
}

/** The whole answer at once. */
export async function wholeAnswer(call: ModelCall, deps: ModelDeps, signal: AbortSignal): Promise<Answer> {
  let answer: Answer = { call, model: deps.model.name, text: "", outcome: "broken" };
  for await (const event of askModel(call, deps, signal)) if (event.type === "end") answer = event.answer;
  return answer;
}

/** The calls as a failure keeps them. */
export function exchangesOf(answers: readonly Answer[]): Exchange[] {
  return answers.map(({ call, model, text, outcome }) => {
    const { purpose, ids, request } = call;
    return { purpose, role: request.role, model, ids, instruction: request.instruction, outcome: tellOutcome(outcome), answer: text };
  });
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

/** What to do about it: whoever broke it off knows best. */
export function hintFor({ outcome, error }: Pick<Answer, "outcome" | "error">): string {
  return describeFailure(error).hint ?? hintForOutcome(outcome);
}

function hintForOutcome(outcome: Answer["outcome"]): string {
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
