import { isId } from "./ids.ts";

const LONGEST_STEM = 50;

/**
 * An id for a segment that comes after `id`: `segment_12b` after `segment_12`, then `segment_12c`,
 * and after z `segment_12_2`.
 * @param isTaken Whether a segment, or the file of one that is no longer used, has that id
 */
export function newSegmentId(id: string, isTaken: (id: string) => boolean): string {
  const stem = (/^(.*\d)[b-z]$/.exec(id)?.[1] ?? id).slice(0, LONGEST_STEM);
  const letters = /\d$/.test(stem) ? Array.from("bcdefghijklmnopqrstuvwxyz") : [];
  const free = letters.map((letter) => stem + letter).find((candidate) => isId(candidate) && !isTaken(candidate));
  if (free !== undefined) return free;
  for (let number = 2; ; number++) {
    const candidate = `${stem}_${number}`;
    if (!isTaken(candidate)) return candidate;
  }
}
