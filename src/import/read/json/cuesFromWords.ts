import type { RawCue, TimedPiece } from "../rawCue.ts";

/** A word of a transcript that knows no sentences. */
export interface HeardWord extends TimedPiece {
  readonly speaker?: string | undefined;
  /** From 0. */
  readonly line?: number | undefined;
  /** Whether it stands directly behind the word before, as in scripts without spaces. */
  readonly isJoined?: boolean | undefined;
}

const PAUSE_SECONDS = 1.5;
const LONGEST_SECONDS = 20;
const MOST_WORDS = 100;

/** Gathers words into sentences: a cue ends with a sentence, at a change of speaker, at a long pause. */
export function cuesFromWords(words: readonly HeardWord[]): RawCue[] {
  const groups: HeardWord[][] = [];
  for (const word of words) {
    const group = groups.at(-1);
    if (group && !isNewCue(group, word)) group.push(word);
    else groups.push([word]);
  }
  let from = 0;
  return groups.map((group, index) => {
    const first = group[0]!;
    const start = group.find((word) => word.start !== undefined)?.start ?? from;
    const next = groups[index + 1]?.find((word) => word.start !== undefined)?.start;
    const end = group.findLast((word) => word.end !== undefined)?.end ?? next ?? start;
    from = Math.max(from, end);
    const text = group.map((word, at) => (at === 0 || word.isJoined ? word.text : ` ${word.text}`)).join("");
    return { start, end, text, speaker: first.speaker, pieces: group, line: first.line };
  });
}

function isNewCue(group: readonly HeardWord[], word: HeardWord): boolean {
  const last = group.at(-1)!;
  if (word.speaker !== last.speaker || group.length >= MOST_WORDS) return true;
  if (/[\p{L}\p{N}"'”’»)]?[.!?…。！？][\p{Pe}\p{Pf}"'”’]*\s*$/u.test(last.text.slice(-12)) && !isAbbreviation(last.text)) return true;
  if (word.start === undefined || last.end === undefined) return false;
  return word.start - last.end > PAUSE_SECONDS || word.start - (group.find(({ start }) => start !== undefined)?.start ?? word.start) > LONGEST_SECONDS;
}

const ABBREVIATIONS = /^(?:\p{Lu}|Mr|Mrs|Ms|Dr|Prof|St|Sr|Jr|vs|No|Nr|Mt|Gen|Col|Sgt|Capt|Lt|Rev|Hon|bzw|ca|etc)\.$/u;

/** Whether the full stop belongs to the word, not to the sentence. */
export function isAbbreviation(word: string): boolean {
  return ABBREVIATIONS.test(word.trim().replace(/^[\p{P}]+/u, ""));
}

/** Splits timed characters, or tokens that begin with their blank, into words. */
export function wordsFromPieces(pieces: readonly TimedPiece[]): HeardWord[] {
  const words: { text: string; start: number | undefined; end: number | undefined; isJoined: boolean }[] = [];
  let isBetween = true;
  for (const piece of pieces) {
    const text = piece.text.trim();
    if (/^\s/.test(piece.text)) isBetween = true;
    if (text !== "") {
      const word = words.at(-1);
      const isUnspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text);
      if (!word || isBetween || isUnspaced) words.push({ text, start: piece.start, end: piece.end, isJoined: !isBetween });
      else {
        word.text += text;
        word.end = piece.end ?? word.end;
      }
      isBetween = false;
    }
    if (/\s$/.test(piece.text)) isBetween = true;
  }
  return words;
}
