import { hashText, hashValue, sameText } from "./canonical.ts";
import { DRAFT_SECTIONS, RAW_SECTIONS, type RawSection, type SegmentFile, type SectionName, type TextHashes } from "./documents/segmentDocument.ts";
import type { Scene } from "./documents/scenePlanDocument.ts";
import type { TimedSegment } from "./documents/timingMapDocument.ts";
import { resolveOutputs, type Output } from "./outputs.ts";
import { buildRawVisualPrompt, draftText } from "./rawVisualPrompt.ts";
import { hashAsset, hashScene, hashStoryStyle, resolveTag, scenesByIndex, segmentSeconds, type ResolvedTag, type Story } from "./story.ts";
import { formatDefinitions, parseDefinitions, tagsIn } from "./tags.ts";

/** A length counts as changed beyond this many seconds. */
const LENGTH_TOLERANCE = 0.25;

/** The reason of a part that does not exist. */
export const NOT_MADE = "not made yet";

/** The sections whose text the machine writes and whose hash it keeps. */
const HASHED_SECTIONS = ["TAGS", ...DRAFT_SECTIONS] as const;
type HashedSection = (typeof HASHED_SECTIONS)[number];

/** Why an artefact has to be made again; empty where it is up to date. */
export type Reasons = readonly string[];

/** The state of one segment, derived from what stands on disk. */
export interface SegmentStatus {
  readonly id: string;
  readonly locked: boolean;
  /** Whether there is a draft at all; without one the director is asked. */
  readonly hasDraft: boolean;
  /**
   * Parts whose text is not what the machine last wrote: sections, and `FINAL PROMPT main`. Found when first
   * asked for: it hashes every text, and a segment that is up to date needs none of that to be left alone.
   */
  readonly edited: readonly string[];
  readonly draft: Reasons;
  readonly tags: Reasons;
  /** By output; an edited final is never in here, since nothing redoes it. */
  readonly finals: ReadonlyMap<string, Reasons>;
  /** Finals that are out of date but stay, because a person edited them. */
  readonly keptFinals: readonly string[];
}

/** What a status is derived from, made once per run. */
export interface StatusInputs {
  readonly story: Story;
  readonly outputs: readonly Output[];
  readonly storyHash: string;
  /** Each scene and each tag is hashed once, however many segments ask. */
  readonly sceneHash: (scene: Scene | undefined) => string;
  readonly assetHash: (tag: ResolvedTag) => string;
}

export function statusInputs(story: Story, outputs: readonly Output[]): StatusInputs {
  const sceneHash = remembering((scene: Scene | undefined) => scene, (scene) => hashScene(scene, story.style));
  const assetHash = remembering(({ tag }: ResolvedTag) => tag, hashAsset);
  return { story, outputs, storyHash: hashStoryStyle(story), sceneHash, assetHash };
}

function remembering<Argument>(keyOf: (argument: Argument) => unknown, work: (argument: Argument) => string): (argument: Argument) => string {
  const known = new Map<unknown, string>();
  return (argument) => {
    const key = keyOf(argument);
    const result = known.get(key) ?? work(argument);
    known.set(key, result);
    return result;
  };
}

/** The status of every segment of the map, in its order. */
export function storyStatuses(story: Story): SegmentStatus[] {
  const scenes = scenesByIndex(story);
  const inputs = statusInputs(story, resolveOutputs(story.settings.outputs));
  return story.timing.segments.map((segment, index) => segmentStatus(segment, scenes[index], inputs));
}

export function segmentStatus(segment: TimedSegment, scene: Scene | undefined, inputs: StatusInputs): SegmentStatus {
  const file = inputs.story.segments.get(segment.id);
  const missing = [NOT_MADE];
  if (!file) {
    const finals = new Map(inputs.outputs.map(({ name }) => [name, missing]));
    return { id: segment.id, locked: false, hasDraft: false, edited: [], draft: missing, tags: missing, finals, keptFinals: [] };
  }
  const hasDraft = hasWholeDraft(file);
  const stored = storedRaw(file, inputs.story);
  let edited: readonly string[] | undefined;
  return {
    id: segment.id,
    locked: file.front.locked === true,
    hasDraft,
    get edited() {
      return (edited ??= editedParts(file));
    },
    draft: hasDraft ? draftReasons(file, segment, { scene, inputs }) : missing,
    tags: tagsReasons(file, stored.tags, inputs),
    ...finalsReasons(file, stored.sections, inputs),
  };
}

/** Whether a segment of this length needs another draft; both in seconds. */
export function isLengthChanged(before: number, after: number): boolean {
  return Math.abs(before - after) > LENGTH_TOLERANCE + 1e-9;
}

/** Whether the section's text is a person's: not what the machine last wrote there. */
export function isSectionEdited(file: SegmentFile, section: HashedSection): boolean {
  const recorded = file.front.generated?.text[hashKey(section)];
  const text = file.sections.get(section);
  // No segment is whole without these two: one that a person took out is made again.
  if ((section === "TAGS" || section === "SCENE") && !text) return false;
  return recorded === undefined ? Boolean(text) : hashText(text ?? "") !== recorded;
}

/** Whether the final prompt is a person's. One that is absent is not: it is made. */
export function isFinalEdited(file: SegmentFile, output: string): boolean {
  const text = file.finalPrompts.get(output);
  if (text === undefined) return false;
  return finalHashes(file, output)?.text !== hashText(text);
}

/** Whether the file has a final for the output that was made from this raw. */
export function isFinalCurrent(file: SegmentFile, raw: ReadonlyMap<RawSection, string>, output: Output): boolean {
  return file.finalPrompts.has(output.name) && finalHashes(file, output.name)?.from === hashFinalSource(raw, output);
}

export function editedParts(file: SegmentFile): string[] {
  const sections = HASHED_SECTIONS.filter((section) => isSectionEdited(file, section));
  const finals = [...file.finalPrompts.keys()].filter((output) => isFinalEdited(file, output));
  return [...sections, ...finals.map((output) => `FINAL PROMPT ${output}`)];
}

export function hashKey(section: HashedSection): keyof TextHashes {
  return section.toLowerCase() as keyof TextHashes;
}

/** A draft needs a SCENE; the other parts may be absent only where a person took them out. */
function hasWholeDraft(file: SegmentFile): boolean {
  if (!file.sections.get("SCENE")) return false;
  return DRAFT_SECTIONS.every((section) => file.sections.get(section) || file.front.generated?.text[hashKey(section)]);
}

function draftReasons(file: SegmentFile, segment: TimedSegment, { scene, inputs }: { scene: Scene | undefined; inputs: StatusInputs }): Reasons {
  const { madeFor, generated } = file.front;
  // Without `generated`, a whole draft is a person's own from the first word: made from nothing, stale for nothing.
  if (!generated) return [];
  const reasons: string[] = [];
  const seconds = segmentSeconds(segment);
  if (madeFor === undefined || !sameText(madeFor.narration, segment.narration)) reasons.push("narration changed");
  if (madeFor && isLengthChanged(madeFor.seconds, seconds)) {
    reasons.push(`length changed: ${madeFor.seconds} s → ${seconds} s`);
  }
  if (generated.from.scene !== inputs.sceneHash(scene)) reasons.push("scene changed");
  if (generated.from.story !== inputs.storyHash) reasons.push("style or language changed");
  if (generated.from.direction !== hashDirection(file)) reasons.push("direction changed");
  return reasons;
}

/** Undefined where no DIRECTION stands. */
export function hashDirection(file: SegmentFile | undefined): string | undefined {
  const direction = file?.sections.get("DIRECTION");
  return direction ? hashText(direction) : undefined;
}

/** A stored draft as a run that keeps it leaves it. */
export interface StoredRaw {
  /**
   * Where a person edited TAGS, the tags it defines; otherwise the draft's own list, then every
   * further known tag of its text by first mention.
   */
  readonly tags: readonly string[];
  /** The sections of `rawVisualPrompt`, with TAGS brought up to date unless a person edited it. */
  readonly sections: ReadonlyMap<RawSection, string>;
}

export function storedRaw(file: SegmentFile, { assets }: Pick<Story, "assets">): StoredRaw {
  const sections = rawSectionsOf(file.sections);
  const tags = usedTags(file.front.usedAssets ?? [], draftText(file.sections), { assets });
  const built = formatDefinitions(tags.map((tag) => ({ tag, description: resolveTag(assets, tag)?.description ?? "" })));
  const standing = sections.get("TAGS") ?? "";
  // What stands as the machine would write it says the same, whoever wrote it: no need to hash it.
  if (standing !== built && isSectionEdited(file, "TAGS")) {
    return { tags: parseDefinitions(standing).definitions.map(({ tag }) => tag), sections };
  }
  return { tags, sections: sections.set("TAGS", built) };
}

/** The draft's list, then every further known tag of its text by first mention. */
export function usedTags(listed: readonly string[], text: string, { assets }: Pick<Story, "assets">): string[] {
  const further = tagsIn(text).filter((tag) => resolveTag(assets, tag) !== undefined);
  return [...new Set([...listed, ...further])];
}

function tagsReasons(file: SegmentFile, tags: readonly string[], { story, assetHash }: StatusInputs): Reasons {
  if (!file.sections.get("TAGS")) return [NOT_MADE];
  const resolved = tags.map((tag) => resolveTag(story.assets, tag));
  const reasons = tags.filter((_, index) => !resolved[index]).map((tag) => `@${tag} is not on file`);
  const recorded = new Map(Object.entries(file.front.generated?.from.assets ?? {}));
  for (const entry of resolved) {
    if (!entry || recorded.get(entry.tag) === assetHash(entry)) continue;
    reasons.push(recorded.has(entry.tag) ? `@${entry.tag} changed` : `@${entry.tag} is new here`);
  }
  for (const tag of recorded.keys()) if (!tags.includes(tag)) reasons.push(`@${tag} is no longer used`);
  if (JSON.stringify(tags) !== JSON.stringify(file.front.usedAssets ?? [])) reasons.push("used assets changed");
  return reasons;
}

type FinalsStatus = Pick<SegmentStatus, "finals" | "keptFinals">;

function finalsReasons(file: SegmentFile, raw: StoredRaw["sections"], { outputs }: StatusInputs): FinalsStatus {
  const finals = new Map<string, Reasons>();
  const keptFinals: string[] = [];
  for (const output of outputs) {
    const made = file.finalPrompts.has(output.name);
    if (isFinalCurrent(file, raw, output)) finals.set(output.name, []);
    else if (isFinalEdited(file, output.name)) keptFinals.push(output.name);
    else finals.set(output.name, [made ? "raw prompt or output changed" : NOT_MADE]);
  }
  return { finals, keptFinals };
}

export function rawSectionsOf(sections: ReadonlyMap<SectionName, string>): Map<RawSection, string> {
  return new Map(RAW_SECTIONS.filter((name) => sections.get(name)).map((name) => [name, sections.get(name)!]));
}

/** Hash of what a final prompt is made from: the raw, the profile's id and the aspect ratio. */
export function hashFinalSource(raw: ReadonlyMap<RawSection, string>, output: Output): string {
  return hashValue({ raw: buildRawVisualPrompt(raw), profile: output.profile.id, aspectRatio: output.aspectRatio });
}

function finalHashes(file: SegmentFile, output: string): { from: string; text: string } | undefined {
  const { finals } = file.front;
  return finals && Object.hasOwn(finals, output) ? finals[output] : undefined;
}
