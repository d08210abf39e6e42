import type { SpokenSound } from "../../pipeline/ports.ts";

/** One way to ask for a transcript. */
export interface HeardFormat {
  /** For the log. */
  readonly told: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
}

const FORMAT = "response_format";
const WORDS: HeardFormat = { told: "times of words", fields: [[FORMAT, "verbose_json"], ["timestamp_granularities[]", "word"], ["timestamp_granularities[]", "segment"]] };
const SENTENCES: HeardFormat = { told: "times of sentences", fields: [[FORMAT, "verbose_json"]] };
/** `auto` has to be said for more than 30 seconds of sound (openai 7.57, transcriptions.d.ts). */
const SPEAKERS: HeardFormat = { told: "speakers and their times", fields: [[FORMAT, "diarized_json"], ["chunking_strategy", "auto"]] };
const TEXT: HeardFormat = { told: "text without times", fields: [[FORMAT, "json"]] };
const ANYTHING: HeardFormat = { told: "whatever it gives", fields: [] };

/** What a model can be asked for, the best first; of those that nobody knows, as much as any gives. */
export function formatsOf(model: string): readonly HeardFormat[] {
  if (/transcribe-diarize/.test(model)) return [SPEAKERS, TEXT];
  if (/^gpt-(?:.*-)?transcribe\b/.test(model)) return [TEXT];
  return [WORDS, SENTENCES, TEXT, ANYTHING];
}

const TYPES: Readonly<Record<string, string>> = {
  mp3: "audio/mpeg", wav: "audio/wav", flac: "audio/flac", ogg: "audio/ogg", m4a: "audio/mp4", mp4: "video/mp4", webm: "video/webm", aiff: "audio/aiff", avi: "video/x-msvideo", mov: "video/quicktime",
};

/** The file goes by a name that says what it is and nothing else of the person's machine. */
export function toForm({ bytes, ending, language }: SpokenSound, { model, format }: { readonly model: string; readonly format: HeardFormat }): FormData {
  const form = new FormData();
  form.append("model", model);
  for (const [name, value] of format.fields) form.append(name, value);
  const code = languageField(language);
  if (code !== undefined) form.append(/^gpt-transcribe\b/.test(model) ? "languages[]" : "language", code);
  // A copy: a view of a larger buffer would send all of it.
  form.append("file", new Blob([new Uint8Array(bytes)], { type: TYPES[ending] ?? "application/octet-stream" }), `sound.${ending}`);
  return form;
}

/** ISO 639-1 is what the models take; what has no such code is better left to be heard. */
function languageField(language: string | undefined): string | undefined {
  return /^[a-z]{2}(?=$|[-_])/i.exec(language ?? "")?.[0].toLowerCase();
}
