import type { Problem } from "../core/problem.ts";
import { roundSeconds } from "../core/times.ts";
import { clockOf, warningIn } from "./read/sourceText.ts";
import type { Cue, Transcript } from "./transcript.ts";

/** Nobody lets a narrated video begin with a longer silence; seconds. */
const LONGEST_LEAD_SECONDS = 300;
const HOUR_SECONDS = 3600;
const FINDING = "time-codes";

/** Where a story starts that its source does not count from 0. */
export interface JudgedStart {
  /** Time of the source at which the story starts; seconds. Absent where both count from 0. */
  readonly timeCode?: number;
  readonly problems: readonly Problem[];
}

/**
 * Tells time codes from a silence before the first words: programmes are often counted from 01:00:00:00 or
 * 10:00:00:00, and an excerpt from wherever it was cut out. A story starts at the whole hour before its
 * first words where that is near, so that picture and sound stay together, and otherwise at the words.
 * @param soundSeconds Length of the sound, where it is known: its silence is real then
 */
export function judgeStart([first]: readonly Cue[], { file, soundSeconds }: { readonly file: string; readonly soundSeconds: number | undefined }): JudgedStart {
  if (!first || first.start <= LONGEST_LEAD_SECONDS) return { problems: [] };
  const warn = (code: string, message: string, hint: string) => [warningIn(file, { code, message, hint, line: first.line })];
  if (soundSeconds !== undefined && soundSeconds >= first.start) {
    const message = `nothing is said before ${clockOf(first.start)}; that time becomes segments without words`;
    return { problems: warn("late-words", message, "Cut it off the recording, if it is no part of the story.") };
  }
  const sinceHour = first.start % HOUR_SECONDS;
  const timeCode = roundSeconds(first.start - (first.start >= HOUR_SECONDS && sinceHour <= LONGEST_LEAD_SECONDS ? sinceHour : 0));
  const message = `nothing is said before ${clockOf(first.start)}; that is taken for a time code, and the story starts at ${clockOf(timeCode)}`;
  return { timeCode, problems: warn(FINDING, message, "To begin with that silence, tick the box for it in the form, or give --keep-time-codes in the terminal.") };
}

/** The cues with their times counted from another moment, by so many seconds later. */
export function shiftCues(cues: readonly Cue[], seconds: number): Cue[] {
  const shift = <T extends { readonly start: number; readonly end: number }>(timed: T): T => ({ ...timed, start: roundSeconds(timed.start + seconds), end: roundSeconds(timed.end + seconds) });
  return cues.map((cue) => ({ ...shift(cue), ...(cue.words && { words: cue.words.map(shift) }) }));
}

/** The transcript with the times as its source has them, and the silence before its first words. */
export function withTimeCodes(transcript: Transcript): Transcript {
  const { timeCode, ...rest } = transcript;
  if (timeCode === undefined) return transcript;
  return { ...rest, cues: shiftCues(rest.cues, timeCode), findings: rest.findings.filter(({ code }) => code !== FINDING) };
}
