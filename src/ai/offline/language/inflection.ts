import { IRREGULAR_NOUNS, IRREGULAR_VERBS } from "../lexicons/irregular.ts";

const SINGULARS = new Map<string, string>();
const PLURALS = new Map<string, string>();
for (const entry of entries(IRREGULAR_NOUNS)) {
  SINGULARS.set(entry[1]!, entry[0]!);
  PLURALS.set(entry[0]!, entry[1]!);
}

const INFINITIVES = new Map<string, string>();
const PARTICIPLES = new Set<string>();
for (const [infinitive, past, participle = past] of entries(IRREGULAR_VERBS)) {
  for (const form of [past!, participle!]) INFINITIVES.set(form, infinitive!);
  PARTICIPLES.add(participle!);
}
for (const form of ["am", "is", "are", "were"]) INFINITIVES.set(form, "be");
INFINITIVES.set("has", "have").set("does", "do").set("goes", "go");

function entries(table: string): string[][] {
  return table.trim().split(/[|\n]/).map((entry) => entry.trim().split(" "));
}

/** `boxes` → `box`; a word that is no plural comes back as it is. */
export function singular(noun: string): string {
  const irregular = SINGULARS.get(noun);
  if (irregular) return irregular;
  if (/(?:ss|us|is|'s)$/.test(noun) || noun.length < 4) return noun;
  if (noun.endsWith("ies")) return `${noun.slice(0, -3)}y`;
  if (/(?:ches|shes|sses|xes|zes)$/.test(noun)) return noun.slice(0, -2);
  return noun.endsWith("s") ? noun.slice(0, -1) : noun;
}

export function plural(noun: string): string {
  const irregular = PLURALS.get(noun);
  if (irregular) return irregular;
  if (/[^aeiou]y$/.test(noun)) return `${noun.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/.test(noun) ? `${noun}es` : `${noun}s`;
}

/** Possible infinitives of a verb form, the likeliest first; the caller's lexicon decides. */
export function infinitives(form: string): string[] {
  const irregular = INFINITIVES.get(form);
  const candidates = irregular ? [irregular, form] : [form];
  const stem = /^(.{2,})(?:ed|ing)$/.exec(form)?.[1];
  if (stem) {
    if (/([bdfglmnprtvz])\1$/.test(stem)) candidates.push(stem.slice(0, -1));
    candidates.push(stem, `${stem}e`);
    if (stem.endsWith("i")) candidates.push(`${stem.slice(0, -1)}y`);
    if (stem.endsWith("y")) candidates.push(`${stem.slice(0, -1)}ie`);
  }
  if (form.endsWith("ies")) candidates.push(`${form.slice(0, -3)}y`);
  if (form.endsWith("es")) candidates.push(form.slice(0, -2));
  if (form.endsWith("s")) candidates.push(form.slice(0, -1));
  return candidates;
}

export function isParticiple(form: string): boolean {
  return form.endsWith("ed") || form.endsWith("ing") || PARTICIPLES.has(form);
}

/** `lifts` → `lift`, for a subject in the plural. */
export function pluralVerb(verb: string): string {
  if (verb === "is") return "are";
  if (verb === "has") return "have";
  if (verb === "goes" || verb === "does") return verb.slice(0, -2);
  if (verb.endsWith("ies")) return `${verb.slice(0, -3)}y`;
  if (/(?:ch|sh|ss|x|zz)es$/.test(verb)) return verb.slice(0, -2);
  return verb.endsWith("s") ? verb.slice(0, -1) : verb;
}

const NO_ARTICLE = /^(?:a|an|the|two|three|four|five|several|some|his|her|its|their|my|your|our)\b/i;

/** `old horn` → `an old horn`; a phrase that has an article, or starts in the plural, keeps what it has. */
export function withArticle(phrase: string): string {
  if (NO_ARTICLE.test(phrase)) return phrase;
  const first = phrase.split(/[\s,]/)[0]!.toLowerCase();
  const isVowel = /^(?:[aeio]|un[^i]|ul|um|up|ur|hour|honest|8|11\b|18\b)/.test(first) && !/^(?:one|eu|once)/.test(first);
  return `${isVowel ? "an" : "a"} ${phrase}`;
}

/** Upper case where a sentence starts; a tag stays as it is. */
export function sentenceCase(text: string): string {
  return text.replace(/^(\s*)(\p{Ll})/u, (_match, space: string, letter: string) => `${space}${letter.toUpperCase()}`);
}

/** `a, b and c`. */
export function listOf(items: readonly string[]): string {
  if (items.length < 2) return items[0] ?? "";
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}
