import { createLlmDirector } from "../ai/llmDirector.ts";
import type { AbilityMemory } from "../ai/model/ability.ts";
import { OPENAI_BASE_URL, parseEndpoint } from "../ai/model/endpoint.ts";
import { createOpenAiImages } from "../ai/openAiImages.ts";
import { createOfflineDirector } from "../ai/offlineDirector.ts";
import { checkTextModel } from "../ai/text/checkTextModel.ts";
import { createTextLanguageModel } from "../ai/text/textLanguageModel.ts";
import { DEFAULT_MODELS } from "../core/defaultModels.ts";
import { createPriceBook } from "../core/priceBook.ts";
import type { PriceTable } from "../core/prices.ts";
import type { Director, Log } from "../pipeline/ports.ts";
import { openMemoryFile } from "../story/memoryFile.ts";
import type { DirectorChoice, ImageChoice, ModelChoice } from "./choices.ts";
import type { DirectorMaker, ImagePort, NoImages, SharedCalls } from "./parts.ts";

export interface MakerOptions {
  readonly abilities?: AbilityMemory | { readonly file: string } | undefined;
  readonly prices?: PriceTable | undefined;
  readonly log: Log;
  readonly shared: SharedCalls;
}

export function directorMaker(choice: DirectorChoice, { log, shared, abilities, prices }: MakerOptions): DirectorMaker {
  if (choice.provider === "offline") return fixedDirector(createOfflineDirector());
  if (choice.provider === "vscode") {
    const { director, optimizer = director } = choice;
    const pricing = { models: { director: director.name, optimizer: optimizer.name }, priceOf: createPriceBook({ own: prices }) };
    const make: DirectorMaker["make"] = async (onCall, onWait) => createLlmDirector({ model: createTextLanguageModel({ ...choice, pauses: shared.pauses, log, onWait }), log, onCall });
    return { name: director.name, pricing, make };
  }
  const { provider, baseUrl, apiKey, reasoningEffort } = choice;
  const models = modelsOf(choice);
  return {
    name: `${provider}/${models.directorModel}`,
    secrets: apiKey === undefined ? [] : [apiKey.trim()],
    pricing: {
      models: { director: models.directorModel, optimizer: models.optimizerModel ?? models.directorModel },
      priceOf: createPriceBook({ own: prices, isLocal: baseUrl !== undefined && parseEndpoint(baseUrl).isLoopback }),
    },
    async make(onCall, onWait) {
      // The SDK is half of the program, and those who direct offline never need it.
      const { createOpenAiModel } = await import("../ai/openAiModel.ts");
      const memory = abilities && "file" in abilities ? await openMemoryFile(abilities.file) : abilities;
      const model = createOpenAiModel({ baseUrl, apiKey, ...models, reasoningEffort, log, memory, pauses: shared.pauses, onWait });
      return createLlmDirector({ model, log, onCall });
    },
  };
}

/** Where a server is, by its base URL as people write it. */
export interface ModelAddress {
  readonly baseUrl: string;
  /** Keys are kept by it, e.g. `https://api.openai.com`. */
  readonly origin: string;
  /** For people, e.g. `localhost:11434`. */
  readonly host: string;
  /** On this machine, where nothing is paid for. */
  readonly isLoopback: boolean;
}

/** OpenAI's own where no base URL is given. @throws {StoryDirectorError} that says what is wrong with it */
export function addressOf(baseUrl: string = OPENAI_BASE_URL): ModelAddress {
  const { baseUrl: normal, origin, host, isLoopback } = parseEndpoint(baseUrl);
  return { baseUrl: normal, origin, host, isLoopback };
}

/** What a server says of its models. */
export interface ModelReport {
  /** Sorted names; undefined where it keeps no list. */
  readonly models: readonly string[] | undefined;
  /** Of the chosen models, those that are not in the list. */
  readonly missing: readonly string[];
}

/** Is the model there, and does it take the key? Nothing of a story is sent. @throws {StoryDirectorError} */
export async function testModel(choice: DirectorChoice, signal: AbortSignal): Promise<ModelReport> {
  if (choice.provider === "offline") return { models: undefined, missing: [] };
  if (choice.provider === "vscode") {
    const { director, optimizer = director } = choice;
    for (const model of new Set([director, optimizer])) await checkTextModel(model, signal);
    return { models: undefined, missing: [] };
  }
  const { probeOpenAiModel } = await import("../ai/openAiModel.ts");
  return probeOpenAiModel({ baseUrl: choice.baseUrl, apiKey: choice.apiKey, ...modelsOf(choice) }, signal);
}

function modelsOf({ model, optimizerModel }: ModelChoice): { readonly directorModel: string; readonly optimizerModel: string | undefined } {
  return { directorModel: model ?? DEFAULT_MODELS.director, optimizerModel: optimizerModel ?? (model === undefined ? DEFAULT_MODELS.optimizer : undefined) };
}

/** A director that makes no calls anybody has to know of. */
export function fixedDirector(director: Director): DirectorMaker {
  return { name: director.name, make: () => Promise.resolve(director) };
}

const DEFAULT_PARALLEL_IMAGES = 3;

export function imagePort(director: DirectorChoice, choice: ImageChoice | undefined, log: Log): ImagePort | NoImages | undefined {
  if (!choice) return undefined;
  // Whoever named a model wants to know why it is not asked.
  if (director.provider !== "openai" && director.provider !== "compatible") return { skipped: `no image model for the ${director.provider} director` };
  const { baseUrl, apiKey } = director;
  const { model, size, quality, parallel = DEFAULT_PARALLEL_IMAGES } = choice;
  // Not every server knows the word.
  const unlessAuto = (value: string | undefined) => (value === "auto" ? undefined : value);
  return { model, size: unlessAuto(size), quality: unlessAuto(quality), parallel, make: () => createOpenAiImages({ baseUrl, apiKey, model, log }) };
}
