import { describeFailure, isAbortError, messageOf, type StoryDirectorError } from "../core/errors.ts";
import { compareProblems, formatPlace, type Problem } from "../core/problem.ts";
import type { Theme } from "./theme.ts";
import { plural } from "../core/words.ts";

/** `file:line:column SECTION  error  message`, and the hint below it. */
export function problemLines({ hint, ...problem }: Problem, theme: Theme): string[] {
  const severity = problem.severity === "error" ? theme.red("error") : theme.yellow("warning");
  const line = `${theme.clean(formatPlace(problem))}  ${severity}  ${theme.clean(problem.message)}`;
  return hint ? [line, theme.dim(`    ${theme.clean(hint)}`)] : [line];
}

/** Every problem by file, with an empty line between files, and how many there are. */
export function checkLines(problems: readonly Problem[], theme: Theme): string[] {
  if (problems.length === 0) return ["No problems found."];
  const sorted = [...problems].sort(compareProblems);
  const lines = sorted.flatMap((problem, index) => {
    const isNewFile = index > 0 && sorted[index - 1]!.file !== problem.file;
    return [...(isNewFile ? [""] : []), ...problemLines(problem, theme)];
  });
  const errors = sorted.filter(({ severity }) => severity === "error").length;
  const counts = [errors ? plural(errors, "error") : "", sorted.length > errors ? plural(sorted.length - errors, "warning") : ""];
  const files = new Set(sorted.map(({ file }) => file)).size;
  return [...lines, "", `${counts.filter(Boolean).join(", ")} in ${plural(files, "file")}`];
}

/** An error made for a person: what went wrong, all problems, what to do, and what failed beside it. */
export function errorLines(error: StoryDirectorError, theme: Theme): string[] {
  const { problems, hint, also, bundle } = error;
  const lines = [`${theme.red("error")}: ${theme.clean(error.headline)}`];
  for (const problem of problems) lines.push(...problemLines(problem, theme).map((line) => `  ${line}`));
  // Where there is a problem's hint already, it is not said twice.
  if (hint && !problems.some((problem) => problem.hint === hint)) lines.push(theme.clean(hint));
  if (bundle !== undefined) lines.push(keptIn(bundle, theme));
  for (const other of also.filter((failure) => !isAbortError(failure))) lines.push(...otherLines(other, theme));
  return lines;
}

/** What goes to the developers, whole. */
export function bugLines(error: unknown, version: string): string[] {
  const stack = error instanceof Error ? (error.stack ?? messageOf(error)) : messageOf(error);
  return ["This is a bug in Story Director. Please report it with the lines below.", "", version, stack];
}

function otherLines(error: unknown, theme: Theme): string[] {
  const failure = describeFailure(error);
  const problems = failure.problems.map((problem) => `  ${problemLines(problem, theme)[0]!}`);
  const kept = failure.bundle === undefined ? [] : [`  ${keptIn(failure.bundle, theme)}`];
  return [`also ${theme.red("failed")}: ${theme.clean(failure.headline)}`, ...problems, ...kept];
}

function keptIn(bundle: string, theme: Theme): string {
  return `The model's answer is kept in ${theme.clean(bundle)}`;
}
