import { NOT_ASKED_FOR, planSegment, type SegmentPlan, type SegmentStep } from "../core/segmentPlan.ts";
import { rangesToPlan } from "../core/extractionPlan.ts";
import type { StoryTexts } from "../core/loadStory.ts";
import { resolveOutputs } from "../core/outputs.ts";
import { storyStatuses } from "../core/staleness.ts";
import type { Story } from "../core/story.ts";
import { AiService } from "./aiService.ts";
import { createAssetFiles, type AssetFiles } from "./assetFiles.ts";
import { besideScript, type ImagePhase } from "./imagePhase.ts";
import { countAssets, extractAssets } from "./extractAssets.ts";
import type { Director, ProgressTask, StoryBrief, StoryStore } from "./ports.ts";
import { createSegmentProcessor, type HeldBack } from "./processSegment.ts";
import { createAssetResolver } from "./resolveAssets.ts";
import type { RunControl } from "./taskGroup.ts";

export interface ScriptOptions {
  /** Ids to direct even when they are up to date; absent: whatever is stale. */
  readonly only?: ReadonlySet<string> | undefined;
  readonly all: boolean;
  readonly overwriteEdits: boolean;
  readonly keepGoing: boolean;
  readonly batchSize: number;
  readonly parallelBatches: number;
  /** False ends the run with the assets. */
  readonly script: boolean;
}

export interface ScriptDeps {
  readonly story: Story;
  /** What stood on disk when the run read it. */
  readonly texts: StoryTexts;
  readonly director: Director;
  readonly store: StoryStore;
  readonly control: RunControl;
  readonly heldBack: HeldBack;
  readonly images: ImagePhase;
}

const EXTRACT = "extract-assets";
const IMAGES = "asset-images";
const SCRIPT = "script";

/** One run, phase by phase. What is saved stays saved, whatever follows. */
export async function directScript(options: ScriptOptions, deps: ScriptDeps, progress: ProgressTask): Promise<void> {
  progress.plan([
    { id: EXTRACT, label: "Extract Assets", kind: "phase" },
    { id: IMAGES, label: "Generate Asset Images", kind: "phase" },
    { id: SCRIPT, label: "Generate Director's Script", kind: "phase" },
  ]);
  const story = await extractPhase(options, deps, progress);
  const files = createAssetFiles(story.assets, deps.store);
  const script = (onAssetMade?: (name: string) => void) =>
    options.script ? progress.run(SCRIPT, (task) => scriptPhase({ options, deps: { ...deps, story }, files, onAssetMade }, task)) : skipped();
  const skipped = async () => progress.mark(SCRIPT, "skipped", NOT_ASKED_FOR);
  const { images } = deps;
  if ("skipped" in images) {
    progress.mark(IMAGES, "skipped", images.skipped);
    return script();
  }
  const { signal } = deps.control;
  await besideScript(script, { id: IMAGES, images, style: story.style.text, store: deps.store, files, signal }, progress);
}

async function extractPhase(options: ScriptOptions, deps: ScriptDeps, progress: ProgressTask): Promise<Story> {
  const { story } = deps;
  const ranges = rangesToPlan(story, options.all);
  if (ranges.length === 0) {
    progress.mark(EXTRACT, "up to date", countAssets(story.assets));
    return story;
  }
  const extraction = { ...deps, brief: briefOf(story), all: options.all, signal: deps.control.signal };
  return progress.run(EXTRACT, (task) => extractAssets(ranges, extraction, task));
}

interface ScriptPhase {
  readonly options: ScriptOptions;
  readonly deps: ScriptDeps;
  readonly files: AssetFiles;
  readonly onAssetMade: ((name: string) => void) | undefined;
}

async function scriptPhase({ options, deps, files, onAssetMade }: ScriptPhase, progress: ProgressTask): Promise<void> {
  const { story, director, store, control, heldBack } = deps;
  const brief = briefOf(story);
  const outputs = resolveOutputs(story.settings.outputs);
  const plan = planScript(story, options, heldBack);
  const resolver = createAssetResolver({ story, brief, director, store, files, signal: control.signal, onMade: onAssetMade });
  const { overwriteEdits } = options;
  const processor = createSegmentProcessor({
    story,
    brief,
    plan,
    outputs,
    director,
    store,
    resolver,
    overwriteEdits,
    heldBack,
    signal: control.signal,
  });
  const service = new AiService({ director, ...options });
  await service.generateScriptFromTimingMap({ story, brief, plan }, processor, { progress, control });
}

/** What the run does with every segment of the map. */
export function planScript(story: Story, options: ScriptOptions, heldBack: HeldBack): SegmentPlan {
  const plan = storyStatuses(story).map((status): [string, SegmentStep] => {
    if (!options.script) return [status.id, { do: "leave", state: "skipped", reason: NOT_ASKED_FOR }];
    const step = planSegment(status, options);
    const reason = step.do === "leave" ? undefined : heldBack(status.id);
    return [status.id, reason === undefined ? step : { do: "leave", state: "skipped", reason }];
  });
  return new Map(plan);
}

/** What directors are shown: no late assets, so that no draft depends on what else ran. */
export function briefOf(story: Story): StoryBrief {
  const { settings, style, research, timing, scenes } = story;
  const assets = new Map([...story.assets].filter(([, asset]) => !asset.late));
  const directions = new Map<string, string>();
  for (const file of story.segments.values()) {
    const direction = file.sections.get("DIRECTION");
    if (direction) directions.set(file.id, direction);
  }
  return { settings, style, research, timing, scenes, assets, directions };
}
