import * as z from "zod";
import { idSchema } from "../ids.ts";
import type { Problem } from "../problem.ts";
import { storyPaths } from "../storyFolder.ts";
import { roundSeconds } from "../times.ts";
import { lineEndOf } from "./markdown.ts";
import { newerFormat, STORY_FORMAT } from "./storyDocument.ts";
import { readJson, validate, withoutByteOrderMark, type DataSource, type Parsed } from "./source.ts";

const time = z.number().nonnegative();

/** `[start, end, text]`, seconds. */
const wordSchema = z.tuple([time, time, z.string()]);

export const timedSegmentSchema = z.object({
  id: idSchema,
  /** Seconds from the start of the story. */
  start: time,
  end: time,
  /** What is said; empty for music or silence. */
  narration: z.string(),
  audio: z.string().optional(),
  /** Who says all of it. */
  speaker: z.string().optional(),
  /** In place of `speaker` where not one alone says it: everyone who is known to, in the order of their first words. Each part of a split names them all. */
  speakers: z.array(z.string()).optional(),
  words: z.array(wordSchema).optional(),
});

/** What the times came from. Nothing is made from it, so that nothing is out of date by it. */
const timesSourceSchema = z.looseObject({
  /** Name of the file, without a path; absent where the narration was typed. */
  file: z.string().optional(),
  /** For people: `SubRip subtitles`, `MP3 recording`. */
  format: z.string(),
  /** Who transcribed it, where it is sound: `openai/whisper-1`. */
  model: z.string().optional(),
});

export const timingMapSchema = z.object({
  format: z.number().int().positive(),
  /** Whether the times were measured on a voice or derived from the number of words. */
  basis: z.enum(["aligned", "estimated"]),
  duration: time.optional(),
  frameRate: z.number().positive().optional(),
  /** A person's own words on whose voice it is. */
  voice: z.string().optional(),
  source: timesSourceSchema.optional(),
  segments: z.array(timedSegmentSchema),
});

type Word = z.infer<typeof wordSchema>;
export type TimesSource = z.infer<typeof timesSourceSchema>;
export type TimedSegment = z.infer<typeof timedSegmentSchema>;
export type TimingMap = z.infer<typeof timingMapSchema>;

/** Whether a newer version wrote the map. */
export function isNewerMap({ format }: TimingMap): boolean {
  return format > STORY_FORMAT;
}

export function parseTimingMap(text: string): Parsed<TimingMap> {
  const file = storyPaths.timingMap;
  const source = readJson(withoutByteOrderMark(text), { file });
  const { value, problems, rangeOf } = validate(timingMapSchema, source, file);
  const newer = newerFormat(source, file);
  const wrong = value ? [...timeProblems(value.segments, source), ...durationProblems(value, source)] : problems;
  return { value: wrong.length ? undefined : value, problems: [...newer, ...wrong], rangeOf };
}

function timeProblems(segments: readonly TimedSegment[], source: DataSource): Problem[] {
  const problems: Problem[] = [];
  const report = (index: number, field: string, [message, hint]: readonly [string, string]) =>
    problems.push({
      severity: "error",
      code: "timing",
      message: `${segments[index]!.id}: ${message}`,
      hint,
      file: storyPaths.timingMap,
      range: source.rangeOf(["segments", index, field]),
    });
  const seen = new Map<string, number>();
  segments.forEach((segment, index) => {
    const before = segments[index - 1];
    const first = seen.get(segment.id);
    if (first !== undefined) {
      const hint = "An id names one segment; give one of the two a new id, such as segment_12b.";
      report(index, "id", [`this id already names item ${first + 1} of the map`, hint]);
    } else seen.set(segment.id, index);
    if (segment.end <= segment.start) {
      report(index, "end", [`ends at ${segment.end} s, but starts at ${segment.start} s`, "Make end later than start."]);
    }
    if (before && segment.start < before.end - 0.0005) {
      const message = `starts at ${segment.start} s, before ${before.id} ends (${before.end} s)`;
      report(index, "start", [message, "Segments stand in the order of time and do not overlap."]);
    }
  });
  return problems;
}

function durationProblems(map: TimingMap, source: DataSource): Problem[] {
  const last = map.segments.at(-1);
  if (!last || map.duration === undefined || last.end <= map.duration + 0.0005) return [];
  return [
    {
      severity: "error",
      code: "timing",
      message: `duration: ${map.duration} s, but ${last.id} ends at ${last.end} s`,
      hint: "Set duration to the length of the whole story, or leave it out.",
      file: storyPaths.timingMap,
      range: source.rangeOf(["duration"]),
    },
  ];
}

/**
 * The text of a timing map: a line a segment, so that a change of one is one line in a diff.
 * Keys of the previous text that this version does not know are kept; a map that did not change keeps its bytes.
 */
export function formatTimingMap(map: TimingMap, previousText = "{}"): string {
  const content = withoutByteOrderMark(previousText);
  const previous = asRecord(JSON.parse(content));
  const next = mapText(roundMap(map), previous);
  if (sameData(JSON.parse(next), previous)) return previousText;
  const mark = previousText.slice(0, previousText.length - content.length);
  return mark + next.replaceAll("\n", lineEndOf(content));
}

/** Whether both say the same; the order of keys says nothing. */
function sameData(a: unknown, b: unknown): boolean {
  const sorted = (_key: string, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value).sort(([x], [y]) => (x < y ? -1 : 1)) : value;
  return JSON.stringify(a, sorted) === JSON.stringify(b, sorted);
}

function roundMap(map: TimingMap): TimingMap {
  const segments = map.segments.map((segment) => ({
    ...segment,
    start: roundSeconds(segment.start),
    end: roundSeconds(segment.end),
    ...(segment.words && { words: segment.words.map(([start, end, text]): Word => [roundSeconds(start), roundSeconds(end), text]) }),
  }));
  return { ...map, ...(map.duration !== undefined && { duration: roundSeconds(map.duration) }), segments };
}

function mapText(map: TimingMap, previous: Record<string, unknown>): string {
  const previousSegments = new Map(
    asArray(previous["segments"]).map((item) => [String(asRecord(item)["id"]), asRecord(item)]),
  );
  const { segments, ...head } = map;
  const lines = Object.entries(merge(previous, head, TOP_KEYS)).map(
    ([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},`,
  );
  const items = segments.map((segment) => `    ${JSON.stringify(merge(previousSegments.get(segment.id) ?? {}, segment, SEGMENT_KEYS))}`);
  const list = items.length ? `[\n${items.join(",\n")}\n  ]` : "[]";
  return `{\n${lines.join("\n")}\n  "segments": ${list}\n}\n`;
}

const TOP_KEYS = Object.keys(timingMapSchema.shape);
const SEGMENT_KEYS = Object.keys(timedSegmentSchema.shape);

/** Known keys first and as they are now, then the unknown ones of before. */
function merge(previous: Record<string, unknown>, next: object, known: readonly string[]): Record<string, unknown> {
  const unknown = Object.entries(previous).filter(([key]) => !known.includes(key));
  const present = known.filter((key) => key in next).map((key) => [key, (next as Record<string, unknown>)[key]]);
  return Object.fromEntries([...present, ...unknown].filter(([, value]) => value !== undefined));
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function asArray(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
