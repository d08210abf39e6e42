import { NOT_MADE, type SegmentStatus } from "./staleness.ts";

/** What a run does with a segment: ask the director, take the stored draft through again, or nothing. */
export type SegmentStep =
  | { readonly do: "direct" }
  | { readonly do: "refresh" }
  | { readonly do: "leave"; readonly state: "up to date" | "skipped"; readonly reason?: string };

export type SegmentPlan = ReadonlyMap<string, SegmentStep>;

export interface PlanRequest {
  /** Ids to direct even when they are up to date; all others are left. Absent: whatever is stale. */
  readonly only?: ReadonlySet<string> | undefined;
  /** Direct everything that no person has edited. */
  readonly all: boolean;
  /** Lets the run write over edits. */
  readonly overwriteEdits: boolean;
}

export const KEPT = "kept: edited by hand";
export const NOT_ASKED_FOR = "not asked for";

/** A person's words win: a segment with any edited part keeps its draft, whatever was asked for. */
export function planSegment(status: SegmentStatus, { only, all, overwriteEdits }: PlanRequest): SegmentStep {
  if (only && !only.has(status.id)) return { do: "leave", state: "skipped", reason: NOT_ASKED_FOR };
  if (status.locked) return { do: "leave", state: "skipped", reason: "locked" };
  const asked = all || only !== undefined;
  const wantsDraft = !status.hasDraft || status.draft.length > 0 || asked;
  if (wantsDraft && (overwriteEdits || !status.hasDraft || status.edited.length === 0)) return { do: "direct" };
  const isRefreshed = status.tags.length > 0 || [...status.finals.values()].some((reasons) => reasons.length > 0);
  if (isRefreshed || (overwriteEdits && status.keptFinals.length > 0)) return { do: "refresh" };
  if (wantsDraft || status.keptFinals.length > 0) return { do: "leave", state: "skipped", reason: KEPT };
  return { do: "leave", state: "up to date" };
}

/** Whether the segment can be used as it stands: up to date, or as a person wants it. */
export function isProductionReady(status: SegmentStatus): boolean {
  const unmade = [...status.finals.values(), status.tags].some((reasons) => reasons.includes(NOT_MADE));
  if (!status.hasDraft || unmade) return false;
  return status.locked || planSegment(status, { all: false, overwriteEdits: false }).do === "leave";
}

export type StateName = "not made yet" | "up to date" | "stale" | "kept";

/** One line that says what is to be done with a segment and why, for `status`. */
export function describeStatus(status: SegmentStatus): { readonly state: StateName; readonly why: string } {
  const step = planSegment(status, { all: false, overwriteEdits: false });
  const notes = [...(status.locked ? ["locked"] : []), ...status.edited.map((part) => `${part} edited by hand`)];
  const stale = [...new Set([...status.draft, ...status.tags, ...[...status.finals].flatMap(nameReasons), ...status.keptFinals.map((name) => `final ${name} is out of date`)])];
  const why = (status.hasDraft ? [...stale, ...notes] : notes).join("; ");
  const isMade = status.hasDraft && !status.tags.includes(NOT_MADE);
  if (!isMade) return { state: NOT_MADE, why };
  if (stale.length === 0) return { state: "up to date", why };
  return { state: step.do === "leave" ? "kept" : "stale", why };
}

function nameReasons([output, reasons]: readonly [string, readonly string[]]): string[] {
  return reasons.map((reason) => `final ${output}: ${reason}`);
}
