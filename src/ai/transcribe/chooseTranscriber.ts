import { StoryDirectorError } from "../../core/errors.ts";
import type { Transcriber } from "../../pipeline/ports.ts";
import type { AccessOptions } from "../model/access.ts";
import { createTranscriber, type TranscriberOptions } from "../openAiTranscriber.ts";

/** Who directs, as far as that says who transcribes. */
export type HearingChoice = { readonly provider: "offline" | "vscode" } | ({ readonly provider: "openai" | "compatible" } & AccessOptions);

/**
 * The transcriber at the server that directs, with its key.
 * @param what `voice.mp3 is an MP3 recording`
 * @throws {StoryDirectorError} where there is none; it names the ways out
 */
export function chooseTranscriber(what: string, director: HearingChoice, options: Omit<TranscriberOptions, keyof AccessOptions>): Transcriber {
  if (director.provider === "openai" || director.provider === "compatible") return createTranscriber({ ...options, baseUrl: director.baseUrl, apiKey: director.apiKey });
  const why = director.provider === "offline" ? "the offline director cannot transcribe it" : "language models of VS Code take no sound";
  const hint = "Choose a provider that transcribes (--provider openai in the terminal, Choose AI Model in VS Code), or transcribe it on this machine, with Whisper for example, and give the JSON or SRT that comes out.";
  throw new StoryDirectorError(`${what}, and ${why}`, { hint });
}
