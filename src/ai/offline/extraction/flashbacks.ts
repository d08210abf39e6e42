import { numberOf } from "../language/numbers.ts";
import { SPEECH_VERBS } from "../lexicons/verbs.ts";
import type { ReadSegment } from "../narration.ts";

/** A stretch of the narration that tells of an earlier time. */
export interface Flashback {
  /** Indexes of segments, the end not included. */
  readonly from: number;
  readonly to: number;
  /** How long ago it was, where the narration says it. */
  readonly years: number | undefined;
}

const LONGEST_FLASHBACK = 12;

/** How many segments back somebody counts as present. */
const PRESENT_SEGMENTS = 8;

/** The flashbacks of a narration, in order; a story that opens in the past has none there. */
export function findFlashbacks(read: readonly ReadSegment[]): Flashback[] {
  const found: Flashback[] = [];
  for (let index = 1; index < read.length; index++) {
    const cue = cueOf(read[index]!);
    if (!cue) continue;
    const present = namesOf(read.slice(Math.max(0, index - PRESENT_SEGMENTS), index));
    let to = index + 1;
    while (to < read.length && to - index < LONGEST_FLASHBACK && read[to]!.text !== "" && !returnsToNow(read[to]!, present)) to++;
    if (to - index >= 2) found.push({ from: index, to, years: cue.years });
    index = to - 1;
  }
  return found;
}

/** The words that the narrator says, quotations left out. */
function toldWords({ sentences }: ReadSegment): string[] {
  return sentences.flatMap(({ tokens }) => tokens.filter(({ isQuoted }) => !isQuoted).map(({ lower }) => lower));
}

const AGO = /^(?:(?:but|and|once|some|about|almost|nearly|more|than|it|was) )*((?:[\w-]+ ){1,3})(?:years?|winters|summers|decades?) (?:ago|before|earlier)\b/;
const THOSE_DAYS = /^(?:[\w'-]+ ){0,3}(?:in those days|back then|long ago)\b/;
const AS_A_CHILD = /^(?:when (?:she|he|i|they) (?:was|were) (?:young|little|small|a (?:boy|girl|child))|as a (?:boy|girl|child))\b/;

function cueOf(segment: ReadSegment): { readonly years: number | undefined } | undefined {
  const told = toldWords(segment).join(" ");
  const count = AGO.exec(told)?.[1];
  if (count !== undefined) return { years: yearsOf(count, told) };
  return THOSE_DAYS.test(told) || AS_A_CHILD.test(told) ? { years: undefined } : undefined;
}

/** `thirty years`, `three decades`. */
function yearsOf(count: string, told: string): number | undefined {
  const number = numberOf(count.trim().replace(/ /g, "-")) ?? numberOf(count.trim().split(" ").at(-1) ?? "");
  return number === undefined ? undefined : number * (/decades?/.test(told) ? 10 : 1);
}

function namesOf(segments: readonly ReadSegment[]): ReadonlySet<string> {
  return new Set(segments.flatMap(({ sentences }) => sentences.flatMap(({ phrases }) => phrases.filter(({ isName }) => isName).map(({ head }) => head))));
}

const NOW = /^(?:(?:so|but|and) )?(?:now|today|tonight|this (?:morning|afternoon|evening|night))\b/;

/** `Now …`, or somebody speaks who was there before. */
function returnsToNow(segment: ReadSegment, present: ReadonlySet<string>): boolean {
  if (NOW.test(toldWords(segment).join(" "))) return true;
  const clauses = segment.sentences.flatMap((sentence) => sentence.clauses);
  const hasSpeech = segment.sentences.some(({ tokens }) => tokens.some(({ isQuoted }) => isQuoted));
  return hasSpeech && clauses.some(({ isQuoted, verbs, subject }) => !isQuoted && subject !== undefined && present.has(subject.head) && verbs.some((verb) => SPEECH_VERBS.has(verb)));
}
