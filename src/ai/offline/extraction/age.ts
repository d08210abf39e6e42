import { personNoun } from "../lexicons/people.ts";
import { hashText } from "../hash.ts";
import type { Candidate } from "./candidate.ts";

/** From so many years on a flashback shows people in another state. */
const YEARS_OF_CHANGE = 10;

/** From so many years on, who worked then is old now. */
const YEARS_TO_OLD = 15;

const GREY = /\b(?:silver|grey|gray|white|snow-white)\b/;
const OLD_WORDS = new Set(["old", "elderly", "aged", "ancient", "pensioner", "retired"]);
const GRANDPARENTS = new Set(["grandfather", "grandmother", "grandpa", "grandma", "granddad", "granny", "widow", "widower", "pensioner"]);

/** Years of age: what the narration says, else what hair, kinship, trade and past speak for. */
export function ageOf(candidate: Candidate): number {
  const { facts, name } = candidate;
  if (facts.age !== undefined) return facts.age;
  const [youngest, oldest] = ageRange(candidate);
  return youngest + (hashText(`${name} age`) % (oldest - youngest + 1));
}

function ageRange({ facts, noun, name, aliases }: Candidate): readonly [youngest: number, oldest: number] {
  const words = new Set([...facts.adjectives, ...name.toLowerCase().split(" ")]);
  const known = personNoun(noun);
  const isGrown = (known?.oldest ?? 40) > 18;
  if (isGrown && [...OLD_WORDS].some((word) => words.has(word))) return [66, 75];
  if (isGrown && isElder({ noun, name, aliases, facts })) return [Math.max(60, Math.min(74, (facts.yearsAgo ?? 0) + 22)), 75];
  if (words.has("little") && !known) return [8, 11];
  if (words.has("young") && isGrown) return [19, 26];
  return known ? [known.youngest, known.oldest] : [26, 44];
}

/** Grey hair, grandchildren, or grown-up long ago. */
function isElder({ noun, name, aliases, facts }: Pick<Candidate, "noun" | "name" | "aliases" | "facts">): boolean {
  const called = [noun, name.toLowerCase(), ...[...aliases].map((alias) => alias.toLowerCase())];
  return [...facts.hair].some((hair) => GREY.test(hair)) || called.some((word) => GRANDPARENTS.has(word)) || (facts.yearsAgo ?? 0) >= YEARS_TO_OLD;
}

/** How old somebody was in the flashback that shows them; undefined where they looked the same, or were not born. */
export function ageThen(candidate: Candidate): number | undefined {
  const { kind, isCreature, isGroup, facts } = candidate;
  if (kind !== "character" || isCreature || isGroup || facts.yearsAgo === undefined || facts.yearsAgo < YEARS_OF_CHANGE) return undefined;
  const age = ageOf(candidate) - facts.yearsAgo;
  return age >= 3 ? age : undefined;
}
