import * as z from "zod";
import type { Reading } from "../rawCue.ts";
import { errorIn } from "../sourceText.ts";
import { cuesFromWords, wordsFromPieces, type HeardWord } from "./cuesFromWords.ts";
import { shapeOf, type JsonSource } from "./jsonSource.ts";
import { languageCode } from "./languageCode.ts";
import { maybeNumber, maybeSpeaker, maybeText } from "./shapes.ts";

const SPEECH = "ElevenLabs speech with timestamps";
const SCRIBE = "ElevenLabs Scribe transcript";
const ALIGNED = "ElevenLabs forced alignment";

const characters = z.object({
  characters: z.array(z.string()),
  character_start_times_seconds: z.array(z.number()),
  character_end_times_seconds: z.array(z.number()),
});
const speech = z.object({ alignment: characters.nullish(), normalized_alignment: characters.nullish() });

/** Text to speech `with-timestamps`: the text as it was given, character by character. */
export function readElevenLabsSpeech(source: JsonSource): Reading {
  const isBare = Array.isArray((source.data as { characters?: unknown } | null)?.characters);
  const shape = shapeOf(speech, isBare ? { ...source, data: { alignment: source.data } } : source, SPEECH);
  if ("problems" in shape) return { format: SPEECH, basis: "aligned", cues: [], problems: shape.problems };
  // The normalized text spells numbers out; the person's own text is the narration.
  const found = shape.value.alignment ?? shape.value.normalized_alignment;
  const { characters: letters = [], character_start_times_seconds: starts = [], character_end_times_seconds: ends = [] } = found ?? {};
  if (letters.length !== starts.length || letters.length !== ends.length) {
    const message = `there are ${letters.length} characters, but ${starts.length} starts and ${ends.length} ends`;
    return { format: SPEECH, basis: "aligned", cues: [], problems: [errorIn(source.name, { code: "wrong-shape", message, hint: "Ask for the speech again; the answer was not saved whole.", line: source.lineAt(isBare ? ["characters"] : ["alignment"]) })] };
  }
  const words = wordsFromPieces(letters.map((text, index) => ({ text, start: starts[index], end: ends[index] })));
  return { format: SPEECH, basis: "aligned", cues: cuesFromWords(words), problems: [], duration: ends.at(-1) };
}

const alignedPart = z.object({ text: z.string(), start: maybeNumber, end: maybeNumber });
const aligned = z.object({ characters: z.array(alignedPart).nullish(), words: z.array(alignedPart).nullish() });

/** Forced alignment: words (blanks among them) and characters of a text that was given. */
export function readElevenLabsAlignment(source: JsonSource): Reading {
  const shape = shapeOf(aligned, source, ALIGNED);
  if ("problems" in shape) return { format: ALIGNED, basis: "aligned", cues: [], problems: shape.problems };
  const hasWords = Boolean(shape.value.words?.length);
  const lines = source.linesOf([hasWords ? "words" : "characters"]);
  const pieces = (hasWords ? shape.value.words : shape.value.characters) ?? [];
  const words = hasWords && !pieces.some(({ text }) => /^\s|\s$/.test(text)) ? pieces.map((word, index): HeardWord => ({ ...word, line: lines[index] })) : wordsFromPieces(pieces);
  return { format: ALIGNED, basis: "aligned", cues: cuesFromWords(words.filter(({ text }) => text.trim())), problems: [] };
}

const scribeWord = z.object({ text: z.string(), start: maybeNumber, end: maybeNumber, type: maybeText, speaker_id: maybeSpeaker });
const scribeChannel = z.object({ language_code: maybeText, words: z.array(scribeWord), audio_duration_secs: maybeNumber });

/** Scribe: words, the blanks between them, and sounds like `(laughter)`, which become cues of their own. */
export function readElevenLabsScribe(source: JsonSource): Reading {
  const shape = shapeOf(scribeChannel, source, SCRIBE);
  if ("problems" in shape) return { format: SCRIBE, basis: "aligned", cues: [], problems: shape.problems };
  const lines = source.linesOf(["words"]);
  const groups: { readonly isSound: boolean; readonly words: HeardWord[] }[] = [];
  let isBetween = true;
  for (const [index, { text, start, end, type, speaker_id: speaker }] of shape.value.words.entries()) {
    if (type === "spacing" || text.trim() === "") {
      isBetween = true;
      continue;
    }
    const isSound = type === "audio_event";
    const word: HeardWord = { text: text.trim(), start, end, speaker, line: lines[index], isJoined: !isBetween };
    isBetween = false;
    const group = groups.at(-1);
    if (group && !group.isSound && !isSound) group.words.push(word);
    else groups.push({ isSound, words: [word] });
  }
  const cues = groups.flatMap(({ words }) => cuesFromWords(words));
  return { format: SCRIBE, basis: "aligned", cues, problems: [], duration: shape.value.audio_duration_secs, language: languageCode(twoLetters(shape.value.language_code)) };
}

/** Scribe writes three letters where the web writes two. */
function twoLetters(code: string | undefined): string | undefined {
  const THREE: Readonly<Record<string, string>> = { eng: "en", deu: "de", fra: "fr", spa: "es", ita: "it", por: "pt", nld: "nl", pol: "pl", rus: "ru", ukr: "uk", jpn: "ja", kor: "ko", zho: "zh", cmn: "zh", ara: "ar", hin: "hi", tur: "tr", swe: "sv", dan: "da", nor: "no", fin: "fi", ces: "cs", ell: "el", hun: "hu", ron: "ro" };
  return code === undefined ? undefined : (THREE[code] ?? code);
}

