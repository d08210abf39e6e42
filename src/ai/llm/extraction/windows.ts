import type { TimedSegment } from "../../../core/documents/timingMapDocument.ts";
import type { SegmentRange } from "../../../core/extractionPlan.ts";

/** What one call reads: the segments to plan, and those shown around them for understanding. */
export interface ReadingWindow {
  readonly wanted: readonly SegmentRange[];
  readonly shown: readonly SegmentRange[];
}

export interface WindowSize {
  /** Characters of narration that are planned in one call. */
  readonly characters: number;
  /** Segments shown before and after. */
  readonly overlap: number;
}

export const WINDOW_SIZE: WindowSize = { characters: 16_000, overlap: 8 };

/** What a row weighs beside its narration, so that silence weighs something, too. */
const ROW = 40;

/** The wanted ranges in as few windows as their length allows, in the order of the map. */
export function planWindows(segments: readonly TimedSegment[], ranges: readonly SegmentRange[], size: WindowSize = WINDOW_SIZE): ReadingWindow[] {
  const windows: SegmentRange[][] = [];
  let weight = Number.POSITIVE_INFINITY;
  for (const { first, last } of ranges) {
    for (let index = first; index <= last; index++) {
      const row = segments[index]!.narration.length + ROW;
      if (weight + row > size.characters) {
        windows.push([]);
        weight = 0;
      }
      weight += row;
      extend(windows.at(-1)!, index, index === first);
    }
  }
  return windows.map((wanted) => ({ wanted, shown: around(wanted, size.overlap, segments.length) }));
}

function extend(wanted: SegmentRange[], index: number, startsRange: boolean): void {
  const before = wanted.at(-1);
  if (before && !startsRange) wanted[wanted.length - 1] = { first: before.first, last: index };
  else wanted.push({ first: index, last: index });
}

function around(wanted: readonly SegmentRange[], overlap: number, total: number): SegmentRange[] {
  const shown: SegmentRange[] = [];
  for (const { first, last } of wanted) {
    const next = { first: Math.max(0, first - overlap), last: Math.min(total - 1, last + overlap) };
    const before = shown.at(-1);
    if (before && before.last + 1 >= next.first) shown[shown.length - 1] = { first: before.first, last: next.last };
    else shown.push(next);
  }
  return shown;
}
