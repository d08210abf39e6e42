import type { TimedSegment } from "./documents/timingMapDocument.ts";
import { SelectionError } from "./errors.ts";

/**
 * The ids that a selection names: positions from 1 (`3`), ranges of positions (`7-9`) and ids
 * (`segment_12b`). An id wins over a position that is written the same way.
 * @throws {SelectionError} naming every part that leads nowhere
 */
export function selectSegments(parts: readonly string[], segments: readonly Pick<TimedSegment, "id">[]): Set<string> {
  const ids = new Set(segments.map(({ id }) => id));
  const selected = new Set<string>();
  const unknown: string[] = [];
  for (const part of parts) {
    const positions = positionsOf(part, segments.length);
    if (ids.has(part)) selected.add(part);
    else if (positions) for (const position of positions) selected.add(segments[position - 1]!.id);
    else unknown.push(part);
  }
  if (unknown.length === 0 && selected.size > 0) return selected;
  const named = unknown.map((part) => `"${part}"`).join(", ");
  const hint = `Name positions from 1 to ${segments.length} (3 or 7-9) or ids (${segments[0]?.id ?? "segment_1"}), with commas between.`;
  throw new SelectionError(unknown.length ? `No such segment: ${named}` : "No segment is selected", { hint });
}

function positionsOf(part: string, total: number): number[] | undefined {
  const match = /^(\d+)(?:-(\d+))?$/.exec(part);
  if (!match) return undefined;
  const first = Number(match[1]);
  const last = Number(match[2] ?? match[1]);
  if (first < 1 || last > total || first > last) return undefined;
  return Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
}
