import type { TimedSegment } from "./documents/timingMapDocument.ts";

/** A word of a narration with the punctuation around it: where it stands in the text, and when it is said. */
export interface SpokenWord {
  readonly text: string;
  /** Offsets in the narration, in UTF-16 units; blanks between words belong to none. */
  readonly from: number;
  readonly to: number;
  /** Seconds. */
  readonly start: number;
  readonly end: number;
}

type Narrated = Pick<TimedSegment, "start" | "end" | "narration" | "words">;

/** Scripts that are written without blanks between words. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

const wordBreaker = new Intl.Segmenter("en", { granularity: "word" });

/**
 * The words of a narration in their order. Times are those of `words` where a word is found there;
 * all others are spread between their neighbours by the length of the text.
 */
export function spokenWords({ narration, start, end, words = [] }: Narrated): SpokenWord[] {
  const ranges = wordRanges(narration);
  const texts = ranges.map(([from, to]) => narration.slice(from, to));
  const keys = texts.map(keyOf);
  const timeline = new Timeline(keys.join(""), { start, end, words });
  let position = 0;
  return ranges.map(([from, to], index): SpokenWord => {
    const first = position;
    position += keys[index]!.length;
    return { text: texts[index]!, from, to, start: timeline.startAt(first), end: timeline.endAt(position) };
  });
}

/** Two stretches of narration as one; no blank is put between characters of scripts that have none. */
export function joinNarration(before: string, after: string): string {
  if (!before || !after) return before || after;
  const isUnspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uff60]$/u.test(before) && UNSPACED.test(after.slice(0, 2));
  return isUnspaced ? before + after : `${before} ${after}`;
}

/** What two takes are compared by: letters and digits of the words, without case and punctuation. */
export function wordKeys(text: string): string[] {
  const parts = text.split(/[-\u2010-\u2015/]+/).map(letters).filter(Boolean);
  if (parts.length === 0) return [text];
  return parts.flatMap((part) => (UNSPACED.test(part) ? Array.from(part) : [part]));
}

/** The same words in the same order, whatever their case, punctuation and blanks. */
export function sameWords(a: string, b: string): boolean {
  return a === b || letters(a) === letters(b);
}

export function letterCount(text: string): number {
  return letters(text).length;
}

function letters(text: string): string {
  return text.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}\p{M}]+/gu, "");
}

/** A text without letters, such as a note sign, stands for itself. */
function keyOf(text: string): string {
  return letters(text) || text.trim();
}

type Range = [from: number, to: number];

function wordRanges(narration: string): Range[] {
  const pieces = [...narration.matchAll(/\S+/g)].flatMap(({ 0: text, index }) => (UNSPACED.test(text) ? brokenWords(text, index) : [[index, index + text.length] as Range]));
  const ranges: Range[] = [];
  let opening: number | undefined;
  for (const [from, to] of pieces) {
    const text = narration.slice(from, to);
    const last = ranges.at(-1);
    if (letters(text)) {
      ranges.push([opening ?? from, to]);
      opening = undefined;
    } else if (last && opening === undefined && !/^[\p{Ps}\p{Pi}]/u.test(text)) last[1] = to;
    else opening ??= from;
  }
  // What opens a word that never comes belongs to the last one, or is all there is.
  if (opening === undefined) return ranges;
  const end = pieces.at(-1)![1];
  const last = ranges.at(-1);
  if (last) last[1] = end;
  return last ? ranges : [[opening, end]];
}

function brokenWords(text: string, offset: number): Range[] {
  return [...wordBreaker.segment(text)].map(({ index, segment }): Range => [offset + index, offset + index + segment.length]);
}

/** A moment when a letter is said; where speech pauses, two stand at one position. */
interface Knot {
  /** Position in the letters of the narration. */
  readonly position: number;
  readonly seconds: number;
}

/** How far a word of the source may be from where it is looked for, in letters. */
const SEARCH_LETTERS = 60;

/** When each letter of a narration is said: from knot to knot, in even steps. */
class Timeline {
  readonly #knots: readonly Knot[];

  constructor(key: string, { start, end, words = [] }: Omit<Narrated, "narration">) {
    const knots: Knot[] = [];
    for (const [wordStart, wordEnd, text] of words) {
      const word = keyOf(text);
      const { position, seconds } = knots.at(-1) ?? { position: 0, seconds: 0 };
      const offset = key.slice(position, position + SEARCH_LETTERS + word.length).indexOf(word);
      if (offset < 0 || !word) continue;
      const begins = Math.max(wordStart, seconds);
      const from = position + offset;
      knots.push({ position: from, seconds: begins }, { position: from + word.length, seconds: Math.max(wordEnd, begins) });
    }
    // Where a measured word reaches over the edge of its segment, as after rounding to frames, the word is right.
    const first = Math.min(start, knots[0]?.seconds ?? start);
    const last = Math.max(end, knots.at(-1)?.seconds ?? end);
    this.#knots = [{ position: 0, seconds: first }, ...knots, { position: key.length, seconds: last }];
  }

  /** When what follows the position begins. */
  startAt(position: number): number {
    const after = this.#firstKnot((knot) => knot.position > position);
    return this.#between(position, after - 1, after);
  }

  /** When what stands before the position ends. */
  endAt(position: number): number {
    const after = this.#firstKnot((knot) => knot.position >= position);
    return this.#between(position, after - 1, after);
  }

  #between(position: number, before: number, after: number): number {
    const from = this.#knots[before];
    const to = this.#knots[after];
    if (!from || !to) return (from ?? to)!.seconds;
    const share = (position - from.position) / (to.position - from.position);
    return Math.min(to.seconds, from.seconds + (to.seconds - from.seconds) * share);
  }

  /** Index of the first knot that meets a condition which all later ones meet, too. */
  #firstKnot(meets: (knot: Knot) => boolean): number {
    let low = 0;
    let high = this.#knots.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (meets(this.#knots[middle]!)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
