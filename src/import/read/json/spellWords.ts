import type { Problem } from "../../../core/problem.ts";
import { matchKeys } from "../../align/matchKeys.ts";
import { lettersOf } from "../cues/alignWords.ts";
import { warningIn } from "../sourceText.ts";
import type { HeardWord } from "./cuesFromWords.ts";

export interface SpelledWords {
  readonly words: readonly HeardWord[];
  readonly problems: readonly Problem[];
}

/**
 * Bare words with their times, spelled as the whole text beside them spells them: with capitals and
 * punctuation, without which no sentence has an end. Where the two differ, the words of the text stand
 * without times; what is missing in the text stays as it is. A text that is mostly another one is not used.
 */
export function spellWords(words: readonly HeardWord[], text: string | undefined, file: string): SpelledWords {
  if (!text?.trim() || words.length === 0) return { words, problems: [] };
  const spelled = alignToText(words, text).flatMap((part) => (part.tokens.length ? spellPart(part) : part.words));
  const untimed = spelled.filter(({ start }) => start === undefined).length - words.filter(({ start }) => start === undefined).length;
  if (untimed > spelled.length / 2) {
    const message = "the words with times are not those of the text beside them; the words were read, without the punctuation of the text";
    return { words, problems: [warningIn(file, { code: "other-text", message, hint: "Export the transcript again, or as SRT." })] };
  }
  if (untimed <= 0) return { words: spelled, problems: [] };
  const message = `${untimed} ${untimed === 1 ? "word" : "words"} of the text ${untimed === 1 ? "is" : "are"} not among the words with times; their times were estimated from the words around them`;
  return { words: spelled, problems: [warningIn(file, { code: "words-estimated", message })] };
}

/** What blanks part; signs that stand alone go with the word before them. */
function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  for (const token of text.trim().split(/\s+/)) {
    const last = tokens.at(-1);
    if (last !== undefined && (lettersOf(token) === "" || lettersOf(last) === "")) tokens[tokens.length - 1] = `${last} ${token}`;
    else tokens.push(token);
  }
  return tokens;
}

/** What stands at the same place in a text and in what was heard; one of the two may be empty. */
export interface AlignedPart {
  readonly tokens: readonly string[];
  readonly words: readonly HeardWord[];
}

/** Equal words are parts of their own; what lies between two of them is one part. */
export function alignToText(words: readonly HeardWord[], text: string): AlignedPart[] {
  const tokens = tokensOf(text);
  const matches = new Int32Array(tokens.length).fill(-1);
  const window = { oldFrom: 0, oldTo: tokens.length, newFrom: 0, newTo: words.length };
  matchKeys(tokens.map(lettersOf), words.map((word) => lettersOf(word.text)), { matches, window });
  const parts: AlignedPart[] = [];
  let token = 0;
  let word = 0;
  const addUntil = (nextToken: number, nextWord: number) => {
    if (nextToken > token || nextWord > word) parts.push({ tokens: tokens.slice(token, nextToken), words: words.slice(word, nextWord) });
    [token, word] = [nextToken, nextWord];
  };
  matches.forEach((match, index) => {
    if (match < 0) return;
    addUntil(index, match);
    addUntil(index + 1, match + 1);
  });
  addUntil(tokens.length, words.length);
  return parts;
}

/** The words of the text, with times where these are known. */
export function spellPart({ tokens, words }: AlignedPart): HeardWord[] {
  const text = tokens.join(" ");
  const spoken = words.filter((word) => lettersOf(word.text) !== "");
  if (lettersOf(text) === spoken.map((word) => lettersOf(word.text)).join("")) return spellEach(text, spoken);
  const [first] = words;
  return tokens.map((token): HeardWord => ({ text: token, speaker: first?.speaker, line: first?.line }));
}

/** Each word with the signs around it. Both have the same letters. */
function spellEach(text: string, words: readonly HeardWord[]): HeardWord[] {
  const characters = Array.from(text);
  const isBlank = (at: number) => /^\s$/.test(characters[at] ?? "");
  let at = 0;
  return words.map((word, index): HeardWord => {
    const from = at;
    for (let missing = lettersOf(word.text).length; missing > 0 && at < characters.length; at++) missing -= lettersOf(characters[at]!).length;
    while (at < characters.length && !isBlank(at) && lettersOf(characters[at]!) === "") at++;
    if (index === words.length - 1) at = characters.length;
    return { ...word, text: characters.slice(from, at).join("").trim(), isJoined: index > 0 && !isBlank(from) };
  });
}
