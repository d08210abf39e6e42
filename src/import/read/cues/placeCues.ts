import type { Problem } from "../../../core/problem.ts";
import { countSpokenWords, estimateSeconds } from "../estimateSeconds.ts";
import type { RawCue } from "../rawCue.ts";
import { clockOf, errorIn, excerpt, warningIn } from "../sourceText.ts";

/** A cue with the time that it gets: in order, not overlapping, at least a millisecond long; seconds. */
export interface Slot {
  readonly cue: RawCue;
  readonly start: number;
  readonly end: number;
  /** Whether it starts elsewhere than its source says. */
  readonly isMoved: boolean;
}

export interface Placement {
  readonly slots: readonly Slot[];
  readonly problems: readonly Problem[];
}

interface Options {
  readonly file: string;
  readonly wordsPerMinute: number;
}

/** In whole milliseconds, in which nothing is lost by rounding. */
interface Piece {
  readonly cue: RawCue;
  readonly startMs: number;
  readonly endMs: number;
}

/** 1000 days: what is later was no time in seconds. */
const LATEST_SECONDS = 86_400_000;

export function placeCues(cues: readonly RawCue[], options: Options): Placement {
  const problems: Problem[] = [];
  const warn = (cue: RawCue, code: string, message: string) => problems.push(warningIn(options.file, { code, message: `“${excerpt(cue.text)}” ${message}`, line: cue.line }));
  const pieces = cues.flatMap((cue, index): Piece[] => {
    const error = brokenTime(cue, { before: cues[index - 1], after: cues[index + 1] });
    if (error) problems.push(errorIn(options.file, { ...error, line: cue.line }));
    if (error) return [];
    if (cue.start < 0) warn(cue, "negative-time", `starts before the beginning, at ${clockOf(cue.start)}; it was set to 0`);
    if (cue.end === cue.start) warn(cue, "no-length", `has no length at ${clockOf(cue.start)}; it gets what the next cue leaves it`);
    if (cue.end < cue.start) warn(cue, "backward-cue", `ends at ${clockOf(cue.end)}, before it starts at ${clockOf(cue.start)}; its end was estimated`);
    return [{ cue, startMs: Math.max(0, Math.round(cue.start * 1000)), endMs: Math.max(0, Math.round(cue.end * 1000)) }];
  });
  for (const [index, piece] of pieces.entries()) {
    const before = pieces[index - 1];
    if (before && piece.startMs < before.startMs) warn(piece.cue, "out-of-order", `starts at ${clockOf(piece.cue.start)}, before the cue above it; cues were put in the order of time`);
  }
  const slots = fill(groupsOf(pieces.toSorted((a, b) => a.startMs - b.startMs)), { ...options, warn });
  return { slots, problems };
}

interface Neighbours {
  readonly before: RawCue | undefined;
  readonly after: RawCue | undefined;
}

/** A cue that ends before it starts can be saved only where its start fits between its neighbours. */
function brokenTime({ start, end }: RawCue, { before, after }: Neighbours): { readonly code: string; readonly message: string; readonly hint: string } | undefined {
  if (![start, end].every((time) => Number.isFinite(time) && Math.abs(time) <= LATEST_SECONDS)) {
    return { code: "impossible-time", message: `no recording has the time ${start} to ${end} s`, hint: "Correct the time, or export the file again." };
  }
  const fits = (before === undefined || before.start <= start) && (after === undefined || start < after.start);
  if (end >= start || fits) return undefined;
  return { code: "backward-cue", message: `the cue ends at ${clockOf(end)}, before it starts at ${clockOf(start)}, and the cues around it do not tell which is wrong`, hint: "Correct its times." };
}

/** Cues that start together. */
function groupsOf(pieces: readonly Piece[]): Piece[][] {
  const groups: Piece[][] = [];
  for (const piece of pieces) {
    const group = groups.at(-1);
    if (group?.[0]?.startMs === piece.startMs) group.push(piece);
    else groups.push([piece]);
  }
  return groups;
}

interface FillOptions extends Options {
  readonly warn: (cue: RawCue, code: string, message: string) => void;
}

/** A cue ends where the next one starts, at the latest; cues that start together share their time by their words. */
function fill(groups: readonly (readonly Piece[])[], { wordsPerMinute, warn }: FillOptions): Slot[] {
  const slots: Slot[] = [];
  let freeFromMs = 0;
  for (const [index, group] of groups.entries()) {
    const startMs = Math.max(group[0]!.startMs, freeFromMs);
    const nextMs = groups[index + 1]?.[0]!.startMs ?? Infinity;
    const asked = group.reduce((latest, { endMs }) => Math.max(latest, endMs), 0);
    const estimate = Math.ceil(group.reduce((sum, { cue }) => sum + estimateSeconds(cue.text, wordsPerMinute), 0) * 1000);
    const wanted = asked > startMs ? asked : startMs + Math.max(1, estimate);
    const endMs = Math.max(startMs + group.length, Math.min(wanted, nextMs));
    const first = group[0]!.cue;
    if (group.length > 1) warn(first, "overlap", `and ${group.length - 1} more start together at ${clockOf(first.start)}; they were put one after the other, by their words`);
    else if (asked > nextMs && endMs < asked) warn(first, "overlap", `ends at ${clockOf(first.end)}, after the next cue starts; it was cut at ${clockOf(endMs / 1000)}`);
    slots.push(...share(group, startMs, endMs));
    freeFromMs = endMs;
  }
  return slots;
}

function share(group: readonly Piece[], startMs: number, endMs: number): Slot[] {
  const weights = group.map(({ cue }) => Math.max(0.5, countSpokenWords(cue.text)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  // Everybody gets a millisecond; the rest goes by the words.
  const rest = endMs - startMs - group.length;
  let done = 0;
  return group.map(({ cue, startMs: sourceMs }, index) => {
    const at = (count: number) => (startMs + count + Math.floor((rest * done) / total)) / 1000;
    const start = at(index);
    done += weights[index]!;
    const end = index === group.length - 1 ? endMs / 1000 : at(index + 1);
    return { cue, start, end, isMoved: group.length > 1 || startMs !== sourceMs };
  });
}
