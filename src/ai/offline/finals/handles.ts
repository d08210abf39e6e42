import { creatureLooks } from "../lexicons/creatures.ts";
import { groupLook, personNoun } from "../lexicons/people.ts";
import { placeNoun } from "../lexicons/places.ts";
import { findTags, oneLine, type TagDefinition } from "../../../core/tags.ts";
import { singular } from "../language/inflection.ts";

/** An asset of TAGS, as a final prompt speaks of it. */
export interface Look {
  readonly tag: string;
  readonly kind: "subject" | "thing" | "place";
  /** The description, word for word. */
  readonly description: string;
  /** Further mentions: `the old man`. */
  readonly handle: string;
}

/** The looks of TAGS with handles that tell them apart. */
export function readLooks(definitions: readonly TagDefinition[]): Look[] {
  const plain = definitions.map(({ tag, description }) => ({ tag, description: cleanLook(description, tag) }));
  const heads = plain.map(({ description }) => headOf(description));
  const seen = new Map<string, number>();
  return plain.map(({ tag, description }, index) => {
    const head = heads[index]!;
    const isShared = heads.filter((other) => other === head).length > 1;
    const number = (seen.get(head) ?? 0) + 1;
    seen.set(head, number);
    const sign = isShared ? signOf(description, plain.map((other) => other.description).filter((other) => other !== description)) : undefined;
    const handle = !isShared ? `the ${head}` : sign ? `the ${head} with ${sign}` : `the ${ORDINALS[number - 1] ?? "other"} ${head}`;
    return { tag, kind: kindOf(head, description), description, handle };
  });
}

const ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth"];

/** One line without a full stop at its end; a tag within a description would mean nothing to a model. */
function cleanLook(description: string, tag: string): string {
  const line = oneLine(description).replace(/[.\s]+$/, "");
  const text = untagged(line);
  return text === "" ? untagged(tag.replace(/[/_-]+/g, " ")) : text;
}

/** Tags without their mark. */
export function untagged(text: string): string {
  let result = text;
  // Taking one mark away can make another tag of what stands before it (`@@a`), so it is repeated.
  for (let left = findTags(result); left.length > 0; left = findTags(result)) {
    for (const { start, end, tag } of [...left].reverse()) result = result.slice(0, start) + tag.replace(/[/_-]+/g, " ") + result.slice(end);
  }
  return result;
}

/** `woman, 62, silver braid` → `woman`; `group of five soldiers, …` → `five soldiers`. */
function headOf(description: string): string {
  const first = description.split(/[,;.:()]|\s[-–—]\s|\b(?:with|in|wearing|who|that|whose|above|between|under|below|behind|around)\b/)[0]!.trim().replace(/^(?:a|an|the)\s+/i, "");
  const group = /^(?:group|band) of (.+)$/i.exec(first)?.[1] ?? (/^crowd\b/i.test(first) ? "crowd" : undefined);
  const words = (group ?? first).split(/\s+/).filter(Boolean).slice(0, 5);
  const head = words.length > 0 ? words.join(" ") : description.split(/\s+/).slice(0, 3).join(" ").replace(/[,;.:]+$/, "");
  return /^\p{Lu}\p{Ll}/u.test(head) ? head.charAt(0).toLowerCase() + head.slice(1) : head;
}

/** The first short part of a description that no other has: `white moustache`. */
function signOf(description: string, others: readonly string[]): string | undefined {
  return description
    .split(/,\s*/)
    .slice(1)
    .map((part) => part.trim())
    .find((part) => /^\p{Ll}/u.test(part) && part.split(" ").length <= 6 && !/^(?:between|with|all)\b|build$|bearing$|narrow$|limbed$|shouldered$/.test(part) && others.every((other) => !other.includes(part)));
}

function kindOf(head: string, description: string): Look["kind"] {
  const words = head.toLowerCase().split(/[\s-]+/).map(singular);
  if (words.some((word) => personNoun(word) ?? creatureLooks(word) ?? groupLook(word)) || /^(?:group|crowd|band)\b/i.test(description) || words.some((word) => PERSONS.has(word))) return "subject";
  const raw = head.toLowerCase().split(/\s+/);
  return raw.some((word) => placeNoun(word) ?? placeNoun(singular(word))) ? "place" : "thing";
}

const PERSONS = new Set(["person", "figure", "officer", "engineer", "protagonist", "craftsman", "female", "male", "baby"]);
