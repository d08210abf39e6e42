import type { TimedSegment, TimingMap } from "./documents/timingMapDocument.ts";
import { TimingEditError } from "./errors.ts";
import { newSegmentId } from "./newSegmentId.ts";
import { joinVoices, withoutVoices } from "./speakers.ts";
import { joinNarration, letterCount, sameWords, spokenWords, type SpokenWord } from "./spokenWords.ts";
import { gridStep, onGrid } from "./timeGrid.ts";

/** A timing map after an edit, and what else the edit means. */
export interface TimingEdit {
  readonly map: TimingMap;
  /** For an id that left the map: the segment that a scene starts from in its place. */
  readonly heirs: ReadonlyMap<string, string>;
  readonly created: readonly string[];
  /** Ids that left the map; their files, if any, stay on disk. */
  readonly unused: readonly string[];
}

/** Where a segment is split: before a word (from 1), at the word nearest to an offset of the narration, or at a time of the story. */
export type SplitPoint = { readonly wordIndex: number } | { readonly character: number } | { readonly seconds: number };

/** No edit makes a segment shorter than this; seconds. */
export const MINIMUM_SECONDS = 0.1;

/**
 * Two segments in place of one: the first keeps the id and the file, the second gets a new one.
 * @param isTaken Whether a segment, or a file in the story, has that id
 * @throws {TimingEditError}
 */
export function splitSegment(map: TimingMap, id: string, { at, isTaken }: { at: SplitPoint; isTaken: (id: string) => boolean }): TimingEdit {
  const index = indexOf(map, id);
  const segment = map.segments[index]!;
  const words = spokenWords(segment);
  const wordIndex = splitIndex(segment, words, at);
  const seconds = onGrid("seconds" in at ? at.seconds : words[wordIndex]!.start, map.frameRate);
  const shortest = Math.min(seconds - segment.start, segment.end - seconds);
  if (!(shortest >= minimumOf(map) - 1e-9)) {
    throw refused(`${id} cannot be split at ${seconds} s`, `Split it further inside: each part lasts at least ${minimumOf(map)} s.`);
  }
  const offset = words[wordIndex]?.from ?? segment.narration.length;
  const { audio: _audio, words: _words, ...rest } = segment;
  const newId = newSegmentId(id, (candidate) => isTaken(candidate) || map.segments.some((other) => other.id === candidate));
  const first = { ...segment, end: seconds, narration: segment.narration.slice(0, offset).trim() };
  const second = { ...rest, id: newId, start: seconds, narration: segment.narration.slice(offset).trim() };
  const [before, after] = dividedWords(segment, words, wordIndex);
  const parts = segment.words ? [{ ...first, words: before }, { ...second, words: after }] : [first, second];
  return { map: withSegments(map, index, { count: 1, parts }), heirs: new Map(), created: [newId], unused: [] };
}

/**
 * A segment with the one after it. The first keeps id and file and gets all words; a scene that
 * started from the second starts from the first.
 * @throws {TimingEditError}
 */
export function mergeWithNext(map: TimingMap, id: string): TimingEdit {
  const index = indexOf(map, id);
  const segment = map.segments[index]!;
  const next = map.segments[index + 1];
  if (!next) throw refused(`${id} is the last segment`, "Merge the segment before it with this one instead.");
  const { words, ...rest } = withoutVoices(segment);
  const merged: TimedSegment = {
    ...rest,
    end: next.end,
    narration: joinNarration(segment.narration, next.narration),
    ...joinVoices(segment, next),
    ...((words ?? next.words) && { words: [...(words ?? []), ...(next.words ?? [])] }),
  };
  const edited = withSegments(map, index, { count: 2, parts: [merged] });
  return { map: edited, heirs: new Map([[next.id, id]]), created: [], unused: [next.id] };
}

/**
 * Moves the start, the end or both of a segment; a neighbour that touches there moves along, and
 * one that would be overlapped gives way. Words stay with their segment.
 * @throws {TimingEditError}
 */
export function retimeSegment(map: TimingMap, id: string, times: { readonly start?: number | undefined; readonly end?: number | undefined }): TimingEdit {
  const index = indexOf(map, id);
  const old = map.segments[index]!;
  const start = times.start === undefined ? old.start : onGrid(times.start, map.frameRate);
  const end = times.end === undefined ? old.end : onGrid(times.end, map.frameRate);
  const { duration = Infinity } = map;
  if (!(start >= 0)) throw refused(`${id} cannot start at ${start} s`, "A story starts at 0 s.");
  if (!(end <= duration + 0.0005)) throw refused(`${id} cannot end at ${end} s`, `The story ends at ${duration} s; change duration in the timing map first.`);
  const before = map.segments[index - 1];
  const after = map.segments[index + 1];
  const parts: TimedSegment[] = [
    ...(before ? [start !== old.start && (touches(before, old) || before.end > start) ? { ...before, end: start } : before] : []),
    { ...old, start, end },
    ...(after ? [end !== old.end && (touches(old, after) || after.start < end) ? { ...after, start: end } : after] : []),
  ];
  for (const part of parts) {
    if (part.end - part.start >= minimumOf(map) - 1e-9 || map.segments.includes(part)) continue;
    throw refused(`${part.id} would last from ${part.start} s to ${part.end} s`, `Leave every segment at least ${minimumOf(map)} s, or merge it with its neighbour.`);
  }
  const first = before ? index - 1 : index;
  return { map: withSegments(map, first, { count: parts.length, parts }), heirs: new Map(), created: [], unused: [] };
}

function indexOf({ segments }: TimingMap, id: string): number {
  const index = segments.findIndex((segment) => segment.id === id);
  if (index < 0) throw refused(`the timing map has no segment "${id}"`, "Look at the timing map for the ids that there are.");
  return index;
}

function refused(message: string, hint: string): TimingEditError {
  return new TimingEditError(message, { hint });
}

/** Never less than a frame. */
function minimumOf({ frameRate }: TimingMap): number {
  return Math.max(MINIMUM_SECONDS, onGrid(gridStep(frameRate), undefined));
}

function touches(before: TimedSegment, after: TimedSegment): boolean {
  return Math.abs(before.end - after.start) < 0.0005;
}

/** Index of the first word of the second part; the number of words where that part has none. */
function splitIndex(segment: TimedSegment, words: readonly SpokenWord[], at: SplitPoint): number {
  if ("seconds" in at) return words.filter(({ start, end }) => (start + end) / 2 < at.seconds).length;
  if (words.length < 2) throw refused(`${segment.id} has no two words to split it between`, "Split it at a time instead.");
  const wanted = "wordIndex" in at ? at.wordIndex : words.filter(({ from, to }) => (from + to) / 2 < at.character).length;
  if (Number.isInteger(wanted) && wanted >= 1 && wanted < words.length) return wanted;
  throw refused(`${segment.id} cannot be split there: one part would have no words`, `Split it before one of the words 2 to ${words.length}.`);
}

type Words = NonNullable<TimedSegment["words"]>;

/** The words of the source on both sides, each where its middle is. */
function dividedWords({ narration, words = [] }: TimedSegment, spoken: readonly SpokenWord[], index: number): [Words, Words] {
  const isWhole = sameWords(words.map(([, , text]) => text).join(" "), narration);
  const count = isWhole ? countByLetters(words, spoken.slice(0, index)) : countByTime(words, spoken, index);
  return [words.slice(0, count), words.slice(count)];
}

function countByLetters(words: Words, before: readonly SpokenWord[]): number {
  const end = before.reduce((sum, { text }) => sum + letterCount(text), 0);
  let position = 0;
  return words.filter(([, , text]) => {
    const middle = position + letterCount(text) / 2;
    position += letterCount(text);
    return middle < end;
  }).length;
}

/** For words that are not quite those of the narration. */
function countByTime(words: Words, spoken: readonly SpokenWord[], index: number): number {
  const last = spoken[index - 1];
  const next = spoken[index];
  if (!last || !next) return next ? 0 : words.length;
  return words.filter(([start, end]) => (start + end) / 2 < (last.end + next.start) / 2).length;
}

function withSegments(map: TimingMap, index: number, { count, parts }: { count: number; parts: readonly TimedSegment[] }): TimingMap {
  return { ...map, segments: [...map.segments.slice(0, index), ...parts, ...map.segments.slice(index + count)] };
}
