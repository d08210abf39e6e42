import { formatPlace, type Problem } from "../../../src/core/problem.ts";

/** A text with `«…»` around the place that a problem is expected at: the text without the marks, and the place. */
export function unmark(marked: string): { readonly text: string; readonly place: string } {
  const before = marked.slice(0, marked.indexOf("«")).split("\n");
  const inside = marked.slice(marked.indexOf("«") + 1, marked.indexOf("»"));
  const column = before.at(-1)!.length + 1;
  return { text: marked.replace("«", "").replace("»", ""), place: `${before.length}:${column} ${inside}` };
}

/** The place of a problem in the same form. */
export function placeOf(problem: Problem, text: string): string | undefined {
  const { range } = problem;
  if (!range) return undefined;
  const line = text.split("\n")[range.start.line]!;
  return `${range.start.line + 1}:${range.start.character + 1} ${line.slice(range.start.character, range.end.character)}`;
}

/** `error unknown-tag segments/segment_1.md:3:1 SCENE`, for a list at a glance. */
export function summary(problem: Problem): string {
  return `${problem.severity} ${problem.code} ${formatPlace(problem)}`;
}
