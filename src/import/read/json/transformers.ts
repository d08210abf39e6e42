import * as z from "zod";
import type { Reading } from "../rawCue.ts";
import { cuesFromWords } from "./cuesFromWords.ts";
import { shapeOf, type JsonSource } from "./jsonSource.ts";
import { languageCode } from "./languageCode.ts";
import { maybeSpeaker, maybeText } from "./shapes.ts";

const chunk = z.object({ text: z.string(), timestamp: z.tuple([z.number().nullable(), z.number().nullable()]), speaker: maybeSpeaker, language: maybeText });
const document = z.object({ chunks: z.array(chunk) });

const FORMAT = "Whisper JSON (Transformers)";

/** What the speech pipeline of Hugging Face's Transformers gives: sentences or single words, the last end may be null. */
export function readTransformers(source: JsonSource): Reading {
  const shape = shapeOf(document, source, FORMAT);
  if ("problems" in shape) return { format: FORMAT, basis: "aligned", cues: [], problems: shape.problems };
  const { chunks } = shape.value;
  const lines = source.linesOf(["chunks"]);
  const items = chunks.map(({ text, timestamp: [start, end], speaker }, index) => ({ text: text.trim(), start: start ?? undefined, end: end ?? undefined, speaker, line: lines[index] }));
  const areWords = items.filter(({ text }) => !/\s/.test(text)).length > items.length * 0.9;
  let from = 0;
  const cues = areWords
    ? cuesFromWords(items.filter(({ text }) => text))
    : items.map(({ start = from, end = start, ...rest }) => {
        from = end;
        return { start, end, ...rest };
      });
  return { format: FORMAT, basis: "aligned", cues, problems: [], language: languageCode(chunks[0]?.language) };
}
