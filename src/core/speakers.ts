import type { TimedSegment } from "./documents/timingMapDocument.ts";

/** Who says a segment: `speaker` alone, or `speakers`. */
export type Voices = Pick<TimedSegment, "speaker" | "speakers">;

/**
 * The voices of parts that are put together: one name only where it is that of every part; otherwise
 * all names that are known, in the order of the parts, so that nobody is said to speak for another.
 */
export function voicesOf(parts: readonly Voices[]): Voices {
  const names = [...new Set(parts.flatMap(namesOf))];
  const [first] = names;
  if (first === undefined) return {};
  return parts.every(({ speaker }) => speaker === first) ? { speaker: first } : { speakers: names };
}

/** The voices of two segments that become one; who is named for a silent part says nothing there. */
export function joinVoices(...segments: readonly [TimedPart, TimedPart]): Voices {
  const speaking = segments.filter(({ narration }) => narration.trim());
  return voicesOf(speaking.length ? speaking : segments.filter((segment) => namesOf(segment).length > 0));
}

type TimedPart = Voices & Pick<TimedSegment, "narration">;

/** Everyone who is known to speak in a segment. */
export function namesOf({ speaker, speakers = [] }: Voices): readonly string[] {
  return speaker === undefined ? speakers : [speaker];
}

/** A segment without what it says of who speaks. */
export function withoutVoices<T extends Voices>(segment: T): Omit<T, keyof Voices> {
  const { speaker: _speaker, speakers: _speakers, ...rest } = segment;
  return rest;
}
