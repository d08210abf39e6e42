import type { Asset } from "../../../core/documents/assetDocument.ts";
import type { SegmentRange } from "../../../core/extractionPlan.ts";
import { freeId } from "../../../core/freeIds.ts";
import type { AssetDraft, Extraction, StoryBrief } from "../../../pipeline/ports.ts";
import { DEFAULT_PLACES, placeNoun } from "../lexicons/places.ts";
import type { SettingId } from "../lexicons/wardrobe.ts";
import type { Entity } from "../language/references.ts";
import { isEnglish, narrationOf, type ReadSegment } from "../narration.ts";
import { ageOf, ageThen } from "./age.ts";
import { noFacts, type Candidate } from "./candidate.ts";
import { collectFacts } from "./collectFacts.ts";
import { describe, type Palette } from "./describe.ts";
import { entityOfAsset, usableTag } from "./entities.ts";
import { findCharacters } from "./findCharacters.ts";
import { findForeign } from "./findForeign.ts";
import { assumedPlace, findPlaces } from "./findPlaces.ts";
import { findProps } from "./findProps.ts";
import { findFlashbacks, type Flashback } from "./flashbacks.ts";
import { planScenes } from "./planScenes.ts";
import { isOutOfDoors, settingOf } from "./setting.ts";
import { YOUNG, youngLook } from "./youngLook.ts";

export const OFFLINE = "offline";

/** Assets of the whole narration and scenes of the wanted ranges; the same again when shown its own assets. */
export async function extract(story: StoryBrief, ranges: readonly SegmentRange[], signal: AbortSignal): Promise<Extraction> {
  const { segments } = story.timing;
  const english = isEnglish(story.settings.language);
  const read = await narrationOf(segments, english).readAll(signal);
  const setting = english ? settingOf(read, story.settings.title) : "today";
  const flashbacks = english ? findFlashbacks(read) : [];
  const candidates = english ? findEnglish(read, { setting, flashbacks }) : findForeign(read, story.settings.language);
  const found = identify(candidates, story.assets);
  const palette: Palette = { setting, taken: new Set() };
  signal.throwIfAborted();
  const entities = [...found.map(({ id, candidate, existing }) => foundEntity(id, candidate, existing)), ...unmentioned(story.assets, found)];
  const placeTags = new Map(found.filter(({ candidate }) => candidate.kind === "location").map(({ candidate, id, existing }) => [candidate.noun, usableTag(id, existing)]));
  const scenes = segments.length === 0 ? [] : planScenes({ segments, read, entities, placeTags, flashbacks, pastLook: pastLookOf(story.style), tagsThen: tagsThen(found), ...defaults(found, { setting, segments: segments.length }) }, ranges);
  const played = new Set(scenes.map(({ place }) => place));
  // `born in Warsaw, in a small apartment`: a city without a scene is not worth an image.
  const isPassed = ({ id, candidate: { kind, noun } }: Found) => kind === "location" && placeNoun(noun) === undefined && !played.has(id);
  const assets = found.flatMap((one) => (one.existing || isPassed(one) ? [] : [draftOf(one.id, one.candidate, palette)]));
  const tags = new Map(found.map(({ id, existing }) => [id, usableTag(id, existing)]));
  return { assets, scenes: scenes.map((scene) => ({ ...scene, cast: scene.cast.map((id) => (id.includes("/") ? id : (tags.get(id) ?? usableTag(id, story.assets.get(id))))) })) };
}

interface World {
  readonly setting: SettingId;
  readonly flashbacks: readonly Flashback[];
}

function findEnglish(read: readonly ReadSegment[], { setting, flashbacks }: World): Candidate[] {
  const places = findPlaces(read, flashbacks);
  const found = findCharacters(read);
  const speakers = assumedCharacters(read, { setting, hasOthers: found.length > 0 });
  const characters = withoutSharedAliases([...speakers, ...found]);
  // At war a captain has no ship.
  if (setting === "wartime") for (const person of found) if (person.noun === "captain") person.noun = "officer";
  if (setting === "space") for (const person of found) if (person.noun === "" && !person.isCreature) person.noun = "astronaut";
  const names = characters.flatMap(({ name, aliases }) => [name.toLowerCase(), ...aliases]);
  const props = findProps(read, new Set([...names, ...places.map(({ noun }) => noun)]));
  const stages = places.length > 0 && setting !== "space" ? places : [...places, ...assumedPlaces(setting, places, setting === "today" && isOutOfDoors(read))];
  const candidates = [...characters, ...stages, ...props];
  collectFacts(candidates, read, flashbacks);
  return candidates;
}

function assumedPlaces(setting: SettingId, found: readonly Candidate[], isNature: boolean): Candidate[] {
  const nouns = setting === "space" ? ["control-room", "spacecraft"] : [isNature ? "meadow" : DEFAULT_PLACES[setting]];
  return nouns.filter((noun) => found.every((place) => place.noun !== noun)).map(assumedPlace);
}

/** Who speaks where the narration says `I`, `thou`, or is a talk by radio. */
function assumedCharacters(read: readonly ReadSegment[], { setting, hasOthers }: { readonly setting: SettingId; readonly hasOthers: boolean }): Candidate[] {
  if (setting === "space") return [assumed("astronaut", "astronaut"), assumed("flight controller", "controller")];
  const told = read.map(({ sentences }) => new Set(sentences.flatMap(({ tokens }) => tokens.filter(({ isQuoted }) => !isQuoted).map(({ lower }) => lower))));
  const share = (wanted: readonly string[]) => told.filter((words) => wanted.some((word) => words.has(word))).length / Math.max(1, told.length);
  const result: Candidate[] = [];
  if (share(["thou", "thee", "thy", "thine"]) >= 0.15) result.push(assumed("beloved", "youth", ["thou"]));
  if (share(["i", "my", "me"]) >= 0.15) result.push(assumed("narrator", "", ["I"]));
  else if (share(["you", "your"]) >= 0.25 && !hasOthers) result.push(assumed("you", "", ["you"]));
  return result;
}

function assumed(name: string, noun: string, aliases: readonly string[] = []): Candidate {
  const gender = name === "narrator" ? "neutral" : "male";
  return { kind: "character", name, aliases: new Set(aliases), noun, gender, isCreature: false, isGroup: false, first: 0, mentions: 1, facts: noFacts() };
}

/** `man` for both the old man and the young man says nothing, so neither has it. */
function withoutSharedAliases(candidates: readonly Candidate[]): Candidate[] {
  const names = new Map<string, number>();
  for (const { name, aliases } of candidates) for (const word of [name, ...aliases]) names.set(word.toLowerCase(), (names.get(word.toLowerCase()) ?? 0) + 1);
  for (const { aliases } of candidates) for (const alias of aliases) if (names.get(alias.toLowerCase())! > 1) aliases.delete(alias);
  return [...candidates];
}

interface Found {
  readonly id: string;
  readonly candidate: Candidate;
  /** The asset that a person, or another director, made of it. */
  readonly existing: Asset | undefined;
}

/** Ids for what was found: an asset that answers to a name is used, one's own is found again. */
function identify(candidates: readonly Candidate[], assets: ReadonlyMap<string, Asset>): Found[] {
  const others = [...assets.values()].filter(({ generated }) => generated?.by !== OFFLINE);
  const own = [...assets.values()].filter(({ generated }) => generated?.by === OFFLINE);
  const taken = new Set(others.map(({ id }) => id));
  const used = new Set<string>();
  return candidates.flatMap((candidate): Found[] => {
    const existing = others.find((asset) => answers(asset, candidate)) ?? own.find((asset) => wasRenamed(asset, candidate));
    const id = existing?.id ?? freeId(candidate.name, candidate.kind, taken);
    if (used.has(id)) return [];
    taken.add(id);
    used.add(id);
    return [{ id, candidate, existing }];
  });
}

function answers({ kind, name, aliases, id }: Asset, candidate: Candidate): boolean {
  if (kind !== candidate.kind) return false;
  const called = new Set([name, id.replace(/_/g, " "), ...aliases].map((word) => plainName(word)));
  return [candidate.name, ...candidate.aliases].some((word) => called.has(plainName(word)));
}

/** No two finds share a name, so an asset that goes by another's was renamed, or merged with it, by a person. */
function wasRenamed({ kind, name, aliases }: Asset, candidate: Candidate): boolean {
  const wanted = plainName(candidate.name);
  return kind === candidate.kind && plainName(name) !== wanted && aliases.some((alias) => plainName(alias) === wanted);
}

function plainName(name: string): string {
  return name.normalize("NFC").toLowerCase().replace(/^(?:the|a|an|her|his|my)\s+/, "");
}

/** Who looked different years ago, with the tag of that state; undefined for who was not born. */
function tagsThen(found: readonly Found[]): ReadonlyMap<string, string | undefined> {
  return new Map(found.flatMap(({ id, candidate, existing }): [string, string | undefined][] => {
    const { yearsAgo } = candidate.facts;
    if (yearsAgo !== undefined && ageOf(candidate) < yearsAgo) return [[id, undefined]];
    if (ageThen(candidate) === undefined) return [];
    return existing && !existing.states.has(YOUNG) ? [] : [[id, `${id}/${YOUNG}`]];
  }));
}

const PAST_LOOK = /\b(?:memor(?:y|ies)|past|flashbacks?|back then|years ago|childhood|remembered)\b/i;

/** The named look that a style has for memories. */
function pastLookOf({ looks }: StoryBrief["style"]): string | undefined {
  return [...looks.keys()].find((name) => PAST_LOOK.test(name));
}

function draftOf(id: string, candidate: Candidate, palette: Palette): AssetDraft {
  const { kind, name, aliases } = candidate;
  const description = describe(candidate, palette);
  const age = ageThen(candidate);
  const states = new Map(age === undefined ? [] : [[YOUNG, youngLook(description, { age, hair: [...candidate.facts.hairThen] })]]);
  return { id, kind, name, aliases: [...aliases].sort(), description, states };
}

function foundEntity(id: string, candidate: Candidate, existing: Asset | undefined): Entity {
  const { kind, gender, isCreature, isGroup, name, aliases } = candidate;
  return { id, kind, names: [name, ...aliases, ...(existing ? [existing.name, ...existing.aliases] : [])], gender, isCreature, isGroup };
}

/** Assets of people that the rules did not find, but the narration may name. */
function unmentioned(assets: ReadonlyMap<string, Asset>, found: readonly Found[]): Entity[] {
  const known = new Set(found.map(({ id }) => id));
  return [...assets.values()].filter(({ id, generated }) => !known.has(id) && generated?.by !== OFFLINE).map(entityOfAsset);
}

/** Whether somebody is the story's, rather than named in passing: an animal has to come again and again. */
function carries({ isCreature, mentions }: Candidate, segments: number): boolean {
  return mentions >= (isCreature ? Math.max(3, segments / 6) : segments / 40);
}

function defaults(found: readonly Found[], { setting, segments }: { readonly setting: SettingId; readonly segments: number }) {
  const locations = found.filter(({ candidate }) => candidate.kind === "location");
  const idOf = (noun: string) => found.find(({ candidate }) => candidate.noun === noun)?.id;
  const radio = setting === "space" ? [idOf("control-room"), idOf("spacecraft")].filter((id) => id !== undefined) : [];
  const first = found.find(({ candidate }) => candidate.kind === "character" && carries(candidate, segments));
  const cast: [string, readonly string[]][] = first ? [["", [first.id]]] : [];
  if (radio.length === 2) {
    for (const [place, noun] of [[radio[0]!, "controller"], [radio[1]!, "astronaut"]] as const) {
      const id = idOf(noun);
      if (id) cast.push([place, [id]]);
    }
  }
  const fallback = locations[0] ? [locations[0].id] : [];
  const isInside = locations.some(({ candidate }) => placeNoun(candidate.noun)?.kind === "in");
  return { defaultPlaces: radio.length === 2 ? radio : fallback, defaultCast: new Map(cast), defaultTime: isInside ? "afternoon" : "day" };
}
