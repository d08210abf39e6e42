// The extension with an engine that directs nothing: its runs are storms of progress, as storm.json says.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { ExtensionContext } from "vscode";
import * as engine from "../../src/compose.ts";
import type { RunContext, RunSummary, SharedCalls, StoryDirector } from "../../src/compose.ts";
import { makeBatches } from "../../src/core/batches.ts";
import type { ProgressTask } from "../../src/pipeline/ports.ts";
import { activateStoryDirector } from "../../src/vscode/activate.ts";
import { countTreeCalls } from "../../test/support/treeCalls.ts";

/** In storm.json of the story folder. */
export interface Storm {
  readonly segments: number;
  /** Steps said in the first segment, one every so many milliseconds; without, every segment is done at once. */
  readonly steps?: number;
  readonly everyMs?: number;
}

/** In storm-result.json, when the run is over. */
export interface StormResult {
  /** When each step was said, milliseconds since 1970. */
  readonly said: readonly number[];
  readonly getChildren: number;
  readonly getTreeItem: number;
  /** What loading the bundles took in this extension host, milliseconds. */
  readonly loadMs: { readonly extension: number; readonly engine: number };
}

const STEPS_OF_A_SEGMENT = ["checking tags…", "resolving assets…", "building…", "validating…", "optimizing…", "saving…"];

const createSharedCalls = (): SharedCalls => ({ pauses: { of: () => assert.fail("no model is called") } });

export function activate(context: ExtensionContext): void {
  const loadMs = { extension: loadTime(context, "extension.cjs"), engine: loadTime(context, "engine.cjs") };
  const said: number[] = [];
  const app = activateStoryDirector(context, () => Promise.resolve({ ...engine, openStoryDirector: ({ folder }) => stormDirector(folder, said), createSharedCalls, addressOf: noModel, testModel: noModel }));
  const calls = countTreeCalls(app);
  // The last flush comes with the end of the run, and VS Code asks for rows right after it.
  app.runs.onDidEnd(({ folder }) => void setTimeout(() => {
    const result: StormResult = { said, ...calls, loadMs };
    writeFileSync(join(folder.fsPath, "storm-result.json"), JSON.stringify(result));
  }, 1000));
}

function noModel(): never {
  throw new Error("a storm has no model");
}

function loadTime(context: ExtensionContext, bundle: string): number {
  const start = performance.now();
  require(join(context.extensionPath, "dist", bundle));
  return performance.now() - start;
}

function stormDirector(folder: string, said: number[]): StoryDirector {
  const storm = JSON.parse(readFileSync(join(folder, "storm.json"), "utf8")) as Storm;
  const nothing = () => Promise.reject(new Error("a storm has no story"));
  return {
    direct: (_request, context) => direct(storm, context, said),
    estimate: () => Promise.resolve(undefined),
    status: nothing,
    runs: async () => [],
    check: nothing,
    read: nothing,
    outline: nothing,
    segment: nothing,
    readRun: nothing,
    clearRuns: nothing,
    editCast: nothing,
    replacePicture: nothing,
    requireEditable: nothing,
    editTiming: nothing,
    retime: nothing,
  };
}

async function direct(storm: Storm, { progress }: RunContext, said: number[]): Promise<RunSummary> {
  const segments = Array.from({ length: storm.segments }, (_, index) => ({ id: `segment_${index + 1}` }));
  const batches = makeBatches(segments, 10);
  progress.root.plan([{ id: "story", label: "Storm", kind: "story" }]);
  await progress.root.run("story", async (story) => {
    story.plan(
      batches.map(({ id, label, segments: children }) => ({
        id,
        label,
        kind: "batch",
        children: children.map((child) => ({ id: child.id, label: child.label, kind: "segment" })),
      })),
    );
    for (const batch of batches) await story.run(batch.id, (task) => directBatch(task, batch.segments.map(({ id }) => id), { storm, said }));
  });
  return { title: "Storm", location: "", total: storm.segments, ready: storm.segments, made: storm.segments, upToDate: 0, kept: [], warnings: [], ms: 0 };
}

async function directBatch(batch: ProgressTask, ids: readonly string[], { storm, said }: { readonly storm: Storm; readonly said: number[] }): Promise<void> {
  for (const id of ids) {
    await batch.run(id, async (segment) => {
      if (storm.steps && id === "segment_1") return sayOften(segment, storm, said);
      for (const step of STEPS_OF_A_SEGMENT) {
        segment.say(step);
        await pause(1);
      }
    });
  }
}

async function sayOften(segment: ProgressTask, { steps = 0, everyMs = 0 }: Storm, said: number[]): Promise<void> {
  const start = Date.now();
  for (let step = 1; step <= steps; step++) {
    await pause(Math.max(0, start + step * everyMs - Date.now()));
    segment.say(`step ${step}`);
    said.push(Date.now());
  }
}
