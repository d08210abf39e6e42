import type { Exchange } from "../../core/exchange.ts";
import type { Problem } from "../../core/problem.ts";
import { plural } from "../../core/words.ts";
import { exchangesOf, hintFor, tellOutcome, wholeAnswer, type Answer, type ModelCall, type ModelDeps } from "./askModel.ts";
import { ModelAnswerError } from "./modelAnswerError.ts";
import { repairInstruction } from "./prompts/repair.ts";

/** What an answer says, or what is wrong with it, each in a sentence that a model and a person can act on. */
export type Reading<T> = { readonly value: T; readonly problems?: undefined } | { readonly value?: undefined; readonly problems: readonly string[] };

export interface Question<T> {
  readonly call: ModelCall;
  readonly read: (text: string) => Reading<T>;
  /** Starts the error's message: `No final prompt for segment_3`. */
  readonly failure: string;
  /** The file that the answer was meant for, and its section. */
  readonly place: Pick<Problem, "file" | "section">;
}

/**
 * One answer that is used whole. An answer that breaks the rules, or breaks off, gets one more try.
 * @throws {ModelAnswerError} with every problem and the model's text; the model's own error, as `askModel` gives it
 */
export async function answerOf<T>(question: Question<T>, deps: ModelDeps, signal: AbortSignal): Promise<T> {
  const { call, read, failure } = question;
  const first = await wholeAnswer(call, deps, signal);
  stopAtRefusal(question, [first]);
  const reading = readAnswer(first, read);
  if (reading.problems === undefined) return reading.value;
  // Problems quote the story and the model, so only their number is logged.
  deps.log.info(`${deps.model.name}: ${failure}: ${tellOutcome(first.outcome)}, ${plural(reading.problems.length, "problem")}; asking once more`);
  const second = await wholeAnswer(againCall(call, first, reading.problems), deps, signal);
  stopAtRefusal(question, [first, second]);
  const repaired = readAnswer(second, read);
  if (repaired.problems === undefined) return repaired.value;
  throw failed(question, exchangesOf([first, second]), { last: second, found: repaired.problems });
}

function readAnswer<T>({ text, outcome }: Answer, read: (text: string) => Reading<T>): Reading<T> {
  const reading = read(text);
  if (reading.problems === undefined || outcome === "completed") return reading;
  return { problems: [`${tellOutcome(outcome)}, so it is not whole`, ...reading.problems] };
}

/** An answer that broke off is asked for again as it was; one that was too long is given more room. */
function againCall(call: ModelCall, { text, outcome }: Answer, problems: readonly string[]): ModelCall {
  if (outcome === "broken") return call;
  const { request } = call;
  const instruction = repairInstruction(request.instruction, text, problems);
  const maxOutputTokens = outcome === "truncated" ? request.maxOutputTokens * 2 : request.maxOutputTokens;
  return { ...call, purpose: "repair", repairs: call.purpose, request: { ...request, instruction, maxOutputTokens } };
}

function stopAtRefusal<T>(question: Question<T>, answers: readonly Answer[]): void {
  const last = answers.at(-1)!;
  if (last.outcome !== "refused" && last.outcome !== "filtered") return;
  throw failed(question, exchangesOf(answers), { last, found: [tellOutcome(last.outcome)] });
}

interface Findings {
  readonly last: Answer;
  readonly found: readonly string[];
}

function failed<T>({ failure, place }: Question<T>, exchanges: readonly Exchange[], { last, found }: Findings): ModelAnswerError {
  const hint = hintFor(last);
  const problems = found.map((message): Problem => ({ severity: "error", code: "model-answer", message, hint, ...place }));
  const more = found.length > 1 ? ` (and ${found.length - 1} more)` : "";
  return new ModelAnswerError(`${failure}: ${found[0]}${more}`, { hint, problems, headline: failure, cause: last.error, exchanges });
}
