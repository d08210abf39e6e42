import type { TimedSegment, TimingMap } from "../core/documents/timingMapDocument.ts";
import { newSegmentId } from "../core/newSegmentId.ts";
import { namesOf, voicesOf, withoutVoices, type Voices } from "../core/speakers.ts";
import { spokenWords, wordKeys } from "../core/spokenWords.ts";
import { gridStep, onGrid } from "../core/timeGrid.ts";
import { assignWords, type WordRun } from "./align/assignWords.ts";
import { matchSegments, type SegmentKeys } from "./align/matchSegments.ts";
import { placeItems, type Item, type PlacedItem } from "./align/placeItems.ts";
import { takeChanges, type TakeChange } from "./align/takeChanges.ts";
import type { ShotLength, TimeSpan } from "./plan/stretches.ts";
import { planWords, type PlannedSegment } from "./planSegments.ts";
import { narrationOf, takeSeconds, takeWords, wordsOf, type TakeWord } from "./takeWords.ts";
import type { Transcript } from "./transcript.ts";

export interface AlignOptions {
  /** Seconds. */
  readonly shotLength: ShotLength;
  /** That of the map where absent. */
  readonly frameRate?: number | undefined;
  /** Whether the file of a segment that is no longer used has that id. */
  readonly isTaken?: ((id: string) => boolean) | undefined;
}

export interface AlignedTake {
  readonly map: TimingMap;
  readonly changes: readonly TakeChange[];
}

/**
 * The timing map for a new take of the voice. A segment whose words are all said again keeps id and
 * text and moves to their new times; one that stands between the same neighbours with other words
 * keeps its id, and gets their text; words where none stood become new segments, unless they are too
 * few; segments whose words are gone leave the map.
 */
export function alignTake(map: TimingMap, transcript: Transcript, options: AlignOptions): AlignedTake {
  const { shotLength, frameRate = map.frameRate, isTaken = () => false } = options;
  const words = takeWords(transcript);
  const keysOfWords = words.map(({ text }) => wordKeys(text));
  const story = storyKeys(map.segments);
  const takeKeys = keysOfWords.flat();
  const matches = matchSegments(story, takeKeys);
  const wordOfKey = keysOfWords.flatMap((keys, index) => keys.map(() => index));
  const runs = assignWords({ story, matches, words, wordOfKey, shortest: shotLength.shortest });
  const items = itemsOf(map.segments, runs, words);
  const placed = placeItems(items, {
    words,
    seconds: { take: takeSeconds(transcript), story: Math.max(map.duration ?? 0, map.segments.at(-1)?.end ?? 0) },
    spokenSpan,
    areNeighbours: neighboursAmong(map.segments, items),
    shotLength,
  });
  const drafted = placed.flatMap((item) => segmentsOf(item, words, { shotLength, transcript }));
  const segments = withIds(onFrames(drafted, frameRate), map.segments, isTaken);
  const duration = Math.max(onGrid(takeSeconds(transcript), frameRate), segments.at(-1)?.end ?? 0);
  const changes = takeChanges(map.segments, segments);
  const { source: before, ...head } = map;
  // Times that stay are still those of before.
  const source = changes.length ? transcript.source : before;
  const next: TimingMap = { ...head, basis: transcript.basis, ...(frameRate !== undefined && { frameRate }), duration, ...(source && { source }), segments };
  return { map: next, changes };
}

function storyKeys(segments: readonly TimedSegment[]): SegmentKeys {
  const keys: string[] = [];
  const ranges = segments.map(({ narration }): [number, number] => {
    const from = keys.length;
    keys.push(...keysOf(narration));
    return [from, keys.length];
  });
  return { keys, ranges };
}

function keysOf(narration: string): string[] {
  return spokenWords({ narration, start: 0, end: 0 }).flatMap(({ text }) => wordKeys(text));
}

function spokenSpan(segment: TimedSegment): TimeSpan {
  const words = segment.words ? spokenWords(segment) : [];
  return { start: words[0]?.start ?? segment.start, end: words.at(-1)?.end ?? segment.end };
}

/** What stays and what is new in one order: silent segments in that of the map, between those that speak. */
function itemsOf(segments: readonly TimedSegment[], runs: readonly WordRun[], words: readonly TakeWord[]): Item[] {
  const items: Item[] = [];
  let next = 0;
  const addSilentBefore = (index: number) => {
    for (; next < index; next++) if (!segments[next]!.narration.trim()) items.push({ old: segments[next]!, words: undefined });
  };
  runs.forEach(({ segment, first, last }, index) => {
    const following = runs[index + 1];
    const pauseBefore = words[first]!.start - (words[first - 1]?.end ?? 0);
    const pauseBehind = following ? words[following.first]!.start - words[last]!.end : 0;
    // What is new stands on the one side of music or on the other: where the take does not pause.
    if (segment === undefined && pauseBefore > pauseBehind) addSilentBefore(following?.segment ?? segments.length);
    if (segment !== undefined) addSilentBefore(segment);
    items.push({ old: segment === undefined ? undefined : segments[segment]!, words: [first, last] });
    if (segment !== undefined) next = segment + 1;
  });
  addSilentBefore(segments.length);
  return items;
}

/** Whether no segment with words that stood between the two has gone. */
function neighboursAmong(segments: readonly TimedSegment[], items: readonly Item[]): (before: TimedSegment | undefined, after: TimedSegment | undefined) => boolean {
  const left = new Set(items.map(({ old }) => old));
  const goneBefore = [0];
  segments.forEach((segment, index) => goneBefore.push(goneBefore[index]! + (left.has(segment) ? 0 : 1)));
  const position = new Map(segments.map((segment, index) => [segment, index]));
  return (before, after) => goneBefore[before ? position.get(before)! : 0] === goneBefore[after ? position.get(after)! : segments.length];
}

/** A segment on its way into the map; `old` is the one whose id it keeps. */
interface Drafted {
  readonly old: TimedSegment | undefined;
  readonly segment: Omit<TimedSegment, "id">;
}

function segmentsOf(item: PlacedItem, words: readonly TakeWord[], { shotLength, transcript }: { shotLength: ShotLength; transcript: Transcript }): Drafted[] {
  const { old, start, end } = item;
  if (!item.words) return [{ old, segment: { ...withoutId(old), start, end, narration: old?.narration ?? "", ...(old?.words && { words: [] }) } }];
  const own = words.slice(item.words[0], item.words[1] + 1);
  const isSame = old !== undefined && sameKeys(keysOf(old.narration), own.flatMap(({ text }) => wordKeys(text)));
  if (isSame || (old && !isTooLong(end - start, old, shotLength))) {
    const { words: _words, ...rest } = withoutId(old);
    // A person may have given the voices other names than the transcriber did.
    const voices = isSame && namesOf(old).length ? voicesOf([old]) : voicesAfter(own, old, transcript);
    const narration = isSame ? old.narration : narrationOf(own);
    return [{ old, segment: { ...withoutVoices(rest), ...voices, narration, start, end, ...wordsOf(own) } }];
  }
  const planned = planWords(own, { start, end }, { shotLength });
  const heir = old && mostLike(planned, old);
  return planned.map((part) => {
    const { basis: _basis, ...rest } = withoutVoices(part);
    const segment = { ...rest, ...voicesAfter([part], old, transcript) };
    return part === heir ? { old, segment: { ...withoutVoices(withoutId(old)), words: undefined, ...segment } } : { old: undefined, segment };
  });
}

/** A take that names nobody leaves the names that the story has. */
function voicesAfter(said: readonly Voices[], old: TimedSegment | undefined, { cues }: Transcript): Voices {
  return cues.some(({ speaker }) => speaker !== undefined) ? voicesOf(said) : voicesOf(old ? [old] : []);
}

/** A segment that was long before may stay so, but not take in what is enough for a shot of its own. */
function isTooLong(seconds: number, old: TimedSegment, { shortest, longest }: ShotLength): boolean {
  return seconds > Math.max(longest, old.end - old.start + shortest) + 1e-6;
}

function withoutId(segment: TimedSegment | undefined): Partial<Omit<TimedSegment, "id">> {
  const { id: _id, ...rest } = segment ?? { id: "" };
  return rest;
}

function sameKeys(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((key, index) => key === b[index]);
}

/** The part that has most of the segment's words. */
function mostLike(planned: readonly PlannedSegment[], { narration }: TimedSegment): PlannedSegment | undefined {
  const shared = planned.map((part) => {
    const known = keysOf(narration);
    return keysOf(part.narration).filter((key) => known.includes(key) && known.splice(known.indexOf(key), 1)).length;
  });
  return planned[shared.indexOf(Math.max(...shared))];
}

/** Every edge on the grid, and each segment at least one step long. */
function onFrames(drafted: readonly Drafted[], frameRate: number | undefined): Drafted[] {
  const step = gridStep(frameRate);
  let latest = 0;
  return drafted.map(({ old, segment }, index) => {
    const start = Math.max(onGrid(segment.start, frameRate), latest);
    const next = drafted[index + 1]?.segment.start;
    const touches = next !== undefined && next - segment.end < 0.0005;
    const end = Math.max(onGrid(touches ? next : segment.end, frameRate), onGrid(start + step, frameRate));
    latest = end;
    return { old, segment: { ...segment, start, end } };
  });
}

/** New segments get ids after the one before them; in a story that had none, they are numbered. */
function withIds(drafted: readonly Drafted[], segments: readonly TimedSegment[], isTaken: (id: string) => boolean): TimedSegment[] {
  const taken = new Set(segments.map(({ id }) => id));
  const isUsed = (id: string) => taken.has(id) || isTaken(id);
  let before = drafted.find(({ old }) => old)?.old?.id ?? segments[0]?.id;
  return drafted.map(({ old, segment }, index) => {
    const numbered = `segment_${index + 1}`;
    const id = old?.id ?? (before === undefined && !isUsed(numbered) ? numbered : newSegmentId(before ?? numbered, isUsed));
    taken.add(id);
    if (segments.length) before = id;
    return withoutUndefined({ id, ...segment });
  });
}

function withoutUndefined(segment: TimedSegment): TimedSegment {
  const { words, ...rest } = segment;
  return words === undefined ? rest : { ...rest, words };
}
