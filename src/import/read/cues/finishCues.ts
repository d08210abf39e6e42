import type { Problem } from "../../../core/problem.ts";
import type { Cue, TimedWord } from "../../transcript.ts";
import type { RawCue } from "../rawCue.ts";
import { clockOf, errorIn, excerpt, warningIn } from "../sourceText.ts";
import { alignWords, inside } from "./alignWords.ts";
import { doubtOf, findLoops } from "./doubts.ts";
import { placeCues, type Slot } from "./placeCues.ts";

export interface FinishedCues {
  readonly cues: readonly Cue[];
  readonly problems: readonly Problem[];
}

interface Options {
  readonly file: string;
  readonly wordsPerMinute: number;
  readonly basis: "aligned" | "estimated";
}

/**
 * Makes of what a source says cues that are in order, do not overlap and have a length. What had
 * to be changed for it is a warning at its line; a time that cannot be saved is an error.
 */
export function finishCues(raw: readonly RawCue[], options: Options): FinishedCues {
  const problems: Problem[] = [];
  const warn = (cue: RawCue, code: string, [message, hint]: readonly [string, string?]) => problems.push(warningIn(options.file, { code, message, hint, line: cue.line }));
  const spoken = raw.map((cue) => ({ ...cue, text: oneLine(cue.text) })).filter((cue) => {
    if (cue.text === "") warn(cue, "empty-cue", [`the cue at ${clockOf(cue.start)} has no text; its time counts as silence`]);
    return cue.text !== "";
  });
  const placed = placeCues(spoken, options);
  const loops = findLoops(placed.slots.map(({ cue }) => cue.text));
  let untimed = 0;
  const cues = placed.slots.map((slot, index): Cue => {
    const words = wordsOf(slot);
    if (!words && slot.cue.pieces?.length) untimed++;
    const doubt = options.basis === "aligned" ? doubtOf(slot.cue, loops.has(index)) : undefined;
    if (doubt) warn(slot.cue, doubt.code, [`“${excerpt(slot.cue.text)}” at ${clockOf(slot.start)}: ${doubt.message}`, doubt.hint]);
    const { text, speaker, startsParagraph, line } = slot.cue;
    return {
      start: slot.start,
      end: slot.end,
      text,
      ...(speaker ? { speaker } : {}),
      ...(words ? { words } : {}),
      ...(startsParagraph ? { startsParagraph } : {}),
      ...(doubt ? { doubt: doubt.code } : {}),
      ...(line === undefined ? {} : { line }),
    };
  });
  if (untimed) problems.push(warningIn(options.file, { code: "words-untimed", message: `in ${untimed} of ${cues.length} cues the timed words are not those of the text; the times of their words are not used`, hint: "The times of the cues themselves are kept." }));
  if (cues.length === 0 && placed.problems.every(({ severity }) => severity !== "error")) problems.push(nothingSaid(options.file));
  return { cues, problems: [...placed.problems, ...problems] };
}

function nothingSaid(file: string): Problem {
  return errorIn(file, { code: "no-narration", message: "there are no words in this file", hint: "Choose the file that holds the narration; an export that broke off has to be repeated." });
}

/** One line of plain text; characters that only steer a display are taken out. */
export function oneLine(text: string): string {
  return text.replace(/[\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF\u00AD]/g, "").replace(/[\s\p{Cc}]+/gu, " ").trim();
}

function wordsOf({ cue, start, end, isMoved }: Slot): readonly TimedWord[] | undefined {
  if (!cue.pieces?.length) return undefined;
  const source = { start: cue.start, end: Math.max(cue.start, cue.end) };
  const words = alignWords(cue.text, cue.pieces, source);
  if (!words) return undefined;
  if (!isMoved) return inside(words, { start, end });
  const length = source.end - source.start;
  const rate = length > 0 ? (end - start) / length : 0;
  return inside(words.map((word) => ({ text: word.text, start: start + (word.start - source.start) * rate, end: start + (word.end - source.start) * rate })), { start, end });
}
