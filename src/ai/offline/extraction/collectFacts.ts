import { isBodyFeature, isGarment, isHair, isMass, isVisual } from "../lexicons/things.ts";
import { numberOf } from "../language/numbers.ts";
import type { Clause } from "../language/clauses.ts";
import { withArticle } from "../language/inflection.ts";
import type { NounPhrase } from "../language/nounPhrases.ts";
import { ReferenceTracker } from "../language/references.ts";
import type { ReadSegment, ReadSentence } from "../narration.ts";
import { entityOf, type Candidate, type Facts } from "./candidate.ts";
import { isFeature } from "../lexicons/features.ts";
import { placeSightings } from "./findPlaces.ts";
import type { Flashback } from "./flashbacks.ts";
import { pastFacts } from "./pastFacts.ts";

/** Gathers from the whole narration what it says of each candidate's look. */
export function collectFacts(candidates: readonly Candidate[], segments: readonly ReadSegment[], flashbacks: readonly Flashback[] = []): void {
  const byId = new Map(candidates.map((candidate, index) => [String(index), candidate]));
  const tracker = new ReferenceTracker(candidates.map((candidate, index) => entityOf(candidate, String(index))));
  const places = new Map(candidates.filter(({ kind }) => kind === "location").map((candidate) => [candidate.noun, candidate]));
  const past = new Map(flashbacks.flatMap((flashback) => segments.slice(flashback.from, flashback.to).map(({ index }) => [index, flashback] as const)));
  let place: Candidate | undefined;
  for (const segment of segments) {
    tracker.enterSegment(segment.index);
    const here = placeSightings(segment).map(({ noun }) => places.get(noun)).find((candidate) => candidate !== undefined);
    place = here ?? place;
    for (const sentence of segment.sentences) {
      const flashback = past.get(segment.index);
      const resolve: Who = (phrase) => byId.get(tracker.resolve(phrase)?.id ?? "");
      if (flashback) pastFacts(sentence, resolve, flashback);
      else readSentence(sentence, resolve, (phrase) => byId.get(tracker.owner(phrase)?.id ?? ""));
      if (place) placeFacts(place, sentence);
    }
  }
}

export type Who = (phrase: NounPhrase) => Candidate | undefined;

function readSentence({ tokens, phrases, clauses }: ReadSentence, resolve: Who, ownerOf: Who): void {
  const resolved = new Map(phrases.map((phrase) => [phrase, phrase.isQuoted ? undefined : resolve(phrase)]));
  phrases.forEach((phrase, index) => {
    const candidate = resolved.get(phrase);
    for (const modifier of candidate && !phrase.isPlural ? phrase.modifiers : []) addAdjective(candidate!, modifier);
    const owner = ownerOf(phrase);
    if (owner?.kind === "character" && !phrase.isQuoted) addFeature(owner.facts, phrase, false);
    const next = phrases[index + 1];
    const link = next && tokens[next.start - 1]?.lower;
    const isLinked = next && next.start === phrase.end + 1 && (link === "with" || link === "in" || link === "of");
    if (candidate?.kind === "prop" && isLinked && link === "with") addPart(candidate.facts, next);
    const material = candidate && materialAfter(tokens, phrase.end);
    if (material) addAdjective(candidate, material);
    if (candidate && isLinked && link !== "of") addLinked(candidate, phrases.slice(index + 1), tokens);
  });
  for (const clause of clauses) clauseFacts(clause, resolved);
  ageFacts(tokens, phrases, resolved);
}

/** `a table, all made of solid glass`. */
function materialAfter(tokens: ReadSentence["tokens"], end: number): string | undefined {
  const after = tokens.slice(end, end + 5).map(({ lower }) => lower);
  const place = after.findIndex((word, index) => word === "made" && after[index + 1] === "of");
  if (place < 0 || place > 1) return undefined;
  return [after[place + 2], after[place + 3]].findLast((word) => word !== undefined && isVisual(word));
}

/** `with pink eyes and a silver braid`. */
function addLinked(candidate: Candidate, phrases: readonly NounPhrase[], tokens: ReadSentence["tokens"]): void {
  for (const [index, phrase] of phrases.entries()) {
    addFeature(candidate.facts, phrase, candidate.kind === "character");
    const after = tokens[phrase.end]?.lower;
    if (after !== "and" || phrases[index + 1]?.start !== phrase.end + 1) return;
  }
}

function clauseFacts({ subject, object, verbs, predicate, isUnreal, isQuoted, complements }: Clause, resolved: ReadonlyMap<NounPhrase, Candidate | undefined>): void {
  const candidate = subject && resolved.get(subject);
  if (!candidate || isUnreal || isQuoted) return;
  if (verbs[0] === "be") for (const adjective of predicate) addAdjective(candidate, adjective);
  if (verbs[0] === "be" && candidate.kind === "prop" && object && (isVisual(object.head) || MATERIALS.has(object.head))) {
    // `It was worn brass with a dented bell`.
    for (const word of [...object.modifiers, object.head]) addAdjective(candidate, word);
    for (const { preposition, phrase } of complements) if (preposition === "with") addPart(candidate.facts, phrase);
  }
  if (["wear", "have"].includes(verbs[0]!) && object && candidate.kind === "character") {
    const phrases = [...resolved.keys()];
    // `wore a coat, a silver braid over her shoulder`: what follows in the list belongs to it.
    for (const phrase of phrases.filter(({ start }) => start >= object.start)) addFeature(candidate.facts, phrase, phrase === object);
  }
  if (verbs.includes("make")) for (const { preposition, phrase } of complements) if (preposition === "of") addAdjective(candidate, phrase.head);
}

function addAdjective({ facts, kind }: Candidate, word: string): void {
  if (!isVisual(word) || (kind === "character" && ["open", "closed", "full", "empty", "low", "high", "short", "long", "dark", "solid", "broken", "lit", "folded"].includes(word))) return;
  if (kind !== "character" && ["open", "closed", "full", "other", "lit", "empty", "locked"].includes(word)) return;
  facts.adjectives.add(word);
}

const MATERIALS = new Set(["wood", "metal", "cloth", "canvas"]);

/** `a dented bell`, `three valves`: what a thing has. */
function addPart(facts: Facts, { head, modifiers, isPlural, lastWord }: NounPhrase): void {
  const looks = modifiers.filter(isVisual);
  if (looks.length > 0) facts.features.add([...looks, isPlural ? lastWord.toLowerCase() : head].join(" "));
}

/** @param isCertain Whether the thing counts without an adjective as well. */
function addFeature(facts: Facts, phrase: NounPhrase, isCertain: boolean): void {
  const head = phrase.isPlural ? phrase.lastWord.toLowerCase() : phrase.head;
  const looks = phrase.modifiers.filter((modifier) => isVisual(modifier) || modifier === "navy");
  const text = [...looks, head].join(" ");
  const garment = [...phrase.modifiers, ...head.split("-").slice(0, -1)].find(isGarment);
  if (garment && phrase.determiner === "its") facts.clothes.add(`small ${garment}`);
  if (looks.length === 0 && !isCertain) return;
  if (isHair(head) && text !== "hair") facts.hair.add(text);
  else if (isGarment(head)) facts.clothes.add(text);
  else if (isBodyFeature(head) && looks.length > 0) facts.features.add(text);
}

/** `nine years old`, `a boy of nine`, `aged 62`, `he was fifty-one`. */
function ageFacts(tokens: ReadSentence["tokens"], phrases: readonly NounPhrase[], resolved: ReadonlyMap<NounPhrase, Candidate | undefined>): void {
  const words = tokens.map(({ lower }) => lower);
  words.forEach((word, index) => {
    const number = numberOf(word) ?? numberOf(`${words[index - 1] ?? ""}-${word}`);
    const joined = words.slice(index, index + 4).join(" ");
    const isAge = /^\S+ (?:\S+ )?years? old/.test(joined) || words[index - 1] === "aged" || (words[index - 1] === "of" && ["boy", "girl", "man", "woman", "child"].includes(words[index - 2] ?? ""));
    if (number === undefined || number > 110 || !(isAge || isBareAge(tokens, index, phrases))) return;
    const tens = numberOf(words[index + 1] ?? "");
    const age = tens !== undefined && tens < 10 && number >= 20 ? number + tens : number;
    const before = phrases.findLast((phrase) => phrase.start < index && resolved.get(phrase)?.kind === "character");
    const candidate = before && resolved.get(before);
    if (candidate) candidate.facts.age ??= age;
  });
}

/** `he was fifty-one, tired`: a number alone behind somebody. */
function isBareAge(tokens: ReadSentence["tokens"], index: number, phrases: readonly NounPhrase[]): boolean {
  const isLast = index === tokens.length - 1 || /[,.;:!?—]/.test(tokens[index]!.after) || ["and", "when", "then", "now", "at"].includes(tokens[index + 1]!.lower);
  const verb = index - (BARELY.has(tokens[index - 1]?.lower ?? "") ? 2 : 1);
  const isSaid = ["was", "is", "turned"].includes(tokens[verb]?.lower ?? "");
  return isLast && isSaid && phrases.some(({ start, end, isName, head }) => end === verb && (isName || ["he", "she", "i"].includes(head)) && !EARLIER.has(tokens[start - 1]?.lower ?? ""));
}

/** `died when she was ten`: not her age in the story. */
const EARLIER = new Set(["when", "while", "since", "until", "till", "before", "after", "because", "as"]);

const BARELY = new Set(["only", "just", "almost", "nearly", "barely", "about", "already", "not", "yet"]);

/** `there were doors all round`, `lit by a row of lamps`: what stands in the place that is spoken of. */
function placeFacts(place: Candidate, { phrases, tokens, clauses }: ReadSentence): void {
  if (place.facts.features.size >= 3) return;
  const isTelling = tokens.some(({ lower }) => lower === "there" || lower === "lit" || lower === "filled" || lower === "lined");
  if (!isTelling || clauses.some(({ isQuoted }) => isQuoted)) return;
  for (const phrase of phrases) {
    const head = phrase.isPlural ? phrase.lastWord.toLowerCase() : phrase.head;
    if (phrase.isName || phrase.isPronoun || phrase.isQuoted || phrase.head === place.noun || !isFeature(head)) continue;
    const looks = phrase.modifiers.filter(isVisual);
    const text = [...looks, head].join(" ");
    place.facts.features.add(phrase.isPlural || isMass(head) ? text : withArticle(text).replace(/^an? /, "single "));
  }
}
