import type { TimedSegment } from "../../core/documents/timingMapDocument.ts";
import { sameText } from "../../core/canonical.ts";
import { isLengthChanged } from "../../core/staleness.ts";
import { segmentSeconds } from "../../core/story.ts";

/** What a new take means for one segment. `moved` makes nothing stale. */
export type TakeChangeKind = "moved" | "length" | "text" | "new" | "unused";

export interface TakeChange {
  readonly id: string;
  readonly what: TakeChangeKind;
  /** Undefined where it is new. */
  readonly before: TimedSegment | undefined;
  /** Undefined where it is unused. */
  readonly after: TimedSegment | undefined;
}

/** In the order of the new map; a segment that is gone stands where it stood. Unchanged ones are left out. */
export function takeChanges(before: readonly TimedSegment[], after: readonly TimedSegment[]): TakeChange[] {
  const old = new Map(before.map((segment) => [segment.id, segment]));
  const left = new Set(after.map(({ id }) => id));
  const changes: TakeChange[] = [];
  let position = 0;
  const addGone = (until: (segment: TimedSegment) => boolean) => {
    for (; position < before.length && !until(before[position]!); position++) {
      const segment = before[position]!;
      if (!left.has(segment.id)) changes.push({ id: segment.id, what: "unused", before: segment, after: undefined });
    }
  };
  for (const segment of after) {
    const known = old.get(segment.id);
    if (known) addGone((candidate) => candidate === known);
    else addGone((candidate) => left.has(candidate.id));
    const what = known ? kindOfChange(known, segment) : "new";
    if (what) changes.push({ id: segment.id, what, before: known, after: segment });
  }
  addGone(() => false);
  return changes;
}

function kindOfChange(before: TimedSegment, after: TimedSegment): TakeChangeKind | undefined {
  if (!sameText(before.narration, after.narration)) return "text";
  if (isLengthChanged(segmentSeconds(before), segmentSeconds(after))) return "length";
  return before.start === after.start && before.end === after.end ? undefined : "moved";
}

const WORDS: Readonly<Record<TakeChangeKind, string>> = { moved: "moved", length: "changed length", text: "changed text", new: "new", unused: "unused" };

/** `88 moved, 14 changed length, 6 changed text, 2 new, 1 unused`. */
export function describeTakeChanges(changes: readonly Pick<TakeChange, "what">[]): string {
  const parts = (Object.keys(WORDS) as TakeChangeKind[]).flatMap((kind) => {
    const count = changes.filter(({ what }) => what === kind).length;
    return count ? [`${count} ${WORDS[kind]}`] : [];
  });
  return parts.join(", ") || "nothing changes";
}
