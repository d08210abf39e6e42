import type { TimedSegment } from "../../core/documents/timingMapDocument.ts";
import { cutSilence, longGap, type ShotLength, type TimeSpan } from "../plan/stretches.ts";
import type { TakeWord } from "../takeWords.ts";

/** A segment of the story that stays, or a new one, in the order of the take. */
export interface Item {
  /** Undefined for what is new. */
  readonly old: TimedSegment | undefined;
  /** Words of the take: `[first, last]`; undefined where nobody speaks. */
  readonly words: readonly [number, number] | undefined;
}

export interface PlacedItem extends Item, TimeSpan {}

export interface PlaceOptions {
  readonly words: readonly TakeWord[];
  /** Length of the take, and of the story as it was; seconds. */
  readonly seconds: { readonly take: number; readonly story: number };
  /** When the first word of a segment began, and its last one ended, in the old take. */
  readonly spokenSpan: (segment: TimedSegment) => TimeSpan;
  /** Whether the story has nothing between the two segments that has lost its place. */
  readonly areNeighbours: (before: TimedSegment | undefined, after: TimedSegment | undefined) => boolean;
  readonly shotLength: ShotLength;
}

/** Less than this is no gap; seconds. */
const NO_GAP = 0.001;

/**
 * Puts the edges of every item at the new times of its words. An edge that lay inside a pause keeps
 * its place in it; segments without words stay where the take still pauses, and new ones come to be
 * where it newly does.
 */
export function placeItems(items: readonly Item[], options: PlaceOptions): PlacedItem[] {
  const { words, seconds } = options;
  const spoken = items.flatMap(({ words: own }, index) => (own ? [index] : []));
  const placed: PlacedItem[] = [];
  let open: { item: Item; start: number } | undefined;
  for (let position = 0; position <= spoken.length; position++) {
    const before = items[spoken[position - 1] ?? -1];
    const after = items[spoken[position] ?? items.length];
    const silent = items.slice((spoken[position - 1] ?? -1) + 1, spoken[position] ?? items.length);
    const gap = { start: before ? words[before.words![1]]!.end : 0, end: after ? words[after.words![0]]!.start : seconds.take };
    const edges = placeGap({ before, silent, after, gap }, options);
    if (open) placed.push({ ...open.item, start: open.start, end: edges.start });
    placed.push(...edges.silent);
    open = after && { item: after, start: edges.end };
  }
  return placed;
}

interface Gap {
  readonly before: Item | undefined;
  readonly silent: readonly Item[];
  readonly after: Item | undefined;
  /** From the last word before it to the first one behind it, in the new take. */
  readonly gap: TimeSpan;
}

/** `start` is where the segment before ends, `end` where the one behind starts. */
interface PlacedGap extends TimeSpan {
  readonly silent: readonly PlacedItem[];
}

function placeGap({ before, silent, after, gap }: Gap, options: PlaceOptions): PlacedGap {
  const { shotLength } = options;
  const length = gap.end - gap.start;
  const isLong = length >= longGap(shotLength);
  const oldSilence = silent.reduce((sum, { old }) => sum + old!.end - old!.start, 0);
  const old = oldGap({ before, silent, after, gap }, options);
  if (silent.length > 0) {
    if (!isLong && (length < oldSilence / 2 || length < NO_GAP * silent.length * 2)) return closed({ before, after, gap });
    return old ? moved({ silent, gap }, old, { before, after }) : spread(silent, gap, oldSilence);
  }
  const wasLong = old !== undefined && old.end - old.start >= longGap(shotLength);
  if (isLong && !wasLong) {
    const parts = cutSilence(gap, shotLength).map((span): PlacedItem => ({ old: undefined, words: undefined, ...span }));
    return { start: gap.start, end: gap.end, silent: parts };
  }
  return old && old.end - old.start >= NO_GAP ? moved({ silent, gap }, old, { before, after }) : closed({ before, after, gap });
}

/** The same gap in the old take; undefined where something else stood there. */
function oldGap({ before, after }: Gap, { spokenSpan, areNeighbours, seconds }: PlaceOptions): TimeSpan | undefined {
  if ((before && !before.old) || (after && !after.old) || !areNeighbours(before?.old, after?.old)) return undefined;
  const start = before?.old ? spokenSpan(before.old).end : 0;
  const end = after?.old ? spokenSpan(after.old).start : seconds.story;
  return { start, end: Math.max(start, end) };
}

/** A pause lengthens the segment before it; at the start of the story, the one behind it. */
function closed({ before, after, gap }: Omit<Gap, "silent">): PlacedGap {
  const edge = before && after ? gap.end : before ? gap.end : gap.start;
  return { start: edge, end: edge, silent: [] };
}

/** Everything in the old gap at its place in the new one. */
function moved({ silent, gap }: Pick<Gap, "silent" | "gap">, old: TimeSpan, { before, after }: Pick<Gap, "before" | "after">): PlacedGap {
  const length = old.end - old.start;
  const place = (seconds: number) => {
    const share = length < NO_GAP ? 1 : Math.min(1, Math.max(0, (seconds - old.start) / length));
    return gap.start + (gap.end - gap.start) * share;
  };
  return {
    start: before ? place(before.old!.end) : gap.start,
    end: after ? place(after.old!.start) : gap.end,
    silent: silent.map((item) => ({ ...item, start: place(item.old!.start), end: place(item.old!.end) })),
  };
}

function spread(silent: readonly Item[], gap: TimeSpan, oldSilence: number): PlacedGap {
  const scale = (gap.end - gap.start) / oldSilence;
  let at = gap.start;
  const placed = silent.map((item): PlacedItem => {
    const start = at;
    at += (item.old!.end - item.old!.start) * scale;
    return { ...item, start, end: at };
  });
  return { start: gap.start, end: gap.end, silent: placed };
}
