import { pluralVerb, withArticle, plural } from "../language/inflection.ts";
import type { NounPhrase } from "../language/nounPhrases.ts";
import { isBodyPart, isGarment, isMass, isThing, isVisual } from "../lexicons/things.ts";
import { isFeature } from "../lexicons/features.ts";
import { propLooks } from "../lexicons/props.ts";
import { creatureLooks } from "../lexicons/creatures.ts";
import { personNoun } from "../lexicons/people.ts";
import { isActionVerb } from "../lexicons/actionVerbs.ts";
import type { Actor } from "./beat.ts";

/** The forms in which a text speaks of somebody after the first mention. */
export interface Pronouns {
  readonly he: string;
  readonly his: string;
  readonly him: string;
  readonly himself: string;
  readonly isPlural: boolean;
}

export function pronounsOf({ tag, entity }: Actor): Pronouns {
  if (entity.isGroup) return { he: "they", his: "their", him: "them", himself: "themselves", isPlural: true };
  if (entity.isCreature) return { he: "it", his: "its", him: "it", himself: "itself", isPlural: false };
  switch (entity.gender) {
    case "male":
      return { he: "he", his: "his", him: "him", himself: "himself", isPlural: false };
    case "female":
      return { he: "she", his: "her", him: "her", himself: "herself", isPlural: false };
    case "neutral":
      return { he: `@${tag}`, his: "their", him: "them", himself: "themself", isPlural: false };
  }
}

export type Slots = Readonly<Record<string, string>>;

/** Fills `{slots}`. Undefined where one of them has no words. */
export function fill(template: string, slots: Slots): string | undefined {
  let isWhole = true;
  const text = template.replace(/\{(\w+)\}/g, (_match, slot: string) => {
    const words = slots[slot];
    if (words === undefined) isWhole = false;
    return words ?? "";
  });
  return isWhole ? text.replace(/\s+/g, " ").replace(/ ([,.;:])/g, "$1").trim() : undefined;
}

export function actorSlots(actor: Actor): Slots {
  const { he, his, him, himself } = pronounsOf(actor);
  return { he, his, him, himself, s: `@${actor.tag}` };
}

/** `lifts it` for one, `lift it` for many. */
export function agreed(action: string, { entity }: Actor): string {
  if (!entity.isGroup) return action;
  const [verb = "", ...rest] = action.split(" ");
  const inner = rest.join(" ").replace(/(\band|,) (\w+s)\b/g, (match, link: string, word: string) => (isActionVerb(word) ? `${link} ${pluralVerb(word)}` : match));
  return `${pluralVerb(verb)} ${inner}`.trim();
}

/** An animal in clothes moves like a person; a dog's wiry coat is none. */
export function hasClothes({ description }: Actor): boolean {
  return /waistcoat|jacket|dress|shirt|cloak|robe/.test(description);
}

/** What hands are for an animal that acts like a person. */
export function bodied(text: string, { entity }: Actor): string {
  if (!entity.isCreature) return text;
  return text
    .replace(/\bhands\b/g, "paws")
    .replace(/\bhand\b/g, "paw")
    .replace(/\b(?:fingers|fingertips|knuckles)\b/g, "claws")
    .replace(/\b(?:finger|fingertip|thumb)\b/g, "claw")
    .replace(/\bpalms\b/g, "paws")
    .replace(/\bpalm\b/g, "paw")
    .replace(/\bhair\b/g, "fur");
}

/** What a phrase can stand for in a picture; `none` where nothing of it can be seen. */
export type ObjectKind = "thing" | "person" | "body" | "none";

export function objectKind(phrase: NounPhrase | undefined, actor: Actor | undefined): ObjectKind {
  if (actor) return actor.entity.kind === "character" ? "person" : actor.entity.kind === "prop" ? "thing" : "none";
  if (!phrase || phrase.isPronoun || phrase.isName) return "none";
  if (isBodyPart(phrase.head)) return "body";
  if (personNoun(phrase.head)) return "person";
  return isConcrete(phrase.head) ? "thing" : "none";
}

export function isConcrete(noun: string): boolean {
  return isThing(noun) || isFeature(noun) || propLooks(noun) !== undefined || isGarment(noun) || creatureLooks(noun) !== undefined;
}

/** The words for an object: its tag, or the noun with at most one adjective that can be seen. */
export function objectWords(phrase: NounPhrase | undefined, actor: Actor | undefined, his: string): string | undefined {
  if (actor) return `@${actor.tag}`;
  if (!phrase || phrase.isPronoun || phrase.isName) return undefined;
  const adjective = phrase.modifiers.find(isVisual);
  const noun = phrase.isPlural ? plural(phrase.head) : phrase.head;
  const words = [adjective, noun].filter(Boolean).join(" ");
  if (phrase.owner) return `${his} ${words}`;
  if (isBodyPart(phrase.head) && !phrase.isPlural) return phrase.determiner === "the" ? `the ${words}` : `one ${words}`;
  if (phrase.isPlural) return `the ${words}`;
  return phrase.determiner === "the" || isMass(phrase.head) ? `the ${words}` : withArticle(words);
}

/** A later mention: `a low curtain` → `the curtain`. */
export function againWords(words: string): string {
  return words.replace(/^(?:an?|one) /, "the ");
}
