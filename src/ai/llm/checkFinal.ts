import type { RawSection } from "../../core/documents/segmentDocument.ts";
import type { Output } from "../../core/outputs.ts";
import { findTags, oneLine, parseDefinitions } from "../../core/tags.ts";
import { validateFinal } from "../../core/validateSegment.ts";
import { unitName } from "./prompts/optimizing.ts";

export interface FinalSource {
  readonly segmentId: string;
  readonly raw: ReadonlyMap<RawSection, string>;
  readonly output: Output;
}

/** What a final prompt breaks, each in a sentence that says how to mend it. */
export function checkFinal(text: string, { segmentId, raw, output }: FinalSource): string[] {
  const said = wordsOf(text);
  const { max, unit } = output.profile.promptLimit;
  const limits = validateFinal(segmentId, output, text).map(({ message }) => `${message.replace(`${output.name}: `, "")} (at most ${max} ${unitName(unit)}, no @)`);
  return [...limits, ...lookProblems(raw, said), ...soundProblems(text, said, { raw, output }), ...textProblems(text, said, raw.get("TEXT") ?? "")];
}

function lookProblems(raw: ReadonlyMap<RawSection, string>, said: Words): string[] {
  return parseDefinitions(raw.get("TAGS") ?? "").definitions.flatMap(({ tag, description }) => {
    const lost = headWords(description).filter((word) => !said.has(word));
    if (lost.length === 0) return [];
    return [`the look of @${tag} is not carried over: "${lost.join('", "')}" of "${oneLine(description)}" is not in the prompt`];
  });
}

/** What is heard goes in where the model makes sound, or it makes up speech and music. */
function soundProblems(text: string, said: Words, { raw, output }: Pick<FinalSource, "raw" | "output">): string[] {
  if (!output.profile.sound) return [];
  const ordered = raw.get("SOUND") ?? "";
  const isStated = SOUND_WORDS.test(text) || contentWords(ordered).some((word) => said.has(word));
  const missing = quotesIn(ordered).filter((quote) => !oneLine(text).includes(quote));
  return [
    ...(isStated ? [] : ["the model makes sound, but the prompt states neither sound nor silence"]),
    ...missing.map((quote) => `SOUND orders "${quote}", which is not in the prompt word for word`),
  ];
}

const SOUND_WORDS = /\b(?:sounds?|audio|ambient|ambience|silen(?:ce|t)|hear[ds]?|music|noises?|dialogue|room tone)\b/i;

function textProblems(text: string, said: Words, ordered: string): string[] {
  const quotes = quotesIn(ordered);
  const missing = quotes.filter((quote) => !oneLine(text).includes(quote));
  if (quotes.length > 0) return missing.map((quote) => `TEXT orders "${quote}", which is not in the prompt word for word`);
  const words = contentWords(ordered);
  const found = words.filter((word) => said.has(word));
  return found.length * 2 >= words.length ? [] : [`TEXT is not in the prompt: ${oneLine(ordered)}`];
}

function quotesIn(text: string): string[] {
  return [...oneLine(text).matchAll(/["“”„«]([^"“”„«»]+)["“”»]/g)].map((match) => match[1]!.trim()).filter(Boolean);
}

/** The words that say what a thing is and tell it apart: of its first parts, four at most. */
export function headWords(description: string): string[] {
  const words: string[] = [];
  for (const part of oneLine(withoutTags(description)).split(/[,;.:，、；。]\s*/)) {
    if (words.length >= FEWEST_HEAD_WORDS) break;
    words.push(...contentWords(part));
  }
  return words.slice(0, MOST_HEAD_WORDS);
}

const FEWEST_HEAD_WORDS = 3;
const MOST_HEAD_WORDS = 4;

function withoutTags(text: string): string {
  return findTags(text).reduceRight((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), text);
}

interface Words {
  has(word: string): boolean;
}

/** Scripts that do not part their words with blanks. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

function wordsOf(text: string): Words {
  const plain = plainText(text);
  const words = new Set(plain.match(WORD) ?? []);
  return { has: (word) => words.has(word) || (UNSPACED.test(word) && plain.includes(word)) };
}

const WORD = /[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}\p{N}]+)*/gu;

function contentWords(text: string): string[] {
  return (plainText(text).match(WORD) ?? []).filter((word) => !FUNCTION_WORDS.has(word));
}

function plainText(text: string): string {
  return text.normalize("NFC").toLowerCase().replaceAll("’", "'");
}

const FUNCTION_WORDS = new Set(
  "a an the of with in on at to by for from over under and or his her hers its their this that these those is are was be as into".split(" "),
);
