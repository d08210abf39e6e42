import pLimit from "p-limit";
import { makeBatches, type Batch } from "../core/batches.ts";
import { storedDraft } from "../core/buildSegment.ts";
import { StoryDirectorError } from "../core/errors.ts";
import type { SegmentPlan } from "../core/segmentPlan.ts";
import type { Story } from "../core/story.ts";
import type { ProductionSegment } from "../core/validateSegment.ts";
import type { Director, ProgressTask, StoryBrief } from "./ports.ts";
import type { SegmentProcessor } from "./processSegment.ts";
import { createTaskGroup, type RunControl } from "./taskGroup.ts";

export interface AiServiceOptions {
  readonly director: Director;
  /** Segments asked for in one call. */
  readonly batchSize: number;
  /** Batches that are open side by side. */
  readonly parallelBatches: number;
  readonly keepGoing: boolean;
}

export interface ScriptRequest {
  readonly story: Story;
  readonly brief: StoryBrief;
  readonly plan: SegmentPlan;
}

export interface ScriptRun {
  readonly progress: ProgressTask;
  readonly control: RunControl;
}

/** Asks the director for drafts in batches, and hands each one on the moment it is whole. */
export class AiService {
  readonly #options: AiServiceOptions;

  constructor(options: AiServiceOptions) {
    this.#options = options;
  }

  /**
   * @returns the segments that went through the processor, in the order of the story
   * @throws the first failure, the others in its `also`; what was saved before stays saved
   */
  async generateScriptFromTimingMap(
    request: ScriptRequest,
    segmentProcessor: SegmentProcessor,
    run: ScriptRun,
  ): Promise<ProductionSegment[]> {
    const { batchSize, parallelBatches, keepGoing } = this.#options;
    const batches = makeBatches(request.story.timing.segments, batchSize);
    run.progress.plan(
      batches.map(({ id, label, segments }) => ({
        id,
        label,
        kind: "batch",
        children: segments.map((segment) => ({ id: segment.id, label: segment.label, kind: "segment" })),
      })),
    );
    const produced = new Map<string, ProductionSegment>();
    const process: SegmentProcessor = async (draft, at) => {
      const segment = await segmentProcessor(draft, at);
      produced.set(segment.id, segment);
      return segment;
    };
    const limit = pLimit(parallelBatches);
    const group = createTaskGroup({ control: run.control, keepGoing });
    for (const batch of batches) {
      const work = async () => {
        run.control.signal.throwIfAborted();
        await run.progress.run(batch.id, (task) => this.#runBatch({ batch, task, request, process, control: run.control }));
      };
      group.add(limit(work));
    }
    await group.settle();
    return request.story.timing.segments.flatMap(({ id }) => produced.get(id) ?? []);
  }

  async #runBatch(batchRun: BatchRun): Promise<void> {
    const { batch, task, request, process, control } = batchRun;
    const total = request.story.timing.segments.length;
    const group = createTaskGroup({ control, keepGoing: this.#options.keepGoing });
    const wanted = new Map<string, number>();
    for (const { id, index } of batch.segments) {
      const step = request.plan.get(id);
      if (!step || step.do === "direct") wanted.set(id, index);
      else if (step.do === "leave") task.mark(id, step.state, step.reason);
      else group.add(process(storedDraft(request.story.segments.get(id)!), { index, total, batch: task }));
    }
    if (wanted.size) group.add(this.#direct(batchRun, wanted, (work) => group.add(work)));
    await group.settle();
  }

  /** Reading the stream never waits for processing: segment 1 is saved while segment 2 is still being written. */
  async #direct({ task, request, process, control }: BatchRun, wanted: Map<string, number>, add: (work: Promise<unknown>) => void): Promise<void> {
    const total = request.story.timing.segments.length;
    const ids = [...wanted.keys()];
    task.note("drafting…");
    for await (const draft of this.#options.director.draftSegments(request.brief, ids, control.signal)) {
      control.signal.throwIfAborted();
      const index = wanted.get(draft.id);
      if (index === undefined) throw new StoryDirectorError(`The director gave a draft for ${draft.id}, which was not asked for`, { hint: RETRY });
      wanted.delete(draft.id);
      // From here on its segments tell.
      task.note(undefined);
      add(process(draft, { index, total, batch: task }));
    }
    if (wanted.size) throw new StoryDirectorError(`The director wrote no draft for ${[...wanted.keys()].join(", ")}`, { hint: RETRY });
  }
}

const RETRY = "Run the same command again: it goes on from what is saved.";

interface BatchRun {
  readonly batch: Batch;
  readonly task: ProgressTask;
  readonly request: ScriptRequest;
  readonly process: SegmentProcessor;
  readonly control: RunControl;
}
