import * as z from "zod";
import type { RawCue, Reading, TimedPiece } from "../rawCue.ts";
import { clockOf, warningIn } from "../sourceText.ts";
import { lettersOf } from "../cues/alignWords.ts";
import { cuesFromWords } from "./cuesFromWords.ts";
import { shapeOf, type JsonSource } from "./jsonSource.ts";
import { languageCode } from "./languageCode.ts";
import { spellWords } from "./spellWords.ts";
import { judgeUnit } from "./timeUnit.ts";
import { maybeNumber, maybeSpeaker, maybeText } from "./shapes.ts";

/** `word` with openai-whisper, faster-whisper and WhisperX, `text` with whisper-timestamped. */
const word = z.object({ word: maybeText, text: maybeText, start: maybeNumber, end: maybeNumber, speaker: maybeSpeaker });

const segment = z.object({
  start: maybeNumber,
  end: maybeNumber,
  text: z.string(),
  speaker: maybeSpeaker,
  words: z.array(word).nullish(),
  avg_logprob: maybeNumber,
  compression_ratio: maybeNumber,
  no_speech_prob: maybeNumber,
});

const transcription = z.object({
  language: maybeText,
  duration: z.union([z.number(), z.string()]).nullish(),
  text: maybeText,
  segments: z.array(segment).nullish(),
  /** OpenAI's verbose_json has the words of all segments on top. */
  words: z.array(word).nullish(),
});

type Segment = z.infer<typeof segment>;
type Word = z.infer<typeof word>;

/**
 * The JSON of openai-whisper and of those that write as it does: faster-whisper's programs, WhisperX,
 * whisper-timestamped, OpenAI's verbose_json and diarized_json, and a bare list of segments.
 */
export function readWhisper(source: JsonSource, format: string): Reading {
  const isList = Array.isArray(source.data);
  const shape = shapeOf(transcription, isList ? { ...source, data: { segments: source.data }, lineAt: ([, ...path]) => source.lineAt(path) } : source, format);
  if ("problems" in shape) return { format, basis: "aligned", cues: [], problems: shape.problems };
  const { value } = shape;
  const segments = value.segments ?? [];
  const lines = source.linesOf(isList ? [] : ["segments"]);
  const bare = segments.length ? undefined : spellWords((value.words ?? []).map((item) => ({ ...pieceOf(item), text: pieceOf(item).text.trim(), speaker: item.speaker })), value.text, source.name);
  const cues = bare ? cuesFromWords(bare.words) : cuesOfSegments(segments, { lines, words: value.words ?? [] });
  const { cues: inSeconds, problems } = judgeUnit(cues, source.name);
  const missing = segments.flatMap((item) => item.words ?? []).filter(({ start, end }) => start === undefined || end === undefined).length;
  const gaps = missing ? [warningIn(source.name, { code: "words-estimated", message: `${missing} ${missing === 1 ? "word has" : "words have"} no times; they were estimated from the words around them` })] : [];
  const duration = Number(value.duration ?? Number.NaN);
  return { format, basis: "aligned", cues: inSeconds, problems: [...(bare?.problems ?? []), ...problems, ...gaps, ...timeless(segments, lines, source.name)], duration: Number.isFinite(duration) ? duration : undefined, language: languageCode(value.language) };
}

interface Surroundings {
  readonly lines: readonly number[];
  /** Words that no segment holds. */
  readonly words: readonly Word[];
}

function cuesOfSegments(segments: readonly Segment[], { lines, words }: Surroundings): RawCue[] {
  const shared = segments.every((item) => !item.words?.length) ? sharedOut(segments, words) : [];
  let from = 0;
  return segments.map((item, index): RawCue => {
    const pieces = item.words?.length ? item.words.map(pieceOf) : shared[index];
    const start = item.start ?? pieces?.find((piece) => piece.start !== undefined)?.start ?? from;
    const end = item.end ?? pieces?.findLast((piece) => piece.end !== undefined)?.end ?? start;
    from = end;
    const confidence = { noSpeech: item.no_speech_prob, logProbability: item.avg_logprob, compressionRatio: item.compression_ratio };
    return { start, end, text: item.text, speaker: item.speaker ?? commonSpeaker(item), pieces, confidence, line: lines[index] };
  });
}

function pieceOf({ word, text, start, end }: Word): TimedPiece {
  return { text: word ?? text ?? "", start, end };
}

/** Words on top of the document go to the segments in order, by the letters that each segment has. */
function sharedOut(segments: readonly Segment[], words: readonly Word[]): (TimedPiece[] | undefined)[] {
  let at = 0;
  return segments.map(({ text }) => {
    let missing = lettersOf(text).length;
    const from = at;
    while (missing > 0 && at < words.length) missing -= lettersOf(pieceOf(words[at++]!).text).length;
    return words.length ? words.slice(from, at).map(pieceOf) : undefined;
  });
}

/** WhisperX may tell speakers for words only. */
function commonSpeaker({ words }: Segment): string | undefined {
  const speakers = new Set((words ?? []).flatMap(({ speaker }) => speaker ?? []));
  return speakers.size === 1 ? [...speakers][0] : undefined;
}

function timeless(segments: readonly Segment[], lines: readonly number[], file: string) {
  return segments.flatMap(({ start, end, text }, index) => {
    if ((start !== undefined && end !== undefined) || text.trim() === "") return [];
    const found = start ?? end;
    return [warningIn(file, { code: "time-missing", message: `a segment has no ${start === undefined ? "start" : "end"}${found === undefined ? "" : ` (at ${clockOf(found)})`}; it was estimated from what stands around it`, line: lines[index] })];
  });
}
