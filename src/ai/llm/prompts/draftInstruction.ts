import type { SceneContent } from "../../../core/documents/scenePlanDocument.ts";
import { sceneRanges, segmentIndexes, segmentSeconds } from "../../../core/story.ts";
import { oneLine } from "../../../core/tags.ts";
import type { FaultyDraft, StoryBrief } from "../../../pipeline/ports.ts";
import { cutAtLine, fenced, type DataBlock } from "./fence.ts";
import { problemList } from "./repair.ts";
import { isLongStory, narrationRow, sceneText, spoken } from "./storyContext.ts";

/** Segments before and after the wanted ones that are told again where the story is too long to be sent whole. */
const NEIGHBOURS = 12;

/** What is wanted this time. @param ids In the order of the story. */
export function draftInstruction(story: StoryBrief, ids: readonly string[]): string {
  const what = ids.length === 1 ? `Write the draft of this segment: ${ids[0]}.` : `Write the drafts of these ${ids.length} segments, in this order: ${ids.join(", ")}.`;
  return `${what}\n\n${fenced(wantedBlocks(story, ids))}`;
}

function wantedBlocks(story: StoryBrief, ids: readonly string[]): DataBlock[] {
  const { segments } = story.timing;
  const places = segmentIndexes(segments);
  const indexes = ids.flatMap((id) => places.get(id) ?? []).sort((a, b) => a - b);
  const scenes = sceneRanges(story.scenes, segments);
  const rows = indexes.map((index) => segmentRows(story, index, scenes.findLast(({ first }) => first <= index)?.scene));
  return [...neighbourBlocks(story, indexes), ["segments to draft", rows.join("\n\n")]];
}

function segmentRows(story: StoryBrief, index: number, scene: SceneContent | undefined): string {
  const segment = story.timing.segments[index]!;
  const direction = story.directions.get(segment.id);
  const rows = [segment.id, `  seconds: ${segmentSeconds(segment)}`, `  narration: ${spoken(segment)}`];
  if (scene) rows.push(`  scene: ${sceneText(scene)}`);
  if (direction) rows.push(`  direction: ${oneLine(direction)}`);
  return rows.join("\n");
}

function neighbourBlocks(story: StoryBrief, indexes: readonly number[]): DataBlock[] {
  if (!isLongStory(story) || indexes.length === 0) return [];
  const { segments } = story.timing;
  const [first, last] = [indexes[0]!, indexes.at(-1)!];
  return [
    ["narration before, for your understanding only", segments.slice(Math.max(0, first - NEIGHBOURS), first).map(narrationRow).join("\n")],
    ["narration after, for your understanding only", segments.slice(last + 1, last + 1 + NEIGHBOURS).map(narrationRow).join("\n")],
  ];
}

/** Characters of a draft of no use that are shown again. */
const LONGEST_DRAFT = 4_000;

/** A draft that was written but cannot be read, with what is wrong with it. */
export interface MalformedDraft {
  readonly id: string;
  /** As the model wrote it. */
  readonly text: string;
  readonly problems: readonly string[];
}

/** One more try at drafts that break the form. */
export function mendInstruction(story: StoryBrief, malformed: readonly MalformedDraft[]): string {
  const problems = malformed.flatMap(({ id, problems: found }) => found.map((problem) => `${id}: ${problem}`));
  return `${draftInstruction(story, malformed.map(({ id }) => id))}

You have written drafts of these already, but they cannot be used.

${fenced([["what is wrong with them", problemList(problems)], ["your drafts", malformed.map(({ text }) => cutAtLine(text, LONGEST_DRAFT)).join("\n")]])}

Write them again with exactly these problems mended and all else as it was.`;
}

/** One more try at a draft whose tags lead nowhere. */
export function tagRepairInstruction(story: StoryBrief, { draft, problems }: FaultyDraft): string {
  const found = problems.map(({ section, message, hint }) => `${section ? `${section}: ` : ""}${message}.${hint ? ` ${hint}` : ""}`);
  return `${draftInstruction(story, [draft.id])}

You have written this draft already, but it cannot be used. What is wrong with it stands below: SCENE is visualPrompt, CAMERA is cameraWork.

Tags of this story: ${knownTags(story).map((tag) => `@${tag}`).join(", ") || "none"}.

${fenced([["what is wrong with it", problemList(found.map(oneLine))], ["your draft", JSON.stringify(draft)]])}

Write it again with exactly these problems mended and all else as it was. A tag that is not among the tags of this story must stand in usedAssets, or lose its @.`;
}

/** Every tag on file, by name. */
export function knownTags({ assets }: Pick<StoryBrief, "assets">): string[] {
  const tags = [...assets.values()].flatMap(({ id, description, states }) => [...(description ? [id] : []), ...[...states.keys()].map((state) => `${id}/${state}`)]);
  return tags.sort();
}
