import assert from "node:assert/strict";
import { ProblemsError } from "../../../src/core/errors.ts";
import type { PlannedTask, ProgressTask } from "../../../src/pipeline/ports.ts";
import { ProgressManager, type ProgressChange } from "../../../src/progress/progressManager.ts";

/** A clock that is a second later each time it is asked. */
function tickingClock() {
  let nowMs = 0;
  return { now: () => (nowMs += 1000) };
}

function segments(...ids: readonly string[]): PlannedTask[] {
  return ids.map((id) => ({ id, label: id, kind: "segment" }));
}

const BATCH: PlannedTask = { id: "batch-1", label: "Batch 1/1: Segments 1-3", kind: "batch", children: segments("a", "b", "c") };

function managerWithBatch() {
  const manager = new ProgressManager(tickingClock());
  manager.root.plan([{ id: "story", label: "Regenerating", kind: "story", children: [BATCH] }]);
  const inBatch = (work: (batch: ProgressTask) => Promise<unknown>) => manager.root.run("story", (story) => story.run("batch-1", work));
  return { manager, inBatch, node: (path: string) => manager.find(path)! };
}

const nothing = () => Promise.resolve();
const abort = () => Promise.reject(new DOMException("stopped", "AbortError"));

describe("ProgressManager", () => {
  it("shows what waits, in the order of the plan, and what is appended to it", () => {
    const { manager, node } = managerWithBatch();
    manager.root.plan([{ id: "more", label: "More", kind: "phase" }]);
    assert.deepEqual(manager.nodes.map(({ path, state }) => [path, state]), [["story", "waiting"], ["more", "waiting"]]);
    assert.deepEqual(node("story/batch-1").children.map(({ path }) => path), ["story/batch-1/a", "story/batch-1/b", "story/batch-1/c"]);
    assert.equal(node("story").counts.total, 3);
    assert.equal(node("story").counts.waiting, 3);
  });

  it("runs a node for as long as its work does, and passes the result on", async () => {
    const { manager } = managerWithBatch();
    const result = await manager.root.run("story", async () => {
      assert.equal(manager.nodes[0]!.state, "running");
      return 7;
    });
    const [story] = manager.nodes;
    assert.equal(result, 7);
    assert.equal(story!.state, "done");
    assert.ok(story!.endedAt! > story!.startedAt!);
  });

  it("keeps the last word when a node is done, and every step with its time", async () => {
    const { inBatch, node } = managerWithBatch();
    await inBatch((batch) =>
      batch.run("a", async (task) => {
        task.say("saving…");
        task.say("saving…");
        task.say("Production-ready");
      }),
    );
    const a = node("story/batch-1/a");
    assert.equal(a.step, "Production-ready");
    assert.deepEqual(a.steps.map(({ text }) => text), ["saving…", "Production-ready"]);
    assert.ok(a.steps[1]!.atMs > a.steps[0]!.atMs);
  });

  it("fails the node and everything above it with the very same error", async () => {
    const { inBatch, node } = managerWithBatch();
    const error = new ProblemsError("a is not production-ready", []);
    await assert.rejects(inBatch((batch) => batch.run("a", () => Promise.reject(error))), (thrown) => thrown === error);
    for (const path of ["story/batch-1/a", "story/batch-1", "story"]) {
      assert.equal(node(path).state, "failed");
      assert.equal(node(path).error, error);
    }
    assert.equal(node("story/batch-1/b").state, "waiting");
  });

  it("takes an AbortError for a stop", async () => {
    const { inBatch, node } = managerWithBatch();
    await assert.rejects(inBatch((batch) => batch.run("a", abort)), { name: "AbortError" });
    assert.equal(node("story/batch-1/a").state, "cancelled");
    assert.equal(node("story").state, "cancelled");
    assert.equal(node("story").error, undefined);
  });

  it("lets running children of a failed node end by their own work", async () => {
    const { inBatch, node } = managerWithBatch();
    let resolve = () => {};
    const promise = new Promise<void>((settle) => {
      resolve = settle;
    });
    let late: Promise<void> | undefined;
    const failing = inBatch(async (batch) => {
      late = batch.run("a", () => promise);
      throw new Error("b");
    });
    await assert.rejects(failing);
    assert.equal(node("story/batch-1").state, "failed");
    assert.equal(node("story/batch-1/a").state, "running");
    resolve();
    await late;
    assert.equal(node("story/batch-1/a").state, "done");
  });

  it("keeps the mark of a running child when its work ends", async () => {
    const { inBatch, node } = managerWithBatch();
    await inBatch(async (batch) => {
      await batch.run("a", async (task) => {
        batch.mark("a", "skipped", "changed during the run");
        task.say("too late");
      });
      await assert.rejects(
        batch.run("b", () => {
          batch.mark("b", "up to date");
          return abort();
        }),
      );
    });
    assert.deepEqual([node("story/batch-1/a").state, node("story/batch-1/a").reason], ["skipped", "changed during the run"]);
    assert.equal(node("story/batch-1/a").step, undefined);
    assert.equal(node("story/batch-1/b").state, "up to date");
  });

  it("counts done, up to date and skipped segments as settled, on every level", async () => {
    const { inBatch, node } = managerWithBatch();
    await inBatch(async (batch) => {
      batch.plan(segments("d", "e"));
      batch.plan([{ id: "note", label: "not a segment", kind: "step" }]);
      await batch.run("a", nothing);
      batch.mark("b", "up to date");
      batch.mark("c", "skipped", "locked");
      await assert.rejects(batch.run("d", () => Promise.reject(new Error("d"))));
    });
    for (const path of ["story", "story/batch-1"]) {
      const { settled, total, done, skipped, failed, waiting, "up to date": upToDate } = node(path).counts;
      assert.deepEqual({ settled, total, done, skipped, failed, waiting, upToDate }, { settled: 3, total: 5, done: 1, skipped: 1, failed: 1, waiting: 1, upToDate: 1 });
    }
  });

  it("refuses what only a bug can ask for", async () => {
    const { manager, inBatch } = managerWithBatch();
    assert.throws(() => manager.root.plan([{ id: "story", label: "again", kind: "story" }]), /planned already/);
    await assert.rejects(manager.root.run("nobody", nothing), /not planned/);
    await inBatch(async (batch) => {
      assert.throws(() => batch.plan(segments("a")), /planned already/);
      assert.throws(() => batch.mark("z", "skipped"), /not planned/);
      await batch.run("a", nothing);
      await assert.rejects(batch.run("a", nothing), /done already/);
      assert.throws(() => batch.mark("a", "skipped"), /done already/);
    });
  });

  it("tells of each change once: the node, then the ancestors whose counts it moved", async () => {
    const { manager, inBatch } = managerWithBatch();
    const told: string[] = [];
    const listener = ({ changes }: ProgressChange) => told.push(changes.map(({ what, node }) => `${what} ${node?.path ?? "top"}`).join(", "));
    const unsubscribe = manager.onChange(listener);
    manager.root.plan([{ id: "other", label: "Other", kind: "phase" }]);
    await inBatch(async (batch) => {
      batch.mark("a", "up to date");
      await batch.run("b", async (task) => task.say("saving…"));
      batch.plan(segments("d"));
      unsubscribe();
      batch.mark("c", "skipped");
    });
    assert.deepEqual(told, [
      "planned top",
      "state story",
      "state story/batch-1",
      "state story/batch-1/a, counts story/batch-1, counts story",
      "state story/batch-1/b, counts story/batch-1, counts story",
      "step story/batch-1/b",
      "state story/batch-1/b, counts story/batch-1, counts story",
      "planned story/batch-1, counts story",
    ]);
  });

  it("keeps each node the same object for its whole life", async () => {
    const { manager, inBatch, node } = managerWithBatch();
    const before = [node("story"), node("story/batch-1"), node("story/batch-1/a")];
    await inBatch((batch) => batch.run("a", nothing));
    assert.ok(before.every((kept) => kept === node(kept.path)));
    assert.equal(before[2]!.parent, before[1]);
    assert.equal(manager.nodes[0], before[0]);
    assert.equal(manager.find("story/nobody"), undefined);
  });

  it("tells of a change in as many steps as the tree is deep, however many segments there are", async () => {
    const manager = new ProgressManager(tickingClock());
    const ids = Array.from({ length: 10_000 }, (_, index) => `segment_${index + 1}`);
    let changes = 0;
    manager.onChange((change) => (changes += change.changes.length));
    manager.root.plan([{ id: "batch", label: "Batch", kind: "batch", children: segments(...ids) }]);
    await manager.root.run("batch", async (batch) => {
      for (const id of ids) await batch.run(id, async (task) => ["1", "2", "3", "4", "5", "6"].forEach((step) => task.say(step)));
    });
    // One plan, two states of the batch; for each segment two states with one ancestor, and six steps.
    assert.equal(changes, 1 + 2 + 10_000 * (2 * 2 + 6));
    assert.equal(manager.nodes[0]!.counts.settled, 10_000);
  });
});
