import * as fc from "fast-check";
import type { Cue, TimedWord, Transcript } from "../../../src/import/transcript.ts";

/** Words said one after the other, each in so many seconds; a number alone is a pause. */
export function spoken(parts: readonly (string | number)[], { secondsPerWord = 0.4, speaker, measured = true }: { secondsPerWord?: number; speaker?: string; measured?: boolean } = {}): Transcript {
  const cues: Cue[] = [];
  let at = 0;
  for (const part of parts) {
    if (typeof part === "number") {
      at += part;
      continue;
    }
    const words = part.split(" ").map((text): TimedWord => ({ start: at, end: (at = round(at + secondsPerWord)), text }));
    cues.push({ start: words[0]!.start, end: at, text: part, ...(speaker !== undefined && { speaker }), ...(measured && { words }) });
  }
  return transcriptOf(cues, at);
}

export function transcriptOf(cues: readonly Cue[], duration?: number): Transcript {
  return { format: "test", basis: "aligned", cues, duration, findings: [] };
}

export function round(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}

const texts = fc.constantFrom("a", "trumpet", "“Well,", "waits.", "silence!", "and", "square;", "Dr.", "1985", "–", "天气很好。", "我们走吧", "Größe", "♪", "extraordinarily-long-word");

/** Seconds of a word, and of the pause before it. */
const timed = fc.record({ text: texts, ms: fc.integer({ min: 20, max: 900 }), pauseMs: fc.oneof({ weight: 8, arbitrary: fc.nat(300) }, fc.nat(9000)) });

const cues = fc.record({ words: fc.array(timed, { minLength: 1, maxLength: 14 }), speaker: fc.option(fc.constantFrom("Ann", "Bob"), { nil: undefined }), isMeasured: fc.boolean() });

/** Takes with measured words and without, with pauses of all lengths. */
export const transcripts: fc.Arbitrary<Transcript> = fc
  .record({ parts: fc.array(cues, { maxLength: 12 }), tailMs: fc.option(fc.nat(20_000), { nil: undefined }) })
  .map(({ parts, tailMs }) => {
    let atMs = 0;
    const made = parts.map(({ words: wanted, speaker, isMeasured }): Cue => {
      const words = wanted.map(({ text, ms, pauseMs }): TimedWord => {
        const startMs = atMs + pauseMs;
        atMs = startMs + ms;
        return { start: startMs / 1000, end: atMs / 1000, text };
      });
      const text = words.map((word) => word.text).join(" ");
      return { start: words[0]!.start, end: atMs / 1000, text, ...(speaker !== undefined && { speaker }), ...(isMeasured && { words }) };
    });
    return transcriptOf(made, tailMs === undefined ? undefined : (atMs + tailMs) / 1000);
  });

export const shotLengths = fc.constantFrom({ shortest: 2.5, ideal: 5, longest: 8 }, { shortest: 1, ideal: 2, longest: 4 }, { shortest: 3, ideal: 6, longest: 12 });

export const frameRates = fc.constantFrom(undefined, 24, 25, 29.97, 60);
