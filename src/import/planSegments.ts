import { STORY_FORMAT } from "../core/documents/storyDocument.ts";
import type { TimedSegment, TimingMap } from "../core/documents/timingMapDocument.ts";
import { joinVoices, voicesOf, withoutVoices } from "../core/speakers.ts";
import { joinNarration } from "../core/spokenWords.ts";
import { onGrid } from "../core/timeGrid.ts";
import { cutStretch } from "./plan/cutStretch.ts";
import { cutSilence, findStretches, type ShotLength, type Stretch, type TimeSpan } from "./plan/stretches.ts";
import { narrationOf, takeSeconds, takeWords, wordsOf, type TakeWord } from "./takeWords.ts";
import type { TimeBasis, Transcript } from "./transcript.ts";

/** A segment without an id: narration is empty where nobody speaks. */
export interface PlannedSegment extends Omit<TimedSegment, "id" | "audio"> {
  /** `estimated` where nobody measured an edge of it: it lies inside a cue whose words have no times, or the take has none at all. */
  readonly basis: TimeBasis;
}

export interface PlanOptions {
  /** Seconds. */
  readonly shotLength: ShotLength;
  /** Frames a second: every edge is on a frame then. */
  readonly frameRate?: number | undefined;
}

/**
 * The segments of a take: all of its words in their order, and its whole time without gap or overlap.
 * Cuts are at ends of sentences and pauses first, in a long sentence between words. A short gap in
 * speech lengthens the segment before it; a long one becomes a segment without words, or several
 * where it is longer than a shot may be.
 */
export function planSegments(transcript: Transcript, options: PlanOptions): PlannedSegment[] {
  const planned = planWords(takeWords(transcript), { start: 0, end: takeSeconds(transcript) }, options);
  return transcript.basis === "aligned" ? planned : planned.map((segment) => ({ ...segment, basis: "estimated" }));
}

/** The segments of a part of a take. */
export function planWords(words: readonly TakeWord[], span: TimeSpan, { shotLength, frameRate }: PlanOptions): PlannedSegment[] {
  const planned: PlannedSegment[] = [];
  let at = span.start;
  const addSilence = (end: number) => {
    if (end - at > 1e-6) planned.push(...cutSilence({ start: at, end }, shotLength).map((part): PlannedSegment => ({ ...part, narration: "", basis: "aligned" })));
  };
  for (const stretch of findStretches(words, span, shotLength)) {
    addSilence(stretch.start);
    planned.push(...cutStretch(words, stretch, shotLength).map((shot) => plannedShot(words, shot)));
    at = stretch.end;
  }
  addSilence(span.end);
  return toGrid(planned, frameRate);
}

/** A timing map with new ids in the order of the plan. */
export function toTimingMap(planned: readonly PlannedSegment[], head: Omit<TimingMap, "format" | "segments">): TimingMap {
  const segments = planned.map(({ basis: _basis, ...segment }, index): TimedSegment => ({ id: `segment_${index + 1}`, ...segment }));
  return { format: STORY_FORMAT, duration: segments.at(-1)?.end, ...head, segments };
}

function plannedShot(words: readonly TakeWord[], { first, last, start, end }: Stretch): PlannedSegment {
  const own = words.slice(first, last + 1);
  const basis = isMadeUp(words, first) || isMadeUp(words, last + 1) ? "estimated" : "aligned";
  return { start, end, narration: narrationOf(own), ...voicesOf(own), ...wordsOf(own), basis };
}

function isMadeUp(words: readonly TakeWord[], index: number): boolean {
  const word = words[index];
  return word !== undefined && !word.isMeasured && words[index - 1]?.cue === word.cue;
}

/** Every edge on the grid. A segment that lies between two frames is joined to the one before it. */
function toGrid(planned: readonly PlannedSegment[], frameRate: number | undefined): PlannedSegment[] {
  const result: PlannedSegment[] = [];
  for (const segment of planned) {
    const start = result.at(-1)?.end ?? onGrid(segment.start, frameRate);
    const end = onGrid(segment.end, frameRate);
    const last = result.at(-1);
    if (end > start || !last) result.push({ ...segment, start, end });
    else result[result.length - 1] = joined(last, segment);
  }
  const [first, second] = result;
  if (!first || first.end > first.start) return result;
  return second ? [{ ...joined(first, second), start: first.start, end: second.end }, ...result.slice(2)] : [];
}

function joined(segment: PlannedSegment, next: PlannedSegment): PlannedSegment {
  const words = [...(segment.words ?? []), ...(next.words ?? [])];
  return { ...withoutVoices(segment), narration: joinNarration(segment.narration, next.narration), ...joinVoices(segment, next), ...(words.length && { words }) };
}
