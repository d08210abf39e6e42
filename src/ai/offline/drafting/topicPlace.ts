import { groupLook, personNoun } from "../lexicons/people.ts";
import { creatureLooks } from "../lexicons/creatures.ts";
import type { Clause } from "../language/clauses.ts";
import type { NounPhrase } from "../language/nounPhrases.ts";
import type { ReadSegment, ReadSentence } from "../narration.ts";
import type { ActorsOf } from "./deeds.ts";

const LIVING = new Set(["he", "she", "they", "i", "we", "you", "somebody", "someone", "nobody", "everybody", "everyone", "who"]);

/**
 * The tag of the place that a segment is about: the place is the subject, or a thing does something
 * there. A place that somebody of the story looks at or speaks of is not shown for that.
 */
export function topicPlaceOf({ sentences }: ReadSegment, resolved: ActorsOf, here: string | undefined): string | undefined {
  for (const sentence of sentences) {
    const phrase = sentence.phrases.find((candidate) => isTopic(candidate, { sentence, resolved, here }));
    const place = phrase && resolved.get(phrase);
    if (place) return place.tag;
  }
  return undefined;
}

interface Told {
  readonly sentence: ReadSentence;
  readonly resolved: ActorsOf;
  readonly here: string | undefined;
}

function isTopic(phrase: NounPhrase, { sentence, resolved, here }: Told): boolean {
  const place = resolved.get(phrase);
  if (place?.entity.kind !== "location" || phrase.isQuoted) return false;
  const { tokens, clauses } = sentence;
  if (tokens.slice(0, phrase.start).some(({ after }) => after.includes(":"))) return false;
  const told = clauses.filter(({ isQuoted }) => !isQuoted);
  if (told.some(({ subject }) => subject === phrase)) return true;
  // `in the kitchen above the square`: the kitchen.
  if (sentence.phrases.some((other) => other !== phrase && other.end < phrase.start && resolved.get(other)?.tag === here)) return false;
  if (place.tag === here || told.some(({ isUnreal, object }) => isUnreal && object === phrase)) return false;
  if (told.length === 0) return true;
  const own = told.find(({ object, complements }) => object === phrase || complements.some((complement) => complement.phrase === phrase));
  const clause = own ?? told.find(({ subject }) => subject !== undefined && subject.start >= phrase.end);
  const before = tokens[phrase.start - 1]?.lower;
  return clause?.subject !== undefined && before !== "like" && before !== "of" && !isLiving(clause, resolved);
}

function isLiving({ subject }: Clause, resolved: ActorsOf): boolean {
  if (!subject) return false;
  const head = subject.head.toLowerCase();
  return resolved.get(subject)?.entity.kind === "character" || subject.isName || LIVING.has(head) || (personNoun(head) ?? groupLook(head) ?? creatureLooks(head)) !== undefined;
}
