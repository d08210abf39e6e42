import { DEFAULT_TRANSCRIPTION_MODEL } from "../core/defaultModels.ts";
import type { Log, Transcriber } from "../pipeline/ports.ts";
import { readAccess, type AccessOptions } from "./model/access.ts";
import { nameInLogs } from "./model/endpoint.ts";
import { createGuardedFetch } from "./model/guardedFetch.ts";
import { createPauses, type Pauses } from "./model/pauses.ts";
import { createCleaner } from "./model/redact.ts";
import { systemTiming, type Timing } from "./model/timing.ts";
import type { Patience } from "./model/watchdog.ts";
import { transcribeSound, type HearingDeps } from "./transcribe/transcribeSound.ts";

export interface TranscriberOptions extends AccessOptions {
  readonly model?: string | undefined;
  /** Shared by all models of a program, so that a pause is kept by all calls to one host. */
  readonly pauses?: Pauses | undefined;
  readonly patience?: Partial<Patience> | undefined;
  readonly timing?: Timing | undefined;
  readonly log?: Log | undefined;
}

/** Nothing comes before the whole sound was heard; Node's fetch waits for 300 seconds. */
const PATIENCE: Patience = { firstMs: 295_000, nextMs: 290_000, textMs: 900_000 };

/**
 * A transcription model behind OpenAI's audio API, or behind a server that speaks like it.
 * @throws {StoryDirectorError} where the base URL or the key cannot be right; nothing has been sent then
 */
export function createTranscriber(options: TranscriberOptions): Transcriber {
  const { model = DEFAULT_TRANSCRIPTION_MODEL, log, timing = systemTiming() } = options;
  const { endpoint, apiKey } = readAccess(options);
  const deps: HearingDeps = {
    endpoint,
    fetch: createGuardedFetch({ endpoint, apiKey }),
    model,
    pause: (options.pauses ?? createPauses(timing)).of(endpoint.origin),
    patience: { ...PATIENCE, ...options.patience },
    timing,
    hasKey: apiKey !== undefined,
    clean: createCleaner(apiKey),
    log,
    hasAnswered: false,
  };
  return {
    name: nameInLogs(endpoint, model),
    transcribe: (sound, signal) => transcribeSound(sound, signal, deps),
  };
}
