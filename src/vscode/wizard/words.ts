import type { Transcript } from "../../import/transcript.ts";
import type { ShownSegment } from "./protocol.ts";

/** `0:00`, `12:05`, `1:02:05`. */
export function formatTime(seconds: number): string {
  const whole = Math.floor(seconds + 0.0005);
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = String(whole % 60).padStart(2, "0");
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

/** `1 segment`, `2 segments`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

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
