import { storyPaths } from "../core/storyFolder.ts";

/** UTC, safe in file names, and in the order of time when sorted: `20260131T090507.042Z`. */
export function timeStamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replaceAll(/[-:]/g, "");
}

/** The `attempt`th name, from 1, for the copy of a file made at that time: `segment_12.20260131T090507.042Z.md`. */
export function historyPath(path: string, stamp: string, attempt: number): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const dot = name.lastIndexOf(".");
  return `${storyPaths.history}/${name.slice(0, dot)}.${stamp}${numbered(attempt)}${name.slice(dot)}`;
}

/** `segments/segment_12.md.damaged`, then `.damaged.2` and so on. */
export function damagedPath(path: string, attempt: number): string {
  return `${path}.damaged${numbered(attempt)}`;
}

const FAILURE = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-[a-z0-9_-]{1,127}(?:\.\d{1,6})?\.md$/;

/** `2026-01-31T09-05-07-segment_12.md`: UTC, and what it is about. */
export function failurePath(milliseconds: number, about: string, attempt: number): string {
  const stamp = new Date(milliseconds).toISOString().slice(0, 19).replaceAll(":", "-");
  const name = `${stamp}-${about.replaceAll("/", "-")}${numbered(attempt)}.md`;
  return `${storyPaths.failures}/${FAILURE.test(name) ? name : `${stamp}-run${numbered(attempt)}.md`}`;
}

/** The names of failures beyond the newest ones, so many of which are kept. */
export function oldFailures(names: readonly string[], kept: number): string[] {
  const failures = names.filter((name) => FAILURE.test(name)).sort();
  return failures.slice(0, Math.max(0, failures.length - kept));
}

export function runLogName(stamp: string, attempt: number): string {
  return `${stamp}${numbered(attempt)}.jsonl`;
}

const RUN_LOG = /^(\d{8}T\d{6}\.\d{3}Z)(?:\.(\d{1,6}))?\.jsonl$/;

export function isRunLogName(name: string): boolean {
  return RUN_LOG.test(name);
}

/** Oldest first; names that are no run log's are left out. */
export function sortRunLogs(names: readonly string[]): string[] {
  const logs = names.flatMap((name) => {
    const match = RUN_LOG.exec(name);
    return match ? [{ name, stamp: match[1]!, attempt: Number(match[2] ?? 1) }] : [];
  });
  logs.sort((a, b) => (a.stamp === b.stamp ? a.attempt - b.attempt : a.stamp < b.stamp ? -1 : 1));
  return logs.map(({ name }) => name);
}

function numbered(attempt: number): string {
  return attempt === 1 ? "" : `.${attempt}`;
}
