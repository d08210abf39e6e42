import { isTagName } from "./ids.ts";

/** A tag as it stands in a text; `tag` is without the `@`, offsets are UTF-16 units. */
export interface TagMention {
  readonly tag: string;
  readonly start: number;
  readonly end: number;
  /** False where the word after `@` cannot be a tag, such as `@Maria`. */
  readonly wellFormed: boolean;
}

/** One line of a TAGS section: `- @maria/old: woman, 62, …`. */
export interface TagDefinition {
  readonly tag: string;
  readonly description: string;
}

// A letter or digit before @ makes it an address (a@b.com), not a tag. Marks (\p{M}) are parts of letters.
const MENTION = /(?<![\p{L}\p{M}\p{N}_@])@([\p{L}\p{M}\p{N}_-]+)(?:\/([\p{L}\p{M}\p{N}_-]+))?/gu;

const DEFINITION = /^[-*+]\s+@(\S+?):(?:\s+(.*))?$/;

export function findTags(text: string): TagMention[] {
  return [...text.matchAll(MENTION)].map((match) => {
    const tag = match[2] === undefined ? match[1]! : `${match[1]}/${match[2]}`;
    return { tag, start: match.index, end: match.index + match[0].length, wellFormed: isTagName(tag) };
  });
}

/** The tags of a text by first mention, each once. */
export function tagsIn(text: string): string[] {
  return [...new Set(findTags(text).map((mention) => mention.tag))];
}

/** `maria/old` → `maria`, the name of the asset's file. */
export function assetName(tag: string): string {
  const slash = tag.indexOf("/");
  return slash < 0 ? tag : tag.slice(0, slash);
}

/** `maria/old` → `old`; `maria` → undefined. */
export function stateName(tag: string): string | undefined {
  const slash = tag.indexOf("/");
  return slash < 0 ? undefined : tag.slice(slash + 1);
}

/** The text of a TAGS section: a line a tag, each description on one line; `(none)` where there is no tag. */
export function formatDefinitions(definitions: readonly TagDefinition[]): string {
  if (definitions.length === 0) return "(none)";
  return definitions.map(({ tag, description }) => `- @${tag}: ${oneLine(description)}`.trimEnd()).join("\n");
}

export interface ParsedDefinitions {
  readonly definitions: readonly TagDefinition[];
  /** Lines that are neither blank, nor a definition, nor `(none)`; zero-based within the text. */
  readonly strayLines: readonly number[];
}

/** Reads a TAGS section; an indented line goes on with the description above it. */
export function parseDefinitions(text: string): ParsedDefinitions {
  const definitions: TagDefinition[] = [];
  const strayLines: number[] = [];
  text.split("\n").forEach((line, index) => {
    const match = DEFINITION.exec(line.trimEnd());
    const last = definitions.at(-1);
    if (match) definitions.push({ tag: match[1]!, description: match[2] ?? "" });
    else if (line.trim() === "" || line.trim() === "(none)") return;
    else if (/^\s/.test(line) && last) {
      definitions[definitions.length - 1] = { ...last, description: `${last.description} ${line.trim()}`.trim() };
    } else strayLines.push(index);
  });
  return { definitions, strayLines };
}

/** What becomes of a tag; undefined: it is no tag any more. */
export type Retag = (tag: string) => string | undefined;

/** The text with other tags in it; one that is no tag any more becomes the words that stand for it. */
export function retagText(text: string, retag: Retag, wordsFor: (tag: string) => string): string {
  let result = "";
  let end = 0;
  for (const mention of findTags(text)) {
    const tag = retag(mention.tag);
    if (tag === mention.tag) continue;
    result += text.slice(end, mention.start) + (tag === undefined ? wordsFor(mention.tag) : `@${tag}`);
    end = mention.end;
  }
  return result + text.slice(end);
}

/** A TAGS section with other tags: each is defined once, and one that is no tag any more is not defined. */
export function retagDefinitions(text: string, retag: Retag, wordsFor: (tag: string) => string): string {
  const defined = new Set<string>();
  let isDropped = false;
  const kept = text.split("\n").filter((line) => {
    const tag = DEFINITION.exec(line.trimEnd())?.[1];
    if (tag !== undefined) {
      const next = retag(tag);
      isDropped = next === undefined || defined.has(next);
      if (next !== undefined) defined.add(next);
    } else if (!/^\s/.test(line)) isDropped = false;
    return !isDropped;
  });
  const lines = kept.length === 0 && text !== "" ? [formatDefinitions([])] : kept;
  return retagText(lines.join("\n"), retag, wordsFor);
}

export function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
