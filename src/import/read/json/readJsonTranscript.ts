import type { Reading } from "../rawCue.ts";
import { errorIn, excerpt, type SourceText } from "../sourceText.ts";
import { readAssemblyAi } from "./assemblyAi.ts";
import { readAmazon, readAzure, readAzureBatch, readGoogle } from "./cloudSpeech.ts";
import { readDeepgram } from "./deepgram.ts";
import { readElevenLabsAlignment, readElevenLabsScribe, readElevenLabsSpeech } from "./elevenLabs.ts";
import { parseJson, type JsonSource } from "./jsonSource.ts";
import { readTransformers } from "./transformers.ts";
import { readUntimed, type UntimedOptions } from "./untimed.ts";
import { readWhisper } from "./whisper.ts";
import { readWhisperCpp } from "./whisperCpp.ts";

type Keys = Readonly<Record<string, unknown>>;

interface Format {
  readonly fits: (data: Keys) => boolean;
  readonly read: (source: JsonSource) => Reading;
}

const whisper = (name: string) => (source: JsonSource) => readWhisper(source, name);

/** The first that fits; each is told by the keys that no other has. */
const FORMATS: readonly Format[] = [
  { fits: (data) => isList(data["transcription"]), read: readWhisperCpp },
  { fits: (data) => isList(data["segments"]) && isList(data["word_segments"]), read: whisper("WhisperX JSON") },
  { fits: ({ segments }) => isList(segments) && keysOf(segments[0])["type"] === "transcript.text.segment", read: whisper("OpenAI diarized JSON") },
  { fits: (data) => isList(data["segments"]) && data["task"] !== undefined, read: whisper("OpenAI verbose JSON") },
  { fits: ({ segments }) => isList(segments) && segments.some((segment) => wordsHave(segment, "confidence")), read: whisper("whisper-timestamped JSON") },
  { fits: ({ segments }) => isList(segments) && segments.some((segment) => wordsHave(segment, "score")), read: whisper("WhisperX JSON") },
  { fits: (data) => isList(data["segments"]), read: whisper("Whisper JSON") },
  { fits: (data) => isList(data["chunks"]), read: readTransformers },
  { fits: (data) => isList(data["character_start_times_seconds"]) || "characters" in keysOf(data["alignment"] ?? data["normalized_alignment"]), read: readElevenLabsSpeech },
  { fits: (data) => isList(data["characters"]), read: readElevenLabsAlignment },
  { fits: (data) => isList(keysOf(data["results"])["channels"]) || isList(keysOf(data["results"])["utterances"]), read: readDeepgram },
  { fits: (data) => isList(keysOf(data["results"])["items"]), read: readAmazon },
  { fits: (data) => isList(data["results"]), read: readGoogle },
  { fits: (data) => isList(data["recognizedPhrases"]), read: readAzureBatch },
  { fits: (data) => isList(data["phrases"]), read: readAzure },
  { fits: ({ words }) => isList(words) && keysOf(words[0])["type"] !== undefined && keysOf(words[0])["text"] !== undefined, read: readElevenLabsScribe },
  { fits: ({ words }) => isList(words) && keysOf(words[0])["word"] !== undefined, read: whisper("OpenAI verbose JSON") },
  { fits: ({ words }) => isList(words) && keysOf(words[0])["loss"] !== undefined, read: readElevenLabsAlignment },
  { fits: (data) => isList(data["utterances"]) || (isList(data["words"]) && ("audio_duration" in data || "audio_url" in data || "confidence" in data)), read: readAssemblyAi },
];

const KNOWN = "Known are the JSON of Whisper (openai, whisper.cpp, faster-whisper, WhisperX, whisper-timestamped, Transformers), OpenAI, ElevenLabs, Deepgram, AssemblyAI, Amazon Transcribe, Google and Azure.";

export function readJsonTranscript(text: SourceText, options: UntimedOptions): Reading {
  const source = parseJson(text);
  if (source.data === undefined) return nothing(source.problems);
  const reading = readParsed(source, options);
  return { ...reading, problems: [...source.problems, ...reading.problems] };
}

function readParsed(source: JsonSource, options: UntimedOptions): Reading {
  const { data, name } = source;
  if (isList(data)) {
    if (typeof keysOf(data[0])["text"] === "string" && "start" in keysOf(data[0])) return readWhisper(source, "Whisper JSON");
    return unknown(name, data.length ? `a list of ${kindOf(data[0])}` : "an empty list");
  }
  const keys = keysOf(data);
  if (isUntimed(keys)) return readUntimed(source, options);
  const format = FORMATS.find(({ fits }) => fits(keys));
  if (format) return format.read(source);
  const names = Object.keys(keys).slice(0, 6).map((key) => excerpt(key, 30));
  return unknown(name, names.length ? `a document with ${names.join(", ")}` : kindOf(data));
}

/** What stands beside the text of a transcriber that gives no times. Some servers write the lists that were asked for, and leave them empty. */
const BESIDE_TEXT: ReadonlySet<string> = new Set(["text", "languages", "logprobs", "usage"]);

function isUntimed(keys: Keys): boolean {
  const { text } = keys;
  if (typeof text !== "string" || text.trim() === "") return false;
  return Object.entries(keys).every(([key, value]) => BESIDE_TEXT.has(key) || typeof value !== "object" || value === null || (isList(value) && value.length === 0));
}

function unknown(file: string, found: string): Reading {
  return nothing([errorIn(file, { code: "unknown-json", message: `this JSON is no transcript that is known: it is ${found}`, hint: `${KNOWN} From others, export SRT or WebVTT.`, line: 0 })]);
}

function nothing(problems: Reading["problems"]): Reading {
  return { format: "JSON", basis: "aligned", cues: [], problems };
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function keysOf(value: unknown): Keys {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Keys) : {};
}

function wordsHave(segment: unknown, key: string): boolean {
  const { words } = keysOf(segment);
  return isList(words) && keysOf(words[0])[key] !== undefined;
}

function kindOf(value: unknown): string {
  if (value === null) return "nothing (null)";
  if (Array.isArray(value)) return "lists";
  return typeof value === "object" ? "an empty document" : `a ${typeof value}`;
}
