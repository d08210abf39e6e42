import * as z from "zod";
import type { RawCue, Reading } from "../rawCue.ts";
import { warningIn } from "../sourceText.ts";
import { cuesFromWords, type HeardWord } from "./cuesFromWords.ts";
import { shapeOf, type JsonSource } from "./jsonSource.ts";
import { languageCode } from "./languageCode.ts";
import { spellWords } from "./spellWords.ts";
import { maybeNumber, maybeSpeaker, maybeText } from "./shapes.ts";

const word = z.object({ word: z.string(), punctuated_word: maybeText, start: z.number(), end: z.number(), speaker: maybeSpeaker });
const utterance = z.object({ start: z.number(), end: z.number(), transcript: z.string(), words: z.array(word).nullish(), speaker: maybeSpeaker });
const sentence = z.object({ text: z.string(), start: z.number(), end: z.number() });
const paragraph = z.object({ sentences: z.array(sentence), speaker: maybeSpeaker });
const alternative = z.object({
  transcript: maybeText,
  words: z.array(word).nullish(),
  paragraphs: z.object({ paragraphs: z.array(paragraph).nullish() }).nullish(),
});
const channel = z.object({ alternatives: z.array(alternative), detected_language: maybeText });
const document = z.object({
  metadata: z.object({ duration: maybeNumber }).nullish(),
  results: z.object({ channels: z.array(channel).nullish(), utterances: z.array(utterance).nullish() }),
});

const FORMAT = "Deepgram transcript";

type Word = z.infer<typeof word>;
type Paragraph = z.infer<typeof paragraph>;
type Alternative = z.infer<typeof alternative>;

/** Deepgram's answer: its paragraphs, else its utterances, else its words; of the first channel. */
export function readDeepgram(source: JsonSource): Reading {
  const shape = shapeOf(document, source, FORMAT);
  if ("problems" in shape) return { format: FORMAT, basis: "aligned", cues: [], problems: shape.problems };
  const { metadata, results } = shape.value;
  const channels = results.channels ?? [];
  const best = channels[0]?.alternatives[0];
  const lines = source.linesOf(["results", "channels", 0, "alternatives", 0, "words"]);
  const words = (best?.words ?? []).map((item, index): HeardWord => ({ ...heardWord(item), line: lines[index] }));
  const { cues, problems } = cuesOf(best, words, source.name) ?? { cues: (results.utterances ?? []).map(cueOfUtterance), problems: [] };
  const others = channels.length > 1 && !results.utterances ? [warningIn(source.name, { code: "more-channels", message: `only the first of ${channels.length} channels was read`, hint: "Transcribe a recording with one channel, or ask for utterances." })] : [];
  const all = channels.length > 1 && results.utterances ? results.utterances.map(cueOfUtterance) : cues;
  return { format: FORMAT, basis: "aligned", cues: all, problems: [...problems, ...others], duration: metadata?.duration, language: languageCode(channels[0]?.detected_language) };
}

/** Undefined where there are neither paragraphs nor words. */
function cuesOf(best: Alternative | undefined, words: readonly HeardWord[], file: string): Pick<Reading, "cues" | "problems"> | undefined {
  const paragraphs = best?.paragraphs?.paragraphs ?? [];
  if (paragraphs.length > 0) return { cues: cuesOfParagraphs(paragraphs, words), problems: [] };
  if (words.length === 0) return undefined;
  const spelled = spellWords(words, best?.transcript, file);
  return { cues: cuesFromWords(spelled.words), problems: spelled.problems };
}

function cuesOfParagraphs(paragraphs: readonly Paragraph[], words: readonly HeardWord[]): RawCue[] {
  let at = 0;
  return paragraphs.flatMap(({ sentences, speaker }) =>
    sentences.map(({ text, start, end }, index): RawCue => {
      const from = at;
      while (at < words.length && words[at]!.start! < end) at++;
      return { start, end, text, speaker, pieces: words.slice(from, at), line: words[from]?.line, startsParagraph: index === 0 };
    }),
  );
}

function cueOfUtterance({ start, end, transcript, words, speaker }: z.infer<typeof utterance>): RawCue {
  return { start, end, text: transcript, speaker, pieces: words?.map(heardWord) };
}

function heardWord({ word, punctuated_word, start, end, speaker }: Word): HeardWord {
  return { text: punctuated_word ?? word, start, end, speaker };
}
