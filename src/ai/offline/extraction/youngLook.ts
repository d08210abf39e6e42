import { pick } from "../hash.ts";
import { HAIR } from "../lexicons/wardrobe.ts";

/** The state in which a flashback shows somebody. */
export const YOUNG = "young";

export interface Youth {
  readonly age: number;
  /** Hair that the narration tells of. */
  readonly hair: readonly string[];
}

const HAIR_PART = /\b(?:hair|braid|plaits?|curls|bun|ponytail|bob|crown|beard|moustache|stubble)\b/;
const AGED_PART = /\b(?:deep-lined|stooped|wrinkled|lined face)\b/;
const GREY = /\b(?:silver|grey|gray|white)\b/;

/** The complete description of somebody years ago: what stays is worded as it is today. */
export function youngLook(description: string, { age, hair }: Youth): string {
  const [head = "", ...parts] = description.split(", ");
  const isFemale = /\b(?:woman|girl|female)\b/.test(head);
  const told = hair.filter((text) => text !== "hair");
  const grown = age < 15 ? (isFemale ? "girl" : "boy") : isFemale ? "woman" : "man";
  const youngHead = /^(?:old |young )?(?:man|woman)$/.test(head) ? (age >= 15 && age < 28 ? `young ${grown}` : grown) : head;
  const kept = parts.filter((part) => !/^\d{1,3}$/.test(part) && !AGED_PART.test(part) && !HAIR_PART.test(part));
  const today = parts.filter((part) => HAIR_PART.test(part) && !/\b(?:bald|stubble)\b/.test(part));
  const own = told.length > 0 ? told : today.length > 0 && today.every((part) => GREY.test(part)) ? today.map((part) => part.replace(GREY, "dark")) : [pick(isFemale ? HAIR.woman : HAIR.man, `${description} then`)];
  return [youngHead, String(age), ...own, ...kept].join(", ");
}
