import { formatPlace, type Problem } from "./problem.ts";

export interface ErrorDetails {
  /** What to do, in one sentence. */
  readonly hint?: string | undefined;
  readonly problems?: readonly Problem[] | undefined;
  readonly cause?: unknown;
}

/**
 * An error made for a person: the message says what went wrong and where, the hint what to do.
 * Anything else that is thrown is a bug of ours.
 */
export class StoryDirectorError extends Error {
  readonly hint: string | undefined;
  /** Every finding that led here, in the order of the file. */
  readonly problems: readonly Problem[];
  /** Further failures of work that ran side by side with this one. */
  also: readonly unknown[] = [];

  constructor(message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.hint = details.hint;
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
    super(`${what}${detail}`, { problems, hint: hint ?? first?.hint });
  }
}

export function isAbortError(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
