import type { SceneContent } from "../../../core/documents/scenePlanDocument.ts";
import type { TimedSegment } from "../../../core/documents/timingMapDocument.ts";
import { namesOf } from "../../../core/speakers.ts";
import { sceneRanges, segmentSeconds, type SceneRange } from "../../../core/story.ts";
import { oneLine } from "../../../core/tags.ts";
import type { AssetDraft, StoryBrief } from "../../../pipeline/ports.ts";
import { cutAtLine, fenced, type DataBlock } from "./fence.ts";

/** Characters of narration up to which all of it is sent with every call. */
export const WHOLE_NARRATION = 60_000;

const LONGEST_RESEARCH = 20_000;
/** Characters of narration that stand for one scene of a long story. */
const SCENE_EXCERPT = 240;

/**
 * The story as every draft is shown it: the same bytes for all batches of a run, so that a
 * provider's cache holds it. It depends on the story alone: no dates, counters, paths or wishes.
 */
export function storyContext(story: StoryBrief): string {
  return `# The story\n\n${fenced([...frameBlocks(story), ["assets", assetRows(story.assets.values())], ...plotBlocks(story)])}`;
}

/** Whether the narration is too long to be sent whole with every call. */
export function isLongStory({ timing }: Pick<StoryBrief, "timing">): boolean {
  return timing.segments.reduce((sum, { narration }) => sum + narration.length, 0) > WHOLE_NARRATION;
}

/** What holds for all of the story: title, language, look, background. */
export function frameBlocks({ settings, style, research }: StoryBrief): DataBlock[] {
  const looks = [...style.looks].map(([name, text]) => `Look "${name}": ${oneLine(text)}`);
  return [
    ["story", `Title: ${oneLine(settings.title)}\nLanguage of the narration: ${oneLine(settings.language)}`],
    ["style", style.text],
    ["named looks", looks.join("\n")],
    ["research", cutAtLine(research, LONGEST_RESEARCH)],
  ];
}

/** A row per tag, by id, so that no order of files shows. */
export function assetRows(assets: Iterable<AssetDraft>): string {
  const sorted = [...assets].sort((a, b) => (a.id < b.id ? -1 : 1));
  return sorted.map(assetRow).join("\n");
}

function assetRow({ id, kind, name, aliases, description, states }: AssetDraft): string {
  const also = aliases.length > 0 ? `; also called ${aliases.map(oneLine).join(", ")}` : "";
  const head = `@${id} (${kind}; ${oneLine(name)}${also})`;
  const rows = [...states].map(([state, text]) => `@${id}/${state}: ${oneLine(text)}`);
  return [description ? `${head}: ${oneLine(description)}` : `${head}: only in its states`, ...rows].join("\n");
}

/** `place @old_square; time dusk; cast @maria/old; look Night; note …` */
export function sceneText({ place, time, cast, look, note }: Omit<SceneContent, "from">): string {
  const parts = [`place @${place}`, `time ${oneLine(time)}`, `cast ${cast.map((tag) => `@${tag}`).join(", ") || "nobody"}`];
  if (look !== undefined) parts.push(`look ${oneLine(look)}`);
  if (note !== undefined) parts.push(`note ${oneLine(note)}`);
  return parts.join("; ");
}

/** `segment_12 | 5.2 s | She lifted the trumpet.` */
export function narrationRow(segment: TimedSegment): string {
  return `${segment.id} | ${segmentSeconds(segment)} s | ${spoken(segment)}`;
}

export function spoken(segment: TimedSegment): string {
  const text = oneLine(segment.narration) || "(no words: music or silence)";
  const names = namesOf(segment).map(oneLine).join(", ");
  return names === "" ? text : `${names}: ${text}`;
}

/** Scenes and narration; of a long story, each scene with its first words. */
function plotBlocks(story: StoryBrief): DataBlock[] {
  const { segments } = story.timing;
  const scenes = sceneRanges(story.scenes, segments);
  if (isLongStory(story)) return [["scenes, with the first words of each", synopsis(scenes, segments)]];
  const rows = scenes.map((range) => sceneRow(range, segments));
  return [
    ["scene plan", rows.join("\n")],
    ["narration", segments.map(narrationRow).join("\n")],
  ];
}

function sceneRow({ scene, first, last }: SceneRange, segments: readonly TimedSegment[]): string {
  return `${segments[first]!.id} to ${segments[last]!.id}: ${sceneText(scene)}`;
}

/**
 * What a long story is about, within the same bounds: evenly spaced scenes, as many as fit. What
 * stands around the wanted segments is part of each instruction instead.
 */
function synopsis(scenes: readonly SceneRange[], segments: readonly TimedSegment[]): string {
  const rows = scenes.map((range) => `${sceneRow(range, segments)}\n  ${firstWords(range, segments)}`);
  const total = rows.reduce((sum, row) => sum + row.length + 1, 0);
  const step = Math.max(1, Math.ceil(total / WHOLE_NARRATION));
  return cutAtLine(rows.filter((_, index) => index % step === 0).join("\n"), WHOLE_NARRATION);
}

function firstWords({ first, last }: SceneRange, segments: readonly TimedSegment[]): string {
  let text = "";
  for (let index = first; index <= last && text.length < SCENE_EXCERPT; index++) text += ` ${oneLine(segments[index]!.narration)}`;
  const trimmed = text.trim();
  return trimmed.length <= SCENE_EXCERPT ? trimmed : `${trimmed.slice(0, SCENE_EXCERPT).replace(/\s+\S*$/, "")} …`;
}
