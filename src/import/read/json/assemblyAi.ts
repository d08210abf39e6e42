import * as z from "zod";
import type { RawCue, Reading } from "../rawCue.ts";
import { cuesFromWords } from "./cuesFromWords.ts";
import { shapeOf, type JsonSource } from "./jsonSource.ts";
import { languageCode } from "./languageCode.ts";
import { spellWords } from "./spellWords.ts";
import { maybeNumber, maybeSpeaker, maybeText } from "./shapes.ts";

const word = z.object({ text: z.string(), start: z.number(), end: z.number(), speaker: maybeSpeaker });
const utterance = z.object({ text: z.string(), start: z.number(), end: z.number(), speaker: maybeSpeaker, words: z.array(word).nullish() });
const document = z.object({ text: maybeText, words: z.array(word).nullish(), utterances: z.array(utterance).nullish(), audio_duration: maybeNumber, language_code: maybeText });

const FORMAT = "AssemblyAI transcript";

/** AssemblyAI's transcript: times in milliseconds, the duration of the sound in seconds. */
export function readAssemblyAi(source: JsonSource): Reading {
  const shape = shapeOf(document, source, FORMAT);
  if ("problems" in shape) return { format: FORMAT, basis: "aligned", cues: [], problems: shape.problems };
  const { text, words, utterances, audio_duration: duration, language_code } = shape.value;
  const list = words?.length ? "words" : "utterances";
  const lines = source.linesOf([list]);
  const timed = (items: readonly z.infer<typeof word>[]) => items.map((item, index) => ({ ...item, start: item.start / 1000, end: item.end / 1000, line: list === "words" ? lines[index] : undefined }));
  const spelled = spellWords(timed(words ?? []), text, source.name);
  const cues = words?.length
    ? cuesFromWords(spelled.words)
    : (utterances ?? []).flatMap((item, index): RawCue[] => (item.words?.length ? cuesFromWords(timed(item.words)) : [{ start: item.start / 1000, end: item.end / 1000, text: item.text, speaker: item.speaker, line: lines[index] }]));
  return { format: FORMAT, basis: "aligned", cues, problems: spelled.problems, duration, language: languageCode(language_code) };
}
