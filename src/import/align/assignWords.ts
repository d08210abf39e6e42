import { endsSentence } from "../plan/cutCosts.ts";
import type { TakeWord } from "../takeWords.ts";
import type { SegmentKeys } from "./matchSegments.ts";

/** Words of the take, from `first` up to and with `last`, that belong to a segment or to none of before. */
export interface WordRun {
  /** Index of the segment; undefined for what is new. */
  readonly segment: number | undefined;
  readonly first: number;
  readonly last: number;
}

export interface AssignOptions {
  readonly story: SegmentKeys;
  /** For each key of the story the index of that of the take, or -1. */
  readonly matches: Int32Array;
  readonly words: readonly TakeWord[];
  /** For each key of the take the word that it is of. */
  readonly wordOfKey: readonly number[];
  /** New words that last less belong to a segment beside them; seconds. */
  readonly shortest: number;
}

/**
 * Gives every word of the take to a segment, in the order of both. Words that stand where words of
 * a segment stood are its new text; what is left over in between is new, when it is long enough.
 * A segment without a run has lost its place.
 */
export function assignWords(options: AssignOptions): WordRun[] {
  const { words } = options;
  const owner = matchedOwners(options);
  const run = new Int32Array(words.length).fill(-1);
  for (let first = 0; first < words.length; ) {
    let last = first;
    while (last + 1 < words.length && (owner[last + 1] === -1) === (owner[first] === -1)) last++;
    if (owner[first] === -1) fillRun(owner, { first, last }, { ...options, target: run });
    else for (let at = first; at <= last; at++) run[at] = owner[at]!;
    first = last + 1;
  }
  return joinShort(runsOf(run), options);
}

/** By word the segment that its first matched key belongs to, or -1. */
function matchedOwners({ story, matches, words, wordOfKey }: AssignOptions): Int32Array {
  const owner = new Int32Array(words.length).fill(-1);
  story.ranges.forEach(([from, to], segment) => {
    for (let key = from; key < to; key++) {
      const word = matches[key]! < 0 ? undefined : wordOfKey[matches[key]!]!;
      if (word !== undefined && owner[word] === -1) owner[word] = segment;
    }
  });
  return owner;
}

interface Share {
  readonly segment: number;
  /** Keys of the segment that have no match here. */
  readonly keys: number;
}

/** Gives unmatched words to those whose own words are missing here; the rest is marked as new (-2). */
function fillRun(owner: Int32Array, { first, last }: { first: number; last: number }, options: AssignOptions & { target: Int32Array }): void {
  const { story, target } = options;
  const before = first > 0 ? owner[first - 1]! : -1;
  const after = last + 1 < owner.length ? owner[last + 1]! : story.ranges.length;
  if (before === after) return void target.fill(before, first, last + 1);
  const tail = before < 0 ? 0 : unmatched(options, before, "tail");
  const head = after >= story.ranges.length ? 0 : unmatched(options, after, "head");
  let start = Math.min(first + tail, last + 1);
  // A sentence that has begun is brought to its end.
  if (tail > 0) while (start <= last && start > first && !sentenceEndsAt(options.words, start - 1)) start++;
  const end = Math.max(start, last + 1 - head);
  target.fill(before, first, start);
  target.fill(after, end, last + 1);
  const lost: Share[] = [];
  for (let segment = before + 1; segment < after; segment++) {
    const [from, to] = story.ranges[segment]!;
    if (to > from) lost.push({ segment, keys: to - from });
  }
  target.fill(-2, start, end);
  if (end > start) share(target, { start, end }, { lost, options });
}

function unmatched({ story, matches }: AssignOptions, segment: number, side: "head" | "tail"): number {
  const [from, to] = story.ranges[segment]!;
  const own = matches.subarray(from, to);
  return side === "head" ? own.findIndex((match) => match >= 0) : own.length - 1 - own.findLastIndex((match) => match >= 0);
}

function sentenceEndsAt(words: readonly TakeWord[], index: number): boolean {
  const next = words[index + 1];
  return next === undefined || endsSentence(words[index]!.text, next.text);
}

/** Words by the length that the segments had; where there are too few for all, the last ones stay without. */
function share(target: Int32Array, { start, end }: { start: number; end: number }, { lost, options }: { lost: readonly Share[]; options: AssignOptions }): void {
  const count = end - start;
  const keys = lost.reduce((sum, share) => sum + share.keys, 0);
  const kept = count * 2 >= keys ? lost : lost.slice(0, Math.round((lost.length * count) / keys));
  const keptKeys = kept.reduce((sum, share) => sum + share.keys, 0);
  let given = 0;
  let at = start;
  kept.forEach((share, index) => {
    given += share.keys;
    const wanted = start + Math.round((count * given) / keptKeys);
    const to = index === kept.length - 1 ? end : snapped(options.words, wanted, { from: at + 1, to: end - 1 });
    target.fill(share.segment, at, Math.max(at, to));
    at = Math.max(at, to);
  });
}

/** The end of a sentence near the index, or the index itself. */
function snapped(words: readonly TakeWord[], index: number, { from, to }: { from: number; to: number }): number {
  const reach = Math.max(2, Math.round((to - from) / 4));
  for (let distance = 0; distance <= reach; distance++) {
    for (const candidate of [index - distance, index + distance]) {
      if (candidate >= from && candidate <= to && sentenceEndsAt(words, candidate - 1)) return candidate;
    }
  }
  return index;
}

function runsOf(target: Int32Array): WordRun[] {
  const runs: { segment: number | undefined; first: number; last: number }[] = [];
  target.forEach((value, index) => {
    const segment = value < 0 ? undefined : value;
    const last = runs.at(-1);
    if (last && last.segment === segment) last.last = index;
    else runs.push({ segment, first: index, last: index });
  });
  return runs;
}

/** New words that are too short for a segment go to the one whose sentence they are in, or to the one before. */
function joinShort(runs: readonly WordRun[], { words, shortest }: AssignOptions): WordRun[] {
  const result: WordRun[] = [];
  let carried: number | undefined;
  runs.forEach((run, index) => {
    const first = carried ?? run.first;
    carried = undefined;
    const last = result.at(-1);
    const seconds = (words[run.last + 1]?.start ?? words[run.last]!.end) - words[run.first]!.start;
    if (run.segment !== undefined || seconds >= shortest || runs.length === 1) {
      result.push({ ...run, first });
    } else if (last && (index === runs.length - 1 || sentenceEndsAt(words, run.last))) result[result.length - 1] = { ...last, last: run.last };
    else if (index < runs.length - 1) carried = run.first;
    else result.push(run);
  });
  return result;
}
