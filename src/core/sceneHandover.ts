import { hashSceneContent, isSceneTouched, type Scene } from "./documents/scenePlanDocument.ts";
import type { TimedSegment } from "./documents/timingMapDocument.ts";
import { sameWords } from "./spokenWords.ts";
import { hashSceneNarration, sceneRanges, type SceneRange } from "./story.ts";

/** The segments before and after an edit of the timing map. */
export interface SegmentsEdit {
  readonly before: readonly TimedSegment[];
  readonly after: readonly TimedSegment[];
  /** For an id that is gone: the segment that its scene is to start from. */
  readonly heirs: ReadonlyMap<string, string>;
}

/**
 * What the edit does to a plan: by the `from` that stands there now, the scene as it is to be, or
 * undefined where none of its segments is left. Scenes that stay as they are have no entry.
 *
 * A scene starts from the heir of its first segment or, where another scene starts there, from the
 * next of its own that is left; never from a segment that is new, so that the plan fits the old map, too.
 * One that covers the same words as before is not planned anew for having them in other segments.
 */
export function handOverScenes(scenes: readonly Scene[], edit: SegmentsEdit): Map<string, Scene | undefined> {
  const before = sceneRanges(scenes, edit.before);
  const froms = newFroms(before, edit);
  const moved = before.flatMap(({ scene }) => (froms.has(scene.from) ? [withFrom(scene, froms.get(scene.from)!)] : []));
  const after = new Map(sceneRanges(moved, edit.after).map((range) => [range.scene.from, range]));
  return new Map(
    before.flatMap((range): [string, Scene | undefined][] => {
      const { scene } = range;
      const from = froms.get(scene.from);
      const next = from === undefined ? undefined : after.get(from);
      if (!next) return [[scene.from, undefined]];
      const result = withNarrationHash(next.scene, textsOf(range, edit.before), textsOf(next, edit.after));
      return result === scene ? [] : [[scene.from, result]];
    }),
  );
}

function newFroms(ranges: readonly SceneRange[], { before, after, heirs }: SegmentsEdit): Map<string, string> {
  const left = new Set(after.map(({ id }) => id));
  const taken = new Set(ranges.map(({ scene }) => scene.from).filter((id) => left.has(id)));
  const froms = new Map<string, string>();
  for (const { scene, first, last } of ranges) {
    const own = before.slice(first, last + 1).map(({ id }) => id);
    const candidates = left.has(scene.from) ? [scene.from] : [heirs.get(scene.from), ...own].filter((id) => id !== undefined && left.has(id) && !taken.has(id));
    const [from] = candidates;
    if (from === undefined) continue;
    taken.add(from);
    froms.set(scene.from, from);
  }
  return froms;
}

/** What a machine wrote stays a machine's when it starts from another segment. */
function withFrom(scene: Scene, from: string): Scene {
  if (scene.from === from) return scene;
  const moved = { ...scene, from };
  if (!scene.generated || isSceneTouched(scene)) return moved;
  return { ...moved, generated: { ...scene.generated, text: hashSceneContent(moved) } };
}

function withNarrationHash(scene: Scene, before: readonly TimedSegment[], after: readonly TimedSegment[]): Scene {
  const { generated } = scene;
  const from = hashSceneNarration(after);
  const isSame = sameWords(narrationOf(before), narrationOf(after));
  if (!generated || !isSame || generated.from !== hashSceneNarration(before) || generated.from === from) return scene;
  return { ...scene, generated: { ...generated, from } };
}

function textsOf({ first, last }: SceneRange, segments: readonly TimedSegment[]): readonly TimedSegment[] {
  return segments.slice(first, last + 1);
}

function narrationOf(segments: readonly TimedSegment[]): string {
  return segments.map(({ narration }) => narration).join(" ");
}
