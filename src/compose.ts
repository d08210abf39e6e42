import { setMaxListeners } from "node:events";
import { createCallGate } from "./ai/callGate.ts";
import { gateDirector } from "./ai/gatedDirector.ts";
import { createLlmDirector, type CallReport } from "./ai/llmDirector.ts";
import { DEFAULT_MODELS } from "./ai/model/defaults.ts";
import { createOfflineDirector } from "./ai/offlineDirector.ts";
import { outlineStory, viewSegment, type SegmentView, type StoryOutline } from "./core/outline.ts";
import type { Problem } from "./core/problem.ts";
import { describeStatus, isProductionReady, type StateName } from "./core/segmentPlan.ts";
import { storyStatuses } from "./core/staleness.ts";
import { segmentSeconds, type Story } from "./core/story.ts";
import { segmentPath } from "./core/storyFolder.ts";
import { directScript } from "./pipeline/directScript.ts";
import type { Clock, Director, Log, RunEvent, StoryStore } from "./pipeline/ports.ts";
import { checkStory, readForRun, readStory, requireStoryFolder } from "./pipeline/readStory.ts";
import type { ProgressManager } from "./progress/progressManager.ts";
import { recordRun, type RunSummary } from "./progress/runRecord.ts";
import { createDiskStore } from "./story/diskStore.ts";

export type { RunSummary } from "./progress/runRecord.ts";

export interface DirectRequest {
  /** Positions (`3`, `7-9`) or ids: directed even when up to date. Absent: whatever is stale. */
  readonly segments?: readonly string[] | undefined;
  /** Direct everything, Extract Assets too, but for what a person has touched. */
  readonly all?: boolean | undefined;
  readonly overwriteEdits?: boolean | undefined;
  /** Finish what does not depend on a failure. */
  readonly keepGoing?: boolean | undefined;
  /** Replace the lock of another host. */
  readonly takeOver?: boolean | undefined;
  readonly batchSize?: number | undefined;
  readonly parallelBatches?: number | undefined;
}

export interface RunContext {
  readonly progress: ProgressManager;
  readonly signal: AbortSignal;
  /** Gets the very events that the run log keeps. */
  readonly onEvent?: ((event: RunEvent) => void) | undefined;
  /** Why a segment must not be written now, such as unsaved changes in an editor. */
  readonly heldBack?: ((segmentId: string) => string | undefined) | undefined;
}

export interface CheckReport {
  readonly title?: string | undefined;
  readonly problems: readonly Problem[];
}

export interface SegmentStateLine {
  readonly id: string;
  /** Position in the story, from 0. */
  readonly index: number;
  readonly state: StateName;
  readonly why: string;
  /** Seconds. */
  readonly start: number;
  readonly seconds: number;
}

export interface StatusReport {
  readonly title: string;
  readonly segments: readonly SegmentStateLine[];
  readonly assets: number;
  readonly scenes: number;
}

/** All that can be done with one story. The command, the wizard and the terminal call the same `direct`. */
export interface StoryDirector {
  /** @throws {StoryDirectorError} with every problem found; an AbortError when stopped. What is saved stays saved. */
  direct(request: DirectRequest, context: RunContext): Promise<RunSummary>;
  /** Every problem of the story, in the order of the files. Writes nothing. */
  check(): Promise<CheckReport>;
  /** Every segment's state, and why. @throws {ProblemsError} where the story cannot be read */
  status(): Promise<StatusReport>;
  /** The story as it stands on disk. @throws {ProblemsError} */
  read(): Promise<Story>;
  /** The story without its segment files. @throws {ProblemsError} */
  outline(): Promise<StoryOutline>;
  /** One segment of the outline, as it stands on disk now. */
  segment(outline: StoryOutline, id: string): Promise<SegmentView>;
  /** The logs of earlier runs, oldest first. */
  runs(): Promise<string[]>;
  readRun(name: string): Promise<RunEvent[]>;
  clearRuns(): Promise<void>;
}

/** Who directs: by rules, or a language model behind OpenAI's API or one like it. */
export type DirectorChoice = { readonly provider: "offline" } | ModelChoice;

export interface ModelChoice {
  readonly provider: "openai" | "compatible";
  /** OpenAI's own where absent. */
  readonly baseUrl?: string | undefined;
  /** Sent to the origin of the base URL only. */
  readonly apiKey?: string | undefined;
  readonly model?: string | undefined;
  /** Compiles final prompts; the model itself where absent, but for OpenAI's default. */
  readonly optimizerModel?: string | undefined;
}

/** Makes the director of a run; what every call came to goes into the run's log. */
export interface DirectorMaker {
  /** Provenance, e.g. `offline`. */
  readonly name: string;
  make(onCall: (report: CallReport) => void): Promise<Director>;
}

export interface StoryDirectorPorts {
  readonly store: StoryStore;
  readonly director: DirectorMaker;
  readonly clock: Clock;
  /** Calls to a model that may run side by side. */
  readonly maxCalls?: number | undefined;
}

const DEFAULT_MAX_CALLS = 8;
const DEFAULT_BATCH_SIZE = 10;
const DEFAULT_PARALLEL_BATCHES = 6;

export interface OpenOptions {
  readonly folder: string;
  readonly maxCalls?: number | undefined;
  /** Offline where absent. */
  readonly director?: DirectorChoice | undefined;
  readonly log?: Log | undefined;
}

/** The story in a folder of this machine. */
export function openStoryDirector({ folder, maxCalls, director = { provider: "offline" }, log = NO_LOG }: OpenOptions): StoryDirector {
  const clock: Clock = { now: () => Date.now() };
  return createStoryDirector({ store: createDiskStore(folder), director: directorMaker(director, log), clock, maxCalls });
}

const NO_LOG: Log = { info: () => undefined, error: () => undefined };

function directorMaker(choice: DirectorChoice, log: Log): DirectorMaker {
  if (choice.provider === "offline") return fixedDirector(createOfflineDirector());
  const { provider, baseUrl, apiKey, model: directorModel = DEFAULT_MODELS.director } = choice;
  const optimizerModel = choice.optimizerModel ?? (choice.model === undefined ? DEFAULT_MODELS.optimizer : undefined);
  return {
    name: `${provider}/${directorModel}`,
    async make(onCall) {
      // The SDK is half of the program, and those who direct offline never need it.
      const { createOpenAiModel } = await import("./ai/openAiModel.ts");
      const model = createOpenAiModel({ baseUrl, apiKey, directorModel, optimizerModel, log });
      return createLlmDirector({ model, log, onCall });
    },
  };
}

/** A director that makes no calls anybody has to know of. */
export function fixedDirector(director: Director): DirectorMaker {
  return { name: director.name, make: () => Promise.resolve(director) };
}

/** Where the parts are put together. */
export function createStoryDirector(ports: StoryDirectorPorts): StoryDirector {
  const { store } = ports;
  return {
    direct: (request, context) => runOnce(request, context, ports),
    async check() {
      const { story, problems } = await checkStory(store);
      return { title: story?.settings.title, problems };
    },
    async status() {
      const story = await readStory(store);
      const segments = storyStatuses(story).map((status, index): SegmentStateLine => {
        const segment = story.timing.segments[index]!;
        return { id: segment.id, index, ...describeStatus(status), start: segment.start, seconds: segmentSeconds(segment) };
      });
      return { title: story.settings.title, segments, assets: story.assets.size, scenes: story.scenes.length };
    },
    read: () => readStory(store),
    outline: async () => outlineStory(await readStory(store, "outline")),
    segment: async (outline, id) => viewSegment(outline, id, await store.readText(segmentPath(id))),
    runs: () => store.listRuns(),
    readRun: (name) => store.readRun(name),
    clearRuns: () => store.clearRuns(),
  };
}

async function runOnce(request: DirectRequest, context: RunContext, ports: StoryDirectorPorts): Promise<RunSummary> {
  const { store, director, clock, maxCalls = DEFAULT_MAX_CALLS } = ports;
  const { all = false, overwriteEdits = false, keepGoing = false, takeOver = false, batchSize = DEFAULT_BATCH_SIZE } = request;
  const { progress, onEvent, heldBack = () => undefined } = context;
  // Two slots stay free for optimizing, or streams would hold them all and no segment would be finished.
  const parallelBatches = Math.min(request.parallelBatches ?? DEFAULT_PARALLEL_BATCHES, Math.max(1, maxCalls - 2));
  await requireStoryFolder(store);
  return withLock(store, takeOver, async () => {
    const { story, texts, only } = await readForRun(store, request.segments);
    const options = { only, all, overwriteEdits, keepGoing, batchSize, parallelBatches };
    const control = linkedControl(context.signal);
    const run = { story, store, clock, director: director.name, progress, onEvent, readyBefore: () => readyIds(story) };
    return recordRun(run, async (emit) => {
      const working = await director.make((report) => emit({ event: "model-call", ...report }));
      const deps = { story, texts, director: gateDirector(working, createCallGate(maxCalls)), store, control, heldBack };
      progress.root.plan([{ id: "story", label: `Regenerating: "${story.settings.title}"`, kind: "story" }]);
      await progress.root.run("story", (task) => directScript(options, deps, task));
    });
  });
}

/** What the work rejects with is told, even where giving the lock back fails too. */
async function withLock<T>(store: StoryStore, takeOver: boolean, work: () => Promise<T>): Promise<T> {
  const lock = await store.lock({ takeOver });
  const result = await work().catch(async (error: unknown) => {
    await lock.release().catch(() => undefined);
    throw error;
  });
  await lock.release();
  return result;
}

/** A controller of the run's own, so that a failure stops this run and nothing else. */
function linkedControl(signal: AbortSignal): AbortController {
  const control = new AbortController();
  // Every call of the run listens while it is under way; that is no leak.
  setMaxListeners(0, control.signal);
  if (signal.aborted) control.abort();
  signal.addEventListener("abort", () => control.abort(), { once: true, signal: control.signal });
  return control;
}

function readyIds(story: Story): Set<string> {
  return new Set(storyStatuses(story).filter(isProductionReady).map(({ id }) => id));
}
