import { hashValue } from "./canonical.ts";
import type { Asset } from "./documents/assetDocument.ts";
import type { Scene } from "./documents/scenePlanDocument.ts";
import type { SegmentFile } from "./documents/segmentDocument.ts";
import type { StorySettings } from "./documents/storyDocument.ts";
import type { Style } from "./documents/styleDocument.ts";
import type { TimedSegment, TimingMap } from "./documents/timingMapDocument.ts";
import { assetName, stateName } from "./tags.ts";

/** A story as it stands on disk: every document as a value. */
export interface Story {
  readonly settings: StorySettings;
  readonly style: Style;
  readonly research: string;
  readonly timing: TimingMap;
  readonly scenes: readonly Scene[];
  /** By the name of the file, `maria`. */
  readonly assets: ReadonlyMap<string, Asset>;
  /** Segment files by id, those that the map does not name included. */
  readonly segments: ReadonlyMap<string, SegmentFile>;
}

/** A scene with the segments it covers: indexes into the timing map, both included. */
export interface SceneRange {
  readonly scene: Scene;
  readonly first: number;
  readonly last: number;
}

export function segmentSeconds(segment: TimedSegment): number {
  return Math.round((segment.end - segment.start) * 1000) / 1000;
}

/** By the segments themselves: thousands are asked for their places once for every batch. */
const INDEXES = new WeakMap<readonly TimedSegment[], ReadonlyMap<string, number>>();

/** The index of every segment in the timing map, by its id. */
export function segmentIndexes(segments: readonly TimedSegment[]): ReadonlyMap<string, number> {
  const indexes = INDEXES.get(segments) ?? new Map(segments.map(({ id }, index) => [id, index]));
  INDEXES.set(segments, indexes);
  return indexes;
}

/** The scenes in the order of the map; one whose `from` the map does not name, or out of order, is left out. */
export function sceneRanges(scenes: readonly Scene[], segments: readonly TimedSegment[]): SceneRange[] {
  const positions = segmentIndexes(segments);
  const starts: { scene: Scene; first: number }[] = [];
  for (const scene of scenes) {
    const first = positions.get(scene.from);
    if (first !== undefined && first > (starts.at(-1)?.first ?? -1)) starts.push({ scene, first });
  }
  return starts.map(({ scene, first }, index) => ({ scene, first, last: (starts[index + 1]?.first ?? segments.length) - 1 }));
}

/** The scene of every segment, by index; undefined before the first scene. */
export function scenesByIndex(story: Story): (Scene | undefined)[] {
  const result = Array.from<Scene | undefined>({ length: story.timing.segments.length });
  for (const { scene, first, last } of sceneRanges(story.scenes, story.timing.segments)) result.fill(scene, first, last + 1);
  return result;
}

/** What a tag stands for: the asset, and its description in that state. */
export interface ResolvedTag {
  readonly tag: string;
  readonly asset: Asset;
  readonly description: string;
}

/** Undefined where the asset, or that state of it, is not on file. */
export function resolveTag(assets: ReadonlyMap<string, Asset>, tag: string): ResolvedTag | undefined {
  const asset = assets.get(assetName(tag));
  if (!asset) return undefined;
  const state = stateName(tag);
  const description = state === undefined ? asset.description : asset.states.get(state);
  return description ? { tag, asset, description } : undefined;
}

/** Hash of what a draft takes from its scene; the look counts by its text, not its name. */
export function hashScene(scene: Scene | undefined, style: Style): string {
  const look = scene?.look === undefined ? undefined : style.looks.get(scene.look);
  return hashValue({ place: scene?.place, time: scene?.time, cast: scene?.cast, note: scene?.note, look });
}

/** Hash of what every draft takes from the story. */
export function hashStoryStyle(story: Story): string {
  return hashValue({ style: story.style.text, language: story.settings.language });
}

/** Hash of what a TAGS line takes from its asset; pictures and aliases are not part of it. */
export function hashAsset({ tag, asset, description }: ResolvedTag): string {
  return hashValue({ tag, name: asset.name, kind: asset.kind, description });
}

/** Hash of the narration that a scene was planned for. */
export function hashSceneNarration(segments: readonly TimedSegment[]): string {
  return hashValue(segments.map(({ narration }) => narration));
}
