import type { Problem } from "../core/problem.ts";
import type { Transcriber } from "../pipeline/ports.ts";
import { soundIn, type SoundFormat } from "./read/bytes/binaryFormats.ts";
import { readTranscript, type ReadOptions, type ReadTranscript, type TranscriptFile } from "./read/readTranscript.ts";
import { fileName } from "./read/sourceText.ts";
import { soundSeconds } from "./sound/soundSeconds.ts";

/** Narration that was read or, from sound, heard. */
export interface Narration extends ReadTranscript {
  /** What was heard, and by whom; absent where the file was text. */
  readonly heard?: HeardSound | undefined;
}

export interface HeardSound {
  /** E.g. `openai/whisper-1`. */
  readonly by: string;
  /** The transcriber's answer: read again, it gives the same narration and costs nothing. */
  readonly answer: Uint8Array;
}

/** What is known of a sound beside what was heard in it. */
export interface SoundFacts {
  /** E.g. `openai/whisper-1`. */
  readonly by: string;
  /** With its article: `an MP3 recording`. */
  readonly format: string;
  /** Length, where the file said it. */
  readonly seconds?: number | undefined;
}

export interface NarrationOptions extends Pick<ReadOptions, "wordsPerMinute"> {
  /** Asked for only where the file is sound. May throw a StoryDirectorError where there is none. */
  readonly transcriber: (file: TranscriptFile, format: SoundFormat) => Transcriber;
  /** BCP 47: the language of the voice, where it is known. */
  readonly language?: string | undefined;
  readonly signal: AbortSignal;
}

/**
 * Narration from whatever holds it: a text is read, a sound is transcribed, and the answer read as
 * any other transcript. The content says which it is.
 * @throws {StoryDirectorError} where a sound cannot be transcribed; an AbortError when stopped
 */
export async function readNarration(file: TranscriptFile, { transcriber, language, signal, wordsPerMinute }: NarrationOptions): Promise<Narration> {
  const format = soundIn(file.bytes);
  if (!format) return readTranscript(file, { wordsPerMinute });
  const ear = transcriber(file, format);
  const answer = await ear.transcribe({ ...file, ending: format.ending, language }, signal);
  const read = readHeard(answer, { by: ear.name, format: format.name, seconds: soundSeconds(file.bytes) }, { wordsPerMinute });
  return { ...read, heard: { by: ear.name, answer: answer.bytes } };
}

/** The answer of a transcriber as narration: once more the same, without a transcriber. */
export function readHeard(answer: TranscriptFile, { by, format, seconds }: SoundFacts, { wordsPerMinute }: Pick<ReadOptions, "wordsPerMinute">): ReadTranscript {
  const { transcript, problems } = readTranscript(answer, { wordsPerMinute, soundSeconds: seconds });
  const findings = problems.map(withoutLine);
  if (!transcript) return { problems: findings };
  const cues = transcript.cues.map((cue) => ({ ...cue, line: undefined }));
  const source = { file: fileName(answer.name), format: format.replace(/^an? /, ""), model: by };
  return { transcript: { ...transcript, format: `${format}, transcribed by ${by}`, source, cues, findings }, problems: findings };
}

/** Lines are those of the answer, which nobody sees. */
function withoutLine({ range: _range, ...problem }: Problem): Problem {
  return problem;
}
