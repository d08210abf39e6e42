import { createStoryDirector, fixedDirector, type DirectRequest, type RunSummary } from "../../src/compose.ts";
import type { Clock, ImageMaker, RunEvent } from "../../src/pipeline/ports.ts";
import { ProgressManager, type ProgressNode } from "../../src/progress/progressManager.ts";
import { createFakeDirector, type FakeDirector } from "./fakeDirector.ts";
import { createMemoryStore, type MemoryStore } from "./memoryStore.ts";

/** A clock that moves on by a millisecond whenever it is asked. */
export function countingClock(): Clock {
  let now = Date.UTC(2026, 0, 1);
  return { now: () => now++ };
}

export interface Ran {
  readonly summary: RunSummary | undefined;
  /** What the run rejected with. */
  readonly error: unknown;
  readonly progress: ProgressManager;
  readonly events: readonly RunEvent[];
  /** What the director was asked in this run. */
  readonly calls: readonly string[];
}

export interface RunSetup {
  readonly store: MemoryStore;
  readonly director?: FakeDirector;
  readonly request?: DirectRequest;
  readonly maxCalls?: number;
  readonly signal?: AbortSignal;
  readonly imageMaker?: ImageMaker;
}

/** Runs once, and gives what came of it whether it succeeded or not. */
export async function runStory({ store, director = createFakeDirector(), request = {}, maxCalls, signal, imageMaker }: RunSetup): Promise<Ran> {
  const progress = new ProgressManager(countingClock());
  const events: RunEvent[] = [];
  const before = director.calls.length;
  const images = imageMaker && { model: imageMaker.name, make: () => imageMaker, size: "1536x1024", quality: "low", parallel: 3 };
  const engine = createStoryDirector({ store, director: fixedDirector(director), clock: countingClock(), maxCalls, images });
  const context = { progress, signal: signal ?? new AbortController().signal, onEvent: (event: RunEvent) => void events.push(event) };
  const outcome = await engine.direct(request, context).then(
    (summary) => ({ summary, error: undefined }),
    (error: unknown) => ({ summary: undefined, error }),
  );
  return { ...outcome, progress, events, calls: director.calls.slice(before) };
}

export function storeOf(files: Record<string, string>): MemoryStore {
  return createMemoryStore(files);
}

/** Every segment's node, in the order of the story. */
export function segmentNodes(progress: ProgressManager): ProgressNode[] {
  const collect = (nodes: readonly ProgressNode[]): ProgressNode[] =>
    nodes.flatMap((node) => (node.kind === "segment" ? [node] : collect(node.children)));
  return collect(progress.nodes);
}

/** `state` or `state: reason` of a segment. */
export function stateOf(progress: ProgressManager, id: string): string {
  const node = segmentNodes(progress).find((candidate) => candidate.id === id)!;
  return node.reason === undefined ? node.state : `${node.state}: ${node.reason}`;
}

/** The story's documents without what a run keeps for itself. */
export function documents(store: MemoryStore): Record<string, string> {
  const paths = [...store.files.keys()].filter((path) => !path.startsWith(".story-director/")).sort();
  return Object.fromEntries(paths.map((path) => [path, store.files.get(path)!]));
}
