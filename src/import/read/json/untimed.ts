import * as z from "zod";
import { readPlainText, type Pace } from "../prose/readProse.ts";
import type { RawCue, Reading } from "../rawCue.ts";
import { clockOf, warningIn } from "../sourceText.ts";
import type { JsonSource } from "./jsonSource.ts";
import { languageCode } from "./languageCode.ts";
import { scaleCues } from "./timeUnit.ts";

export interface UntimedOptions extends Pace {
  /** Length of the sound that the words were heard in. */
  readonly soundSeconds?: number | undefined;
}

/** What transcribers that give no times write beside the text; of gpt-transcribe, the languages are a list (openai 7.57, transcriptions.d.ts). */
const answer = z.object({
  text: z.string(),
  duration: z.coerce.number().optional().catch(undefined),
  usage: z.object({ seconds: z.number().optional().catch(undefined) }).optional().catch(undefined),
  language: z.string().optional().catch(undefined),
  languages: z.array(z.object({ code: z.string() })).optional().catch(undefined),
});

/**
 * The words of a transcriber that times none of them: timed by their length, and stretched to the
 * sound where its length is known.
 */
export function readUntimed({ name, data }: JsonSource, { wordsPerMinute, soundSeconds }: UntimedOptions): Reading {
  const { text, duration, usage, language, languages = [] } = answer.parse(data);
  const seconds = [duration, usage?.seconds, soundSeconds].find((length) => length !== undefined && Number.isFinite(length) && length > 0);
  const { cues } = readPlainText({ name, text: text.replace(/\r\n?/g, "\n") }, { wordsPerMinute });
  // One line of text has no paragraphs; where one begins is better told by its length.
  const isOneLine = !text.trim().includes("\n");
  const placed = stretched(cues, seconds).map((cue): RawCue => ({ ...cue, line: undefined, startsParagraph: isOneLine ? undefined : cue.startsParagraph }));
  const how = seconds === undefined ? `at ${wordsPerMinute} words a minute` : `and stretched to the length of the sound, ${clockOf(seconds)}`;
  const message = `the transcriber gave words without times; the times were estimated by the length of the words ${how}`;
  const problem = warningIn(name, { code: "times-estimated", message, hint: "Cuts may come too early or too late. For the times of the voice, transcribe with a model that gives them, such as whisper-1." });
  const code = languageCode(language ?? (languages.length === 1 ? languages[0]!.code : undefined));
  return { format: "transcript without times", basis: "estimated", cues: placed, problems: [problem], duration: seconds, language: code };
}

function stretched(cues: readonly RawCue[], seconds: number | undefined): readonly RawCue[] {
  const end = cues.at(-1)?.end ?? 0;
  return seconds === undefined || end <= 0 ? cues : scaleCues(cues, seconds / end);
}
