import { formatTime } from "../../core/times.ts";
import { plural } from "../../core/words.ts";
import type { Transcript } from "../../import/transcript.ts";
import type { ShownSegment } from "./protocol.ts";

/** `SubRip subtitles · 212 cues · 17:32 · times as measured` */
export function describeTranscript({ format, cues, duration, basis }: Transcript): string {
  const end = duration ?? cues.at(-1)?.end ?? 0;
  const times = basis === "aligned" ? "times as measured" : "times estimated from the length of the text";
  return [format, plural(cues.length, basis === "aligned" ? "cue" : "sentence"), formatTime(end), times].join(" · ");
}

/** What will be made, in the order of weight. */
export function describePlan(segments: readonly ShownSegment[], outputCount: number): string[] {
  if (segments.length === 0) return [];
  const lengths = segments.map(({ start, end }) => end - start);
  // A spread of ten thousand arguments is more than some engines take.
  const [shortest, longest] = lengths.reduce(([least, most], length) => [Math.min(least, length), Math.max(most, length)], [Infinity, 0]) as [number, number];
  const span = shortest.toFixed(1) === longest.toFixed(1) ? `${longest.toFixed(1)} s each` : `${shortest.toFixed(1)} to ${longest.toFixed(1)} s each`;
  const prompts = segments.length * Math.max(1, outputCount);
  return [`${plural(segments.length, "segment")} · ${formatTime(segments.at(-1)!.end)}`, span, plural(prompts, "final prompt")];
}
