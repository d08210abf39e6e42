import type { Exchange } from "./exchange.ts";
import { formatPlace, type Problem } from "./problem.ts";

export interface ErrorDetails {
  /** What to do, in one sentence. */
  readonly hint?: string | undefined;
  readonly problems?: readonly Problem[] | undefined;
  /** The message without its first problem, where that is part of it. */
  readonly headline?: string | undefined;
  /** It will not get better within this run, such as a refused key: the run ends, also one that was to keep going. */
  readonly endsRun?: boolean | undefined;
  readonly exchanges?: readonly Exchange[] | undefined;
  readonly cause?: unknown;
}

/**
 * An error made for a person: the message says what went wrong and where, the hint what to do.
 * Anything else that is thrown is a bug of ours.
 */
export class StoryDirectorError extends Error {
  readonly hint: string | undefined;
  /** The message without its first problem, for those who list all problems below it. */
  readonly headline: string;
  /** Every finding that led here, in the order of the file. */
  readonly problems: readonly Problem[];
  /** It will not get better within this run. */
  readonly endsRun: boolean;
  /** Further failures of work that ran side by side with this one. */
  also: readonly unknown[] = [];
  /** What a model was asked and answered until it failed for good. */
  exchanges: readonly Exchange[];
  /** The file that keeps them: its path inside the story folder, once it is written. */
  bundle: string | undefined;

  constructor(message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.hint = details.hint;
    this.headline = details.headline ?? message;
    this.problems = details.problems ?? [];
    this.endsRun = details.endsRun ?? false;
    this.exchanges = details.exchanges ?? [];
  }
}

/** Another run holds the story. */
export class StoryHeldError extends StoryDirectorError {}

/** Segments were asked for that the story does not have. */
export class SelectionError extends StoryDirectorError {}

/** A file could not be read or written; the old content stands. */
export class StorageError extends StoryDirectorError {}

/** The timing map cannot be edited like that; nothing was changed. */
export class TimingEditError extends StoryDirectorError {}

/** The documents of a story, or one segment of it, have errors. */
export class ProblemsError extends StoryDirectorError {
  constructor(what: string, problems: readonly Problem[], hint?: string) {
    const first = problems[0];
    const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : "";
    const detail = first ? `: ${formatPlace(first)}: ${first.message}${more}` : "";
    super(`${what}${detail}`, { problems, headline: what, hint: hint ?? first?.hint });
  }
}

export function isAbortError(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}

/** Whether whatever else the run would try is bound to fail, too. Read by its shape, as below. */
export function endsRun(error: unknown): boolean {
  return error instanceof Error && "endsRun" in error && error.endsRun === true;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What a person is to be told of an error. */
export interface Failure {
  readonly message: string;
  /** The message without its first problem. */
  readonly headline: string;
  readonly hint: string | undefined;
  readonly problems: readonly Problem[];
  /** Path inside the story folder of the file that keeps what a model was asked and answered. */
  readonly bundle: string | undefined;
  /** False where the error was not made for a person: then it is a bug of ours. */
  readonly isExpected: boolean;
}

/**
 * Reads an error by its shape, not its class: the program is bundled in several files, each with
 * a class of its own.
 */
export function describeFailure(error: unknown): Failure {
  const message = messageOf(error);
  const { hint, headline = message, problems, bundle } = (error ?? {}) as Partial<StoryDirectorError>;
  if (!(error instanceof Error) || !problems) return { message, headline: message, hint: undefined, problems: [], bundle: undefined, isExpected: false };
  return { message, headline, hint, problems, bundle, isExpected: true };
}
