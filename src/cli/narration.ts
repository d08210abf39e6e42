import type { Command } from "commander";
import { Option } from "commander";
import type { Narration } from "../compose.ts";
import { DEFAULT_TRANSCRIPTION_MODEL } from "../core/defaultModels.ts";
import { StoryDirectorError } from "../core/errors.ts";
import { transcriptionCost } from "../core/priceBook.ts";
import { soundIn } from "../import/read/bytes/binaryFormats.ts";
import { soundSeconds } from "../import/sound/soundSeconds.ts";
import { withTimeCodes } from "../import/timeCodes.ts";
import type { Transcript } from "../import/transcript.ts";
import { printerFor, ProviderError, type CliHost } from "./host.ts";
import { listenForInterrupts } from "./interruption.ts";
import { errorLines } from "./problemLines.ts";
import { chooseAccess, type ChosenAccess } from "./provider.ts";
import { saidModels, type ProviderFlags } from "./providerWords.ts";
import { formatTime } from "../core/times.ts";

/** Where narration comes from and, where that is sound, who writes it down. */
export interface NarrationFlags extends Pick<ProviderFlags, "provider" | "baseUrl" | "transcriptionModel"> {
  readonly from: string;
  readonly wordsPerMinute: number;
  readonly saveTranscript?: string | undefined;
  readonly leaveOutDoubtful?: boolean | undefined;
  readonly keepTimeCodes?: boolean | undefined;
}

export interface ReadingDeps {
  readonly host: CliHost;
  /** Tells where the sound goes before it does. */
  readonly tell: (line: string) => void;
  /**
   * Rejects with anything that would stop the work later on; asked before the sound is sent.
   * @returns the language of the voice (BCP 47), where that is known
   */
  readonly ready: () => Promise<string | undefined>;
}

export function addHearingOptions(command: Command): Command {
  return command
    .addOption(new Option("--provider <who>", "who transcribes, where the file is sound").choices(["openai", "compatible"]))
    .option("--base-url <url>", "address of a server that transcribes like OpenAI's, e.g. http://localhost:8000/v1")
    .option("--transcription-model <name>", `the model that transcribes (${DEFAULT_TRANSCRIPTION_MODEL})`)
    .option("--keep-time-codes", "keep the time before the first words, also where it is taken for a time code")
    .option("--save-transcript <file>", "keep what the model heard in a new file, to be given as --from another time");
}

/** What a person wants of a transcript. */
export function chosenTranscript(transcript: Transcript, { keepTimeCodes, leaveOutDoubtful }: NarrationFlags): Transcript {
  const timed = keepTimeCodes ? withTimeCodes(transcript) : transcript;
  return leaveOutDoubtful ? { ...timed, cues: timed.cues.filter(({ doubt }) => doubt === undefined) } : timed;
}

/** @throws {StoryDirectorError} where the file cannot be had or, being sound, not be transcribed; an AbortError after Ctrl+C */
export async function readNarrationFrom(flags: NarrationFlags, { host, tell, ready }: ReadingDeps): Promise<Narration> {
  const { from: name, wordsPerMinute, saveTranscript } = flags;
  const bytes = await host.readFile(name);
  const format = soundIn(bytes);
  if (!format) return host.readNarration({ name, bytes }, { wordsPerMinute, signal: new AbortController().signal });
  const access = chooseAccess(flags, host.env);
  if (!access && flags.transcriptionModel !== undefined) throw new ProviderError("--transcription-model goes with --provider openai or compatible.");
  const { transcriptionModel } = access ? saidModels(flags, host.env, access.choice.provider) : flags;
  const interruption = listenForInterrupts(host, () => undefined);
  try {
    let language: string | undefined;
    if (access) {
      language = await ready();
      if (saveTranscript !== undefined) await host.requireNewFile(saveTranscript);
      const seconds = soundSeconds(bytes);
      const length = seconds === undefined ? "" : ` of ${formatTime(seconds)}`;
      const model = transcriptionModel ?? DEFAULT_TRANSCRIPTION_MODEL;
      tell(`${name}, ${format.name}${length}, is sent to ${access.told}; ${model} transcribes it${priceWords(access, transcriptionCost(model, seconds))}.`);
    }
    const narration = await host.readNarration({ name, bytes }, { director: access?.choice, transcriptionModel, wordsPerMinute, language, signal: interruption.signal });
    if (saveTranscript !== undefined && narration.heard) await keep(saveTranscript, narration.heard.answer, host);
    return narration;
  } finally {
    interruption.end();
  }
}

/** What other servers take is theirs to say. */
function priceWords({ choice }: ChosenAccess, cost: string | undefined): string {
  if (choice.provider !== "openai") return "";
  return cost === undefined ? ", at an unknown price" : `, for ${cost}`;
}

/** What was heard is worth more than a copy of it: where that cannot be written, the work goes on. */
async function keep(path: string, answer: Uint8Array, host: CliHost): Promise<void> {
  const { theme, print } = printerFor(host.stderr, host);
  try {
    await host.saveNewFile(path, answer);
  } catch (error) {
    if (!(error instanceof StoryDirectorError)) throw error;
    print(...errorLines(error, theme));
  }
}
