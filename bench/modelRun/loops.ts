import { makeBatches } from "../../src/core/batches.ts";
import { resolveOutputs } from "../../src/core/outputs.ts";
import { segmentIndexes } from "../../src/core/story.ts";
import type { SegmentDraft } from "../../src/core/segmentDraft.ts";
import type { Director, ProgressTask, StoryStore } from "../../src/pipeline/ports.ts";
import { createSegmentProcessor, type SegmentProcessor } from "../../src/pipeline/processSegment.ts";
import { readForRun } from "../../src/pipeline/readStory.ts";
import { createAssetFiles } from "../../src/pipeline/assetFiles.ts";
import { createAssetResolver } from "../../src/pipeline/resolveAssets.ts";
import { ProgressManager } from "../../src/progress/progressManager.ts";
import { briefFor } from "./plannedStory.ts";
import { BATCH_SIZE } from "./speeds.ts";

interface Work {
  /** The drafts of one batch after the other. */
  readonly batches: () => AsyncGenerator<readonly SegmentDraft[]>;
  readonly process: (draft: SegmentDraft) => Promise<unknown>;
}

/** All drafts first, and then all that makes segments of them. */
export async function inTwoLoops({ batches, process }: Work): Promise<void> {
  const drafts: SegmentDraft[] = [];
  for await (const batch of batches()) drafts.push(...batch);
  for (const draft of drafts) await process(draft);
}

/** The segments of a batch one after the other, once the batch is there. */
export async function batchByBatch({ batches, process }: Work): Promise<void> {
  for await (const batch of batches()) for (const draft of batch) await process(draft);
}

/** What both do with the product's own director and processor. */
export async function runLoop(loop: (work: Work) => Promise<void>, director: Director, store: StoryStore): Promise<void> {
  const { story } = await readForRun(store, undefined);
  const { signal } = new AbortController();
  const brief = briefFor(story);
  const plan = new Map(story.timing.segments.map(({ id }) => [id, { do: "direct" as const }]));
  const resolver = createAssetResolver({ story, brief, director, store, files: createAssetFiles(story.assets, store), signal });
  const processor: SegmentProcessor = createSegmentProcessor({
    story,
    brief,
    plan,
    outputs: resolveOutputs(story.settings.outputs),
    director,
    store,
    resolver,
    overwriteEdits: false,
    heldBack: () => undefined,
    signal,
  });
  const total = story.timing.segments.length;
  const indexes = segmentIndexes(story.timing.segments);
  const batches = async function* () {
    for (const { segments } of makeBatches(story.timing.segments, BATCH_SIZE)) {
      const drafts: SegmentDraft[] = [];
      for await (const draft of director.draftSegments(brief, segments.map(({ id }) => id), signal)) drafts.push(draft);
      yield drafts;
    }
  };
  const work = (batch: ProgressTask) => loop({ batches, process: (draft) => processor(draft, { index: indexes.get(draft.id)!, total, batch }) });
  const { root } = new ProgressManager({ now: () => 0 });
  root.plan([{ id: "script", label: "", kind: "phase", children: story.timing.segments.map(({ id }) => ({ id, label: id, kind: "segment" })) }]);
  await root.run("script", work);
}
