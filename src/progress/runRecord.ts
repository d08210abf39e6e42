import { isAbortError } from "../core/errors.ts";
import { NOT_ASKED_FOR } from "../core/segmentPlan.ts";
import type { Story } from "../core/story.ts";
import type { Clock, RunEvent, StoryStore } from "../pipeline/ports.ts";
import type { ProgressManager, ProgressNode } from "./progressManager.ts";
import { toErrorRecord, toRunEvents } from "./runEvents.ts";

/** What a run came to. */
export interface RunSummary {
  readonly title: string;
  readonly location: string;
  readonly total: number;
  /** Segments that can be used as they stand now. */
  readonly ready: number;
  /** Segments that went through the processor in this run. */
  readonly made: number;
  readonly upToDate: number;
  /** Left because a person wants it so: locked, edited by hand, changed during the run. */
  readonly kept: readonly { readonly id: string; readonly reason: string }[];
  readonly ms: number;
}

export interface RecordedRun {
  readonly story: Story;
  readonly store: StoryStore;
  /** Provenance: who directs. */
  readonly director: string;
  readonly clock: Clock;
  readonly progress: ProgressManager;
  readonly onEvent?: ((event: RunEvent) => void) | undefined;
  /** The ids that could be used before the run, asked for only where the run left some alone. */
  readonly readyBefore: () => ReadonlySet<string>;
}

/** Runs the work while every event goes to the run log and to whoever listens. */
export async function recordRun(run: RecordedRun, work: (emit: (event: RunEvent) => void) => Promise<void>): Promise<RunSummary> {
  const { story, store, clock, progress } = run;
  const startedAt = clock.now();
  const log = await store.startRunLog();
  const emit = (event: RunEvent) => {
    log.append(event);
    run.onEvent?.(event);
  };
  const { title, outputs } = story.settings;
  const total = story.timing.segments.length;
  emit({ event: "run-start", format: 1, at: new Date(startedAt).toISOString(), title, director: run.director, segments: total, outputs });
  const unsubscribe = progress.onChange((change) => toRunEvents(change).forEach(emit));
  const end = (outcome: "done" | "failed" | "cancelled", error?: unknown): RunSummary => {
    const summary = summarize(run, clock.now() - startedAt);
    emit({ event: "run-end", outcome, ...summary, ...(outcome === "failed" ? { ...toErrorRecord(error), ...transcriptOf(error) } : {}) });
    return summary;
  };
  try {
    await work(emit);
    return end("done");
  } catch (error) {
    end(isAbortError(error) ? "cancelled" : "failed", error);
    throw error;
  } finally {
    unsubscribe();
    await log.close();
  }
}

/** What a model answered before it failed: paid for, and kept. */
function transcriptOf(error: unknown): { readonly transcript?: string } {
  const { transcript } = (error ?? {}) as { readonly transcript?: unknown };
  return typeof transcript === "string" ? { transcript } : {};
}

function summarize({ story, store, progress, readyBefore }: RecordedRun, ms: number): RunSummary {
  const nodes = segmentNodes(progress.nodes);
  const done = nodes.filter(({ state }) => state === "done");
  const upToDate = nodes.filter(({ state }) => state === "up to date");
  const kept = nodes
    .filter(({ state, reason }) => state === "skipped" && reason !== undefined && reason !== NOT_ASKED_FOR)
    .map(({ id, reason }) => ({ id, reason: reason! }));
  const total = story.timing.segments.length;
  const settled = new Set([...done, ...upToDate].map(({ id }) => id));
  const leftReady = settled.size === total ? 0 : [...readyBefore()].filter((id) => !settled.has(id)).length;
  return {
    title: story.settings.title,
    location: store.location,
    total,
    ready: settled.size + leftReady,
    made: done.length,
    upToDate: upToDate.length,
    kept,
    ms,
  };
}

function segmentNodes(nodes: readonly ProgressNode[]): ProgressNode[] {
  return nodes.flatMap((node) => (node.kind === "segment" ? [node] : segmentNodes(node.children)));
}
