import assert from "node:assert/strict";
import { inspect } from "node:util";
import { z } from "zod";
import { createOpenAiModel, type OpenAiModelOptions } from "../../../../src/ai/openAiModel.ts";
import type { AbilityMemory, Omission } from "../../../../src/ai/model/ability.ts";
import type { Step } from "../../../../src/ai/model/endpoint.ts";
import { ModelError } from "../../../../src/ai/model/modelError.ts";
import { onAbort } from "../../../../src/ai/model/onAbort.ts";
import type { Timing } from "../../../../src/ai/model/timing.ts";
import type { LanguageModel, ModelEvent, ModelRequest } from "../../../../src/pipeline/ports.ts";

/** It must never be seen but in an authorization header. */
export const KEY = "sk-canary/77+yellow=feathers";

export const ANSWER = JSON.stringify({ segments: [{ id: "segment_1", text: "Schnee fällt 🌨 leise" }, { id: "segment_2", text: "two" }] });

export const answerSchema = z.strictObject({ segments: z.array(z.strictObject({ id: z.string(), text: z.string() })) });

export function request(over: Partial<ModelRequest> = {}): ModelRequest {
  return {
    role: "director",
    system: "You direct.",
    context: "The story.",
    instruction: "Segments 1-2.",
    answer: { name: "drafts", schema: answerSchema },
    maxOutputTokens: 4000,
    cacheKey: "story-1",
    ...over,
  };
}

export interface FakeTiming extends Timing {
  readonly sleeps: readonly number[];
  /** Milliseconds of the timers that run. */
  readonly running: readonly number[];
  /** Milliseconds of all timers that were ever started. */
  readonly started: readonly number[];
  /** Lets the shortest of the running timers run out. */
  fire(): void;
}

/** Sleeping takes no time but moves the clock; timers run out only when told to. */
export function fakeTiming(random = 0.5): FakeTiming {
  let now = Date.parse("2026-01-01T00:00:00Z");
  const sleeps: number[] = [];
  const started: number[] = [];
  const timers = new Map<() => void, number>();
  return {
    sleeps,
    started,
    get running() {
      return [...timers.values()];
    },
    now: () => now,
    random: () => random,
    after(ms, callback) {
      const entry = () => callback();
      timers.set(entry, ms);
      started.push(ms);
      return () => void timers.delete(entry);
    },
    fire() {
      const [entry] = [...timers].sort(([, a], [, b]) => a - b)[0] ?? assert.fail("no timer runs");
      timers.delete(entry);
      entry();
    },
    async sleep(ms, signal) {
      sleeps.push(ms);
      await new Promise<void>((resolve, reject) => {
        const stop = onAbort(signal, reject);
        setImmediate(() => {
          stop();
          resolve();
        });
      });
      now += ms;
    },
  };
}

/** As above, but who sleeps does so until woken. */
export function sleepyTiming(): FakeTiming & { readonly asleep: number; wake(): void } {
  const sleepers = new Set<() => void>();
  const timing = fakeTiming();
  return {
    sleeps: timing.sleeps,
    started: timing.started,
    get running() {
      return timing.running;
    },
    now: () => timing.now(),
    random: () => timing.random(),
    after: (ms, callback) => timing.after(ms, callback),
    fire: () => timing.fire(),
    get asleep() {
      return sleepers.size;
    },
    wake() {
      for (const wake of sleepers) wake();
    },
    async sleep(ms: number, signal: AbortSignal) {
      await new Promise<void>((resolve, reject) => {
        const stop = onAbort(signal, (reason) => {
          sleepers.delete(wake);
          reject(reason);
        });
        const wake = () => {
          stop();
          sleepers.delete(wake);
          resolve();
        };
        sleepers.add(wake);
      });
      await timing.sleep(ms, signal);
    },
  };
}

export interface Heard {
  readonly text: string;
  readonly end: Extract<ModelEvent, { type: "end" }> | undefined;
  readonly error: unknown;
}

export interface TestModel {
  readonly model: LanguageModel;
  readonly timing: FakeTiming;
  readonly log: readonly string[];
  readonly waits: readonly (readonly [reason: string, ms: number])[];
  ask(over?: Partial<ModelRequest>, signal?: AbortSignal): Promise<Heard>;
  /** Everything that anybody could have seen of it. */
  seen(): string;
}

/** A memory that knows how to ask, and learns nothing. */
export function remembering(step: Step, without: readonly Omission[] = []): AbilityMemory {
  return { get: () => ({ step, without, why: "it was found so", at: fakeTiming().now() }), set: () => undefined };
}

/** A model on fake time that notes down all that it says. */
export function testModel(options: Partial<OpenAiModelOptions> & { readonly baseUrl: string }): TestModel {
  const timing = fakeTiming();
  const log: string[] = [];
  const waits: [string, number][] = [];
  const heard: unknown[] = [];
  const model = createOpenAiModel({
    directorModel: "fake-1",
    apiKey: KEY,
    timing,
    log: { info: (message) => log.push(message), error: (message) => log.push(message) },
    onWait: ({ host, why, untilMs }) => waits.push([`${host} ${why}`, untilMs - timing.now()]),
    ...options,
  });
  return {
    model,
    timing,
    log,
    waits,
    async ask(over, signal = new AbortController().signal) {
      const result = await listen(model.stream(request(over), signal));
      heard.push(result);
      return result;
    },
    seen: () => inspect([model, log, waits, heard], { depth: 12, showHidden: true, maxStringLength: null }) + heard.map((entry) => (entry as Heard).error).map(String).join(),
  };
}

export async function listen(stream: AsyncIterable<ModelEvent>): Promise<Heard> {
  let text = "";
  let end: Heard["end"];
  try {
    for await (const event of stream) {
      assert.equal(end, undefined, "nothing comes after the end");
      if (event.type === "text") text += event.delta;
      else end = event;
    }
    return { text, end, error: undefined };
  } catch (error) {
    return { text, end, error };
  }
}

/** The error that a person is told, with every promise that all of them keep. */
export function modelError({ error, end }: Heard): ModelError {
  if (!(error instanceof ModelError)) assert.fail(`no ModelError but ${inspect(error)}`);
  assert.equal(end, undefined);
  assert.ok(error.hint, "it says what to do");
  assert.equal(error.cause, undefined);
  assert.doesNotMatch(`${error.message} ${error.hint} ${error.stack}`, /canary|feathers/);
  return error;
}

export async function waitUntil(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition(); tries++) {
    // A loop without end would outlive its test.
    if (tries > 3000) assert.fail("it never came to be");
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
