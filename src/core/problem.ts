/** A place in a text: zero-based line and character (UTF-16 units), as editors count. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface SourceRange {
  readonly start: Position;
  readonly end: Position;
}

/**
 * One finding of a validator. Validators return lists of these and never throw;
 * the terminal, the pipeline and the editor all show the same list.
 */
export interface Problem {
  /** An error stops a run before anything is spent; a warning is only shown. */
  readonly severity: "error" | "warning";
  /** Stable name of the rule, e.g. `unknown-tag`. */
  readonly code: string;
  /** What was found and what was expected. */
  readonly message: string;
  /** What to do about it. */
  readonly hint?: string | undefined;
  /** Path inside the story folder, with `/` between its parts. */
  readonly file: string;
  /** Name of the section, e.g. `SCENE`. */
  readonly section?: string | undefined;
  readonly range?: SourceRange | undefined;
}

export function isError(problem: Problem): boolean {
  return problem.severity === "error";
}

/** `segments/segment_12.md:14:3 SCENE`, as terminals and editors link it: line and column from 1. */
export function formatPlace(problem: Problem): string {
  const start = problem.range?.start;
  const place = start ? `${problem.file}:${start.line + 1}:${start.character + 1}` : problem.file;
  return problem.section ? `${place} ${problem.section}` : place;
}

/** By file, then by place, so that two runs print one list in one order. */
export function compareProblems(a: Problem, b: Problem): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  const lines = (a.range?.start.line ?? -1) - (b.range?.start.line ?? -1);
  return lines || (a.range?.start.character ?? -1) - (b.range?.start.character ?? -1);
}
