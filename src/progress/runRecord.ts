import type { Bill } from "../core/cost.ts";
import { describeFailure, isAbortError, messageOf, StoryDirectorError } from "../core/errors.ts";
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
  /** What was not made although the script does not suffer from it, such as an asset's image. */
  readonly warnings: readonly RunWarning[];
  readonly ms: number;
  /** What the calls to a model came to; absent where none was asked. */
  readonly cost?: Bill | undefined;
}

export interface RunWarning {
  /** In which phase, and what went wrong there. */
  readonly message: string;
  readonly hint?: string | undefined;
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
  /** What the calls to a model have come to; undefined where none was asked. */
  readonly bill?: (() => Bill | undefined) | undefined;
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
    emit({ event: "run-end", outcome, ...summary, ...(outcome === "failed" ? toErrorRecord(error) : {}) });
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

function summarize({ story, store, progress, readyBefore, bill }: RecordedRun, ms: number): RunSummary {
  const nodes = segmentNodes(progress.nodes);
  const done = nodes.filter(({ state }) => state === "done");
  const upToDate = nodes.filter(({ state }) => state === "up to date");
  const kept = nodes
    .filter(({ state, reason }) => state === "skipped" && reason !== undefined && reason !== NOT_ASKED_FOR)
    .map(({ id, reason }) => ({ id, reason: reason! }));
  const total = story.timing.segments.length;
  const settled = new Set([...done, ...upToDate].map(({ id }) => id));
  const leftReady = settled.size === total ? 0 : [...readyBefore()].filter((id) => !settled.has(id)).length;
  const cost = bill?.();
  return {
    title: story.settings.title,
    location: store.location,
    total,
    ready: settled.size + leftReady,
    made: done.length,
    upToDate: upToDate.length,
    kept,
    warnings: warningsOf(progress.nodes),
    ms,
    ...(cost ? { cost } : {}),
  };
}

/** A phase that failed without failing its run has been told of nowhere else. */
function warningsOf(stories: readonly ProgressNode[]): RunWarning[] {
  return stories.flatMap((story) =>
    story.children
      .filter(({ kind, state, error }) => kind === "phase" && state === "failed" && error !== story.error)
      .map(({ label, error }) => {
        const { message, hint } = describeFailure(error);
        // A phase that counts its failures has the first of them there.
        const [first] = error instanceof StoryDirectorError ? error.also : [];
        const reason = first === undefined ? "" : `: ${messageOf(first)}`;
        return { message: `${label}: ${message}${reason}`, ...(hint === undefined ? {} : { hint }) };
      }),
  );
}

function segmentNodes(nodes: readonly ProgressNode[]): ProgressNode[] {
  return nodes.flatMap((node) => (node.kind === "segment" ? [node] : segmentNodes(node.children)));
}
