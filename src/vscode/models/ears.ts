import type { ModelAddress, Narration } from "../../compose.ts";
import { StoryDirectorError } from "../../core/errors.ts";
import { transcriptionCost } from "../../core/priceBook.ts";
import { isError } from "../../core/problem.ts";
import type { TranscriptFile } from "../../import/read/readTranscript.ts";
import type { HeardSound } from "../../import/readNarration.ts";
import type { Transcript } from "../../import/transcript.ts";
import type { Log } from "../../pipeline/ports.ts";
import type { Engine } from "../engine.ts";
import type { ChosenDirector } from "./chosenDirector.ts";
import { OPENAI_ORIGIN } from "./keys.ts";
import type { ModelSettings } from "./modelSettings.ts";
import { ModelChoiceError } from "./offers.ts";

export interface HearOptions {
  /** BCP 47, where it is known; otherwise it is heard. */
  readonly language: string | undefined;
  readonly wordsPerMinute: number;
  readonly signal: AbortSignal;
}

/** Who transcribes, as it was set when it was asked for. */
export interface Ear {
  /** With the server and what it takes for this recording: `whisper-1 at api.openai.com, which costs about $0.12`. */
  readonly told: string;
  /** Sends the sound there. */
  readonly hear: (sound: TranscriptFile, options: HearOptions) => Promise<Narration>;
}

/** A recording of which nothing has been sent. */
export interface UnheardSound {
  /** `voice.mp3 is an MP3 recording` */
  readonly what: string;
  /** Length, where the recording says it. */
  readonly seconds: number | undefined;
}

export interface EarDeps {
  readonly settings: Pick<ModelSettings, "provider" | "transcription">;
  /** Rejects where a key or a model is missing. */
  readonly choose: () => Promise<Pick<ChosenDirector, "choice">>;
  readonly engine: Pick<Engine, "addressOf" | "readNarration">;
  readonly log: Log;
}

/**
 * The transcriber at the server that directs. Nothing is sent.
 * @throws {ModelChoiceError} where there is none; it names the ways out
 */
export async function findEar({ what, seconds }: UnheardSound, { settings, choose, engine, log }: EarDeps): Promise<Ear> {
  const { provider, transcription } = settings;
  if (provider === "offline" || provider === "vscode") throw nobodyHears(what, provider);
  const { choice } = await choose();
  if (choice.provider !== "openai" && choice.provider !== "compatible") throw nobodyHears(what, choice.provider);
  const address = engine.addressOf(choice.baseUrl);
  return {
    told: `${transcription} at ${address.host}, ${priceWords(address, transcriptionCost(transcription, seconds))}`,
    hear: (sound, options) => engine.readNarration(sound, { ...options, director: choice, transcriptionModel: transcription, log }),
  };
}

/** What was heard in a recording. @throws {StoryDirectorError} where no word was; there is no place in a file to lead to */
export function requireHeard({ transcript, problems, heard }: Narration, name: string): { readonly transcript: Transcript; readonly heard: HeardSound } {
  const wrong = problems.find(isError);
  if (!heard || !transcript) throw new StoryDirectorError(wrong?.message ?? `Nothing was heard in ${name}`, { hint: wrong?.hint });
  return { transcript, heard };
}

function nobodyHears(what: string, provider: "offline" | "vscode"): ModelChoiceError {
  const why = provider === "offline" ? "the offline director cannot transcribe it" : "language models of VS Code take no sound";
  const hint = "Choose OpenAI or a server that transcribes like it, or transcribe the recording on this machine, with Whisper for example, and give the JSON or SRT that comes out.";
  return new ModelChoiceError("no model", `${what}, and ${why}`, hint);
}

function priceWords({ origin, isLoopback }: ModelAddress, cost: string | undefined): string {
  if (origin === OPENAI_ORIGIN) return cost === undefined ? "at an unknown price" : `which costs ${cost}`;
  return isLoopback ? "on this machine" : "which may cost money";
}
