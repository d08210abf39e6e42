import type { Problem } from "../../core/problem.ts";

/** A decoded file; its lines end in LF. */
export interface SourceText {
  readonly name: string;
  readonly text: string;
}

/** Without the path, on any system: where a file lies on somebody's machine is nobody else's concern. */
export function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}

export interface Finding {
  readonly code: string;
  readonly message: string;
  readonly hint?: string | undefined;
  /** From 0; undefined for the whole file. */
  readonly line?: number | undefined;
  /** From 0. */
  readonly character?: number | undefined;
}

export function errorIn(file: string, finding: Finding): Problem {
  return problemIn(file, finding, "error");
}

export function warningIn(file: string, finding: Finding): Problem {
  return problemIn(file, finding, "warning");
}

/** What is quoted from a file may have line ends; a message stands on one line. */
function problemIn(file: string, { code, message, hint, line, character = 0 }: Finding, severity: Problem["severity"]): Problem {
  const place = line === undefined ? undefined : { line, character };
  return { severity, code, message: message.replace(/\s+/g, " "), hint, file, ...(place ? { range: { start: place, end: place } } : {}) };
}

/** How many findings of one kind are listed by themselves. */
const MOST_OF_A_KIND = 50;

/** A list that a person can read: of each kind the first ones, and how many more there are. */
export function limitFindings(problems: readonly Problem[]): Problem[] {
  const counts = new Map<string, number>();
  const kept = problems.filter(({ code }) => {
    const count = (counts.get(code) ?? 0) + 1;
    counts.set(code, count);
    return count <= MOST_OF_A_KIND;
  });
  const rest = [...counts].filter(([, count]) => count > MOST_OF_A_KIND);
  const summaries = rest.map(([code, count]): Problem => {
    const last = kept.findLast((problem) => problem.code === code)!;
    return { severity: last.severity, code, message: `and ${count - MOST_OF_A_KIND} more places like this one`, hint: last.hint, file: last.file };
  });
  return [...kept, ...summaries];
}

/** Tells the line of an offset, for offsets that are asked for in rising order: the text is walked once. */
export function lineCounter(text: string): (offset: number) => number {
  let line = 0;
  let next = text.indexOf("\n");
  return (offset) => {
    while (next >= 0 && next < offset) {
      line++;
      next = text.indexOf("\n", next + 1);
    }
    return line;
  };
}

/** What a message shows of a text: its start, on one line. */
export function excerpt(text: string, most = 40): string {
  const line = text.slice(0, most * 4).replace(/\s+/g, " ").trim();
  return line.length <= most ? line : `${line.slice(0, most - 1).trimEnd()}…`;
}

/** `1:02:03.450` for people. */
export function clockOf(seconds: number): string {
  const ms = Math.round(Math.abs(seconds) * 1000);
  const two = (count: number) => String(count).padStart(2, "0");
  const hours = Math.floor(ms / 3_600_000);
  const rest = `${two(Math.floor(ms / 60_000) % 60)}:${two(Math.floor(ms / 1000) % 60)}.${String(ms % 1000).padStart(3, "0")}`;
  return `${seconds < 0 ? "-" : ""}${hours ? `${hours}:` : ""}${rest}`;
}
