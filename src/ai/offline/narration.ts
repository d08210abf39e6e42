import type { TimedSegment } from "../../core/documents/timingMapDocument.ts";
import { parse, type Clause } from "./language/clauses.ts";
import type { NounPhrase } from "./language/nounPhrases.ts";
import { isVisual } from "./lexicons/things.ts";
import { namesIn, readText, type Sentence } from "./language/tokens.ts";

/** A sentence of a segment with what was read in it. */
export interface ReadSentence {
  readonly tokens: Sentence;
  readonly phrases: readonly NounPhrase[];
  readonly clauses: readonly Clause[];
}

export interface ReadSegment {
  readonly index: number;
  readonly text: string;
  readonly sentences: readonly ReadSentence[];
  /** Words in lower case. */
  readonly words: readonly string[];
  readonly carried: Carried | undefined;
}

/** What a segment starts in the middle of: `found herself in a long, | low hall`. */
export interface Carried {
  readonly preposition: string;
  /** The clause that the preposition belongs to. */
  readonly clause: Clause | undefined;
}

/** How many segments are read before other work gets its turn. */
const SEGMENTS_PER_TURN = 25;

/**
 * The narration, read segment by segment from the start, since a quotation may be open across
 * segments. Several callers may read on side by side: what one has read, the others find.
 */
export class Narration {
  readonly #segments: readonly TimedSegment[];
  readonly #isEnglish: boolean;
  readonly #names: ReadonlySet<string>;
  readonly #read: ReadSegment[] = [];
  #isQuoted = false;
  #quotedSegments = 0;

  constructor(segments: readonly TimedSegment[], isEnglish: boolean) {
    this.#segments = segments;
    this.#isEnglish = isEnglish;
    this.#names = isEnglish ? namesIn(segments.map(({ narration }) => narration)) : new Set();
  }

  /** All segments, read; gives way to other work now and then, so that it can be aborted. */
  async readAll(signal: AbortSignal): Promise<readonly ReadSegment[]> {
    while (this.#read.length < this.#segments.length) {
      signal.throwIfAborted();
      for (let count = 0; count < SEGMENTS_PER_TURN && this.#read.length < this.#segments.length; count++) this.#readNext();
      await giveWay();
    }
    signal.throwIfAborted();
    return this.#read;
  }

  #readNext(): void {
    const index = this.#read.length;
    const { narration } = this.#segments[index]!;
    const words = narration.toLowerCase().replace(/’/g, "'").match(/[\p{L}\p{N}'-]+/gu) ?? [];
    this.#read.push({ index, text: narration, words, sentences: this.#isEnglish ? this.#sentences(narration) : [], carried: carriedFrom(this.#read.at(-1)) });
  }

  #sentences(narration: string): ReadSentence[] {
    const { sentences, endsQuoted } = readText(narration, { isQuoted: this.#isQuoted, names: this.#names });
    // A quotation that never ends is a mark that somebody forgot.
    this.#quotedSegments = endsQuoted ? this.#quotedSegments + 1 : 0;
    this.#isQuoted = endsQuoted && this.#quotedSegments < 8;
    return sentences.map((tokens) => ({ tokens, ...parse(tokens) }));
  }
}

function carriedFrom(before: ReadSegment | undefined): Carried | undefined {
  const { tokens, clauses } = before?.sentences.at(-1) ?? { tokens: [], clauses: [] };
  if (/[.;:!?—]/.test(tokens.at(-1)?.after ?? "")) return undefined;
  // At the end of a text the tagger takes an adjective for a noun now and then: `in a long,`.
  const at = tokens.findLastIndex(({ kind, lower }) => !["determiner", "adjective", "adverb", "number"].includes(kind) && !isVisual(lower));
  const word = tokens[at];
  const isPreposition = word?.kind === "preposition" || (word?.kind === "particle" && at === tokens.length - 1);
  return isPreposition && !word.isQuoted ? { preposition: word.lower, clause: clauses.at(-1) } : undefined;
}

export function giveWay(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

const NARRATIONS = new WeakMap<readonly TimedSegment[], Map<boolean, Narration>>();

/** The narration of these segments; the same list is read once. */
export function narrationOf(segments: readonly TimedSegment[], isEnglish: boolean): Narration {
  const known = NARRATIONS.get(segments) ?? new Map<boolean, Narration>();
  NARRATIONS.set(segments, known);
  const narration = known.get(isEnglish) ?? new Narration(segments, isEnglish);
  known.set(isEnglish, narration);
  return narration;
}

export function isEnglish(language: string): boolean {
  return /^en(?:$|[-_])/i.test(language);
}
