import type { Asset } from "../../../core/documents/assetDocument.ts";
import { creatureLooks } from "../lexicons/creatures.ts";
import { personNoun } from "../lexicons/people.ts";
import type { Entity, Gender } from "../language/references.ts";
import { singular } from "../language/inflection.ts";

const FEMALE = new Set(["woman", "girl", "female", "lady", "queen", "princess", "mother", "she", "her", "nurse", "nun", "maid"]);
const MALE = new Set(["man", "boy", "male", "king", "prince", "father", "he", "his", "gentleman"]);

/** What an asset on file is called and how the narration speaks of it; read from its description. */
export function entityOfAsset({ id, kind, name, aliases, description, states }: Asset): Entity {
  const text = description || [...states.values()][0] || "";
  const head = text.split(/[,.;\n]/)[0]!.toLowerCase();
  const words = head.match(/[\p{L}-]+/gu) ?? [];
  const isPerson = words.some((word) => personNoun(word) || FEMALE.has(word) || MALE.has(word));
  return {
    id,
    kind,
    names: [name, ...aliases],
    gender: genderOf(words, text),
    isCreature: kind === "character" && !isPerson && words.some((word) => creatureLooks(singular(word)) !== undefined),
    isGroup: kind === "character" && /^(?:group|crowd|band|two|three|four|five|six|several)\b/.test(head),
  };
}

/** The tag of an asset; one that is only described in states is used in its first. */
export function usableTag(id: string, asset: Asset | undefined): string {
  if (!asset || asset.description) return id;
  const [state] = asset.states.keys();
  return state === undefined ? id : `${id}/${state}`;
}

function genderOf(head: readonly string[], text: string): Gender {
  for (const word of [...head, ...(text.toLowerCase().match(/\p{L}+/gu) ?? [])]) {
    if (FEMALE.has(word)) return "female";
    if (MALE.has(word)) return "male";
    const gender = personNoun(word)?.gender;
    if (gender && gender !== "neutral") return gender;
  }
  return "neutral";
}
