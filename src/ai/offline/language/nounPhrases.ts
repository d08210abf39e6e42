import { personNoun } from "../lexicons/people.ts";
import { singular } from "./inflection.ts";
import { POSSESSIVES, type Sentence, type Token } from "./tokens.ts";

/** `the little golden key`: head `key`, modifiers `little`, `golden`. */
export interface NounPhrase {
  /** Lower case, singular. For a name: as its words were written. */
  readonly head: string;
  /** The last word as it was written. */
  readonly lastWord: string;
  readonly modifiers: readonly string[];
  readonly isPlural: boolean;
  readonly isName: boolean;
  readonly isPronoun: boolean;
  readonly isQuoted: boolean;
  /** `a`, `the`, `his`; empty where there is none. */
  readonly determiner: string;
  /** Whose it is: `his`, `Maria`. */
  readonly owner: string | undefined;
  /** Token indexes within the sentence, the end not included. */
  readonly start: number;
  readonly end: number;
}

const PHRASE_KINDS = new Set(["determiner", "adjective", "noun", "name", "number", "pronoun"]);

/** The phrase that starts at a token, if one does. */
export function phraseAt(sentence: Sentence, start: number): NounPhrase | undefined {
  const first = sentence[start]!;
  if (first.kind === "pronoun" && !POSSESSIVES.has(first.lower) && !first.isPossessive) return pronounPhrase(first, start);
  let owner: string | undefined;
  let determiner = "";
  let parts: Token[] = [];
  let index = start;
  for (; index < sentence.length; index++) {
    const token = sentence[index]!;
    if (token.kind === "adverb" && index > start && ["adjective"].includes(sentence[index + 1]?.kind ?? "")) continue;
    if (!PHRASE_KINDS.has(token.kind)) break;
    if (token.kind === "pronoun" && !POSSESSIVES.has(token.lower)) break;
    if (token.kind === "determiner" && parts.length > 0) break;
    if (isNextPhrase(parts.at(-1), token)) break;
    if (token.kind === "number" && parts.some(({ kind }) => kind === "noun")) break;
    if (POSSESSIVES.has(token.lower)) [owner, determiner] = [token.lower, token.lower];
    else if (token.isPossessive) [owner, parts] = [[...parts, token].filter(({ kind }) => kind !== "determiner").map(({ text }) => text).join(" "), []];
    else if (token.kind === "determiner") determiner = token.lower;
    else parts.push(token);
    if (/[.,;:!?—()]/.test(token.after) && !goesOnAfterComma(token, sentence[index + 1])) {
      index++;
      break;
    }
  }
  return finishedPhrase(parts, { determiner, owner, start, end: index });
}

/** `in the kitchen Maria`, `Anton upright`: a name and a noun side by side are two phrases, but for `grandmother Rosa`. */
function isNextPhrase(before: Token | undefined, token: Token): boolean {
  if (before?.kind === "noun" && token.kind === "name") return !personNoun(before.lower) && /^\p{Ll}/u.test(before.text);
  return before?.kind === "name" && before.tags.has("Person") && token.kind === "noun" && /^\p{Ll}/u.test(token.text);
}

function goesOnAfterComma(token: Token, next: Token | undefined): boolean {
  return token.kind === "adjective" && token.after.trim() === "," && next !== undefined && (next.kind === "adjective" || next.kind === "noun");
}

function pronounPhrase(token: Token, start: number): NounPhrase {
  const isPlural = ["they", "them", "we", "us"].includes(token.lower);
  return { head: token.lower, lastWord: token.text, modifiers: [], isPlural, isName: false, isPronoun: true, isQuoted: token.isQuoted, determiner: "", owner: undefined, start, end: start + 1 };
}

type PhraseFrame = Pick<NounPhrase, "determiner" | "owner" | "start" | "end">;

function finishedPhrase(parts: readonly Token[], frame: PhraseFrame): NounPhrase | undefined {
  const headIndex = parts.findLastIndex(({ kind }) => kind === "noun" || kind === "name");
  if (headIndex < 0) return undefined;
  // Adjectives that follow the noun (`came close`) are no part of the phrase.
  const end = frame.end - (parts.length - 1 - headIndex);
  const kept = parts.slice(0, headIndex + 1);
  const head = kept.at(-1)!;
  const nameStart = head.kind === "name" ? kept.findLastIndex(({ kind }) => kind !== "name") + 1 : kept.length;
  const isName = head.kind === "name";
  return {
    head: isName ? kept.slice(nameStart).map(({ text }) => text).join(" ") : singular(head.lower),
    lastWord: head.text,
    modifiers: kept.slice(0, isName ? nameStart : -1).map(({ lower }) => lower),
    isPlural: !isName && singular(head.lower) !== head.lower,
    isName,
    isPronoun: false,
    isQuoted: head.isQuoted,
    ...frame,
    end,
  };
}
