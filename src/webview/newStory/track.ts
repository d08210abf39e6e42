import type { ShownSegment } from "../../vscode/wizard/protocol.ts";

/** Where a stretch of time lies on the track; pixels. */
export interface Stretch {
  readonly left: number;
  readonly width: number;
}

/** A browser draws no element that is wider. */
const WIDEST_TRACK = 16_000_000;

export const ZOOMS: readonly number[] = [1, 2, 4, 8, 16, 24, 36, 56, 88, 140];

/** Pixels for a second: the zoom that was asked for, or the most that a track of that length can have. */
export function scaleFor(zoom: number, seconds: number): number {
  return Math.min(zoom, WIDEST_TRACK / Math.max(1, seconds));
}

export function stretchOf({ start, end }: ShownSegment, scale: number): Stretch {
  return { left: start * scale, width: Math.max(1, (end - start) * scale) };
}

/**
 * Indexes of the first and last segment that reach into a stretch of time; undefined where none
 * does. Segments stand in the order of time, so ten thousand of them cost no more than a few.
 */
export function segmentsWithin(segments: readonly ShownSegment[], from: number, to: number): readonly [first: number, last: number] | undefined {
  const first = firstIndex(segments, ({ end }) => end > from);
  const last = firstIndex(segments, ({ start }) => start >= to) - 1;
  return first <= last ? [first, last] : undefined;
}

function firstIndex(segments: readonly ShownSegment[], meets: (segment: ShownSegment) => boolean): number {
  let low = 0;
  let high = segments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (meets(segments[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}

const STEPS: readonly number[] = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600];

/** Times of the marks in a stretch of the ruler, far enough apart to be read. */
export function marksWithin(from: number, to: number, scale: number): number[] {
  const step = STEPS.find((seconds) => seconds * scale >= 70) ?? 7200;
  const first = Math.max(0, Math.floor(from / step));
  return Array.from({ length: Math.max(0, Math.ceil(to / step) - first + 1) }, (_, index) => (first + index) * step);
}

/** Index of the word to split before, so that both halves are as long as can be; undefined for fewer than two words. */
export function middleWord(words: readonly { readonly from: number; readonly to: number }[]): number | undefined {
  if (words.length < 2) return undefined;
  const middle = (words[0]!.from + words.at(-1)!.to) / 2;
  const gaps = words.slice(1).map(({ from }, index) => Math.abs((words[index]!.to + from) / 2 - middle));
  return gaps.indexOf(Math.min(...gaps)) + 1;
}
