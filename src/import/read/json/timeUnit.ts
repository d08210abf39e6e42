import type { Problem } from "../../../core/problem.ts";
import { countSpokenWords } from "../estimateSeconds.ts";
import type { RawCue } from "../rawCue.ts";
import { warningIn } from "../sourceText.ts";

/** Nobody says fewer words in a second over a whole recording, nor more. */
const FEWEST_WORDS_PER_SECOND = 0.008;
const MOST_WORDS_PER_SECOND = 8;

/**
 * Times that should be seconds but are milliseconds are told by their size: the words would take
 * minutes each. Says so when it takes them for milliseconds.
 */
export function judgeUnit(cues: readonly RawCue[], file: string): { readonly cues: readonly RawCue[]; readonly problems: readonly Problem[] } {
  if (wordsPerSecond(cues) >= FEWEST_WORDS_PER_SECOND) return { cues, problems: [] };
  const scaled = scaleCues(cues, 0.001);
  if (wordsPerSecond(scaled) > MOST_WORDS_PER_SECOND || cues.some(({ start, end }) => !Number.isInteger(start) || !Number.isInteger(end))) return { cues, problems: [] };
  const message = "the times are far too long for seconds; they were read as milliseconds";
  return { cues: scaled, problems: [warningIn(file, { code: "milliseconds", message, hint: "Compare the first and the last cue with the recording." })] };
}

export function scaleCues(cues: readonly RawCue[], factor: number): RawCue[] {
  const scale = (time: number | undefined) => (time === undefined ? undefined : time * factor);
  return cues.map((cue) => ({
    ...cue,
    start: cue.start * factor,
    end: cue.end * factor,
    pieces: cue.pieces?.map(({ text, start, end }) => ({ text, start: scale(start), end: scale(end) })),
  }));
}

/** Infinity where no time passes at all. */
export function wordsPerSecond(cues: readonly RawCue[]): number {
  const spoken = cues.filter(({ text }) => text.trim() !== "");
  if (spoken.length === 0) return Infinity;
  const words = spoken.reduce((sum, { text }) => sum + Math.max(1, countSpokenWords(text)), 0);
  const seconds = spoken.reduce((sum, { start, end }) => sum + Math.max(0, end - start), 0);
  return seconds > 0 ? words / seconds : Infinity;
}
