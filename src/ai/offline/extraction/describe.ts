import { creatureLooks } from "../lexicons/creatures.ts";
import { groupLook, personNoun } from "../lexicons/people.ts";
import { placeNoun } from "../lexicons/places.ts";
import { PLAIN_LOOKS, propLooks } from "../lexicons/props.ts";
import { isColour, isVisual } from "../lexicons/things.ts";
import { BUILDS, clothesOf, COLOURS, HAIR, type SettingId, type WearerGroup } from "../lexicons/wardrobe.ts";
import { hashText, pick } from "../hash.ts";
import { singular } from "../language/inflection.ts";
import type { Candidate } from "./candidate.ts";
import { ageOf } from "./age.ts";
import { SETTING_MARKS } from "./setting.ts";

/** What the descriptions before have taken, so that no two look alike. */
export interface Palette {
  readonly setting: SettingId;
  readonly taken: Set<string>;
}

/** A look in concrete words: head noun first, then age, hair, clothes or material and wear. */
export function describe(candidate: Candidate, palette: Palette): string {
  switch (candidate.kind) {
    case "character":
      return describeCharacter(candidate, palette);
    case "location":
      return describePlace(candidate, palette);
    case "prop":
      return describeProp(candidate);
  }
}

function describeCharacter(candidate: Candidate, palette: Palette): string {
  if (candidate.isGroup) return groupLook(singular(candidate.noun)) ?? "group of four people, plain dark clothes, different heights";
  return candidate.isCreature ? describeCreature(candidate) : describePerson(candidate, palette);
}

function describePerson(candidate: Candidate, palette: Palette): string {
  const { facts, name } = candidate;
  const noun = personNoun(candidate.noun);
  const female = candidate.gender === "female" || (candidate.gender === "neutral" && noun?.gender === "female");
  const age = ageOf(candidate);
  const isChild = age < 15;
  const group = wearer(female, isChild);
  const trade = noun && noun.outfits.length > 0 ? noun : undefined;
  const head = trade ? tradeHead(trade.head, female) : plainHead(female, age);
  const isBald = facts.hair.size === 0 && facts.hairThen.has("hair");
  const hair = isBald ? "bald crown, grey stubble" : facts.hair.size > 0 ? [...facts.hair].join(", ") : free(HAIR[hairGroup(female, age)], `${name} hair`, palette);
  const build = [...facts.adjectives].filter((word) => BUILD_WORDS.has(word));
  const clothes = clothesText(candidate, { palette, group, outfits: trade?.outfits ?? clothesOf(palette.setting, group) });
  const parts = [head, String(age), build.length > 0 ? `${build.join(" and ")} build` : "", hair, ...facts.features, isChild || build.length > 0 ? "" : pick(BUILDS, `${name} build`), clothes];
  return parts.filter(Boolean).join(", ");
}

const BUILD_WORDS = new Set(["tall", "small", "thin", "fat", "stout", "plump", "skinny", "slender", "lanky", "gaunt", "stooped", "hunched"]);

function wearer(female: boolean, isChild: boolean): WearerGroup {
  if (isChild) return female ? "girls" : "boys";
  return female ? "women" : "men";
}

function plainHead(female: boolean, age: number): string {
  if (age < 3) return "baby";
  if (age < 15) return female ? "girl" : "boy";
  if (age < 22) return female ? "young woman" : "young man";
  if (age >= 66) return female ? "old woman" : "old man";
  return female ? "woman" : "man";
}

function tradeHead(head: string, female: boolean): string {
  if (!female || /woman|queen|princess|nurse|nun|maid|dancer/.test(head)) return head;
  return /\bman\b/.test(head) ? head.replace(/\bman\b/, "woman") : `female ${head}`;
}

function hairGroup(female: boolean, age: number): keyof typeof HAIR {
  if (age < 21) return female ? "girl" : "boy";
  if (age >= 60) return female ? "oldWoman" : "oldMan";
  return female ? "woman" : "man";
}

interface Wardrobe {
  readonly palette: Palette;
  readonly group: WearerGroup;
  readonly outfits: readonly string[];
}

const MAIN_GARMENT = /coat|jacket|dress|uniform|cloak|suit|gown|robe|tunic|shirt|jersey|sweater|pullover|cardigan/;

function clothesText({ facts, name }: Candidate, { palette, outfits }: Wardrobe): string {
  const told = [...facts.clothes];
  if (told.some((text) => MAIN_GARMENT.test(text))) return told.join(", ");
  const outfit = free(outfits, `${name} clothes`, palette);
  const colour = outfit.includes("{colour}") ? free(COLOURS, `${name} colour`, palette) : "";
  return [outfit.replace("{colour}", colour), ...told].join(", ");
}

/** A choice by the name that no earlier description took; once all are taken, the name alone decides. */
function free(list: readonly string[], seed: string, { taken }: Palette): string {
  const start = hashText(seed);
  for (let step = 0; step < list.length; step++) {
    const choice = list[(start + step) % list.length]!;
    if (taken.has(choice)) continue;
    taken.add(choice);
    return choice;
  }
  return pick(list, seed);
}

function describeCreature({ facts, noun, name }: Candidate): string {
  const adjectives = [...facts.adjectives, ...name.toLowerCase().split(" ").filter(isVisual)];
  const looks = [...new Set(adjectives)].filter((word) => word !== "old" || !adjectives.includes("young"));
  const colour = looks.find(isColour);
  const told = [...facts.features, ...facts.hair, ...facts.clothes];
  const filler = pick(creatureLooks(noun) ?? PLAIN_LOOKS, name).split(", ").filter((part) => !colour || !part.split(/[\s-]/).some(isColour));
  const fur = colour && !filler.some((part) => part.includes("fur")) ? [`${colour} ${noun === "fish" || noun === "dragon" ? "scales" : /bird|crow|raven|pigeon|dove|owl/.test(noun) ? "feathers" : "fur"}`] : [];
  const toldNouns = new Set(told.map((text) => text.split(" ").at(-1)));
  return [[...looks, noun].join(" "), ...told, ...fur, ...filler.filter((part) => !toldNouns.has(part.split(" ").at(-1)))].join(", ");
}

function describePlace({ facts, noun, name, aliases }: Candidate, { setting }: Palette): string {
  // What is known by its name alone is a city: one street of it is seen.
  const known = placeNoun(noun);
  const row = known ?? placeNoun("city")!;
  const spoken = known ? noun.replace(/-/g, " ") : "city street";
  const adjectives = [...facts.adjectives];
  const heads = row.heads.filter((head) => head.split(" ").includes(spoken));
  const seed = [name, ...aliases].join(" ");
  const base = heads.length > 0 ? pick(heads, seed) : pick(row.heads, seed);
  const own = [...base.split(" ").filter(isVisual), spoken].join(" ");
  const head = adjectives.length > 0 ? `${adjectives.slice(0, 3).join(" ")} ${spoken}` : heads.length > 0 || !known ? base : own;
  const told = [...facts.features].slice(0, 3);
  const toldNouns = new Set(told.map((text) => singular(text.split(" ").at(-1)!)));
  const fillers = shuffled(row.features, seed).filter((feature) => !feature.split(" ").some((word) => toldNouns.has(singular(word))) && !base.includes(feature));
  const hasLight = told.some((text) => /lamp|candle|torch|fire|lantern/.test(text));
  const light = hasLight ? [] : [pick(row.lights, seed)];
  const hasWalls = row.kind === "in" || (row.kind === "out" && /house|wall|door|front/.test([base, ...row.features].join(" ")));
  const mark = hasWalls && (row.kind === "in" || row.kind === "out") ? SETTING_MARKS[setting][row.kind] : undefined;
  return [head, ...told, ...fillers.slice(0, Math.max(1, 3 - told.length)), ...(mark ? [mark] : []), ...light].join(", ");
}

function shuffled(list: readonly string[], seed: string): string[] {
  const start = list.length ? hashText(seed) % list.length : 0;
  return [...list.slice(start), ...list.slice(0, start)];
}

const SIZES = new Set(["big", "large", "huge", "little", "tiny", "small", "narrow", "wide"]);

const MATERIALS = new Set(["brass", "glass", "gold", "golden", "silver", "iron", "steel", "wooden", "leather", "stone", "paper", "copper", "bronze", "tin", "straw", "velvet", "clay", "marble", "wool", "linen", "silk", "ivory"]);

function describeProp({ facts, noun, name }: Candidate): string {
  const told = [...facts.adjectives].filter((word, index, all) => !SIZES.has(word) || all.findIndex((other) => SIZES.has(other)) === index);
  const hasMaterial = told.some((word) => MATERIALS.has(word));
  const [first = "", ...rest] = pick(propLooks(noun) ?? PLAIN_LOOKS, name).split(", ");
  const isMaterial = MATERIALS.has(first);
  const filler = isMaterial ? rest : [first, ...rest];
  const material = isMaterial && !hasMaterial ? [first] : [];
  const fits = filler.filter((part) => !told.includes(part) && !part.split(/[\s-]/).some((word) => (hasMaterial && MATERIALS.has(word)) || (told.some(isColour) && isColour(word)) || told.includes(word)));
  const parts = [...facts.features];
  const others = fits.filter((part) => !parts.some((own) => own.split(" ").at(-1) === part.split(" ").at(-1)));
  return [[...told, ...material, noun].join(" "), ...parts, ...(others.length + parts.length > 0 ? others : ["fine scratches, rounded edges"])].join(", ");
}
