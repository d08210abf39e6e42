import type { ModelAddress } from "../../compose.ts";
import { StoryDirectorError } from "../../core/errors.ts";
import type { Log } from "../../pipeline/ports.ts";
import type { Engine } from "../engine.ts";
import type { ChosenDirector } from "../models/chosenDirector.ts";
import { OPENAI_ORIGIN } from "../models/keys.ts";
import type { ModelSettings } from "../models/modelSettings.ts";
import type { Ear } from "./wizardPorts.ts";

export interface EarDeps {
  readonly settings: Pick<ModelSettings, "provider" | "transcription">;
  /** Rejects where a key or a model is missing. */
  readonly choose: () => Promise<Pick<ChosenDirector, "choice">>;
  readonly engine: Pick<Engine, "addressOf" | "readNarration">;
  readonly log: Log;
}

/**
 * The transcriber at the server that directs. Nothing is sent.
 * @param what `voice.mp3 is an MP3 recording`
 * @throws {StoryDirectorError} where there is none; it names the ways out
 */
export async function findEar(what: string, { settings, choose, engine, log }: EarDeps): Promise<Ear> {
  const { provider, transcription } = settings;
  if (provider === "offline" || provider === "vscode") throw nobodyHears(what, provider);
  const { choice } = await choose();
  if (choice.provider !== "openai" && choice.provider !== "compatible") throw nobodyHears(what, choice.provider);
  const address = engine.addressOf(choice.baseUrl);
  return {
    told: `${transcription} at ${address.host}, ${priceWords(address)}`,
    hear: (sound, options) => engine.readNarration(sound, { ...options, director: choice, transcriptionModel: transcription, log }),
  };
}

function nobodyHears(what: string, provider: "offline" | "vscode"): StoryDirectorError {
  const why = provider === "offline" ? "the offline director cannot transcribe it" : "language models of VS Code take no sound";
  return new StoryDirectorError(`${what}, and ${why}`, {
    hint: "Choose OpenAI or a server that transcribes like it, or transcribe the recording on this machine, with Whisper for example, and give the JSON or SRT that comes out.",
  });
}

function priceWords({ origin, isLoopback }: ModelAddress): string {
  if (origin === OPENAI_ORIGIN) return "which costs money";
  return isLoopback ? "on this machine" : "which may cost money";
}
