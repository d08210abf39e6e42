import { messageOf } from "../../core/errors.ts";
import type { TextModel } from "../../pipeline/ports.ts";
import { AnswerFault } from "../model/answerFault.ts";
import { ModelError, type ModelFault } from "../model/modelError.ts";
import { createCleaner } from "../model/redact.ts";

export interface TextFaultContext {
  /** Of the model, for people. */
  readonly label: string;
  /** Text had come before it broke. */
  readonly isResumable: boolean;
}

/** Why a text model failed, as far as its error says so. */
type Kind = "permission" | "blocked" | "not found" | "quota" | "busy" | "stalled" | "unknown";

const MOST_TRIES: Readonly<Record<Kind, number>> = { permission: 1, blocked: 1, "not found": 1, quota: 1, busy: 6, stalled: 2, unknown: 3 };
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 60_000;
const RUN_AGAIN = "Run again: what is saved is kept, and only the rest is asked for.";
const clean = createCleaner(undefined);

export interface TextRetry {
  readonly waitMs: number;
  /** All calls to the vendor wait, not just this one. */
  readonly forAll: boolean;
  /** For people: `rate limit`, `no answer`, `failed`. */
  readonly why: string;
}

/** How to try again; undefined where the failure stands. @param tries How many there were, from 1 */
export function nextTry(error: unknown, tries: number, random: number): TextRetry | undefined {
  const kind = kindOf(error);
  if (tries >= MOST_TRIES[kind]) return undefined;
  const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (tries - 1));
  const why = kind === "busy" ? "rate limit" : kind === "stalled" ? "no answer" : "failed";
  return { waitMs: Math.round(longest * (0.5 + 0.5 * random)), forAll: kind === "busy", why };
}

/** The error for a person: which model, what happened, what to do. */
export function describeTextFault(error: unknown, { label, isResumable }: TextFaultContext): ModelError {
  const [fault, what, hint] = sentenceFor(error, label, isResumable);
  return new ModelError(what, { fault, hint, isResumable });
}

export function tooLongFor({ label, maxInputTokens }: TextModel, count: number): ModelError {
  const hint = "Choose a model with a larger context, or smaller batches.";
  return new ModelError(`The request is too long: ${label} takes ${maxInputTokens} tokens, and this one has ${count}`, { fault: "rejected", hint });
}

function sentenceFor(error: unknown, label: string, isResumable: boolean): readonly [fault: ModelFault, what: string, hint: string] {
  const said = quote(error);
  switch (kindOf(error)) {
    case "permission":
      return ["not allowed", `Story Director was not allowed to use ${label}${said}`, "Run again and allow it when you are asked, or choose another model."];
    case "blocked":
      return ["not allowed", `${label} is blocked for Story Director, or its quota is spent${said}`, "Look at the account behind the model, wait, or choose another model. What is saved is kept."];
    case "not found":
      return ["not found", `${label} is not there any more${said}`, "Choose another model."];
    case "quota":
      return ["quota spent", `The quota of ${label} is spent${said}`, "Wait until it is renewed, or choose another model. What is saved is kept."];
    case "busy":
      return ["busy", `${label} allows no more calls for now${said}`, `Wait, or let fewer calls run side by side. ${RUN_AGAIN}`];
    case "stalled":
      return ["stalled", `${label} fell silent`, RUN_AGAIN];
    case "unknown":
      if (isResumable) return ["disconnected", `${label} broke off in the middle of an answer${said}`, RUN_AGAIN];
      return ["failed", `${label} failed${said}`, `${RUN_AGAIN} If it fails again, choose another model.`];
  }
}

/**
 * By the codes of VS Code's LanguageModelError (vscode.d.ts 1.110: names of its factories, else
 * `Unknown`) and the names that providers give to errors of their own.
 */
function kindOf(error: unknown): Kind {
  if (error instanceof AnswerFault && error.kind === "stalled") return "stalled";
  const names = [codeOf(error), nameOf(error), codeOf(causeOf(error)), nameOf(causeOf(error))];
  if (names.includes("NoPermissions")) return "permission";
  if (names.includes("NotFound")) return "not found";
  if (names.some((name) => /quota/i.test(name))) return "quota";
  if (names.some((name) => /rate_?limit/i.test(name))) return "busy";
  return names.includes("Blocked") ? "blocked" : "unknown";
}

function codeOf(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === "string" ? code : "";
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "";
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? error.cause : undefined;
}

/** `: "the model's words"`, in one short line without anything that looks like a key. */
function quote(error: unknown): string {
  const cause = causeOf(error);
  const words = clean(messageOf(cause instanceof Error && cause.message !== "" ? cause : error));
  return words === "" ? "" : `: "${words}"`;
}
