import type { SegmentStateLine } from "../../compose.ts";
import type { StateName } from "../../core/segmentPlan.ts";

/** What an edit of the timing map did to segments. */
export interface AfterEdit {
  /** To be made, or made anew. */
  readonly outOfDate: readonly string[];
  /** Out of date, but a person's words are in them. */
  readonly kept: readonly string[];
}

/**
 * Among the segments that an edit touched, those that a run has something to do for. In a story
 * that nobody has directed yet, nothing got out of date.
 */
export function afterEdit(states: readonly SegmentStateLine[], touched: readonly string[]): AfterEdit {
  const ids = new Set(touched);
  const isDirected = states.some(({ state }) => state !== "not made yet");
  const idsIn = (...wanted: StateName[]) => states.filter(({ id, state }) => ids.has(id) && wanted.includes(state)).map(({ id }) => id);
  return { outOfDate: isDirected ? idsIn("stale", "not made yet") : [], kept: idsIn("kept") };
}

/** `2 segments are to be directed. segment_3 is kept as you edited it.` */
export function afterEditWords({ outOfDate, kept }: AfterEdit): string {
  const stale = outOfDate.length ? `${outOfDate.length === 1 ? `${outOfDate[0]} is` : `${outOfDate.length} segments are`} to be directed.` : "";
  const edited = kept.length ? `${kept.length === 1 ? `${kept[0]} is kept as you edited it` : `${kept.length} are kept as you edited them`}.` : "";
  return [stale, edited].filter(Boolean).join(" ");
}
