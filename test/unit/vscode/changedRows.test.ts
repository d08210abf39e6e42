import assert from "node:assert/strict";
import type { ProgressTask } from "../../../src/pipeline/ports.ts";
import { ProgressManager, type ProgressNode } from "../../../src/progress/progressManager.ts";
import { ChangedRows } from "../../../src/vscode/views/changedRows.ts";
import { FakeTimers } from "../cli/fakeHost.ts";

/** The tree of a run of two segments, whose rows are told of when the test's timers fire. */
function watched({ isOpen = true } = {}) {
  const timers = new FakeTimers();
  const progress = new ProgressManager({ now: () => 0 });
  let nowMs = 10_000;
  const told: string[][] = [];
  const tell = (changed: ReadonlySet<ProgressNode | undefined>) => void told.push([...changed].map((node) => (node ? `${node.id} ${node.state}` : "top")));
  const rows = new ChangedRows({ folds: { get: () => ({ isOpen, epoch: 0 }) }, tell, pace: { clock: { now: () => nowMs }, schedule: timers.schedule } });
  progress.onChange(({ changes }) => rows.collect(changes));
  const run = async (work: (segment: ProgressTask, id: string) => Promise<void>) => {
    progress.root.plan([{ id: "story", label: "Story", kind: "story" }]);
    await progress.root.run("story", async (story) => {
      const segments = ["one", "two"];
      story.plan(segments.map((id) => ({ id, label: id, kind: "segment" })));
      await Promise.all(segments.map((id) => story.run(id, (segment) => work(segment, id))));
    });
  };
  const pass = (ms: number) => void (nowMs += ms);
  return { rows, timers, told, run, pass };
}

const oneTurn = () => new Promise(setImmediate);

describe("the rows that changed", () => {
  it("are told of together, when the time has come", async () => {
    const { timers, told, run, rows } = watched();
    await run(() => Promise.resolve());
    assert.deepEqual([told, timers.count], [[], 1]);
    timers.fire();
    assert.deepEqual([told, timers.count], [[["top", "story done", "one done", "two done"]], 0]);
    rows.flush();
    assert.equal(told.length, 1, "there is nothing more to tell");
  });

  it("are told of in the very turn in which a run is stopped, without any timer", async () => {
    const { timers, told, run } = watched();
    const control = new AbortController();
    const untilStopped = () => new Promise<void>((_resolve, reject) => control.signal.addEventListener("abort", () => reject(control.signal.reason as Error)));
    const running = run((_segment, id) => (id === "one" ? Promise.resolve() : untilStopped()));
    await oneTurn();
    timers.fire();
    told.length = 0;
    const ended = assert.rejects(running, { name: "AbortError" });
    control.abort();
    await oneTurn();
    assert.deepEqual([told.flat(), timers.count], [["two cancelled", "story cancelled"], 0]);
    await ended;
  });

  it("leave out the counts of a group that is open, and the costs of a story but now and then", async () => {
    const costs = async (isOpen: boolean) => {
      const { rows, told, run, pass } = watched({ isOpen });
      await run(async () => undefined);
      rows.flush();
      told.length = 0;
      const story = { kind: "story", id: "story", state: "running" } as ProgressNode;
      for (const ms of [0, 1000, 5000]) {
        pass(ms);
        rows.collect([{ what: "step", node: story }]);
        rows.flush();
      }
      rows.collect([{ what: "counts", node: { kind: "batch", id: "batch", state: "running" } as ProgressNode }]);
      rows.flush();
      return told.flat();
    };
    assert.deepEqual(await costs(true), ["story running", "story running"]);
    assert.deepEqual(await costs(false), ["story running", "story running", "story running", "batch running"]);
  });
});
