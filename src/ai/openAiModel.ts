import { APIConnectionError, APIError, APIUserAbortError, OpenAI } from "openai";
import type { ReasoningEffort } from "../core/reasoningEffort.ts";
import type { LanguageModel, Log, ModelWait } from "../pipeline/ports.ts";
import { readAccess, type AccessOptions } from "./model/access.ts";
import { createAbilityBook, createMemory, type AbilityMemory } from "./model/ability.ts";
import { callModel, type CallDeps } from "./model/callModel.ts";
import { nameInLogs, type Endpoint } from "./model/endpoint.ts";
import { createGuardedFetch, toConnectionFailure } from "./model/guardedFetch.ts";
import { createPauses, type Pauses } from "./model/pauses.ts";
import { probeModels, type ProbeReport } from "./model/probe.ts";
import { createCleaner } from "./model/redact.ts";
import { createSchemaWatch } from "./model/schemaWatch.ts";
import { ServerFailure } from "./model/serverFailure.ts";
import { systemTiming, type Timing } from "./model/timing.ts";
import type { Transport } from "./model/transport.ts";
import type { Patience } from "./model/watchdog.ts";

export interface OpenAiModelOptions extends AccessOptions {
  /** Drafting needs the better model, optimizing is done by the cheaper one. */
  readonly directorModel: string;
  readonly optimizerModel?: string | undefined;
  /** For OpenAI's thinking models; thinking comes before the first word. */
  readonly reasoningEffort?: ReasoningEffort | undefined;
  /** Shared by all models of a program, so that a pause is kept by all calls to one host. */
  readonly pauses?: Pauses | undefined;
  /** What servers can do; kept between runs by the caller. */
  readonly memory?: AbilityMemory | undefined;
  readonly patience?: Partial<Patience> | undefined;
  readonly timing?: Timing | undefined;
  readonly log?: Log | undefined;
  /** Is told of every call that waits for a time, by each of them. */
  readonly onWait?: ((wait: ModelWait) => void) | undefined;
}

const DEFAULT_EFFORT: ReasoningEffort = "low";
const DEFAULT_PATIENCE: Patience = { firstMs: 120_000, nextMs: 60_000, textMs: 600_000 };
/** A model that thinks hard is silent while it does. */
const THINKING_PATIENCE: Patience = { firstMs: 290_000, nextMs: 120_000, textMs: 1_200_000 };
const DAY_MS = 86_400_000;

/**
 * A model behind OpenAI's API, or behind a server that speaks like it.
 * @throws {StoryDirectorError} where the base URL or the key cannot be right; nothing has been sent then
 */
export function createOpenAiModel(options: OpenAiModelOptions): LanguageModel {
  const { directorModel, optimizerModel = directorModel, log, onWait, timing = systemTiming(), memory = createMemory(), reasoningEffort = DEFAULT_EFFORT } = options;
  const { endpoint, apiKey } = readAccess(options);
  const abilities = createAbilityBook({ endpoint, memory, timing, log });
  const patience = reasoningEffort === "none" || reasoningEffort === "minimal" || reasoningEffort === "low" ? DEFAULT_PATIENCE : THINKING_PATIENCE;
  const deps: CallDeps = {
    endpoint,
    transport: createTransport(endpoint, apiKey),
    models: { director: directorModel, optimizer: optimizerModel },
    effort: reasoningEffort,
    abilities,
    schemaWatch: createSchemaWatch({ endpoint, abilities, log }),
    pause: (options.pauses ?? createPauses(timing)).of(endpoint.origin),
    patience: { ...patience, ...options.patience },
    timing,
    hasKey: apiKey !== undefined,
    clean: createCleaner(apiKey),
    log,
    onWait,
    hasAnswered: false,
  };
  return {
    name: nameInLogs(endpoint, directorModel),
    stream: (request, signal) => callModel(request, signal, deps),
  };
}

/**
 * Asks the server which models it has: is it there, and does it take the key? Nothing of a story is sent.
 * @throws {StoryDirectorError} that says what is wrong
 */
export async function probeOpenAiModel(options: Pick<OpenAiModelOptions, "baseUrl" | "apiKey" | "directorModel" | "optimizerModel" | "timing">, signal: AbortSignal): Promise<ProbeReport> {
  const { directorModel, optimizerModel = directorModel, timing = systemTiming() } = options;
  const { endpoint, apiKey } = readAccess(options);
  const wanted = [...new Set([directorModel, optimizerModel])];
  return probeModels({ endpoint, transport: createTransport(endpoint, apiKey), wanted, timing, hasKey: apiKey !== undefined, clean: createCleaner(apiKey) }, signal);
}

/**
 * Retries, time limits and reading are our own: the SDK's timeout ends with the headers, and its
 * helpers reject a whole answer for one bad part of it (openai 7.57.0).
 */
function createTransport(endpoint: Endpoint, apiKey: string | undefined): Transport {
  const client = new OpenAI({
    baseURL: endpoint.baseUrl,
    // The key is added by the guarded fetch; all that is absent here would be taken from the environment.
    apiKey: "-",
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    logLevel: "off",
    maxRetries: 0,
    timeout: DAY_MS,
    fetchOptions: { redirect: "error" },
    fetch: createGuardedFetch({ endpoint, apiKey }),
  });
  return {
    send(api, body, signal) {
      const sent = api === "responses" ? client.responses.create(body as never, { signal }) : client.chat.completions.create(body as never, { signal });
      return sent.asResponse().catch(toFailure);
    },
    listModels: (signal) => client.get("/models", { signal }).asResponse().catch(toFailure),
  };
}

/** Of the SDK's errors, what a decision needs; they hold the request's bodies otherwise. */
function toFailure(error: unknown): never {
  if (error instanceof APIUserAbortError) throw new DOMException("The call was stopped.", "AbortError");
  if (error instanceof APIConnectionError) return toConnectionFailure(error.cause);
  if (error instanceof APIError && error.status !== undefined) {
    const body: unknown = error.error ? { error: error.error } : error.message.replace(/^\d+ /, "");
    throw new ServerFailure({ status: error.status, body, headers: error.headers });
  }
  throw error;
}
