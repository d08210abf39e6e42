import { placeNoun } from "../lexicons/places.ts";
import { creatureLooks } from "../lexicons/creatures.ts";
import { isFeature } from "../lexicons/features.ts";
import { groupLook, personNoun } from "../lexicons/people.ts";
import { phrasesBehind, type Clause } from "../language/clauses.ts";
import type { NounPhrase } from "../language/nounPhrases.ts";
import type { Carried, ReadSegment, ReadSentence } from "../narration.ts";
import { noFacts, type Candidate } from "./candidate.ts";
import type { Flashback } from "./flashbacks.ts";

const MOST_PLACES = 30;

const PLACE_PREPOSITIONS = new Set(["at", "in", "on", "into", "onto", "across", "through", "along", "inside", "outside", "to", "from", "over", "behind", "down", "under", "near", "around", "toward", "towards", "beside", "by", "upon", "up"]);

/** Nouns that are a place only where somebody is in it, not when they are spoken of. */
const ALSO_OTHER_THINGS = new Set(["well", "bank", "front", "market", "air", "hole", "rose", "platform", "ward", "wings", "home", "module", "house", "bridge", "play", "port", "passage", "field", "order", "stage", "sky", "camp", "car", "train", "ship", "boat", "ring", "light", "sea", "city", "country", "town", "village", "heaven", "planet", "moon"]);

const ON_TOP = new Set(["on", "onto", "across", "over", "up"]);
const INSIDE = new Set(["in", "into", "inside"]);
const ABOARD = new Set([...INSIDE, "on", "onto", "aboard"]);

/** How one is there, where not every preposition tells so: nobody who walks to a car is in it. */
const WAYS_IN: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ...["roof", "rooftop", "balcony", "terrace", "sky", "hill", "mountain"].map((noun) => [noun, ON_TOP] as const),
  ...["car", "truck", "taxi", "lift", "elevator"].map((noun) => [noun, INSIDE] as const),
  ...["train", "tram", "bus", "boat", "ship", "ferry"].map((noun) => [noun, ABOARD] as const),
]);

export interface PlaceSighting {
  readonly noun: string;
  readonly phrase: NounPhrase;
  /** Somebody or something is in it, or on the way to it. */
  readonly isVisited: boolean;
  /** It has rooms and streets, which the narration may name as well. */
  readonly isCity: boolean;
}

/** The places that a segment speaks of outside quotations and wishes, in order. */
export function placeSightings({ sentences, carried }: ReadSegment): PlaceSighting[] {
  return sentences.flatMap((sentence, index) => {
    const { phrases, clauses } = sentence;
    const unreal = new Set(clauses.filter(({ isUnreal }) => isUnreal).flatMap(phrasesBehind));
    return phrases.flatMap((phrase) => (phrase.isPlural || phrase.isQuoted || unreal.has(phrase) ? [] : (sightingOf(phrase, sentence, index === 0 ? carried : undefined) ?? [])));
  });
}

function sightingOf(phrase: NounPhrase, sentence: ReadSentence, carried: Carried | undefined): PlaceSighting | undefined {
  const city = cityOf(phrase, sentence.tokens);
  const named = placeNounOf(phrase) ?? city;
  // `the Left Bank` is no bank.
  if (!named || (phrase.isName && ALSO_OTHER_THINGS.has(named))) return undefined;
  const { tokens, clauses } = sentence;
  // `at the edge of the forest`: how somebody is to the edge.
  const part = tokens[phrase.start - 1]?.lower === "of" ? sentence.phrases.find(({ end, head }) => end === phrase.start - 1 && PARTS.has(head)) : undefined;
  const noun = part && WATERS.has(named) ? "shore" : named;
  const whole = part ?? phrase;
  const goesOn = whole.start === 0 ? carried : undefined;
  const before = isReached(phrase, clauses) || isPresented(phrase, tokens) ? "into" : (tokens[whole.start - 1]?.lower ?? goesOn?.preposition ?? "");
  const isOn = (city ? INTO_CITY : (WAYS_IN.get(noun) ?? PLACE_PREPOSITIONS)).has(before);
  const isVisited = isOn && !isAfterColon(phrase, tokens) && isGoneTo(whole, { before, clauses, carrying: goesOn?.clause });
  const isNear = before !== "like" && before !== "than" && before !== "of";
  const isTold = !city && !ALSO_OTHER_THINGS.has(noun) && clauses.some(({ subject, isCopula }) => (isCopula || phrase.determiner === "this") && subject === phrase);
  return isNear && (isVisited || isTold || isLeft(phrase, clauses)) ? { noun, phrase, isVisited, isCity: city !== undefined } : undefined;
}

/** The name of a city in small letters, by which it is known like other places by their noun. */
function cityOf({ isName, head, end }: NounPhrase, tokens: ReadSentence["tokens"]): string | undefined {
  const tags = tokens[end - 1]?.tags;
  return isName && tags?.has("City") && !tags.has("Person") && !head.includes(" ") ? head.toLowerCase() : undefined;
}

const INTO_CITY = new Set(["in", "into", "to", "through", "across", "around", "inside", "at", "near"]);

const PARTS = new Set(["edge", "side", "foot", "top", "middle", "heart", "end", "bottom", "corner", "mouth", "rim", "centre", "center", "depth", "outskirt", "wall", "gate", "street", "entrance", "shadow"]);
const WATERS = new Set(["sea", "ocean", "lake", "river", "stream", "pond", "water"]);

/** `before her was another long passage`, `ahead lay a wide field`. */
function isPresented({ start }: NounPhrase, tokens: ReadSentence["tokens"]): boolean {
  const words = tokens.slice(Math.max(0, start - 8), start).map(({ lower }) => lower);
  return /\b(?:before|ahead of|around|beneath|below|in front of) (?:him|her|them|me|us|it)(?: \w+)? (?:was|lay|stood|stretched|rose|opened)\b/.test(words.join(" "));
}

/** `left the hospital`: there until then. */
function isLeft(phrase: NounPhrase, clauses: readonly Clause[]): boolean {
  return clauses.some(({ object, verbs, subject }) => object === phrase && subject !== undefined && verbs.some((verb) => verb === "leave" || verb === "exit"));
}

/** `crossed the square`: the place is what is gone to. */
function isReached(phrase: NounPhrase, clauses: readonly Clause[]): boolean {
  return clauses.some(({ object, verbs }) => object === phrase && verbs.some((verb) => verb === "cross" || verb === "enter" || verb === "reach"));
}

const LOOKING = new Set(["look", "see", "watch", "gaze", "stare", "peer", "glance", "hear"]);
const LIVING_PRONOUNS = new Set(["he", "she", "they", "i", "we", "you", "him", "her", "himself", "herself", "them"]);

const VEHICLES = new Set(["boat", "ferry", "ship", "train", "tram", "bus", "car", "cart", "carriage", "truck", "wagon", "canoe", "raft"]);
const POSITIONS = new Set(["hang", "lie", "stand", "sit", "lean", "rest"]);
const WITHIN = new Set(["in", "inside", "on", "at", "under"]);

interface PhrasePlace {
  readonly before: string;
  readonly clauses: readonly Clause[];
  /** The clause of the segment before that the phrase belongs to. */
  readonly carrying: Clause | undefined;
}

/** Whether somebody is there, rather than looking there; or a thing lies there. */
function isGoneTo(phrase: NounPhrase, { before, clauses, carrying }: PhrasePlace): boolean {
  const own = carrying ?? clauses.find(({ complements }) => complements.some((complement) => complement.phrase === phrase));
  // A phrase at the start of a sentence belongs to the clause that follows.
  const clause = own ?? clauses.find(({ subject, isQuoted }) => !isQuoted && subject !== undefined && subject.start >= phrase.end);
  if (!clause) return true;
  const { subject, verbs } = clause;
  if (verbs.some((verb) => LOOKING.has(verb))) return false;
  if (subject?.head === "it") return !verbs.includes("lead");
  if (!subject || (own && verbs[0] === "be")) return true;
  if (verbs.some((verb) => POSITIONS.has(verb)) && WITHIN.has(before)) return true;
  const head = subject.head.toLowerCase().split(" ").at(-1)!;
  return subject.isName || LIVING_PRONOUNS.has(head) || VEHICLES.has(head) || personNoun(head) !== undefined || groupLook(head) !== undefined || creatureLooks(head) !== undefined;
}

/** What stands behind a colon is counted up, not gone to. */
function isAfterColon({ start }: NounPhrase, tokens: ReadSentence["tokens"]): boolean {
  return tokens.slice(0, start).some(({ after, isQuoted }) => !isQuoted && after.includes(":"));
}

/** Every place that a segment names outside quotations, gone to or not, but for those that it denies. */
export function namedPlaces({ sentences }: ReadSegment): string[] {
  return sentences.flatMap(({ phrases, clauses }) => {
    const denied = new Set(clauses.filter(({ isUnreal }) => isUnreal).map(({ object }) => object));
    return phrases.filter((phrase) => !phrase.isQuoted && !phrase.isPlural && !denied.has(phrase)).flatMap((phrase) => placeNounOf(phrase) ?? []);
  });
}

function placeNounOf({ head, modifiers, isPronoun, owner }: NounPhrase): string | undefined {
  if (isPronoun) return undefined;
  // `under the kitchen table's leg`: in the kitchen.
  const [ownerRoom, ownerThing] = owner?.toLowerCase().split(" ") ?? [];
  if (ownerRoom && ownerThing && isFeature(ownerThing) && placeNoun(ownerRoom)) return ownerRoom;
  const words = head.toLowerCase().split(" ");
  const last = words.at(-1)!;
  const compound = `${words.at(-2) ?? modifiers.at(-1) ?? ""}-${last}`;
  if (placeNoun(compound)) return compound;
  // `at the kitchen door`: in the kitchen.
  const room = isFeature(last) ? modifiers.find((modifier) => placeNoun(modifier)) : undefined;
  if (room) return room;
  return placeNoun(last) ? last : undefined;
}

/** The places where the story plays, by first mention; none where the narration names none. */
export function findPlaces(segments: readonly ReadSegment[], flashbacks: readonly Flashback[]): Candidate[] {
  const found = new Map<string, Candidate>();
  // A flashback plays at the place that it opens with.
  const opened = new Map(flashbacks.map(({ from }) => [from, namedPlaces(segments[from]!)[0]]));
  for (const segment of segments) {
    const opening = opened.get(segment.index);
    if (opening && !found.has(opening)) found.set(opening, { ...candidate(opening, segment.index), mentions: 1 });
    for (const { noun, phrase, isCity } of placeSightings(segment)) {
      const known = found.get(noun) ?? { ...candidate(noun, segment.index), ...(isCity && { name: phrase.head }) };
      known.mentions++;
      if (phrase.isName && !isCity) known.aliases.add(phrase.head);
      found.set(noun, known);
    }
  }
  return [...found.values()]
    .sort((a, b) => b.mentions - a.mentions || a.first - b.first)
    .slice(0, MOST_PLACES)
    .sort((a, b) => a.first - b.first);
}

function candidate(noun: string, first: number): Candidate {
  const name = noun.replace(/-/g, " ");
  return { kind: "location", name, aliases: new Set(), noun, gender: "neutral", isCreature: false, isGroup: false, first, mentions: 0, facts: noFacts() };
}

/** A place that the narration does not name, but the story needs. */
export function assumedPlace(noun: string): Candidate {
  return { ...candidate(noun, 0), mentions: 1 };
}
