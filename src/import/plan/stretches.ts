import type { StorySettings } from "../../core/documents/storyDocument.ts";
import type { TakeWord } from "../takeWords.ts";

export type ShotLength = StorySettings["shotLength"];

/** From when to when; seconds. */
export interface TimeSpan {
  readonly start: number;
  readonly end: number;
}

/** Speech without a long gap in it: indexes of its first and last word, and the time that its shots cover. */
export interface Stretch extends TimeSpan {
  readonly first: number;
  readonly last: number;
}

/** A gap in speech from which on it is a picture of its own; seconds. */
export function longGap({ shortest, ideal }: ShotLength): number {
  return Math.max(shortest, Math.min(2, ideal));
}

/**
 * Speech between long gaps. A short gap at an end of the span belongs to the speech beside it, and
 * speech that is too short for a shot takes what it needs from a gap.
 */
export function findStretches(words: readonly TakeWord[], span: TimeSpan, shotLength: ShotLength): Stretch[] {
  const gap = longGap(shotLength);
  const starts = words.flatMap(({ start }, index) => (index === 0 || start - words[index - 1]!.end >= gap ? [index] : []));
  const stretches = starts.map((first, index) => {
    const last = (starts[index + 1] ?? words.length) - 1;
    return { first, last, start: words[first]!.start, end: words[last]!.end };
  });
  const head = stretches[0];
  const tail = stretches.at(-1);
  if (head && head.start - span.start < gap) head.start = span.start;
  if (tail && span.end - tail.end < gap) tail.end = span.end;
  const result: Stretch[] = [];
  for (let index = 0; index < stretches.length; index++) {
    const stretch = stretches[index]!;
    const next = stretches[index + 1];
    lengthen(stretch, { start: result.at(-1)?.end ?? span.start, end: next?.start ?? span.end }, shotLength.shortest);
    // What took the whole gap goes on into the speech behind it, and is cut with it.
    if (next && stretch.end === next.start) stretches[index + 1] = { ...next, first: stretch.first, start: stretch.start };
    else result.push(stretch);
  }
  return result;
}

/** Takes from the gap behind, or else from the one before; what is left of a gap is a shot itself, or nothing. */
function lengthen(stretch: { start: number; end: number }, room: TimeSpan, shortest: number): void {
  const behind = shortest - (stretch.end - stretch.start);
  if (behind <= 0) return;
  stretch.end = room.end - stretch.end - behind >= shortest ? stretch.end + behind : room.end;
  const before = shortest - (stretch.end - stretch.start);
  if (before <= 0) return;
  stretch.start = stretch.start - room.start - before >= shortest ? stretch.start - before : room.start;
}

/** A gap without words as shots of even length. */
export function cutSilence({ start, end }: TimeSpan, { shortest, ideal, longest }: ShotLength): TimeSpan[] {
  const seconds = end - start;
  const most = Math.max(1, Math.floor(seconds / shortest + 1e-9));
  const wanted = Math.min(Math.max(Math.round(seconds / ideal), Math.ceil(seconds / longest - 1e-9)), most);
  const count = seconds <= longest ? 1 : Math.max(wanted, 1);
  return Array.from({ length: count }, (_, index) => ({
    start: start + (seconds * index) / count,
    end: index === count - 1 ? end : start + (seconds * (index + 1)) / count,
  }));
}
