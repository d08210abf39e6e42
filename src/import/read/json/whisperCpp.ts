import * as z from "zod";
import type { RawCue, Reading, TimedPiece } from "../rawCue.ts";
import { excerpt, warningIn } from "../sourceText.ts";
import { shapeOf, type JsonSource } from "./jsonSource.ts";
import { languageCode } from "./languageCode.ts";
import { maybeNumber, maybeText } from "./shapes.ts";

const offsets = z.object({ from: z.number(), to: z.number() });

/** Times in milliseconds; tokens only where they were asked for (`-ojf`). */
const document = z.object({
  result: z.object({ language: maybeText }).nullish(),
  transcription: z.array(
    z.object({
      offsets,
      text: z.string(),
      speaker: maybeText,
      tokens: z.array(z.object({ text: z.string(), offsets: offsets.nullish(), p: maybeNumber })).nullish(),
    }),
  ),
});

type Segment = z.infer<typeof document>["transcription"][number];

const FORMAT = "whisper.cpp JSON";

/** The JSON of whisper.cpp's command line (`-oj`, `-ojf`). */
export function readWhisperCpp(source: JsonSource): Reading {
  const shape = shapeOf(document, source, FORMAT);
  if ("problems" in shape) return { format: FORMAT, basis: "aligned", cues: [], problems: shape.problems };
  const lines = source.linesOf(["transcription"]);
  const segments = shape.value.transcription;
  const problems = segments.flatMap(({ text }, index) =>
    text.includes("\uFFFD") ? [warningIn(source.name, { code: "damaged-text", message: `“${excerpt(text)}” holds characters that could not be read`, hint: "Write them anew in the narration.", line: lines[index] })] : [],
  );
  return { format: FORMAT, basis: "aligned", cues: segments.map((segment, index) => cueOf(segment, lines[index])), problems, language: languageCode(shape.value.result?.language) };
}

function cueOf({ offsets: { from, to }, text, speaker, tokens }: Segment, line: number | undefined): RawCue {
  // `[_BEG_]` and `[_TT_150]` steer the decoder and are said by nobody.
  const spoken = tokens?.filter((token) => !/^\[_[A-Z]+_?(?:\d+)?\]$|^<\|[^|]*\|>$/.test(token.text.trim()));
  const pieces = spoken?.map(({ text, offsets }): TimedPiece => ({ text, start: offsets ? offsets.from / 1000 : undefined, end: offsets ? offsets.to / 1000 : undefined }));
  // A character that the tokens cut in two cannot be put together again; the cue keeps its own times.
  const isWhole = pieces?.every((piece) => !piece.text.includes("\uFFFD")) === true;
  return { start: from / 1000, end: to / 1000, text, speaker, pieces: isWhole && pieces.length ? pieces : undefined, line };
}
