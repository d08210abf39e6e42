import { setMaxListeners } from "node:events";
import { createCallGate } from "../ai/callGate.ts";
import { gateDirector } from "../ai/gatedDirector.ts";
import { estimateImages } from "../ai/images/estimateImages.ts";
import { estimateCalls } from "../ai/llm/estimateRun.ts";
import { meterDirector } from "../ai/meteredDirector.ts";
import { createRedactor } from "../ai/model/redact.ts";
import { isAbortError } from "../core/errors.ts";
import { rangesToPlan } from "../core/extractionPlan.ts";
import type { StoryTexts } from "../core/loadStory.ts";
import { resolveOutputs } from "../core/outputs.ts";
import { isProductionReady } from "../core/segmentPlan.ts";
import { storyStatuses } from "../core/staleness.ts";
import type { Story } from "../core/story.ts";
import { briefOf, directScript, planScript, type ScriptOptions } from "../pipeline/directScript.ts";
import type { ImagePhase } from "../pipeline/imagePhase.ts";
import { createFailureKeeper, keepingFailures } from "../pipeline/keepFailures.ts";
import type { ImageMaker, ModelWait, RunEvent, Schedule } from "../pipeline/ports.ts";
import { readForRun, requireStoryFolder } from "../pipeline/readStory.ts";
import { withLock } from "../pipeline/withLock.ts";
import { createCountdown } from "../progress/countdown.ts";
import { recordRun, type RunSummary } from "../progress/runRecord.ts";
import { estimateRun, segmentUsd, type EstimatedCalls, type RunEstimate } from "../spending/runEstimate.ts";
import { RunMeter } from "../spending/runMeter.ts";
import type { DirectRequest, RunContext } from "./contract.ts";
import type { DirectorMaker, ImagePort, StoryDirectorPorts } from "./parts.ts";

const DEFAULT_MAX_CALLS = 8;
const DEFAULT_BATCH_SIZE = 10;
const DEFAULT_PARALLEL_BATCHES = 6;

/** A run from lock to summary: reads the story, asks what has to be asked, and directs. */
export async function runOnce(request: DirectRequest, context: RunContext, ports: StoryDirectorPorts): Promise<RunSummary> {
  const { store, director, clock } = ports;
  const { progress, onEvent } = context;
  await requireStoryFolder(store);
  return withLock(store, request.takeOver ?? false, async () => {
    const { story, texts, only } = await readForRun(store, request.segments);
    const options = optionsOf(request, only, ports);
    const estimate = estimateOf(story, { options, heldBack: context.heldBack, drawing: drawingOf(request, ports), ...director });
    if (estimate && context.approve && !(await context.approve(estimate))) throw new DOMException("The run was not wanted.", "AbortError");
    let meter: RunMeter | undefined;
    const run = { story, store, clock, director: director.name, progress, onEvent, readyBefore: () => readyIds(story), bill: () => meter?.bill };
    const recorded = recordRun(run, async (emit) => {
      if (estimate) emit({ event: "estimate", ...estimate });
      const priceOf = director.pricing?.priceOf ?? (() => undefined);
      meter = new RunMeter({ priceOf, ...context.budget, segmentUsd: estimate ? segmentUsd(estimate) : 0, progress, emit });
      await work({ request, story, texts, options, context, ports, meter, emit }).finally(() => meter?.finish());
    });
    return recorded.catch((error: unknown) => {
      throw (isAbortError(error) && meter?.stopped) || error;
    });
  });
}

const systemSchedule: Schedule = (work, delayMs) => {
  const timer = setTimeout(work, delayMs);
  return () => clearTimeout(timer);
};

interface RunWork {
  readonly request: DirectRequest;
  readonly story: Story;
  readonly texts: StoryTexts;
  readonly options: RunOptions;
  readonly context: RunContext;
  readonly ports: StoryDirectorPorts;
  readonly meter: RunMeter;
  readonly emit: (event: RunEvent) => void;
}

async function work({ request, story, texts, options, context, ports, meter, emit }: RunWork): Promise<void> {
  const { store, director, clock, schedule = systemSchedule } = ports;
  const { progress, signal, heldBack = () => undefined } = context;
  const onWait = ({ host, why, untilMs }: ModelWait) => {
    const atMs = clock.now();
    emit({ event: "model-wait", atMs, host, why, ms: Math.max(0, untilMs - atMs) });
  };
  const countdown = createCountdown({ clock, schedule, onWait });
  const working = await director.make((report) => meter.record(report), (wait) => countdown.wait(wait));
  const metered = meterDirector(gateDirector(working, createCallGate(options.maxCalls)), meter);
  const deps = { story, texts, director: metered, store, control: linkedControl(signal), heldBack, images: imagePhase(request, ports, meter) };
  progress.root.plan([{ id: "story", label: `Regenerating: "${story.settings.title}"`, kind: "story" }]);
  const redact = createRedactor(director.secrets ?? []);
  const keep = createFailureKeeper({ store, clock, title: story.settings.title, director: director.name, redact });
  await progress.root.run("story", (task) => {
    meter.showOn(task);
    return countdown.showIn(task, () => directScript(options, deps, keepingFailures(task, keep)));
  });
}

interface RunOptions extends ScriptOptions {
  /** Calls to a model at a time. */
  readonly maxCalls: number;
}

/** What was asked for, with a default for all else. */
export function optionsOf(request: DirectRequest, only: ReadonlySet<string> | undefined, { maxCalls = DEFAULT_MAX_CALLS }: Pick<StoryDirectorPorts, "maxCalls">): RunOptions {
  const { all = false, overwriteEdits = false, keepGoing = false, batchSize = DEFAULT_BATCH_SIZE, script = true } = request;
  // Two slots stay free for optimizing, or streams would hold them all and no segment would be finished.
  const parallelBatches = Math.min(request.parallelBatches ?? DEFAULT_PARALLEL_BATCHES, Math.max(1, maxCalls - 2));
  return { only, all, overwriteEdits, keepGoing, batchSize, parallelBatches, maxCalls, script };
}

interface EstimateRequest extends Pick<DirectorMaker, "pricing"> {
  readonly options: RunOptions;
  /** Who draws images in the run, if anybody does. */
  readonly drawing?: ImagePort | undefined;
  readonly heldBack?: RunContext["heldBack"];
}

/** Undefined where no language model directs. */
export function estimateOf(story: Story, { options, pricing, drawing, heldBack = () => undefined }: EstimateRequest): RunEstimate | undefined {
  if (!pricing) return undefined;
  const plan = planScript(story, options, heldBack);
  const outputs = resolveOutputs(story.settings.outputs);
  const ranges = rangesToPlan(story, options.all);
  const groups: EstimatedCalls[] = estimateCalls({ ...options, story, brief: briefOf(story), ranges, plan, outputs });
  const images = drawing && estimateImages(story, ranges, drawing.quality);
  if (images?.calls) groups.push(images);
  return estimateRun({ plan, groups, ...pricing, maxCalls: options.maxCalls, models: { ...pricing.models, image: drawing?.model } });
}

/** Who draws in a run that is asked for like that; undefined where nobody does. */
export function drawingOf({ images = true }: Pick<DirectRequest, "images">, { images: port }: Pick<StoryDirectorPorts, "images">): ImagePort | undefined {
  return images && port && "make" in port ? port : undefined;
}

function imagePhase({ images = true }: DirectRequest, { images: port }: StoryDirectorPorts, meter: RunMeter): ImagePhase {
  if (!images) return { skipped: "turned off" };
  if (!port) return { skipped: "no image model" };
  if ("skipped" in port) return port;
  const maker = port.make();
  // An image is paid for like any call: it begins when the budget lets it.
  const make: ImageMaker["make"] = async (request, signal) => {
    await meter.begin([], signal);
    return maker.make(request, signal);
  };
  return { ...port, maker: { ...maker, make }, onCall: (report) => meter.record(report) };
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
