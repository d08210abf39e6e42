import { creatureLooks } from "../lexicons/creatures.ts";
import { FEMALE_WORDS, foreignNouns, isUnspaced, MALE_WORDS } from "../lexicons/foreignWords.ts";
import { personNoun } from "../lexicons/people.ts";
import { placeNoun } from "../lexicons/places.ts";
import type { Gender } from "../language/references.ts";
import type { ReadSegment } from "../narration.ts";
import { noFacts, type Candidate } from "./candidate.ts";
import { assumedPlace } from "./findPlaces.ts";

const MOST_NAMES = 12;

/**
 * What can be told of a narration in another language: persons, places and things of a small word
 * list, and words that are written like names. There is always a place and somebody.
 */
export function findForeign(read: readonly ReadSegment[], language: string): Candidate[] {
  const all = foreignNouns(language).flatMap(({ english, forms }) => listedCandidate(english, forms, { read, language }) ?? []);
  // `der alte Mann` is no second man.
  const listed = all.filter(({ name }) => !all.some((other) => other.name === `old ${name}`));
  const taken = new Set(listed.flatMap(({ aliases }) => [...aliases].map((alias) => alias.toLowerCase())));
  const names = isUnspaced(language) ? [] : findNames(read, taken);
  const found = [...names, ...listed];
  const people = found.filter(({ kind }) => kind === "character");
  const places = found.filter(({ kind }) => kind === "location");
  return [...(people.length > 0 ? people : [protagonist(read)]), ...(places.length > 0 ? places : [assumedPlace("room")]), ...found.filter(({ kind }) => kind === "prop")];
}

interface Source {
  readonly read: readonly ReadSegment[];
  readonly language: string;
}

function listedCandidate(english: string, forms: readonly string[], { read, language }: Source): Candidate | undefined {
  const seen = forms.flatMap((form) => mentionsOf(form, { read, language }));
  const noun = english.split(" ").at(-1)!;
  const kind = personNoun(noun) ?? creatureLooks(noun) ? "character" : placeNoun(noun) ? "location" : "prop";
  if (seen.length < (kind === "prop" ? 2 : 1)) return undefined;
  const gender = personNoun(noun)?.gender ?? "neutral";
  const first = Math.min(...seen.map(({ index }) => index));
  return { kind, name: english, aliases: new Set(seen.map(({ word }) => word)), noun, gender, isCreature: creatureLooks(noun) !== undefined && !personNoun(noun), isGroup: false, first, mentions: seen.length, facts: noFacts() };
}

interface Mention {
  readonly index: number;
  readonly word: string;
}

/** Where a form stands: inside the line for scripts without spaces, else at the start of a word. */
function mentionsOf(form: string, { read, language }: Source): Mention[] {
  if (isUnspaced(language)) return read.flatMap(({ index, text }) => (text.includes(form) ? [{ index, word: form }] : []));
  const isStem = /^\p{Script=Cyrillic}/u.test(form) && form.length >= 4;
  return read.flatMap(({ index, text, words }) => {
    if (form.includes(" ")) return text.toLowerCase().includes(form) ? [{ index, word: form }] : [];
    const word = words.find((candidate) => candidate === form || (isStem && candidate.startsWith(form)) || isInflected(candidate, form));
    return word ? [{ index, word }] : [];
  });
}

/** `Platzes`, `garçons`: an ending of one or two letters. */
function isInflected(word: string, form: string): boolean {
  return form.length >= 4 && word.startsWith(form) && /^(?:s|es|e|en|n)$/.test(word.slice(form.length));
}

const ARTICLES = /^(?:der|die|das|den|dem|des|ein|eine|einen|einem|einer|eines|le|la|les|un|une|el|los|las|una|il|lo|i|gli|o|os|as|um|uma|kein|keine|im|am|zum|zur|vom|beim|ins|seine?[mnrs]?|ihre?[mnrs]?|mein\w*|sein\w*|jede[mnrs]?|diese[mnrs]?|viele|alle)$/i;

/** Words with a capital letter in the midst of a sentence, no article before them, that come again. */
function findNames(read: readonly ReadSegment[], taken: ReadonlySet<string>): Candidate[] {
  const counts = new Map<string, { name: string; count: number; first: number; isNoun: boolean }>();
  for (const { index, text } of read) {
    const words = [...text.matchAll(/\p{L}[\p{L}'’-]*/gu)];
    words.forEach((match, place) => {
      const word = match[0];
      const before = words[place - 1]?.[0] ?? "";
      const isStart = place === 0 || /[.!?»"“„:]\s*$/.test(text.slice(0, match.index));
      if (!/^\p{Lu}\p{Ll}/u.test(word)) return;
      const known = counts.get(word) ?? { name: word, count: 0, first: index, isNoun: false };
      // After an article or an adjective a capital word of German is a noun.
      if (!isStart && (ARTICLES.test(before) || /(?:en|er|es|em|e)$/.test(before) && /^\p{Ll}/u.test(before) && ADJECTIVE_LIKE.test(before))) known.isNoun = true;
      if (!isStart) known.count++;
      else known.count += 0.5;
      counts.set(word, known);
    });
  }
  const lower = new Set(read.flatMap(({ text }) => text.match(/(?<!\p{L})\p{Ll}[\p{L}'’-]*/gu) ?? []));
  return [...counts.values()]
    .filter(({ name, count, isNoun }) => count >= 1.5 && !isNoun && !taken.has(name.toLowerCase()) && !lower.has(name.toLowerCase()))
    .sort((a, b) => b.count - a.count || a.first - b.first)
    .slice(0, MOST_NAMES)
    .sort((a, b) => a.first - b.first)
    .map(({ name, count, first }) => ({ kind: "character", name, aliases: new Set<string>(), noun: "", gender: genderNear(read, name), isCreature: false, isGroup: false, first, mentions: Math.ceil(count), facts: noFacts() }));
}

const ADJECTIVE_LIKE = /^(?:alt|jung|klein|groß|lang|kalt|warm|dunkl|hell|rot|blau|weiß|schwarz|grau|leer|still|erst|letzt|ganz|neu|ander|vergangen|nächst)/i;

function genderNear(read: readonly ReadSegment[], name: string): Gender {
  const text = read.flatMap(({ index, text: own }) => (own.includes(name) ? [own, read[index + 1]?.text ?? ""] : [])).join(" ");
  return genderOf(text) === "neutral" && name.endsWith("a") ? "female" : genderOf(text);
}

function genderOf(text: string): Gender {
  const [female, male] = [text.match(FEMALE_WORDS)?.length ?? 0, text.match(MALE_WORDS)?.length ?? 0];
  return female === male ? "neutral" : female > male ? "female" : "male";
}

/** Somebody has to be in the pictures. */
function protagonist(read: readonly ReadSegment[]): Candidate {
  const gender = genderOf(read.map(({ text }) => text).join(" "));
  const noun = gender === "female" ? "woman" : "man";
  return { kind: "character", name: "protagonist", aliases: new Set(), noun, gender: gender === "neutral" ? "male" : gender, isCreature: false, isGroup: false, first: 0, mentions: read.length, facts: noFacts() };
}
