import assert from "node:assert/strict";
import { ProblemsError, StoryDirectorError } from "../../../src/core/errors.ts";
import type { ProgressTask, RunEvent } from "../../../src/pipeline/ports.ts";
import { ProgressManager, type ProgressNode } from "../../../src/progress/progressManager.ts";
import { replayRunEvents, toErrorRecord, toRunEvents } from "../../../src/progress/runEvents.ts";

const PROBLEMS = new ProblemsError("segment_2 is not production-ready", [
  {
    severity: "error",
    code: "unknown-tag",
    message: "@marai is no asset of this story",
    hint: "Did you mean @maria?",
    file: "segments/segment_2.md",
    section: "SCENE",
    range: { start: { line: 13, character: 2 }, end: { line: 13, character: 2 } },
  },
]);

PROBLEMS.bundle = ".story-director/failures/2026-01-31T09-05-07-segment_2.md";

/** Runs the work below a story with one batch of four, and gives the events as a file would keep them. */
async function record(work: (batch: ProgressTask) => Promise<unknown>): Promise<{ events: RunEvent[]; nodes: readonly ProgressNode[] }> {
  let nowMs = 0;
  const manager = new ProgressManager({ now: () => (nowMs += 10) });
  const events: RunEvent[] = [];
  manager.onChange((change) => events.push(...toRunEvents(change)));
  const children = ["segment_1", "segment_2", "segment_3", "segment_4"].map((id) => ({ id, label: `${id} of 4`, kind: "segment" as const }));
  manager.root.plan([{ id: "story", label: "Regenerating", kind: "story" }]);
  await manager.root
    .run("story", async (story) => {
      story.plan([{ id: "batch-1", label: "Batch 1/1: Segments 1-4", kind: "batch", children }]);
      await story.run("batch-1", work);
    })
    .catch(() => undefined);
  return { events: JSON.parse(JSON.stringify(events)) as RunEvent[], nodes: manager.nodes };
}

async function everythingHappens(batch: ProgressTask): Promise<void> {
  batch.mark("segment_1", "skipped", "locked");
  batch.mark("segment_3", "up to date");
  await batch.run("segment_4", async (task) => {
    task.say("saving…");
    task.say("Production-ready");
  });
  await batch.run("segment_2", (task) => {
    task.say("validating…");
    return Promise.reject(PROBLEMS);
  });
}

function snapshot(node: ProgressNode): object {
  const { path, id, label, kind, state, reason, step, steps, startedAt, endedAt, counts } = node;
  const { message, hint, problems, bundle } = toErrorRecord(node.error);
  const error = node.error === undefined ? undefined : { message, hint, problems, bundle };
  return { path, id, label, kind, state, reason, step, steps, startedAt, endedAt, error, counts: { ...counts }, children: node.children.map(snapshot) };
}

describe("toRunEvents", () => {
  it("tells of states and steps, and of no node whose counts alone changed", async () => {
    const { events } = await record(everythingHappens);
    const told = events.map(({ event, path, state, step }) => [event, path, step ?? state].filter(Boolean).join(" "));
    assert.deepEqual(told, [
      "task-plan",
      "task-change story running",
      "task-plan story",
      "task-change story/batch-1 running",
      "task-change story/batch-1/segment_1 skipped",
      "task-change story/batch-1/segment_3 up to date",
      "task-change story/batch-1/segment_4 running",
      "task-change story/batch-1/segment_4 saving…",
      "task-change story/batch-1/segment_4 Production-ready",
      "task-change story/batch-1/segment_4 done",
      "task-change story/batch-1/segment_2 running",
      "task-change story/batch-1/segment_2 validating…",
      "task-change story/batch-1/segment_2 failed",
      "task-change story/batch-1 failed",
      "task-change story failed",
    ]);
  });

  it("gives a settled node its duration and a skipped one its reason", async () => {
    const { events } = await record(everythingHappens);
    const settled = events.filter(({ state, step }) => state === "done" && step === undefined);
    assert.deepEqual(settled, [
      { event: "task-change", atMs: 100, path: "story/batch-1/segment_4", kind: "segment", label: "segment_4 of 4", state: "done", ms: 30 },
    ]);
    assert.equal(events.find(({ state }) => state === "skipped")?.["reason"], "locked");
  });

  it("lists the problems where they were found, and above names the child that failed", async () => {
    const { events } = await record(everythingHappens);
    const failed = events.filter(({ state }) => state === "failed");
    assert.deepEqual(failed[0]?.["problems"], [
      {
        severity: "error",
        code: "unknown-tag",
        message: "@marai is no asset of this story",
        hint: "Did you mean @maria?",
        file: "segments/segment_2.md",
        section: "SCENE",
        line: 14,
        column: 3,
      },
    ]);
    assert.deepEqual(failed.slice(1).map(({ cause, problems }) => [cause, problems]), [
      ["story/batch-1/segment_2", undefined],
      ["story/batch-1", undefined],
    ]);
  });

  it("says of a bug no more than its message", async () => {
    const { events } = await record(() => Promise.reject(new TypeError("x is not a function")));
    const failed = events.find(({ state }) => state === "failed") ?? {};
    assert.equal("message" in failed && failed.message, "x is not a function");
    assert.equal("problems" in failed, false);
  });
});

describe("replayRunEvents", () => {
  it("gives back the tree that the events were made from", async () => {
    const { events, nodes } = await record(everythingHappens);
    assert.deepEqual(replayRunEvents(events).map(snapshot), nodes.map(snapshot));
  });

  it("gives ancestors the very error of the child, with its problems in place", async () => {
    const { events } = await record(everythingHappens);
    const [story] = replayRunEvents(events);
    assert.ok(story?.error instanceof StoryDirectorError);
    assert.deepEqual(story.error.problems, PROBLEMS.problems);
    assert.equal(story.error, story.children[0]?.children[1]?.error);
  });

  it("reads the log of a run that was killed, as far as it goes", async () => {
    const { events, nodes } = await record(everythingHappens);
    for (let length = 0; length <= events.length; length++) replayRunEvents(events.slice(0, length));
    const [story] = replayRunEvents(events.slice(0, 8));
    assert.equal(story?.state, "running");
    assert.equal(story.children[0]?.children[3]?.step, "saving…");
    assert.equal(nodes[0]?.state, "failed");
  });

  it("passes over what is no event of a task or does not fit", () => {
    const nodes = replayRunEvents([
      { event: "run-start", title: "x" },
      { event: "task-change", path: "nobody", state: "done" },
      { event: "task-plan", path: "nobody", children: [] },
      { event: "task-plan", path: "", children: [{ id: "a", label: "A", kind: "phase" }, { id: 5 }, null, { id: "b", label: "B", kind: "sort" }] },
      { event: "task-plan", path: "", children: [{ id: "a", label: "A again", kind: "phase" }] },
      { event: "task-change", path: "a", state: "asleep" },
      { event: "task-change", path: "a", state: "failed", problems: [{ file: 3 }, null] },
    ]);
    assert.deepEqual(nodes.map(({ label, state }) => [label, state]), [["A", "failed"]]);
  });
});
