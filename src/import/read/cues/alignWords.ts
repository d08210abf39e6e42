import { roundSeconds } from "../../../core/times.ts";
import type { TimedWord } from "../../transcript.ts";
import type { TimedPiece } from "../rawCue.ts";

/** A stretch of time; seconds. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

interface Timed extends Span {
  readonly text: string;
}

const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/**
 * The words of a text with the times of the pieces that the source heard: tokens of a transcriber,
 * single characters, words without punctuation. Pieces and text are matched by their letters;
 * undefined where these differ, for then nobody knows which time belongs to which word.
 */
export function alignWords(text: string, pieces: readonly TimedPiece[], span: Span): TimedWord[] | undefined {
  const { letters: heard, times, boundaries } = timeLetters(withTimes(pieces, span));
  if (heard === "" || heard !== lettersOf(text)) return undefined;
  let at = 0;
  const words = tokensOf(text, boundaries).map((token): TimedWord => {
    const first = times[Math.min(at, times.length - 1)]!;
    at += lettersOf(token).length;
    // A dash by itself has no letters: it falls into the moment between two words.
    const last = times[Math.max(0, at - 1)]!;
    return { text: token, start: first.start, end: Math.max(first.start, last.end) };
  });
  return inside(words, span);
}

interface TimedLetters {
  readonly letters: string;
  /** One for each letter. */
  readonly times: readonly Span[];
  /** Where, in letters, a piece begins. */
  readonly boundaries: ReadonlySet<number>;
}

/** Inside a piece of several words time passes evenly. */
function timeLetters(pieces: readonly Timed[]): TimedLetters {
  const times: Span[] = [];
  const boundaries = new Set<number>();
  let all = "";
  for (const { text, start, end } of pieces) {
    const letters = lettersOf(text);
    if (letters) boundaries.add(times.length);
    all += letters;
    for (let count = 0; count < letters.length; count++) {
      const at = (letter: number) => start + ((end - start) * letter) / letters.length;
      times.push({ start: at(count), end: at(count + 1) });
    }
  }
  return { letters: all, times, boundaries };
}

/** Letters and digits in one form, so that case, accents and punctuation do not count; the form of a text is that of its parts. */
export function lettersOf(text: string): string {
  // Most texts are plain; the tables of Unicode take ten times as long.
  if (/^[ -~]*$/.test(text)) return text.toUpperCase().replace(/[^A-Z0-9]+/g, "");
  return text.normalize("NFKD").toUpperCase().replace(/[^\p{L}\p{N}]/gu, "");
}

/** Times in order and inside the span, rounded to milliseconds. */
export function inside(words: readonly TimedWord[], span: Span): TimedWord[] {
  let from = span.start;
  return words.map((word) => {
    const start = Math.min(span.end, Math.max(from, roundSeconds(word.start)));
    const end = Math.min(span.end, Math.max(start, roundSeconds(word.end)));
    from = start;
    return { start, end, text: word.text };
  });
}

/** Pieces between two that have times share what lies between, by the length of their text. */
function withTimes(pieces: readonly TimedPiece[], span: Span): Timed[] {
  const result: Timed[] = [];
  for (let index = 0; index < pieces.length; ) {
    const piece = pieces[index]!;
    if (isTimed(piece)) {
      result.push(piece);
      index++;
      continue;
    }
    let stop = index;
    while (stop < pieces.length && !isTimed(pieces[stop]!)) stop++;
    const from = result.at(-1)?.end ?? span.start;
    const to = Math.max(from, pieces[stop]?.start ?? span.end);
    for (const shared of shareTime(pieces.slice(index, stop).map(({ text }) => text), { start: from, end: to })) result.push(shared);
    index = stop;
  }
  return result;
}

function isTimed(piece: TimedPiece): piece is Timed {
  return piece.start !== undefined && piece.end !== undefined;
}

/** Each text gets its part of the span by its length. */
export function shareTime(texts: readonly string[], span: Span): Timed[] {
  const lengths = texts.map((text) => Math.max(1, lettersOf(text).length));
  const total = lengths.reduce((sum, length) => sum + length, 0);
  let done = 0;
  return texts.map((text, index) => {
    const at = (letters: number) => span.start + ((span.end - span.start) * letters) / total;
    const start = at(done);
    done += lengths[index]!;
    return { text, start, end: at(done) };
  });
}

/** What spaces part; inside scripts without spaces also what the source's own pieces part. */
function tokensOf(text: string, boundaries: ReadonlySet<number>): string[] {
  const tokens: string[] = [];
  let at = 0;
  for (const word of text.split(/\s+/).filter(Boolean)) {
    if (!UNSPACED.test(word)) {
      at += lettersOf(word).length;
      tokens.push(word);
      continue;
    }
    let token = "";
    for (const character of word) {
      const isLetter = lettersOf(character) !== "";
      if (isLetter && token !== "" && boundaries.has(at) && UNSPACED.test(character)) {
        tokens.push(token);
        token = "";
      }
      token += character;
      at += lettersOf(character).length;
    }
    tokens.push(token);
  }
  return tokens;
}
