import * as z from "zod";
import type { Problem } from "../../../core/problem.ts";
import type { RawCue, Reading } from "../rawCue.ts";
import { cuesFromWords, type HeardWord } from "./cuesFromWords.ts";
import { shapeOf, type JsonSource } from "./jsonSource.ts";
import { languageCode } from "./languageCode.ts";
import { spellWords } from "./spellWords.ts";
import { looseSeconds, maybeLooseSeconds, maybeNumber, maybeSpeaker, maybeText } from "./shapes.ts";

const AMAZON = "Amazon Transcribe transcript";
const GOOGLE = "Google Speech-to-Text transcript";
const AZURE = "Azure Speech transcript";

const item = z.object({
  type: z.string(),
  start_time: maybeLooseSeconds,
  end_time: maybeLooseSeconds,
  speaker_label: maybeSpeaker,
  alternatives: z.array(z.object({ content: z.string() })).min(1),
});
const amazon = z.object({ results: z.object({ items: z.array(item), language_code: maybeText }) });

/** Amazon Transcribe: words with times as texts, punctuation without. */
export function readAmazon(source: JsonSource): Reading {
  const shape = shapeOf(amazon, source, AMAZON);
  if ("problems" in shape) return { format: AMAZON, basis: "aligned", cues: [], problems: shape.problems };
  const { items, language_code } = shape.value.results;
  const lines = source.linesOf(["results", "items"]);
  const words: HeardWord[] = [];
  for (const [index, { type, start_time: start, end_time: end, speaker_label: speaker, alternatives }] of items.entries()) {
    const text = alternatives[0]!.content;
    const last = words.at(-1);
    if (type === "punctuation" && last) words[words.length - 1] = { ...last, text: last.text + text };
    else words.push({ text, start, end, speaker, line: lines[index] });
  }
  return { format: AMAZON, basis: "aligned", cues: cuesFromWords(words), problems: [], language: languageCode(language_code) };
}

const googleWord = z.object({ word: z.string(), startTime: maybeLooseSeconds, endTime: maybeLooseSeconds, startOffset: maybeLooseSeconds, endOffset: maybeLooseSeconds, speakerTag: maybeNumber, speakerLabel: maybeText });
const googleResult = z.object({ alternatives: z.array(z.object({ transcript: maybeText, words: z.array(googleWord).nullish() })).nullish(), resultEndTime: maybeLooseSeconds, resultEndOffset: maybeLooseSeconds, languageCode: maybeText });
const google = z.object({ results: z.array(googleResult) });

/** Google: `"1.200s"`; version 1 says startTime, version 2 startOffset, and both leave 0 out. */
export function readGoogle(source: JsonSource): Reading {
  const shape = shapeOf(google, source, GOOGLE);
  if ("problems" in shape) return { format: GOOGLE, basis: "aligned", cues: [], problems: shape.problems };
  const lines = source.linesOf(["results"]);
  const problems: Problem[] = [];
  let from = 0;
  const cues = shape.value.results.flatMap(({ alternatives, resultEndTime, resultEndOffset }, index): RawCue[] => {
    const best = alternatives?.[0];
    const start = from;
    from = resultEndTime ?? resultEndOffset ?? from;
    if (best?.words?.length) {
      const spelled = spellWords(best.words.map((word) => ({ ...googleTimes(word), line: lines[index] })), best.transcript, source.name);
      problems.push(...spelled.problems);
      return cuesFromWords(spelled.words);
    }
    return best?.transcript ? [{ start, end: from, text: best.transcript, line: lines[index] }] : [];
  });
  return { format: GOOGLE, basis: "aligned", cues, problems, language: languageCode(shape.value.results[0]?.languageCode) };
}

function googleTimes({ word, startTime, endTime, startOffset, endOffset, speakerTag, speakerLabel }: z.infer<typeof googleWord>): HeardWord {
  const end = endTime ?? endOffset;
  const speaker = speakerLabel ?? (speakerTag ? `Speaker ${speakerTag}` : undefined);
  return { text: word, start: startTime ?? startOffset ?? (end === undefined ? undefined : 0), end, speaker };
}

const azureWord = z.object({ text: z.string(), offsetMilliseconds: maybeNumber, durationMilliseconds: maybeNumber, offset: maybeNumber, duration: maybeNumber });
const phrase = z.object({ text: z.string(), offsetMilliseconds: maybeNumber, durationMilliseconds: maybeNumber, offset: maybeNumber, duration: maybeNumber, words: z.array(azureWord).nullish(), speaker: maybeSpeaker, locale: maybeText });
const azure = z.object({ phrases: z.array(phrase), durationMilliseconds: maybeNumber, duration: maybeNumber });

/** Azure's fast transcription: milliseconds, under two names. */
export function readAzure(source: JsonSource): Reading {
  const shape = shapeOf(azure, source, AZURE);
  if ("problems" in shape) return { format: AZURE, basis: "aligned", cues: [], problems: shape.problems };
  const lines = source.linesOf(["phrases"]);
  const { phrases, durationMilliseconds, duration = durationMilliseconds } = shape.value;
  const cues = phrases.map((item, index): RawCue => ({ ...spanOf(item), text: item.text, speaker: item.speaker, pieces: item.words?.map((word) => ({ text: word.text, ...spanOf(word) })), line: lines[index] }));
  return { format: AZURE, basis: "aligned", cues, problems: [], duration: duration === undefined ? undefined : duration / 1000, language: languageCode(phrases[0]?.locale) };
}

const ticks = z.object({ offsetInTicks: looseSeconds, durationInTicks: looseSeconds, nBest: z.array(z.object({ display: z.string() })).min(1), speaker: maybeSpeaker, locale: maybeText });
const azureBatch = z.object({ recognizedPhrases: z.array(ticks), durationInTicks: maybeLooseSeconds });

/** Azure's batch transcription: ticks of 100 nanoseconds. */
export function readAzureBatch(source: JsonSource): Reading {
  const shape = shapeOf(azureBatch, source, AZURE);
  if ("problems" in shape) return { format: AZURE, basis: "aligned", cues: [], problems: shape.problems };
  const lines = source.linesOf(["recognizedPhrases"]);
  const { recognizedPhrases, durationInTicks } = shape.value;
  const cues = recognizedPhrases.map(({ offsetInTicks, durationInTicks, nBest, speaker }, index): RawCue => ({ start: offsetInTicks / 1e7, end: (offsetInTicks + durationInTicks) / 1e7, text: nBest[0]!.display, speaker, line: lines[index] }));
  return { format: AZURE, basis: "aligned", cues, problems: [], duration: durationInTicks === undefined ? undefined : durationInTicks / 1e7, language: languageCode(recognizedPhrases[0]?.locale) };
}

interface Milliseconds {
  readonly offsetMilliseconds?: number | undefined;
  readonly durationMilliseconds?: number | undefined;
  readonly offset?: number | undefined;
  readonly duration?: number | undefined;
}

function spanOf({ offsetMilliseconds, durationMilliseconds, offset, duration }: Milliseconds) {
  const start = (offsetMilliseconds ?? offset ?? 0) / 1000;
  return { start, end: start + (durationMilliseconds ?? duration ?? 0) / 1000 };
}
