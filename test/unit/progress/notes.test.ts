import assert from "node:assert/strict";
import type { ProgressTask } from "../../../src/pipeline/ports.ts";
import { ProgressManager } from "../../../src/progress/progressManager.ts";
import { toRunEvents } from "../../../src/progress/runEvents.ts";

describe("a note", () => {
  it("is shown while it lasts, is in no log, and ends with its node", async () => {
    const progress = new ProgressManager({ now: () => 0 });
    const seen: (string | undefined)[] = [];
    let events = 0;
    let late: ProgressTask | undefined;
    progress.root.plan([{ id: "story", label: "Story", kind: "story" }]);
    progress.onChange((change) => {
      for (const { what, node } of change.changes) if (what === "note") seen.push(node.note);
      events += toRunEvents(change).length;
    });
    await progress.root.run("story", async (task) => {
      late = task;
      for (const text of ["2 s", "1 s", "1 s", undefined, "again"]) task.note(text);
    });
    assert.deepEqual(seen, ["2 s", "1 s", undefined, "again"]);
    assert.equal(progress.nodes[0]!.note, undefined);
    assert.equal(events, 2, "it started and it ended");
    late!.note("too late");
    progress.root.note("nowhere");
    assert.equal(seen.length, 4);
  });
});
