import { makeBatches } from "../../core/batches.ts";
import { RAW_SECTIONS, type RawSection, type SegmentFile } from "../../core/documents/segmentDocument.ts";
import type { SegmentRange } from "../../core/extractionPlan.ts";
import type { Output } from "../../core/outputs.ts";
import type { SegmentPlan } from "../../core/segmentPlan.ts";
import { isFinalEdited, storyStatuses, type SegmentStatus } from "../../core/staleness.ts";
import type { Story } from "../../core/story.ts";
import type { ModelRequest, StoryBrief } from "../../pipeline/ports.ts";
import type { CallPurpose } from "./askModel.ts";
import { planWindows } from "./extraction/windows.ts";
import { draftInstruction } from "./prompts/draftInstruction.ts";
import { DRAFT_RULES } from "./prompts/draftRules.ts";
import { extractionContext, extractionInstruction } from "./prompts/extractionInstruction.ts";
import { EXTRACTION_RULES } from "./prompts/extractionRules.ts";
import { OPTIMIZE_RULES, optimizeInstruction, profileContext } from "./prompts/optimizing.ts";
import { storyContext } from "./prompts/storyContext.ts";

/** What a run is going to do, as it plans it before it begins. */
export interface PlannedRun {
  readonly story: Story;
  readonly brief: StoryBrief;
  /** Whose scenes are planned anew. */
  readonly ranges: readonly SegmentRange[];
  readonly plan: SegmentPlan;
  readonly outputs: readonly Output[];
  readonly overwriteEdits: boolean;
  readonly batchSize: number;
}

/** Calls of one kind that begin with the same words, so that a provider's cache can hold them. */
export interface CallGroup {
  readonly purpose: CallPurpose;
  readonly role: ModelRequest["role"];
  readonly calls: number;
  /** Of all calls. */
  readonly inputTokens: number;
  /** Of one call: what all calls of the group begin with. */
  readonly sharedTokens: number;
  /** Of all calls. */
  readonly outputTokens: number;
}

const CHARACTERS_A_TOKEN = 4;

/**
 * Averages of what models write, in characters, where the story cannot tell: a draft is four short
 * paragraphs and a list of tags; a final fits its model's limit, and is a paragraph at most; of
 * every six segments there is about one scene and one asset with a line of description.
 */
const DRAFT = 1000;
const FINAL = 800;
const SCENE = 240;
const ASSET = 320;
const SEGMENTS_A_SCENE = 6;

/** A sheet of average length, for a segment that has none yet. */
const AVERAGE_RAW: ReadonlyMap<RawSection, string> = new Map([
  ["TAGS", "-".repeat(300)],
  ["SCENE", "-".repeat(350)],
  ["CAMERA", "-".repeat(90)],
  ["LIGHTING", "-".repeat(100)],
  ["MOOD", "-".repeat(40)],
]);

/**
 * The calls that a run takes where every answer is right the first time, from the very prompts that
 * it would send: four characters are a token. More segments never take less.
 */
export function estimateCalls(run: PlannedRun): CallGroup[] {
  return [...extractGroup(run), ...draftGroup(run), ...optimizeGroups(run)].filter(({ calls }) => calls > 0);
}

function extractGroup({ story, brief, ranges }: PlannedRun): CallGroup[] {
  const { segments } = story.timing;
  const windows = planWindows(segments, ranges);
  const assets = [...brief.assets.values()];
  const shared = EXTRACTION_RULES.length + extractionContext(brief).length;
  const instructions = windows.map((window) => extractionInstruction({ story: brief, ...window, assets, touched: [], before: undefined }).length);
  // Each window is shown what the earlier ones found.
  const found = windows.map((_, index) => windows.slice(0, index).reduce((sum, window) => sum + scenesOf(window.wanted) * ASSET, 0));
  return [
    group({ purpose: "extract", role: "director", shared }, instructions.map((length, index) => length + found[index]!), scenesOf(ranges) * (SCENE + ASSET)),
  ];
}

function scenesOf(ranges: readonly SegmentRange[]): number {
  return Math.ceil(ranges.reduce((sum, { first, last }) => sum + last - first + 1, 0) / SEGMENTS_A_SCENE);
}

function draftGroup({ story, brief, ranges, plan, batchSize }: PlannedRun): CallGroup[] {
  const batches = makeBatches(story.timing.segments, batchSize)
    .map(({ segments }) => segments.map(({ id }) => id).filter((id) => plan.get(id)?.do === "direct"))
    .filter((ids) => ids.length > 0);
  const drafts = batches.reduce((sum, ids) => sum + ids.length, 0);
  // Scenes and assets that are not planned yet will be part of what is sent.
  const unplanned = scenesOf(ranges) * (SCENE + ASSET);
  const shared = DRAFT_RULES.length + (batches.length ? storyContext(brief).length : 0) + unplanned;
  return [group({ purpose: "draft", role: "director", shared }, batches.map((ids) => draftInstruction(brief, ids).length), drafts * DRAFT)];
}

function optimizeGroups(run: PlannedRun): CallGroup[] {
  const statuses = storyStatuses(run.story);
  return run.outputs.map((output) => {
    const raws = statuses.flatMap((status) => (isOptimized(status, output, run) ? [rawOf(run.story.segments.get(status.id))] : []));
    const { profile } = output;
    const shared = OPTIMIZE_RULES.length + profileContext(output).length;
    const final = Math.min(FINAL, profile.promptLimit.unit === "words" ? FINAL : profile.promptLimit.max);
    return group({ purpose: "optimize", role: "optimizer", shared }, raws.map((raw) => optimizeInstruction(raw, profile).length), raws.length * final);
  });
}

/** Whether the run compiles this final: the one rule of `outputsToOptimize`, before there is a raw. */
function isOptimized({ id, finals, keptFinals }: SegmentStatus, { name }: Output, { story, plan, overwriteEdits }: PlannedRun): boolean {
  const step = plan.get(id);
  if (!step || step.do === "leave") return false;
  const file = story.segments.get(id);
  if (file && isFinalEdited(file, name)) return overwriteEdits && (step.do === "direct" || keptFinals.includes(name));
  return step.do === "direct" || (finals.get(name)?.length ?? 0) > 0;
}

/** The sheet as it stands; a new draft will be about as long as the one before. */
function rawOf(file: SegmentFile | undefined): ReadonlyMap<RawSection, string> {
  if (!file?.sections.get("SCENE")) return AVERAGE_RAW;
  return new Map(RAW_SECTIONS.map((section) => [section, file.sections.get(section) ?? AVERAGE_RAW.get(section) ?? ""]));
}

/** @param instructions Characters of each call's own part. @param answers Characters of all answers. */
function group({ shared, ...kind }: Pick<CallGroup, "purpose" | "role"> & { readonly shared: number }, instructions: readonly number[], answers: number): CallGroup {
  const own = instructions.reduce((sum, length) => sum + length, 0);
  return {
    ...kind,
    calls: instructions.length,
    inputTokens: tokens(own + shared * instructions.length),
    sharedTokens: tokens(shared),
    outputTokens: tokens(answers),
  };
}

function tokens(characters: number): number {
  return Math.ceil(characters / CHARACTERS_A_TOKEN);
}
