import type { SpokenSound } from "../../pipeline/ports.ts";
import type { Cleaner } from "../model/redact.ts";
import { ServerFailure } from "../model/serverFailure.ts";
import { askWhole, type WholeCallDeps } from "../model/wholeCall.ts";
import { readHeard } from "./heardAnswer.ts";
import { refuseUnfit } from "./soundLimits.ts";
import { describeHearingFault } from "./hearingFault.ts";
import { formatsOf, toForm } from "./soundRequest.ts";

export interface HearingDeps extends WholeCallDeps {
  readonly model: string;
  readonly hasKey: boolean;
  readonly clean: Cleaner;
}

/** Hours of words with their times. */
const MAX_ANSWER_BYTES = 20 * 1024 * 1024;
/** 256 kbit/s: sound has to go up, and lines are slow in that direction. */
const SLOWEST_BYTES_PER_MS = 32;
const PATH = "/audio/transcriptions";

/**
 * Has a sound written down, with times for every word where the model gives them, with less where
 * the server refuses that.
 * @throws {StoryDirectorError} Nothing has been sent where the sound itself is unfit.
 */
export async function transcribeSound(sound: SpokenSound, signal: AbortSignal, deps: HearingDeps): Promise<{ name: string; bytes: Uint8Array }> {
  const { model, endpoint, hasKey, clean, log } = deps;
  refuseUnfit(sound, endpoint);
  const formats = [...formatsOf(model)];
  const call = {
    model,
    maxBytes: MAX_ANSWER_BYTES,
    request: () => ({ path: PATH, headers: { accept: "application/json" }, body: toForm(sound, { model, format: formats[0]! }) }),
    read: readHeard,
    concede(error: unknown) {
      if (formats.length === 1 || !isAboutFormat(error)) return false;
      const [refused, next] = [formats.shift()!, formats[0]!];
      log?.info(`${endpoint.host}, asked for "${model}", does not give ${refused.told}; asking for ${next.told}.`);
      return true;
    },
    // Who was silent for minutes would be so once more, and the sound is paid for by its length.
    givesUpOnSilence: true,
    sendingMs: sound.bytes.length / SLOWEST_BYTES_PER_MS,
    describe: (error: unknown) => describeHearingFault(error, { sound, endpoint, model, path: PATH, hasKey, clean }),
  };
  const bytes = await askWhole(call, signal, deps);
  return { name: sound.name, bytes };
}

function isAboutFormat(error: unknown): boolean {
  if (!(error instanceof ServerFailure) || (error.status !== 400 && error.status !== 422)) return false;
  return /response_?format|timestamp_granularit|verbose_json|diarized_json|chunking_strategy/.test(`${error.param ?? ""} ${error.message}`);
}
