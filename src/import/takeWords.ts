import type { TimedSegment } from "../core/documents/timingMapDocument.ts";
import { roundSeconds } from "../core/times.ts";
import { joinNarration, spokenWords, type SpokenWord } from "../core/spokenWords.ts";
import type { Transcript } from "./transcript.ts";

/** A word of a transcript, and where in it. */
export interface TakeWord extends SpokenWord {
  /** Index of its cue, whose text `from` and `to` count in. */
  readonly cue: number;
  readonly cueText: string;
  readonly speaker: string | undefined;
  /** Whether a paragraph of the source begins with it. */
  readonly startsParagraph: boolean;
  /** Whether the source times it, or its time was made up from the length of the text. */
  readonly isMeasured: boolean;
}

/** Every word in the order of the transcript; times never run backwards. */
export function takeWords({ cues }: Transcript): TakeWord[] {
  let latest = 0;
  return cues.flatMap(({ start, end, text, speaker, words, startsParagraph = false }, cue) => {
    const tuples = words?.map((word): [number, number, string] => [word.start, word.end, word.text]);
    const isMeasured = tuples !== undefined && tuples.length > 0;
    return spokenWords({ narration: text, start, end, words: tuples }).map((word, index): TakeWord => {
      const from = Math.max(word.start, latest);
      latest = Math.max(word.end, from);
      return { ...word, start: from, end: latest, cue, cueText: text, speaker, startsParagraph: startsParagraph && index === 0, isMeasured };
    });
  });
}

/** Length of the sound, or of what is said where that is longer; seconds. */
export function takeSeconds({ duration = 0, cues }: Transcript): number {
  return cues.reduce((latest, { end }) => Math.max(latest, end), duration);
}

/** The text of neighbouring words as it stands in their cues. */
export function narrationOf(words: readonly TakeWord[]): string {
  let narration = "";
  for (let first = 0; first < words.length; ) {
    let last = first;
    while (words[last + 1]?.cue === words[first]!.cue) last++;
    narration = joinNarration(narration, words[first]!.cueText.slice(words[first]!.from, words[last]!.to));
    first = last + 1;
  }
  return narration;
}

/** The words as a timing map keeps them; none where the source does not time them. */
export function wordsOf(words: readonly TakeWord[]): Pick<TimedSegment, "words"> {
  const measured = words.filter(({ isMeasured }) => isMeasured);
  return measured.length ? { words: measured.map(({ start, end, text }) => [roundSeconds(start), roundSeconds(end), text]) } : {};
}
