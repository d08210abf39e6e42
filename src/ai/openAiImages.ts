import type { ImageMaker, Log } from "../pipeline/ports.ts";
import { drawPicture, type PictureDeps } from "./images/drawPicture.ts";
import { ImageError } from "./images/imageFault.ts";
import { readAccess, type AccessOptions } from "./model/access.ts";
import { nameInLogs } from "./model/endpoint.ts";
import { createGuardedFetch } from "./model/guardedFetch.ts";
import { createPause } from "./model/pause.ts";
import { createCleaner } from "./model/redact.ts";
import { systemTiming, type Timing } from "./model/timing.ts";
import type { Patience } from "./model/watchdog.ts";

export interface OpenAiImagesOptions extends AccessOptions {
  /** E.g. `gpt-image-2.6-flare`. */
  readonly model: string;
  readonly patience?: Partial<Patience> | undefined;
  readonly timing?: Timing | undefined;
  readonly log?: Log | undefined;
}

/** A large picture takes minutes, and nothing comes before it is whole; Node's fetch waits for 300 seconds. */
const PATIENCE: Patience = { firstMs: 290_000, nextMs: 290_000, textMs: 900_000 };

/**
 * An image model behind OpenAI's images API, or behind a server that speaks like it. Two requests
 * need no SDK; what leads out is the same guarded fetch that the language model has.
 * @throws {StoryDirectorError} where the base URL or the key cannot be right; nothing has been sent then
 */
export function createOpenAiImages(options: OpenAiImagesOptions): ImageMaker {
  const { model, log, timing = systemTiming() } = options;
  const { endpoint, apiKey } = readAccess(options);
  const isOwn = endpoint.kind === "openai" || endpoint.kind === "azure";
  const deps: PictureDeps = {
    endpoint,
    fetch: createGuardedFetch({ endpoint, apiKey }),
    model,
    // Of its own: providers count images apart, and the script is not to wait for them.
    pause: createPause(timing),
    patience: { ...PATIENCE, ...options.patience },
    timing,
    hasKey: apiKey !== undefined,
    clean: createCleaner(apiKey),
    log,
    hasAnswered: false,
    asksForBytes: !isOwn,
  };
  return {
    name: nameInLogs(endpoint, model),
    make: (request, signal) => drawPicture(request, signal, deps),
    isHopeless: (error) => error instanceof ImageError && error.concernsAll,
  };
}
