import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { createLlmDirector } from "../../src/ai/llmDirector.ts";
import { createStoryDirector } from "../../src/compose.ts";
import type { LanguageModel, StoryStore } from "../../src/pipeline/ports.ts";
import { ProgressManager } from "../../src/progress/progressManager.ts";
import { createDiskStore } from "../../src/story/diskStore.ts";
import { bytesWritten, sizeOfFiles, sizeOfSegments } from "../longStory.ts";
import { fastClock, virtualClock, type BenchClock } from "./clocks.ts";
import { batchByBatch, inTwoLoops, runLoop } from "./loops.ts";
import { SILENT, writePlannedStory } from "./plannedStory.ts";
import { BATCH_SIZE, SLOTS } from "./speeds.ts";
import { createTimedModel, type TimedCall, type Traffic } from "./timedModel.ts";

export type Way = "two loops" | "batch by batch" | "ours";

export interface Job {
  readonly way: Way;
  readonly segments: number;
  /** How many times faster than the model's own time; 0 for a virtual clock. */
  readonly factor: number;
  readonly sample: string;
  /** Where the stories are put. Whoever gives it removes them: on some disks new files cost more for a while after many were removed. */
  readonly folder: string;
}

export interface Measured extends Traffic {
  /** Milliseconds of the model's time. */
  readonly totalMs: number;
  readonly firstMs: number;
  /** Milliseconds of CPU of a run on the virtual clock, without what playing the model takes. */
  readonly ownCpuMs: number;
  readonly modelCpuMs: number;
  /** The same of a run over the one batch that every run begins with: locking, reading, planning. */
  readonly firstBatchCpuMs: number;
  /** Run log aside. */
  readonly bytesWritten: number;
  readonly segmentBytes: number;
}

/** Until V8 has compiled what a run is made of. */
const WARM_UP_SEGMENTS = 600;

void measure(JSON.parse(process.argv[2]!) as Job).then(
  (measured) => console.log(JSON.stringify(measured)),
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);

async function measure(job: Job): Promise<Measured> {
  const parent = mkdtempSync(join(job.folder, "run-"));
  const virtual = { ...job, factor: 0 };
  // A program that has just started compiles itself; that is no cost of a segment.
  await runOnce({ ...virtual, segments: WARM_UP_SEGMENTS }, join(parent, "warm-up"));
  const firstBatch = await costOf({ ...virtual, segments: BATCH_SIZE }, join(parent, "batch"));
  const cost = await costOf(virtual, join(parent, "story"));
  const timed = job.factor === 0 ? cost.measured : (await runOnce(job, join(parent, "timed"))).measured;
  return { ...timed, ownCpuMs: cost.ownCpuMs, modelCpuMs: cost.modelCpuMs, firstBatchCpuMs: firstBatch.ownCpuMs };
}

interface Run {
  readonly measured: Omit<Measured, "ownCpuMs" | "modelCpuMs" | "firstBatchCpuMs">;
  readonly cpuMs: number;
  readonly played: readonly TimedCall[];
}

/** A few segments say little: one collection of garbage costs as much as ten of them. */
const FEWEST_SEGMENTS = 1000;

/** The CPU of a run, and what of it playing the model took: the mean of as many runs as it takes to tell. */
async function costOf(job: Job, folder: string): Promise<Run & { readonly ownCpuMs: number; readonly modelCpuMs: number }> {
  const runs = Math.ceil(FEWEST_SEGMENTS / job.segments);
  let [ownMs, modelMs] = [0, 0];
  for (let count = 1; ; count++) {
    const run = await runOnce(job, `${folder}-${count}`);
    const playedMs = await playAgain(run.played);
    ownMs += run.cpuMs - playedMs;
    modelMs += playedMs;
    if (count === runs) return { ...run, ownCpuMs: ownMs / runs, modelCpuMs: modelMs / runs };
  }
}

async function runOnce({ way, segments, factor, sample }: Job, folder: string): Promise<Run> {
  await writePlannedStory(sample, folder, segments);
  const before = bytesWritten();
  const start = cpuMs();
  const clock = newClock(factor);
  const model = createTimedModel(clock);
  const { store, firstMs } = watched(createDiskStore(folder), clock);
  await direct(way, model, store);
  const totalMs = clock.now();
  clock.stop();
  const ranMs = cpuMs() - start;
  const written = bytesWritten() - before - (way === "ours" ? sizeOfFiles(join(folder, ".story-director", "runs")) : 0);
  const measured = { ...model.traffic(), totalMs, firstMs: firstMs(), bytesWritten: written, segmentBytes: sizeOfSegments(folder) };
  return { measured, cpuMs: ranMs, played: model.played };
}

function newClock(factor: number): BenchClock {
  return factor === 0 ? virtualClock() : fastClock(factor);
}

async function direct(way: Way, model: LanguageModel, store: StoryStore): Promise<void> {
  const director = (onCall?: Parameters<typeof createLlmDirector>[0]["onCall"]) => createLlmDirector({ model, log: SILENT, onCall });
  if (way === "two loops") return runLoop(inTwoLoops, director(), store);
  if (way === "batch by batch") return runLoop(batchByBatch, director(), store);
  const clock = { now: () => Date.now() };
  const engine = createStoryDirector({ store, clock, director: { name: model.name, make: (onCall) => Promise.resolve(director(onCall)) }, maxCalls: SLOTS });
  await engine.direct({}, { progress: new ProgressManager(clock), signal: new AbortController().signal });
}

/** The store, with its every call known to the clock, and the time when the first segment was down. */
function watched(store: StoryStore, clock: BenchClock): { readonly store: StoryStore; readonly firstMs: () => number } {
  let firstMs = 0;
  const known: StoryStore = {
    ...store,
    readAll: (parts) => clock.outside(store.readAll(parts)),
    readText: (path) => clock.outside(store.readText(path)),
    isReadable: (path) => clock.outside(store.isReadable(path)),
    lock: (options) => clock.outside(store.lock(options)),
    async saveSegment(segment) {
      const outcome = await clock.outside(store.saveSegment(segment));
      firstMs ||= clock.now();
      return outcome;
    },
  };
  return { store: known, firstMs: () => firstMs };
}

/** What it takes to play the model alone: the same calls at the same times, with nobody who makes anything of them. */
async function playAgain(calls: readonly TimedCall[]): Promise<number> {
  const start = cpuMs();
  const clock = virtualClock();
  const model = createTimedModel(clock);
  const { signal } = new AbortController();
  const read = async (request: TimedCall["request"]) => {
    for await (const event of model.stream(request, signal)) if (event.type === "end") break;
  };
  const reading: Promise<void>[] = [];
  for (const { request, startMs } of calls) {
    await clock.until(startMs);
    reading.push(read(request));
  }
  await Promise.all(reading);
  clock.stop();
  return cpuMs() - start;
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
