import { formatPlace, type Problem } from "./problem.ts";

export interface ErrorDetails {
  /** What to do, in one sentence. */
  readonly hint?: string | undefined;
  readonly problems?: readonly Problem[] | undefined;
  /** The message without its first problem, where that is part of it. */
  readonly headline?: string | undefined;
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
  /** Further failures of work that ran side by side with this one. */
  also: readonly unknown[] = [];

  constructor(message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.hint = details.hint;
    this.headline = details.headline ?? message;
    this.problems = details.problems ?? [];
  }
}

/** Another run holds the story. */
export class StoryHeldError extends StoryDirectorError {}

/** Segments were asked for that the story does not have. */
export class SelectionError extends StoryDirectorError {}

/** A file could not be read or written; the old content stands. */
export class StorageError extends StoryDirectorError {}

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
  /** False where the error was not made for a person: then it is a bug of ours. */
  readonly isExpected: boolean;
}

/**
 * Reads an error by its shape, not its class: the program is bundled in several files, each with
 * a class of its own.
 */
export function describeFailure(error: unknown): Failure {
  const message = messageOf(error);
  const { hint, headline = message, problems } = (error ?? {}) as Partial<StoryDirectorError>;
  if (!(error instanceof Error) || !problems) return { message, headline: message, hint: undefined, problems: [], isExpected: false };
  return { message, headline, hint, problems, isExpected: true };
}
