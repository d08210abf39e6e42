import type { TimedPiece } from "../rawCue.ts";

/** What rolling needs to know of a cue: its lines as displayed. */
export interface DisplayedCue {
  readonly start: number;
  readonly end: number;
  readonly lines: readonly string[];
  readonly pieces: readonly TimedPiece[] | undefined;
}

/** A cue whose lines are those that it adds; none where it only shows the last one again. */
export type FreshLines = readonly string[];

/** Displays have room for so many lines; a cue with more does not roll. */
const MOST_LINES = 4;
const LONGEST_GAP_SECONDS = 0.25;

/**
 * Live captions roll: each cue shows the last lines of the one before once more and adds to them.
 * Gives for each cue the lines that it adds, or undefined where the captions do not roll; a song
 * that repeats a line, or a person who says "No." twice, is no rolling. Three equal lines in a row
 * cannot be told from two that are shown once more.
 */
export function freshLines(cues: readonly DisplayedCue[]): readonly FreshLines[] | undefined {
  const added = cues.map((cue, index) => addedLines(cues[index - 1], cue));
  const neighbours = cues.filter((cue, index) => index > 0 && isNext(cues[index - 1]!, cue)).length;
  const carried = added.filter((lines) => lines !== undefined).length;
  const grown = added.filter((lines) => lines !== undefined && lines.length > 0).length;
  const isRolling = grown >= 2 && carried >= neighbours * 0.5 && grown >= neighbours * 0.3;
  return isRolling ? cues.map(({ lines }, index) => added[index] ?? lines) : undefined;
}

/** What a cue adds to the lines it repeats; undefined where it repeats none. */
function addedLines(before: DisplayedCue | undefined, cue: DisplayedCue): string[] | undefined {
  if (!before || !isNext(before, cue) || before.lines.length > MOST_LINES || cue.lines.length > MOST_LINES) return undefined;
  const tails = before.lines.map((_, from) => before.lines.slice(from)).filter(({ length }) => length <= cue.lines.length);
  const same = tails.find((tail) => tail.every((line, index) => line === cue.lines[index]));
  if (same) return cue.lines.slice(same.length);
  // The last line may still be growing, word by word.
  const grown = tails.find((tail) => tail.every((line, index) => (index === tail.length - 1 ? cue.lines[index]!.startsWith(`${line} `) : line === cue.lines[index])));
  if (!grown) return undefined;
  const last = grown.length - 1;
  return [cue.lines[last]!.slice(grown[last]!.length + 1), ...cue.lines.slice(grown.length)];
}

function isNext(before: DisplayedCue, cue: DisplayedCue): boolean {
  return Math.abs(cue.start - before.end) <= LONGEST_GAP_SECONDS || (cue.start >= before.start && cue.start <= before.end);
}
