import {
  buildSegment,
  neededTags,
  outputsToOptimize,
  segmentWriting,
  type BuiltSegment,
  type SegmentParts,
} from "../core/buildSegment.ts";
import { ProblemsError } from "../core/errors.ts";
import type { Output } from "../core/outputs.ts";
import type { Problem } from "../core/problem.ts";
import type { SegmentDraft } from "../core/segmentDraft.ts";
import type { SegmentPlan } from "../core/segmentPlan.ts";
import { editedParts } from "../core/staleness.ts";
import { scenesByIndex, type Story } from "../core/story.ts";
import { segmentPath } from "../core/storyFolder.ts";
import { textProblems, toProductionSegment, validateRaw, type ProductionSegment } from "../core/validateSegment.ts";
import type { Director, ProgressTask, StoryBrief, StoryStore } from "./ports.ts";
import type { AssetResolver } from "./resolveAssets.ts";

/** Takes one draft from its text to its file, under one node of the batch. */
export type SegmentProcessor = (
  draft: SegmentDraft,
  at: { readonly index: number; readonly total: number; readonly batch: ProgressTask },
) => Promise<ProductionSegment>;

export interface SegmentProcessorDeps {
  readonly story: Story;
  readonly brief: StoryBrief;
  readonly plan: SegmentPlan;
  readonly outputs: readonly Output[];
  readonly director: Director;
  readonly store: StoryStore;
  readonly resolver: AssetResolver;
  readonly overwriteEdits: boolean;
  readonly heldBack: HeldBack;
  readonly signal: AbortSignal;
}

/** Why a segment must not be written now, such as unsaved changes in an editor; undefined where it may be. */
export type HeldBack = (id: string) => string | undefined;

/** The heart of the product: one segment as one unit of work, in six steps. Made once per run. */
export function createSegmentProcessor(deps: SegmentProcessorDeps): SegmentProcessor {
  const { story, resolver, store, signal } = deps;
  const scenes = scenesByIndex(story);

  return (received, { index, batch }) =>
    batch.run(received.id, async (task) => {
      const step = (name: string) => {
        signal.throwIfAborted();
        task.say(name);
      };
      step("checking tags…");
      const parts = await withKnownTags(partsOf(received, index), deps);

      step("resolving assets…");
      const tags = neededTags(parts, story);
      await resolver.resolve(tags);

      step("building…");
      const built = buildSegment(parts, tags, resolver);

      step("validating…");
      const unreadable = await resolver.unreadable(tags);
      stopAt(parts, validateRaw(built, resolver, { unreadable }));

      step("optimizing…");
      const finals = await optimize(built, deps);
      const writing = segmentWriting(built, finals, { ...story, assets: resolver.assets });
      const { segment, problems } = toProductionSegment(writing, { made: finals, previousText: parts.file?.source });
      if (!segment) throw problemsOf(parts, problems);

      step("saving…");
      const held = deps.heldBack(segment.id);
      if (held !== undefined) {
        batch.mark(segment.id, "skipped", held);
        return segment;
      }
      if (deps.overwriteEdits && parts.file && editedParts(parts.file).length) await store.keepCopy(segmentPath(segment.id));
      const outcome = await store.saveSegment(segment);
      if (outcome === "saved") task.say("Production-ready");
      else batch.mark(segment.id, "skipped", CHANGED);
      return segment;
    });

  function partsOf(draft: SegmentDraft, index: number): SegmentParts {
    return {
      draft,
      isDirected: deps.plan.get(draft.id)?.do === "direct",
      file: story.segments.get(draft.id),
      segment: story.timing.segments[index]!,
      scene: scenes[index],
      overwriteEdits: deps.overwriteEdits,
      director: deps.director.name,
    };
  }
}

/** Why a segment that a person saved in the meantime is left alone. */
const CHANGED = "changed during the run";

/**
 * Step 1: a tag that is neither on file nor in `usedAssets` leads nowhere. The director gets one
 * more try at a draft of its own; a person's words are never repaired.
 */
async function withKnownTags(parts: SegmentParts, deps: SegmentProcessorDeps): Promise<SegmentParts> {
  const problems = tagProblems(parts, deps.story);
  if (problems.length === 0) return parts;
  if (!parts.isDirected || !deps.director.repairDraft) throw problemsOf(parts, problems);
  const draft = await deps.director.repairDraft(deps.brief, { draft: parts.draft, problems }, deps.signal);
  const repaired = { ...parts, draft: { ...draft, id: parts.draft.id } };
  const left = tagProblems(repaired, deps.story);
  if (left.length) throw unrepaired(parts, repaired, { problems: left, model: deps.director.name });
  return repaired;
}

/** The drafts themselves are what a person needs to see. */
function unrepaired(first: SegmentParts, second: SegmentParts, found: { readonly problems: readonly Problem[]; readonly model: string }): ProblemsError {
  const error = problemsOf(second, found.problems);
  const common = { role: "director", model: found.model, ids: [first.draft.id], outcome: "as it was read" };
  const draftOf = ({ draft }: SegmentParts) => JSON.stringify(draft, null, 2);
  error.exchanges = [{ ...common, purpose: "draft", answer: draftOf(first) }, { ...common, purpose: "repair", answer: draftOf(second) }];
  return error;
}

function tagProblems(parts: SegmentParts, story: Story): Problem[] {
  const tags = neededTags(parts, story);
  return textProblems(buildSegment(parts, tags, story), story);
}

/** Step 5: the finals that are missing or out of date, one call each, side by side. */
async function optimize(built: BuiltSegment, { outputs, director, signal }: SegmentProcessorDeps): Promise<(readonly [Output, string])[]> {
  const wanted = outputsToOptimize(built, outputs);
  return Promise.all(
    wanted.map(async (output) => {
      const text = await director.optimizePrompt({ segmentId: built.id, raw: built.sections, output }, signal);
      return [output, text] as const;
    }),
  );
}

function stopAt(parts: SegmentParts, problems: readonly Problem[]): void {
  if (problems.length) throw problemsOf(parts, problems);
}

function problemsOf({ draft }: SegmentParts, problems: readonly Problem[]): ProblemsError {
  return new ProblemsError(`${draft.id} is not production-ready`, problems);
}
