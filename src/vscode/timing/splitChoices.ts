import type { TimedSegment, TimingMap } from "../../core/documents/timingMapDocument.ts";
import { spokenWords, type SpokenWord } from "../../core/spokenWords.ts";
import { splitSegment, type SplitPoint } from "../../core/timingEdits.ts";
import { formatTenths } from "../../core/times.ts";

/** A place between two words of a segment, as a list shows it. */
export interface SplitChoice {
  /** `She lifted | the trumpet` */
  readonly label: string;
  /** `0:12.4` */
  readonly description: string;
  readonly at: { readonly wordIndex: number };
}

/** Words on each side of the place. */
const WORDS_BEFORE = 5;
const WORDS_AFTER = 5;

/** Every place where the segment can be split between words: none where a part would be too short. */
export function splitChoices(map: TimingMap, segment: TimedSegment): SplitChoice[] {
  const words = spokenWords(segment);
  return words.slice(1).flatMap((word, before): SplitChoice[] => {
    const at = { wordIndex: before + 1 };
    if (splitProblem(map, segment.id, at) !== undefined) return [];
    return [{ label: labelOf(segment, words, at.wordIndex), description: formatTenths(word.start), at }];
  });
}

/** Why the segment cannot be split there; undefined where it can. */
export function splitProblem(map: TimingMap, id: string, at: SplitPoint): string | undefined {
  return refusal(() => splitSegment(map, id, { at, isTaken: () => false }));
}

/** What an edit is refused with, on one line; undefined where it is not. */
export function refusal(edit: () => unknown): string | undefined {
  try {
    edit();
    return undefined;
  } catch (error) {
    if (!(error instanceof Error) || !("hint" in error)) throw error;
    return [`${error.message}.`, error.hint].filter(Boolean).join(" ");
  }
}

function labelOf({ narration }: TimedSegment, words: readonly SpokenWord[], index: number): string {
  const first = words[Math.max(0, index - WORDS_BEFORE)]!;
  const last = words[Math.min(words.length, index + WORDS_AFTER) - 1]!;
  const before = oneLine(narration.slice(first.from, words[index - 1]!.to));
  const after = oneLine(narration.slice(words[index]!.from, last.to));
  return `${first === words[0] ? "" : "… "}${before} | ${after}${last === words.at(-1) ? "" : " …"}`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ");
}
