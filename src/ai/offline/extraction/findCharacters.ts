import { creatureLooks } from "../lexicons/creatures.ts";
import { COLLECTIVES, groupLook, personNoun } from "../lexicons/people.ts";
import { placeNoun } from "../lexicons/places.ts";
import { LIVING_VERBS } from "../lexicons/verbs.ts";
import { NAMED } from "../language/clauses.ts";
import { plural } from "../language/inflection.ts";
import type { NounPhrase } from "../language/nounPhrases.ts";
import type { Gender } from "../language/references.ts";
import type { ReadSegment, ReadSentence } from "../narration.ts";
import { noFacts, type Candidate } from "./candidate.ts";

/** More than these no viewer can tell apart. */
const MOST_CHARACTERS = 40;

/** The people and animals that the narration speaks of again and again, by first mention. */
export function findCharacters(segments: readonly ReadSegment[]): Candidate[] {
  const sightings = new Map<string, Sighting>();
  for (const segment of segments) for (const sentence of segment.sentences) collect(sightings, segment.index, sentence);
  const merged = mergeSightings(sightings, linksOf(segments));
  const kept = [...merged.values()].filter(isCharacter).sort((a, b) => b.count - a.count || a.first - b.first).slice(0, MOST_CHARACTERS);
  return kept.sort((a, b) => a.first - b.first).map((sighting) => toCandidate(sighting, segments));
}

interface Sighting {
  readonly key: string;
  readonly isName: boolean;
  isGroup: boolean;
  name: string;
  /** Lexicon noun, where one is known. */
  noun: string | undefined;
  readonly first: number;
  count: number;
  told: number;
  acts: number;
  owns: number;
  isPerson: boolean;
  /** Once called `a man`: somebody new. */
  isIntroduced: boolean;
  isPlace: boolean;
  gender: Gender;
  readonly aliases: Set<string>;
  readonly at: number[];
}

const KEEPS_APART = new Set(["old", "young", "little", "blind", "tall", "fat", "white", "black", "one-eyed", "other"]);
const NOBODY = new Set(["no", "any", "every", "each", "some", "all", "another"]);

function collect(sightings: Map<string, Sighting>, segment: number, { tokens, phrases, clauses }: ReadSentence): void {
  const actors = new Set(clauses.filter(({ verbs }) => verbs.some((verb) => LIVING_VERBS.has(verb))).map(({ subject }) => subject));
  for (const phrase of phrases) {
    const owner = phrase.owner;
    if (owner && /^\p{Lu}/u.test(owner)) sight(sightings, { key: owner.toLowerCase(), name: owner, isName: true, segment }).owns++;
    const key = keyOf(phrase);
    if (!key) continue;
    const sighting = sight(sightings, { ...key, segment });
    if (!phrase.isQuoted) sighting.told++;
    if (phrase.determiner !== "the") sighting.isIntroduced = true;
    if (actors.has(phrase) && !phrase.isQuoted) sighting.acts++;
    const last = tokens[phrase.end - 1];
    if (last?.tags.has("Person")) sighting.isPerson = true;
    if (last?.tags.has("Place") || isGovernedByPlace(tokens[phrase.start - 1]?.lower, phrase)) sighting.isPlace = true;
    const own = phrase.isName ? tokens.slice(phrase.start, phrase.end).filter(({ isPossessive }) => !isPossessive) : [];
    if (own.some(({ tags }) => tags.has("MaleName"))) sighting.gender = "male";
    else if (own.some(({ tags }) => tags.has("FemaleName"))) sighting.gender = "female";
  }
}

function isGovernedByPlace(before: string | undefined, { isName }: NounPhrase): boolean {
  return isName && before !== undefined && ["in", "into", "near", "across"].includes(before);
}

interface Key {
  readonly key: string;
  readonly name: string;
  readonly isName: boolean;
  readonly noun?: string | undefined;
  readonly isGroup?: boolean;
}

function keyOf(phrase: NounPhrase): Key | undefined {
  if (phrase.isPronoun || NOBODY.has(phrase.determiner)) return undefined;
  if (phrase.isName) return nameKey(phrase);
  const { head } = phrase;
  if (phrase.isPlural || COLLECTIVES.has(head)) {
    const name = COLLECTIVES.has(head) ? head : plural(head);
    return groupLook(head) ? { key: name, name, isName: false, noun: head, isGroup: true } : undefined;
  }
  if (!personNoun(head) && !creatureLooks(head)) return undefined;
  const apart = phrase.modifiers.find((modifier) => KEEPS_APART.has(modifier));
  const name = apart ? `${apart} ${head}` : head;
  return { key: name, name, isName: false, noun: head };
}

function nameKey({ head }: NounPhrase): Key | undefined {
  if (/\d/.test(head) || /^\p{Lu}{2,}$/u.test(head.replace(/[^\p{L}]/gu, "")) || NOT_NAMES.has(head.toLowerCase())) return undefined;
  const words = head.toLowerCase().split(" ");
  // `Joe Miller` mills nothing.
  const telling = words.length > 1 && SURNAMES.has(words.at(-1)!) && !KEEPS_APART.has(words[0]!) ? words.slice(0, -1) : words;
  const noun = [...telling].reverse().find((word) => personNoun(word) ?? creatureLooks(word));
  return { key: words.join(" "), name: head, isName: true, noun };
}

const SURNAMES = new Set("miller smith baker cook fisher carpenter taylor hunter shepherd king prince bishop potter mason farmer gardener butler page knight singer painter porter fox wolf lamb swan crow bird fish hawk drake".split(" "));

const NOT_NAMES = new Set("god lord christ jesus christmas easter sunday monday tuesday wednesday thursday friday saturday english french german latin american over roger okay ok sir ma'am madam mr mrs miss dr".split(" "));

function sight(sightings: Map<string, Sighting>, { segment, ...key }: Key & { readonly segment: number }): Sighting {
  const known = sightings.get(key.key);
  if (known) {
    known.count++;
    known.at.push(segment);
    return known;
  }
  const gender = (key.noun && personNoun(key.noun)?.gender) || "neutral";
  const fresh: Sighting = {
    key: key.key, isName: key.isName, isGroup: key.isGroup ?? false, name: key.name, noun: key.noun, first: segment, count: 1, told: 0, acts: 0,
    owns: 0, isPerson: false, isIntroduced: false, isPlace: false, gender, aliases: new Set(), at: [segment],
  };
  sightings.set(key.key, fresh);
  return fresh;
}

/** `Dinah was the cat`, `Tomas, the old player,`: two words for one; from the noun's key to the name's. */
function linksOf(segments: readonly ReadSegment[]): ReadonlyMap<string, string> {
  const links = new Map<string, string>();
  let lastPerson: NounPhrase | undefined;
  for (const { sentences } of segments) {
    for (const { tokens, phrases, clauses } of sentences) {
      for (const { subject, object, verbs, isUnreal } of clauses) if (verbs[0] === "be" && !isUnreal) {
        link(links, subject, object);
        if (subject?.determiner === "the") link(links, object, subject);
        if (subject?.head === "name" && object?.isName) link(links, object, lastPerson);
      }
      // `The baker is called Ines`.
      for (const { subject, object, verbs } of clauses) if (object?.isName && verbs.some((verb) => verb === "call" || verb === "name")) link(links, object, subject);
      for (const { object, verbs, subject, isPassive } of clauses) if (isPassive && object?.isPronoun === false && subject?.isName && verbs.includes("call")) link(links, subject, object);
      for (const phrase of phrases) if (!phrase.isPronoun && !phrase.isName && !phrase.isPlural && personNoun(phrase.head)) lastPerson = phrase;
      phrases.forEach((phrase, index) => {
        const next = phrases[index + 1];
        const isApposition = next?.start === phrase.end && tokens[phrase.end - 1]?.after.trim() === "," && (["a", "an", "the"].includes(next.determiner) || next.owner !== undefined);
        const isOther = tokens[phrase.end - 1]?.tags.has("Place") || NAMED.has(tokens[next?.end ?? -1]?.lower ?? "");
        if (isApposition && !isOther) link(links, phrase, next);
      });
    }
  }
  return links;
}

function link(links: Map<string, string>, name: NounPhrase | undefined, noun: NounPhrase | undefined): void {
  if (!name?.isName || !noun || noun.isPronoun || noun.isName || noun.isPlural) return;
  const [nameKey, nounKey] = [keyOf(name), keyOf(noun)];
  if (nameKey && nounKey && !links.has(nounKey.key)) links.set(nounKey.key, nameKey.key);
}

function mergeSightings(sightings: ReadonlyMap<string, Sighting>, links: ReadonlyMap<string, string>): Map<string, Sighting> {
  const merged = new Map(sightings);
  const absorb = (from: string, into: string) => {
    const [source, target] = [merged.get(from), merged.get(into)];
    if (!source || !target || source === target || source.isGroup !== target.isGroup) return;
    merged.delete(from);
    target.aliases.add(source.name);
    for (const alias of source.aliases) target.aliases.add(alias);
    target.noun ??= source.noun;
    if (target.gender === "neutral") target.gender = source.gender;
    target.count += source.count;
    target.told += source.told;
    target.acts += source.acts;
    target.at.push(...source.at);
  };
  for (const [noun, name] of links) absorb(noun, name);
  for (const [key, sighting] of sightings) {
    const name = (onlyDefinite(sighting) && namedBefore(sighting, merged)) || ofThatTrade(sighting, merged);
    if (name) absorb(key, name.key);
  }
  for (const [key] of sightings) for (const longer of longerNames(key, merged)) absorb(key, longer);
  return merged;
}

/** `the old man`, but never `an old man`: somebody whom the narration has named. */
function onlyDefinite({ noun, isName, isGroup, isIntroduced }: Sighting): boolean {
  return !isName && !isGroup && !isIntroduced && ["man", "woman", "gentleman", "lady"].includes(noun ?? "");
}

/** `the monk`, never `a monk`: the one named monk who was there before. */
function ofThatTrade({ key, noun, isName, isGroup, isIntroduced, first }: Sighting, merged: ReadonlyMap<string, Sighting>): Sighting | undefined {
  if (isName || isGroup || isIntroduced || noun === undefined || key !== noun) return undefined;
  const named = [...merged.values()].filter((other) => other.isName && other.noun === noun && other.first <= first);
  return named.length === 1 ? named[0] : undefined;
}

/** The one named person of that gender who was there before. */
function namedBefore({ gender, first }: Sighting, merged: ReadonlyMap<string, Sighting>): Sighting | undefined {
  const named = [...merged.values()].filter((other) => other.isName && other.gender === gender && other.first <= first && first - other.first <= 15 && (!other.noun || !["boy", "girl", "child"].includes(other.noun)));
  return named.length === 1 ? named[0] : undefined;
}

/** `rabbit` belongs to `white rabbit`, where only one such is known. */
function longerNames(key: string, merged: ReadonlyMap<string, Sighting>): string[] {
  if (!merged.has(key) || key.includes(" ")) return [];
  const longer = [...merged.values()].filter((other) => other.key !== key && other.key.split(" ").some((word) => word === key));
  return longer.length === 1 ? [longer[0]!.key] : [];
}

/** Said of anybody: `people say`. */
const VAGUE_GROUPS = new Set(["people", "man", "woman"]);

function isCharacter(sighting: Sighting): boolean {
  const { isName, noun, told, acts, owns, count, isPerson, isPlace, isGroup } = sighting;
  if (isName && placeNoun(sighting.key.split(" ").at(-1)!) && !noun) return false;
  if (isGroup) return acts >= 1 || (told >= 2 && !VAGUE_GROUPS.has(noun ?? ""));
  if (!isName || noun) return told >= 2 || acts >= 1;
  if (isPlace && !isPerson) return false;
  return isPerson ? told + owns >= 1 && (count >= 2 || acts + owns >= 1) : acts >= 1 && told >= 2;
}

function toCandidate(sighting: Sighting, segments: readonly ReadSegment[]): Candidate {
  const { name, noun, aliases, isGroup, first, count } = sighting;
  const isCreature = noun !== undefined && !personNoun(noun) && creatureLooks(noun) !== undefined;
  const parts = name.split(" ");
  // A long name is also called by its first and its last word.
  if (sighting.isName && parts.length > 1 && !noun) for (const part of [parts[0]!, parts.at(-1)!]) if (!personNoun(part.toLowerCase()) || part === parts.at(-1)) aliases.add(part);
  if (sighting.isName && parts.length > 1 && noun) aliases.add(parts.at(-1)!);
  if (noun && noun !== name.toLowerCase() && !isGroup) aliases.add(noun);
  aliases.delete(name);
  const gender = sighting.gender === "neutral" && !isGroup ? genderFromPronouns(sighting, segments) : sighting.gender;
  return { kind: "character", name, aliases, noun: noun ?? "", gender, isCreature, isGroup, first, mentions: count, facts: noFacts() };
}

/** Which pronoun follows the name more often, in the same segment and the next. */
function genderFromPronouns({ at, key }: Sighting, segments: readonly ReadSegment[]): Gender {
  let balance = 0;
  for (const index of at.slice(0, 40)) {
    const here = segments[index]?.words ?? [];
    const place = here.indexOf(key.split(" ").at(-1)!);
    const after = [...here.slice(Math.max(0, place)), ...(segments[index + 1]?.words ?? []).slice(0, 6)];
    for (const word of after) {
      if (word === "he" || word === "him" || word === "his") balance++;
      if (word === "she" || word === "her") balance--;
    }
  }
  if (balance === 0) return "neutral";
  return balance > 0 ? "male" : "female";
}
