import { setMaxListeners } from "node:events";
import { createCallGate } from "./ai/callGate.ts";
import { gateDirector } from "./ai/gatedDirector.ts";
import { createOfflineDirector } from "./ai/offlineDirector.ts";
import { ProblemsError, StoryDirectorError } from "./core/errors.ts";
import { isDamaged, loadStory, stoppingProblems, type LoadedStory, type StoryTexts } from "./core/loadStory.ts";
import { resolveOutputs } from "./core/outputs.ts";
import { compareProblems, type Problem } from "./core/problem.ts";
import { describeStatus, isProductionReady } from "./core/segmentPlan.ts";
import { selectSegments } from "./core/selection.ts";
import { segmentStatus, statusInputs, type SegmentStatus } from "./core/staleness.ts";
import { scenesByIndex, segmentSeconds, type Story } from "./core/story.ts";
import { assetPath, storyPaths } from "./core/storyFolder.ts";
import { directScript, type ScriptOptions } from "./pipeline/directScript.ts";
import type { Clock, Director, RunEvent, StoryStore } from "./pipeline/ports.ts";
import { filesOf } from "./pipeline/resolveAssets.ts";
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
}

export interface CheckReport {
  readonly title?: string | undefined;
  readonly problems: readonly Problem[];
}

export interface SegmentStateLine {
  readonly id: string;
  /** Position in the story, from 0. */
  readonly index: number;
  readonly state: string;
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
  /** The logs of earlier runs, oldest first. */
  runs(): Promise<string[]>;
}

export interface StoryDirectorPorts {
  readonly store: StoryStore;
  readonly director: Director;
  readonly clock: Clock;
  /** Calls to a model that may run side by side. */
  readonly maxCalls?: number | undefined;
}

const DEFAULT_MAX_CALLS = 8;
const DEFAULT_BATCH_SIZE = 10;
const DEFAULT_PARALLEL_BATCHES = 6;

/** The story in a folder of this machine, directed offline. */
export function openStoryDirector({ folder, maxCalls }: { readonly folder: string; readonly maxCalls?: number | undefined }): StoryDirector {
  const clock: Clock = { now: () => Date.now() };
  return createStoryDirector({ store: createDiskStore(folder), director: createOfflineDirector(), clock, maxCalls });
}

/** Where the parts are put together. */
export function createStoryDirector(ports: StoryDirectorPorts): StoryDirector {
  const { store } = ports;
  return {
    direct: (request, context) => runOnce(request, context, ports),
    async check() {
      const { loaded, problems } = await load(store);
      const damaged = loaded.damaged.map(damagedProblem);
      const images = loaded.story ? await imageProblems(loaded.story, store) : [];
      return { title: loaded.story?.settings.title, problems: [...problems, ...damaged, ...images].sort(compareProblems) };
    },
    async status() {
      const story = await readStory(store);
      const lines = statusesOf(story).map((status, index) => {
        const segment = story.timing.segments[index]!;
        return { id: segment.id, index, ...describeStatus(status), start: segment.start, seconds: segmentSeconds(segment) };
      });
      return { title: story.settings.title, segments: lines, assets: story.assets.size, scenes: story.scenes.length };
    },
    read: () => readStory(store),
    runs: () => store.listRuns(),
  };
}

async function runOnce(request: DirectRequest, context: RunContext, ports: StoryDirectorPorts): Promise<RunSummary> {
  const { store, director, clock, maxCalls = DEFAULT_MAX_CALLS } = ports;
  await refuseOtherFolders(store);
  const lock = await store.lock({ takeOver: request.takeOver ?? false });
  try {
    const { story, texts } = await loadForRun(store, request);
    const options = scriptOptions(request, story, maxCalls);
    const control = linkedControl(context.signal);
    const gated = gateDirector(director, createCallGate(maxCalls));
    const label = `Regenerating: "${story.settings.title}"`;
    const { progress, onEvent } = context;
    const run = { story, store, clock, director: director.name, progress, onEvent, readyBefore: () => readyIds(story) };
    return await recordRun(run, async () => {
      progress.root.plan([{ id: "story", label, kind: "story" }]);
      await progress.root.run("story", (task) => directScript(options, { story, texts, director: gated, store, control }, task));
    });
  } finally {
    await lock.release();
  }
}

/** Nothing is made in a folder that is no story. */
async function refuseOtherFolders(store: StoryStore): Promise<void> {
  if ((await store.readText(storyPaths.story)) !== undefined) return;
  const hint = `A story folder has a ${storyPaths.story}; name the folder that holds it.`;
  throw new StoryDirectorError(`${store.location} is not a story folder: it has no ${storyPaths.story}`, { hint });
}

async function load(store: StoryStore): Promise<{ loaded: LoadedStory; texts: StoryTexts; problems: Problem[] }> {
  const { texts, problems } = await store.readAll();
  const loaded = loadStory(texts);
  return { loaded, texts, problems: [...problems, ...loaded.problems] };
}

async function readStory(store: StoryStore): Promise<Story> {
  const { loaded, problems } = await load(store);
  return usableStory(loaded, stoppingProblems(problems));
}

function usableStory({ story }: LoadedStory, errors: readonly Problem[]): Story {
  const hint = "`story-director check` prints every problem of the story.";
  if (errors.length || !story) throw new ProblemsError("The story cannot be used as it stands", errors, hint);
  return story;
}

/** Reads the story; files that a crash left empty are set aside, to be made again. */
async function loadForRun(store: StoryStore, request: DirectRequest): Promise<{ story: Story; texts: StoryTexts }> {
  const { loaded, texts, problems } = await load(store);
  if (loaded.readOnly) {
    const hint = "Update Story Director to work on this story.";
    throw new StoryDirectorError("A newer version of Story Director wrote this story; this one can only read it", { hint });
  }
  const only = request.segments && loaded.story && selectSegments(request.segments, loaded.story.timing.segments);
  const story = usableStory(loaded, stoppingProblems(problems, only));
  if (story.timing.segments.length === 0) {
    throw new StoryDirectorError(`${storyPaths.timingMap} has no segments`, { hint: "Add what is said, and from when to when." });
  }
  for (const path of loaded.damaged) await store.setAside(path);
  return { story, texts: new Map([...texts].filter(([, text]) => !isDamaged(text))) };
}

function scriptOptions(request: DirectRequest, story: Story, maxCalls: number): ScriptOptions {
  const { all = false, overwriteEdits = false, keepGoing = false, batchSize = DEFAULT_BATCH_SIZE } = request;
  const only = request.segments && selectSegments(request.segments, story.timing.segments);
  // Two slots stay free for optimizing, or streams would hold them all and no segment would be finished.
  const parallelBatches = Math.min(request.parallelBatches ?? DEFAULT_PARALLEL_BATCHES, Math.max(1, maxCalls - 2));
  return { only, all, overwriteEdits, keepGoing, batchSize, parallelBatches };
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

function statusesOf(story: Story): SegmentStatus[] {
  const scenes = scenesByIndex(story);
  const inputs = statusInputs(story, resolveOutputs(story.settings.outputs));
  return story.timing.segments.map((segment, index) => segmentStatus(segment, scenes[index], inputs));
}

function readyIds(story: Story): Set<string> {
  return new Set(statusesOf(story).filter(isProductionReady).map(({ id }) => id));
}

function damagedProblem(file: string): Problem {
  const message = "the file is empty: a crash left it so";
  const hint = "The next run sets it aside as .damaged and makes it again.";
  return { severity: "warning", code: "damaged-file", message, hint, file };
}

async function imageProblems(story: Story, store: StoryStore): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const asset of story.assets.values()) {
    for (const path of filesOf(asset)) {
      if (await store.isReadable(path)) continue;
      const hint = "Put the file there, or take it out of the asset's images.";
      problems.push({ severity: "error", code: "unreadable-image", message: `${path} cannot be read`, hint, file: assetPath(asset.id) });
    }
  }
  return problems;
}
