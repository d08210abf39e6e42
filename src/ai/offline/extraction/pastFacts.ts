import { isColour, isHair } from "../lexicons/things.ts";
import type { ReadSentence } from "../narration.ts";
import type { Candidate } from "./candidate.ts";
import type { Who } from "./collectFacts.ts";
import type { Flashback } from "./flashbacks.ts";

/** What a sentence of a flashback says of a look: true then, and so not now. */
export function pastFacts({ tokens, phrases, clauses }: ReadSentence, resolve: Who, { years }: Flashback): void {
  const resolved = new Map(phrases.map((phrase) => [phrase, phrase.isQuoted ? undefined : resolve(phrase)]));
  for (const candidate of resolved.values()) if (candidate?.kind === "character" && years !== undefined) candidate.facts.yearsAgo ??= years;
  for (const { subject, object, verbs, isUnreal } of clauses) {
    const candidate = subject && resolved.get(subject);
    if (candidate?.kind !== "character" || isUnreal || verbs[0] !== "have" || !object || !isHair(object.head)) continue;
    candidate.facts.hairThen.add([...object.modifiers.filter(isColour), object.head].join(" "));
  }
  // `Maria, whose braid was black then`.
  tokens.forEach(({ lower }, index) => {
    const [noun, verb, look] = [tokens[index + 1]?.lower, tokens[index + 2]?.lower, tokens[index + 3]?.lower];
    if (lower !== "whose" || !noun || !isHair(noun) || !["was", "were"].includes(verb ?? "") || !look || !isColour(look)) return;
    const before = phrases.findLast((phrase) => phrase.end <= index && resolved.get(phrase)?.kind === "character");
    addHair(before && resolved.get(before), `${look} ${noun}`);
  });
}

function addHair(candidate: Candidate | undefined, hair: string): void {
  candidate?.facts.hairThen.add(hair);
}
