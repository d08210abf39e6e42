import { parseSegment, segmentPlaces } from "./documents/segmentDocument.ts";
import { parseTimingMap, timedSegmentSchema, type TimedSegment } from "./documents/timingMapDocument.ts";
import { readJson } from "./documents/source.ts";
import { ProblemsError } from "./errors.ts";
import type { Position, SourceRange } from "./problem.ts";
import { storyPaths } from "./storyFolder.ts";

/** The segment that a cursor of the timing map stands in. */
export interface NarrationPlace {
  readonly id: string;
  /** Offset in its narration, in UTF-16 units; undefined where the cursor stands beside it. */
  readonly character: number | undefined;
}

/**
 * The offset in a segment's narration that a cursor in the segment's file points at. Undefined where
 * it stands outside `madeFor.narration`, or where the timing map says something else by now.
 */
export function placeInSegment(text: string, cursor: Position, { id, narration }: Pick<TimedSegment, "id" | "narration">): number | undefined {
  const file = parseSegment(text, id).value;
  if (!file?.front.madeFor || visible(file.front.madeFor.narration) !== visible(narration)) return undefined;
  const range = segmentPlaces(file).rangeOf(["madeFor", "narration"]);
  return range && placeInScalar(text, { range, cursor, value: narration });
}

/** Undefined where the cursor stands in no segment. @throws {ProblemsError} where the map cannot be read */
export function placeInTimingMap(text: string, cursor: Position): NarrationPlace | undefined {
  return placeInLine(text.split("\n")[cursor.line] ?? "", cursor) ?? placeInWholeMap(text, cursor);
}

/** A map as it is saved has a segment on a line: it can be long, and the rest need not be read then. */
function placeInLine(line: string, cursor: Position): NarrationPlace | undefined {
  const content = line.replace(/,?\s*$/, "");
  const source = readJson(content, { file: storyPaths.timingMap });
  const segment = timedSegmentSchema.safeParse(source.data);
  if (!segment.success) return undefined;
  const { id, narration } = segment.data;
  const range = source.rangeOf(["narration"]);
  return { id, character: range && placeInScalar(content, { range, cursor: { line: 0, character: cursor.character }, value: narration }) };
}

function placeInWholeMap(text: string, cursor: Position): NarrationPlace | undefined {
  const { value, problems, rangeOf } = parseTimingMap(text);
  if (!value) throw new ProblemsError("The timing map cannot be read", problems);
  let index = 0;
  // The last one that begins before the cursor; every look-up counts lines from the top.
  for (let after = value.segments.length; after - index > 1; ) {
    const middle = (index + after) >> 1;
    if (isBefore(cursor, rangeOf(["segments", middle])!.start)) after = middle;
    else index = middle;
  }
  const segment = value.segments[index];
  if (!segment || !contains(rangeOf(["segments", index]), cursor)) return undefined;
  const range = rangeOf(["segments", index, "narration"]);
  return { id: segment.id, character: range && placeInScalar(text, { range, cursor, value: segment.narration }) };
}

interface Scalar {
  /** Where it stands in the text, quotes and all. */
  readonly range: SourceRange;
  readonly cursor: Position;
  /** What it says. */
  readonly value: string;
}

/** Quotes, escapes and folded lines are no letters of what it says; blanks are not compared. */
function placeInScalar(text: string, { range, cursor, value }: Scalar): number | undefined {
  if (!contains(range, cursor)) return undefined;
  const start = offsetOf(text, range.start);
  const count = visibleBefore(text.slice(start, offsetOf(text, range.end)), offsetOf(text, cursor) - start);
  let offset = 0;
  for (let left = count; left > 0 && offset < value.length; offset++) if (/\S/.test(value[offset]!)) left--;
  return offset;
}

/** How many characters that are no blanks a YAML or JSON scalar says before an offset of its source. */
function visibleBefore(source: string, cursor: number): number {
  const [unit, first, last] = unitsOf(source);
  unit.lastIndex = first;
  let count = 0;
  for (let match = unit.exec(source); match && unit.lastIndex <= Math.min(cursor, last); match = unit.exec(source)) count += visible(spoken(match[0])).length;
  return count;
}

/** What one unit of the source looks like, and between which offsets there are any. */
function unitsOf(source: string): [unit: RegExp, first: number, last: number] {
  if (source.startsWith('"')) return [/\\(?:x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8}|\r?\n|[^])|[^]/giy, 1, source.length - 1];
  if (source.startsWith("'")) return [/''|[^]/gy, 1, source.length - 1];
  const header = /^[|>][^\n]*\n/.exec(source)?.[0].length ?? 0;
  return [/[^]/gy, header, source.length];
}

function spoken(unit: string): string {
  if (unit === "''") return "'";
  if (!unit.startsWith("\\") || unit.length === 1) return unit;
  if (/^\\[xu]/i.test(unit) && unit.length > 2) return String.fromCodePoint(Number.parseInt(unit.slice(2), 16));
  return /^\\[nrtvfNLP_ \r\n]/.test(unit) ? " " : unit.slice(1);
}

function visible(text: string): string {
  return text.replace(/\s+/g, "");
}

function contains(range: SourceRange | undefined, cursor: Position): boolean {
  return range !== undefined && !isBefore(cursor, range.start) && !isBefore(range.end, cursor);
}

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}

function offsetOf(text: string, { line, character }: Position): number {
  let start = 0;
  for (let left = line; left > 0; left--) start = text.indexOf("\n", start) + 1;
  return start + character;
}
