import type { AbilityMemory } from "./ai/model/ability.ts";
import type { DirectorChoice, ImageChoice } from "./compose/choices.ts";
import type { DirectRequest, SegmentStateLine, StoryDirector } from "./compose/contract.ts";
import { directorMaker, imagePort } from "./compose/makers.ts";
import { createSharedCalls, type SharedCalls, type StoryDirectorPorts } from "./compose/parts.ts";
import { drawingOf, estimateOf, optionsOf, runOnce } from "./compose/runOnce.ts";
import { ProblemsError } from "./core/errors.ts";
import { loadStory } from "./core/loadStory.ts";
import { outlineStory, viewSegment } from "./core/outline.ts";
import type { PriceTable } from "./core/prices.ts";
import { isError } from "./core/problem.ts";
import { describeStatus } from "./core/segmentPlan.ts";
import { storyStatuses } from "./core/staleness.ts";
import { segmentSeconds } from "./core/story.ts";
import { segmentPath } from "./core/storyFolder.ts";
import { newStoryTexts, type NewStory } from "./import/newStory.ts";
import { retakeEditor } from "./import/retake.ts";
import { editCast, replacePicture } from "./pipeline/editCast.ts";
import { editTiming, requireEditable, timingEditor } from "./pipeline/editTiming.ts";
import type { Clock, Log } from "./pipeline/ports.ts";
import { checkStory, readStory, readStoryForRun, requireStoryFolder } from "./pipeline/readStory.ts";
import { withLock } from "./pipeline/withLock.ts";
import type { RunEstimate } from "./spending/runEstimate.ts";
import { createDiskStore } from "./story/diskStore.ts";
import { createStoryFolder } from "./story/newFolder.ts";

export type { AbilityMemory } from "./ai/model/ability.ts";
export type { DirectorChoice, EditorModelChoice, ImageChoice, ModelChoice } from "./compose/choices.ts";
export type { CheckReport, DirectRequest, RunBudget, RunContext, SegmentStateLine, StatusReport, StoryDirector } from "./compose/contract.ts";
export { addressOf, fixedDirector, testModel, type ModelAddress, type ModelReport } from "./compose/makers.ts";
export { readNarration, type NarrationRequest } from "./compose/narration.ts";
export { createSharedCalls, type DirectorMaker, type ImagePort, type ModelPricing, type SharedCalls, type StoryDirectorPorts } from "./compose/parts.ts";
export { freeId } from "./core/freeIds.ts";
export { proseOfTranscript, titleOfFile } from "./import/newStory.ts";
export { inOwnWords } from "./import/ownWords.ts";
export { editPlanned } from "./import/plannedEdits.ts";
export { planSegments } from "./import/planSegments.ts";
export { soundIn } from "./import/read/bytes/binaryFormats.ts";
export { readTranscript } from "./import/read/readTranscript.ts";
export { readHeard, type Narration } from "./import/readNarration.ts";
export type { RetimeReport, RetimeRequest } from "./import/retake.ts";
export { soundSeconds } from "./import/sound/soundSeconds.ts";
export { withTimeCodes } from "./import/timeCodes.ts";
export type { PictureRequest } from "./pipeline/editCast.ts";
export type { EditTimingOptions, TimingEditRequest, TimingReport } from "./pipeline/editTiming.ts";
export type { RunSummary, RunWarning } from "./progress/runRecord.ts";
export type { BudgetAnswer, BudgetPause } from "./spending/budget.ts";
export type { RunEstimate } from "./spending/runEstimate.ts";
export { requireNewFile, saveNewFile } from "./story/newFile.ts";
export { requireFree as requireNewFolder } from "./story/newFolder.ts";
export { readSource } from "./story/readSource.ts";

export interface OpenOptions {
  readonly folder: string;
  readonly maxCalls?: number | undefined;
  /** Offline where absent. */
  readonly director?: DirectorChoice | undefined;
  /** Nobody draws where absent, or where the director is no model that has a server. */
  readonly images?: ImageChoice | undefined;
  /** A person's own prices, which go before the table of `core/prices.ts`. */
  readonly prices?: PriceTable | undefined;
  readonly log?: Log | undefined;
  /** Of its own where absent. */
  readonly shared?: SharedCalls | undefined;
  /** What servers were found to be able to do: in a memory, or in a file of the user's. For this run only where absent. */
  readonly abilities?: AbilityMemory | { readonly file: string } | undefined;
}

/** The story in a folder of this machine. */
export function openStoryDirector(options: OpenOptions): StoryDirector {
  const { folder, maxCalls, director = { provider: "offline" }, images, prices, log = NO_LOG, shared = createSharedCalls(), abilities } = options;
  const clock: Clock = { now: () => Date.now() };
  const maker = directorMaker(director, { log, shared, abilities, prices });
  return createStoryDirector({ store: createDiskStore(folder), director: maker, images: imagePort(director, images, log), clock, maxCalls });
}

/**
 * Makes a new story; nothing is directed yet. The folder is made only when the whole story is right.
 * @throws {StoryDirectorError} where the folder holds something, or the story has an error
 */
export async function createStory(folder: string, story: NewStory): Promise<void> {
  const texts = newStoryTexts(story);
  const errors = loadStory(texts).problems.filter(isError);
  if (errors.length) throw new ProblemsError("The story cannot be made like that", errors);
  await createStoryFolder(folder, texts);
}

/** What directing a new story would take, before it is made; undefined where no language model directs. */
export function estimateNewStory(story: NewStory, options: Omit<OpenOptions, "folder"> & Pick<DirectRequest, "batchSize">): RunEstimate | undefined {
  const { director = { provider: "offline" }, images, prices, log = NO_LOG, shared = createSharedCalls(), abilities, batchSize } = options;
  const { pricing } = directorMaker(director, { log, shared, abilities, prices });
  const { story: read } = pricing ? loadStory(newStoryTexts(story)) : {};
  return read && estimateOf(read, { options: optionsOf({ batchSize }, undefined, options), pricing, drawing: drawingOf({}, { images: imagePort(director, images, log) }) });
}

const NO_LOG: Log = { info: () => undefined, error: () => undefined };

/** Where the parts are put together. */
export function createStoryDirector(ports: StoryDirectorPorts): StoryDirector {
  const { store } = ports;
  return {
    direct: (request, context) => runOnce(request, context, ports),
    async estimate(request) {
      if (!ports.director.pricing) return undefined;
      await requireStoryFolder(store);
      const { story, only } = await readStoryForRun(store, request.segments);
      return estimateOf(story, { options: optionsOf(request, only, ports), drawing: drawingOf(request, ports), ...ports.director });
    },
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
    editCast: (command) => withLock(store, false, () => editCast(command, store)),
    replacePicture: (request) => withLock(store, false, () => replacePicture(request, store)),
    requireEditable: (options) => requireEditable(store, options),
    editTiming: async (edit, options) => (await editTiming(store, timingEditor(edit), options)).report,
    async retime({ transcript, ...options }) {
      const { result, report } = await editTiming(store, retakeEditor(transcript), { ...options, keepCopies: true });
      return { ...report, changes: result.changes, summary: result.summary };
    },
  };
}
