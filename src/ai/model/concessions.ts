import { nextStep, type Ability, type Omission } from "./ability.ts";
import { AnswerFault } from "./answerFault.ts";
import type { Endpoint } from "./endpoint.ts";
import { ServerFailure } from "./serverFailure.ts";

/** Another way to ask the same, and why. */
export interface Concession {
  readonly ability: Ability;
  /** For the log: without a word of what the server wrote, since that may quote the story. */
  readonly why: string;
}

export interface Refusal {
  readonly error: unknown;
  readonly ability: Ability;
  readonly endpoint: Endpoint;
  /** What was sent: only a part of it can be given up. */
  readonly body: Readonly<Record<string, unknown>>;
}

interface Part {
  readonly omission: Omission;
  /** The parameter's names, as servers quote them. */
  readonly named: RegExp;
  readonly wasSent: (body: Refusal["body"]) => boolean;
}

const PARTS: readonly Part[] = [
  { omission: "cache", named: /prompt_cache/, wasSent: (body) => "prompt_cache_key" in body || "prompt_cache_options" in body },
  { omission: "obfuscation", named: /include_obfuscation/, wasSent: (body) => hasStreamOption(body, "include_obfuscation") },
  { omission: "usage", named: /include_usage|stream_options/, wasSent: (body) => hasStreamOption(body, "include_usage") },
  { omission: "obfuscation", named: /stream_options/, wasSent: (body) => hasStreamOption(body, "include_obfuscation") },
  { omission: "store", named: /\bstore\b/, wasSent: (body) => "store" in body },
  { omission: "requireParameters", named: /require_parameters/, wasSent: (body) => "provider" in body },
  { omission: "limit", named: /max_(?:output_|completion_)?tokens/, wasSent: (body) => "max_output_tokens" in body || "max_tokens" in body || "max_completion_tokens" in body },
];
const EFFORT = /reasoning|effort/;
const SCHEMA = /text\.format|response_format|json_schema|json_object|\bschema\b|\bstrict\b|structured|grammar|guided|\bformat\b/;
/** LM Studio answers 200 with an error where it does not know a path. */
const UNKNOWN_PATH = /unexpected endpoint|unknown (?:endpoint|path|route|url)|invalid url|not (?:implemented|supported)|no route/;

/**
 * Reads from what a server answered which part of the request it lacks: a parameter to leave out,
 * or the whole way of asking. Undefined where asking differently would not help: never for a
 * refused key, a limit, or a failure of the server's own.
 */
export function readConcession(refusal: Refusal): Concession | undefined {
  const { error, ability, endpoint } = refusal;
  if (error instanceof AnswerFault) return faultConcession(error, refusal);
  if (!(error instanceof ServerFailure)) return undefined;
  const { status } = error;
  const words = `${error.param ?? ""} ${error.message} ${error.code ?? ""}`.toLowerCase();
  if (status === 400 || status === 422) return parameterConcession(refusal, error.param?.toLowerCase() ?? "", words);
  if (endpoint.kind === "openai" || ability.step !== "responses" || isAboutModel(words)) return undefined;
  if (status === 404 || status === 405 || status === 501) return stepDown(ability, `/responses answered ${status}`);
  if (status === undefined && UNKNOWN_PATH.test(words)) return stepDown(ability, "/responses is not known there");
  return undefined;
}

/** A 404 that is about the model would be the same at every path. */
export function isAboutModel(words: string): boolean {
  return /model_not_found|\bmodel\b.*(?:not (?:found|exist|available|loaded)|does ?n[o']t exist|unknown|pull)|(?:no such|unknown|invalid|not find(?: the)?) model/.test(words);
}

function faultConcession({ kind }: AnswerFault, { ability, endpoint }: Refusal): Concession | undefined {
  if (kind === "not json") return stepDown(ability, "the answer did not begin as JSON does");
  if (endpoint.kind === "openai") return undefined;
  if (kind === "schema ignored") return stepDown(ability, "the server repeated the request without its schema");
  if (kind === "unreadable" && ability.step === "responses") return stepDown(ability, "/responses gave no answer that can be read");
  return undefined;
}

function parameterConcession(refusal: Refusal, param: string, words: string): Concession | undefined {
  const { ability, endpoint } = refusal;
  // The parameter that a server names counts first; its message may list others that it knows.
  for (const text of param === "" ? [words] : [param, words]) {
    const found = leaveOut(refusal, text);
    if (found) return found;
    if (ability.step !== "text" && SCHEMA.test(text)) return stepDown(ability, "the answer's schema was not accepted");
  }
  const mayBeUnknownPath = endpoint.kind !== "openai" && ability.step === "responses" && !isAboutModel(words) && !isAboutLength(words);
  return mayBeUnknownPath ? stepDown(ability, "/responses did not accept the request") : undefined;
}

export function isAboutLength(words: string): boolean {
  return /context[_ ](?:length|window|size)|too (?:long|many tokens)|maximum context/.test(words);
}

function leaveOut({ ability, body }: Refusal, text: string): Concession | undefined {
  const without = (omission: Omission, what: string): Concession => ({
    ability: { ...ability, without: new Set([...ability.without, omission]) },
    why: `${what} is not accepted`,
  });
  const effort = effortIn(body);
  if (effort !== undefined && EFFORT.test(text)) return effort === "none" ? without("effort:none", "reasoning effort none") : without("effort", "a reasoning effort");
  const part = PARTS.find(({ omission, named, wasSent }) => named.test(text) && wasSent(body) && !ability.without.has(omission));
  return part && without(part.omission, part.omission);
}

function effortIn(body: Refusal["body"]): unknown {
  return body["reasoning_effort"] ?? (body["reasoning"] as { effort?: unknown } | undefined)?.effort;
}

function hasStreamOption(body: Refusal["body"], name: string): boolean {
  const options = body["stream_options"];
  return typeof options === "object" && options !== null && name in options;
}

function stepDown(ability: Ability, why: string): Concession | undefined {
  const step = nextStep(ability.step);
  return step && { ability: { ...ability, step }, why };
}
