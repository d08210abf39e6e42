import type { SceneContent } from "../../../core/documents/scenePlanDocument.ts";
import type { TimedSegment } from "../../../core/documents/timingMapDocument.ts";
import type { SegmentRange } from "../../../core/extractionPlan.ts";
import { assetName } from "../../../core/tags.ts";
import { FOREIGN_TIMES } from "../lexicons/foreignWords.ts";
import { MentionFinder } from "../language/mentionFinder.ts";
import { timeOfWord, weatherOfWord } from "../lexicons/times.ts";
import { ReferenceTracker, type Entity } from "../language/references.ts";
import type { ReadSegment } from "../narration.ts";
import { placeSightings } from "./findPlaces.ts";

/** What the narration says of one segment's stage. */
interface Stage {
  readonly place: string | undefined;
  /** Somebody goes there now: a cut even within a short scene. */
  readonly isArrival: boolean;
  readonly time: string | undefined;
  readonly weather: string | undefined;
  readonly cast: readonly string[];
  readonly isNewBeat: boolean;
}

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
}

const SHORTEST_SCENE = 3;
const LONGEST_SCENE = 12;

/** A scene wherever place, time or company changes, for the wanted ranges only. */
export function planScenes(planning: ScenePlanning, ranges: readonly SegmentRange[]): SceneContent[] {
  const stages = readStages(planning);
  const cuts = findCuts(stages, planning);
  return ranges.flatMap(({ first, last }) => scenesOf(cuts, stages, { planning, first, last }));
}

function readStages({ read, entities, placeTags }: ScenePlanning): Stage[] {
  const tracker = new ReferenceTracker(entities);
  const finder = new MentionFinder(entities);
  const tagOf = new Map([...placeTags.values()].map((tag) => [assetName(tag), tag]));
  return read.map((segment) => {
    if (segment.sentences.length === 0) return foreignStage(segment, finder.find(segment), tagOf);
    tracker.enterSegment(segment.index);
    const cast = new Set<string>();
    for (const { phrases, clauses } of segment.sentences) {
      const present = new Set(clauses.filter(({ isCopula, isUnreal }) => !isCopula && !isUnreal).flatMap(({ subject, object, complements }) => [subject, object, ...complements.map(({ phrase }) => phrase)]));
      for (const phrase of phrases) {
        const entity = tracker.resolve(phrase);
        if (entity?.kind === "character" && !phrase.isQuoted && present.has(phrase)) cast.add(entity.id);
      }
    }
    const sightings = placeSightings(segment).filter(({ noun }) => placeTags.has(noun));
    const arrival = sightings.find(({ isVisited }) => isVisited) ?? sightings[0];
    return {
      place: arrival && placeTags.get(arrival.noun),
      isArrival: arrival?.isVisited ?? false,
      time: segment.words.map(timeOfWord).find((time) => time !== undefined),
      weather: segment.words.map(weatherOfWord).find((weather) => weather !== undefined),
      cast: [...cast],
      isNewBeat: /^(?:\W*)(?:then|later|the next|next|after|meanwhile|one day|one night|one morning|at last|finally|suddenly|soon|years|when|but)\b/i.test(segment.text),
    };
  });
}

/** What can be told of a segment whose language is not read: who and what is named in it. */
function foreignStage({ text }: ReadSegment, named: readonly Entity[], tagOf: ReadonlyMap<string, string>): Stage {
  const place = named.find(({ kind }) => kind === "location");
  return {
    place: place && tagOf.get(place.id),
    isArrival: place !== undefined,
    time: FOREIGN_TIMES.find(([pattern]) => pattern.test(text))?.[1],
    weather: undefined,
    cast: named.filter(({ kind }) => kind === "character").map(({ id }) => id),
    isNewBeat: false,
  };
}

interface Cut {
  readonly at: number;
  readonly place: string;
  readonly time: string;
}

function findCuts(stages: readonly Stage[], { defaultPlaces, defaultTime }: ScenePlanning): Cut[] {
  const firstNamed = stages.slice(0, LONGEST_SCENE).find(({ place }) => place)?.place;
  const firstTime = stages.slice(0, SHORTEST_SCENE + 1).find(({ time }) => time)?.time;
  const cuts: Cut[] = [{ at: 0, place: stages[0]?.place ?? firstNamed ?? defaultPlaces[0]!, time: withWeather(firstTime ?? defaultTime, stages[0]?.weather) }];
  const hasNamedPlaces = stages.some(({ place }) => place);
  let castBefore = new Set(stages[0]?.cast);
  stages.forEach((stage, index) => {
    if (index === 0) return;
    const now = cuts.at(-1)!;
    const length = index - now.at;
    const place = stage.place !== undefined && (stage.isArrival || length >= SHORTEST_SCENE - 1) ? stage.place : now.place;
    const isNewPlace = place !== now.place && length >= (stage.isArrival ? 1 : SHORTEST_SCENE - 1);
    const isNewTime = stage.time !== undefined && !now.time.startsWith(stage.time) && length >= 2;
    const isNewCompany = length >= SHORTEST_SCENE * 2 && stage.cast.some((id) => !castBefore.has(id));
    const isTooLong = length >= LONGEST_SCENE || (length >= LONGEST_SCENE - 4 && stage.isNewBeat);
    const isTurn = !hasNamedPlaces && defaultPlaces.length > 1 && length >= 4;
    if (isNewPlace || isNewTime || isNewCompany || isTooLong || isTurn) {
      const turned = isTurn ? defaultPlaces[(defaultPlaces.indexOf(now.place) + 1) % defaultPlaces.length]! : now.place;
      const time = stage.time ?? now.time.split(",")[0]!;
      cuts.push({ at: index, place: isNewPlace ? place : turned, time: withWeather(time, stage.weather) });
      castBefore = new Set();
    }
    for (const id of stage.cast) castBefore.add(id);
  });
  return cuts;
}

function withWeather(time: string, weather: string | undefined): string {
  return weather ? `${time}, ${weather}` : time;
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
  let lead: string | undefined;
  return all.map(({ at, place, time }, index) => {
    const isSamePlace = all[index - 1]?.place === place;
    const end = (all[index + 1]?.at ?? last + 1) - 1;
    const cast = [...new Set(stages.slice(at, end + 1).flatMap((stage) => stage.cast))];
    const assumed = (isSamePlace && lead ? [lead] : undefined) ?? planning.defaultCast.get(place) ?? planning.defaultCast.get("") ?? [];
    const present = cast.length > 0 ? cast : [...assumed];
    lead = present[0];
    return { from: planning.segments[at]!.id, place, time, cast: present };
  });
}
