import { createLlmDirector } from "../../src/ai/llmDirector.ts";
import { createStoryDirector, type DirectRequest, type RunContext, type RunSummary, type StoryDirector } from "../../src/compose.ts";
import type { TokenUsage } from "../../src/core/cost.ts";
import { createPriceBook } from "../../src/core/priceBook.ts";
import type { Price } from "../../src/core/prices.ts";
import type { Director, ImageMaker, ModelRequest, RunEvent, StoryStore } from "../../src/pipeline/ports.ts";
import { ProgressManager } from "../../src/progress/progressManager.ts";
import { createFakeLanguageModel, wellBehaved, type CannedAnswer, type FakeLanguageModel } from "./fakeLanguageModel.ts";
import { countingClock } from "./runStory.ts";

export const PRICE: Price = { input: 1, cachedInput: 0.1, output: 5 };

/** Four characters are a token, as for the fake model below. */
export function usageOf({ system, context, instruction }: ModelRequest, text: string): TokenUsage {
  const inputTokens = Math.ceil((system.length + context.length + instruction.length) / 4);
  return { inputTokens, cachedInputTokens: 0, outputTokens: Math.ceil(text.length / 4) };
}

/** A model that behaves well, and tells the tokens of every call. */
export function countingModel(script: (request: ModelRequest) => CannedAnswer | string = wellBehaved): FakeLanguageModel {
  const answer = (request: ModelRequest): CannedAnswer => {
    const scripted = script(request);
    const { text = "", ...rest } = typeof scripted === "string" ? { text: scripted } : scripted;
    return { text, usage: usageOf(request, typeof text === "string" ? text : text.join("")), ...rest };
  };
  return createFakeLanguageModel(answer, { chunk: 400 });
}

export interface MeteredSetup {
  readonly store: StoryStore;
  readonly model?: FakeLanguageModel;
  /** By the model's name; undefined: nobody knows what it costs. */
  readonly price?: Price | undefined;
  readonly maxCalls?: number;
  /** Draws for the same price. */
  readonly imageMaker?: ImageMaker | undefined;
  /** Changes the director, such as by counting its calls. */
  readonly wrap?: (director: Director) => Director;
}

/** A story director whose model has a price. */
export function meteredDirector({ store, model = countingModel(), maxCalls, imageMaker, wrap = (director) => director, ...rest }: MeteredSetup): StoryDirector {
  const price = "price" in rest ? rest.price : PRICE;
  const priceOf = createPriceBook({ own: price ? { "model-1": price, "image-1": price } : {} });
  const log = { info: () => undefined, error: () => undefined };
  return createStoryDirector({
    store,
    clock: countingClock(),
    maxCalls,
    images: imageMaker && { model: "image-1", make: () => imageMaker, quality: "low", parallel: 2 },
    director: {
      name: model.name,
      pricing: { models: { director: model.name, optimizer: model.name }, priceOf },
      make: (onCall) => Promise.resolve(wrap(createLlmDirector({ model, log, onCall }))),
    },
  });
}

export interface MeteredRan {
  readonly summary: RunSummary | undefined;
  readonly error: unknown;
  readonly events: readonly RunEvent[];
  readonly progress: ProgressManager;
}

/** Runs once, and gives what came of it whether it succeeded or not. */
export async function runMetered(setup: MeteredSetup, request: DirectRequest = {}, context: Partial<RunContext> = {}): Promise<MeteredRan> {
  const progress = new ProgressManager(countingClock());
  const events: RunEvent[] = [];
  const whole = { progress, signal: new AbortController().signal, onEvent: (event: RunEvent) => void events.push(event), ...context };
  const outcome = await meteredDirector(setup).direct(request, whole).then(
    (summary) => ({ summary, error: undefined }),
    (error: unknown) => ({ summary: undefined, error }),
  );
  return { ...outcome, events, progress };
}
