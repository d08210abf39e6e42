import type { AssetContent } from "../../../core/documents/assetDocument.ts";
import { isId } from "../../../core/ids.ts";
import { assetName, stateName } from "../../../core/tags.ts";
import type { MissingAsset, StoryBrief } from "../../../pipeline/ports.ts";
import { isEnglish, narrationOf, type ReadSegment } from "../narration.ts";
import { readText } from "../language/tokens.ts";
import { parse } from "../language/clauses.ts";
import { creatureLooks } from "../lexicons/creatures.ts";
import { groupLook, personNoun } from "../lexicons/people.ts";
import { placeNoun } from "../lexicons/places.ts";
import { propLooks } from "../lexicons/props.ts";
import { noFacts, type Candidate } from "./candidate.ts";
import { collectFacts } from "./collectFacts.ts";
import { describe } from "./describe.ts";
import { settingOf } from "./setting.ts";
import { describeState } from "./states.ts";

/** The look of an asset that a draft used and nobody has described, from the lines that mention it. */
export async function describeMissing(story: StoryBrief, { tag, lines, existing }: MissingAsset, signal: AbortSignal): Promise<AssetContent> {
  const id = assetName(tag);
  const state = stateName(tag);
  const candidate = candidateOf(id, lines);
  const base = existing?.description || (await describeNew(candidate, { story, lines, signal }));
  const { kind, name, aliases } = existing ?? { kind: candidate.kind, name: candidate.name, aliases: [...candidate.aliases] };
  if (state === undefined) return { kind, name, aliases, description: base, states: new Map() };
  const described = describeState(base, { kind, state: isId(state) ? state : "other" });
  return { kind, name, aliases, description: existing?.description ?? base, states: new Map([...(existing?.states ?? []), [state, described]]) };
}

interface Source {
  readonly story: StoryBrief;
  readonly lines: readonly string[];
  readonly signal: AbortSignal;
}

async function describeNew(candidate: Candidate, { story, lines, signal }: Source): Promise<string> {
  const read = await narrationOf(story.timing.segments, isEnglish(story.settings.language)).readAll(signal);
  if (isEnglish(story.settings.language)) collectFacts([candidate], readLines(lines));
  return describe(candidate, { setting: isEnglish(story.settings.language) ? settingOf(read, story.settings.title) : "today", taken: new Set() });
}

function readLines(lines: readonly string[]): ReadSegment[] {
  return lines.map((text, index) => {
    const { sentences } = readText(text, { isQuoted: false, names: new Set() });
    return { index, text, words: text.toLowerCase().match(/[\p{L}\p{N}'-]+/gu) ?? [], sentences: sentences.map((tokens) => ({ tokens, ...parse(tokens) })), carried: undefined };
  });
}

/** What a tag stands for, by its words: `old_square` is a place, `maria` somebody. */
function candidateOf(id: string, lines: readonly string[]): Candidate {
  const words = id.split(/[_-]+/).filter(Boolean);
  const spoken = words.join(" ");
  const name = words.length === 1 ? properName(words[0]!, lines) : spoken;
  const noun = [...words].reverse().find((word) => personNoun(word) ?? creatureLooks(word) ?? placeNoun(word) ?? propLooks(word)) ?? "";
  const isPlace = placeNoun(noun) !== undefined;
  const isThing = !isPlace && propLooks(noun) !== undefined;
  const isPerson = personNoun(noun) !== undefined;
  const isName = /^\p{Lu}/u.test(name);
  const kind = isPlace ? "location" : isThing ? "prop" : isPerson || creatureLooks(noun) || isName || groupLook(noun) ? "character" : "prop";
  const aliases = new Set(name.toLowerCase() === spoken ? [] : [spoken]);
  return { kind, name, aliases, noun: noun || (kind === "prop" ? words.at(-1)! : ""), gender: genderIn(lines, noun), isCreature: kind === "character" && !isPerson && creatureLooks(noun) !== undefined, isGroup: false, first: 0, mentions: lines.length, facts: noFacts() };
}

/** The word as the narration writes it: `maria` → `Maria`. */
function properName(word: string, lines: readonly string[]): string {
  const capital = word.charAt(0).toUpperCase() + word.slice(1);
  return lines.some((line) => new RegExp(`(?<!\\p{L})${capital}(?!\\p{L})`, "u").test(line)) ? capital : word;
}

function genderIn(lines: readonly string[], noun: string): "male" | "female" | "neutral" {
  const known = personNoun(noun)?.gender;
  if (known && known !== "neutral") return known;
  const text = lines.join(" ").toLowerCase();
  const [he, she] = [text.match(/\b(?:he|him|his)\b/g)?.length ?? 0, text.match(/\b(?:she|her)\b/g)?.length ?? 0];
  return he === she ? "neutral" : he > she ? "male" : "female";
}
