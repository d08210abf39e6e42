import { isSceneTouched } from "./documents/scenePlanDocument.ts";
import type { Scene } from "./documents/scenePlanDocument.ts";
import { hashSceneNarration, resolveTag, sceneRanges, type Story } from "./story.ts";

/** Segments to plan scenes for: indexes into the timing map, both included. */
export interface SegmentRange {
  readonly first: number;
  readonly last: number;
}

/**
 * The stretches of narration whose scenes are not planned, were planned for other words, or name
 * an asset that is gone. Scenes that a person wrote or changed are never planned again.
 * @param all Plan everything anew that no person has touched.
 */
export function rangesToPlan(story: Story, all: boolean): SegmentRange[] {
  const { segments } = story.timing;
  const ranges = sceneRanges(story.scenes, segments);
  const wanted: SegmentRange[] = [];
  const firstCovered = ranges[0]?.first ?? segments.length;
  if (firstCovered > 0) wanted.push({ first: 0, last: firstCovered - 1 });
  for (const { scene, first, last } of ranges) {
    if (isSceneTouched(scene)) continue;
    const isStale = scene.generated?.from !== hashSceneNarration(segments.slice(first, last + 1));
    const isBroken = [scene.place, ...scene.cast].some((tag) => !resolveTag(story.assets, tag));
    if (all || isStale || isBroken) wanted.push({ first, last });
  }
  return mergeNeighbours(wanted);
}

function mergeNeighbours(ranges: readonly SegmentRange[]): SegmentRange[] {
  const merged: SegmentRange[] = [];
  for (const range of ranges) {
    const before = merged.at(-1);
    if (before && before.last + 1 === range.first) merged[merged.length - 1] = { first: before.first, last: range.last };
    else merged.push(range);
  }
  return merged;
}

/** The plan with the scenes of the planned ranges in place of those that stood there, in the order of the map. */
export function replaceScenes(story: Story, planned: readonly SegmentRange[], scenes: readonly Scene[]): Scene[] {
  const isPlanned = (index: number) => planned.some(({ first, last }) => index >= first && index <= last);
  const kept = sceneRanges(story.scenes, story.timing.segments).filter(({ first }) => !isPlanned(first));
  const fresh = sceneRanges(scenes, story.timing.segments).filter(({ first }) => isPlanned(first));
  return [...kept, ...fresh].sort((a, b) => a.first - b.first).map(({ scene }) => scene);
}
