import type { SceneContent } from "../../../core/documents/scenePlanDocument.ts";
import type { TimedSegment } from "../../../core/documents/timingMapDocument.ts";
import type { SegmentRange } from "../../../core/extractionPlan.ts";
import type { Entity } from "../language/references.ts";
import type { ReadSegment } from "../narration.ts";
import { findCuts, type Cut } from "./cuts.ts";
import type { Flashback } from "./flashbacks.ts";
import { readStages, type Stage } from "./stages.ts";

export interface ScenePlanning {
  readonly segments: readonly TimedSegment[];
  readonly read: readonly ReadSegment[];
  readonly entities: readonly Entity[];
  /** Tag of the location by the noun that the narration uses. */
  readonly placeTags: ReadonlyMap<string, string>;
  /** Where a scene plays whose narration names no place, in turn. */
  readonly defaultPlaces: readonly string[];
  /** Who is there where nobody is named, by place; empty for nobody. */
  readonly defaultCast: ReadonlyMap<string, readonly string[]>;
  readonly defaultTime: string;
  readonly flashbacks: readonly Flashback[];
  /** The named look of the style that pictures of the past have. */
  readonly pastLook: string | undefined;
  /** Who looked different in the past, with the tag of that state; undefined for who was not there. */
  readonly tagsThen: ReadonlyMap<string, string | undefined>;
}

/** A scene wherever place, time or company changes, for the wanted ranges only. */
export function planScenes(planning: ScenePlanning, ranges: readonly SegmentRange[]): SceneContent[] {
  const stages = readStages(planning);
  const cuts = findCuts(stages, planning);
  return ranges.flatMap(({ first, last }) => scenesOf(cuts, stages, { planning, first, last }));
}

interface Wanted {
  readonly planning: ScenePlanning;
  readonly first: number;
  readonly last: number;
}

/** The scenes of a range; the scene that goes on at its start is cut there. */
function scenesOf(cuts: readonly Cut[], stages: readonly Stage[], { planning, first, last }: Wanted): SceneContent[] {
  const running = cuts.findLast(({ at }) => at <= first);
  const within = cuts.filter(({ at }) => at > first && at <= last);
  const all = running ? [{ ...running, at: first }, ...within] : within;
  let before: readonly string[] = [];
  return all.map(({ at, place, time, isPast }, index) => {
    const isSamePlace = all[index - 1]?.place === place;
    const end = (all[index + 1]?.at ?? last + 1) - 1;
    const seen = [...new Set(stages.slice(at, end + 1).flatMap((stage) => stage.cast))];
    const cast = isPast ? seen.flatMap((id) => castThen(id, planning)) : seen;
    const assumed = (isSamePlace && before.length > 0 ? before : undefined) ?? planning.defaultCast.get(place) ?? planning.defaultCast.get("") ?? [];
    const present = cast.length > 0 || isPast ? cast : [...assumed];
    if (!isPast) before = present;
    const look = isPast ? planning.pastLook : undefined;
    return { from: planning.segments[at]!.id, place, time, cast: present, ...(look === undefined ? {} : { look }) };
  });
}

function castThen(id: string, { tagsThen }: ScenePlanning): string[] {
  if (!tagsThen.has(id)) return [id];
  const tag = tagsThen.get(id);
  return tag === undefined ? [] : [tag];
}
