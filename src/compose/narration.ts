import { chooseTranscriber } from "../ai/transcribe/chooseTranscriber.ts";
import type { TranscriptFile } from "../import/read/readTranscript.ts";
import { readNarration as readNarrationWith, type Narration, type NarrationOptions } from "../import/readNarration.ts";
import type { Log } from "../pipeline/ports.ts";
import type { DirectorChoice } from "./choices.ts";
import { createSharedCalls, type SharedCalls } from "./parts.ts";

export interface NarrationRequest extends Pick<NarrationOptions, "wordsPerMinute" | "language" | "signal"> {
  /** Whose server transcribes; that of the director. Offline where absent. */
  readonly director?: DirectorChoice | undefined;
  /** `whisper-1` where absent. */
  readonly transcriptionModel?: string | undefined;
  readonly log?: Log | undefined;
  /** Of its own where absent. */
  readonly shared?: SharedCalls | undefined;
}

/**
 * What a story is made from, or put to the times of: text is read here, sound is sent to the provider
 * to be transcribed. What cannot be read is among the problems.
 * @throws {StoryDirectorError} where a sound cannot be transcribed; an AbortError when stopped
 */
export function readNarration(file: TranscriptFile, request: NarrationRequest): Promise<Narration> {
  const { director = { provider: "offline" }, transcriptionModel: model, log, shared = createSharedCalls() } = request;
  return readNarrationWith(file, { ...request, transcriber: ({ name }, format) => chooseTranscriber(`${name} is ${format.name}`, director, { model, log, pauses: shared.pauses }) });
}
