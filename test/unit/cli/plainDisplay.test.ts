import assert from "node:assert/strict";
import type { ProgressTask } from "../../../src/pipeline/ports.ts";
import { directing, FakeStream, runFake, summaryOf, type Directing } from "./fakeHost.ts";
import { problemsError } from "./storyTree.ts";

describe("regenerate without a terminal", () => {
  it("prints a line for each phase, batch and segment, and ends with where it all is", async () => {
    const { out } = await runFake(["regenerate", "trumpet"], { direct: directing({ segments: 2 }) });
    assert.deepEqual(out.trimEnd().split("\n"), [
      "Offline director: drafts by rules, no AI model",
      'Regenerating: "The Trumpet and the Silence"',
      "= Extract Assets  Up to date: 9 assets",
      "▶ Generate Director's Script",
      "▶ Batch 1/1: Segments 1-2",
      "✓ segment_1 (1/2)  Production-ready",
      "✓ segment_2 (2/2)  Production-ready",
      "✓ Batch 1/1: Segments 1-2  2/2 in 0.7 s",
      "✓ Generate Director's Script  2/2 in 1.0 s",
      "",
      "2/2 segments production-ready in 1.8 s → trumpet",
    ]);
  });

  it("sums up 10,000 segments that are up to date on one line", async () => {
    const direct = directing({
      segments: 10_000,
      atSegment: (id, batch) => batch.mark(id, "up to date"),
      summary: { made: 0, upToDate: 10_000 },
    });
    const { out } = await runFake(["regenerate", "trumpet"], { direct });
    assert.match(out, /\n= Batches 1-1000: Segments 1-10000 {2}10000 up to date\n/);
    assert.match(out, /\nEverything is up to date\.\n10000\/10000 segments production-ready in 1\.8 s → trumpet\n$/);
    assert.ok(out.split("\n").length < 12);
  });

  it("sums up what was left alone beside what was made", async () => {
    const direct = directing({
      segments: 30,
      async atSegment(id, batch) {
        if (id === "segment_12") await batch.run(id, async () => undefined);
        else if (id === "segment_13") batch.mark(id, "skipped", "locked");
        else batch.mark(id, "up to date");
      },
    });
    const { out } = await runFake(["regenerate", "trumpet"], { direct });
    const lines = out.split("\n").filter((line) => /atch|segment_/.test(line));
    assert.deepEqual(lines, [
      "= Batch 1/3: Segments 1-10  10 up to date",
      "▶ Batch 2/3: Segments 11-20",
      "✓ segment_12 (12/30)  Production-ready",
      "✓ Batch 2/3: Segments 11-20  10/10, 8 up to date, 1 skipped in 1.2 s",
      "= Batch 3/3: Segments 21-30  10 up to date",
    ]);
  });

  it("tells of a wait on one line, and of a batch when its drafts are asked for", async () => {
    const direct: Directing = async (_request, { progress }) => {
      progress.root.plan([{ id: "story", label: "Story", kind: "story", children: [{ id: "batch", label: "Batch 1/1: Segments 1-2", kind: "batch" }] }]);
      await progress.root.run("story", (story) =>
        story.run("batch", async (batch) => {
          batch.note("drafting…");
          for (const seconds of [3, 2, 1]) story.note(`waiting ${seconds} s for example.com (rate limit)`);
          story.note(undefined);
          story.note("waiting 9 s for example.com (answered 500)");
        }),
      );
      return summaryOf();
    };
    const { out } = await runFake(["regenerate", "trumpet"], { direct });
    assert.deepEqual(out.split("\n").slice(0, 4), ["Story", "▶ Batch 1/1: Segments 1-2", "waiting 3 s for example.com (rate limit)", "waiting 9 s for example.com (answered 500)"]);
  });

  it("marks what failed and what was skipped while it ran", async () => {
    const direct = directing({
      segments: 3,
      async atSegment(id, batch) {
        await batch.run(id, async () => {
          if (id === "segment_2") batch.mark(id, "skipped", "changed during the run");
          if (id === "segment_3") throw problemsError(id);
        });
      },
    });
    const { out } = await runFake(["regenerate", "trumpet"], { direct });
    assert.match(out, /\n– segment_2 \(2\/3\) {2}skipped: changed during the run\n/);
    assert.match(out, /\n✗ segment_3 \(3\/3\) {2}2 problems\n✗ Batch 1\/1: Segments 1-3 {2}2\/3, 1 failed, 1 skipped after/);
  });

  it("shows no step that tells of work behind what is done", async () => {
    const atSegment = (id: string, batch: ProgressTask) => batch.run(id, async (task) => task.say("saving…"));
    const { out } = await runFake(["regenerate", "trumpet"], { direct: directing({ segments: 1, atSegment }) });
    assert.match(out, /\n✓ segment_1 \(1\/1\) {2}Production-ready\n/);
  });

  it("writes no control sequence, nor does a dumb terminal or a build server get one", async () => {
    const size = { columns: 80, rows: 24 };
    const runs = [{}, { stdout: new FakeStream(size), env: { TERM: "dumb" } }, { stdout: new FakeStream(size), env: { CI: "true", NO_COLOR: "1" } }];
    for (const options of runs) {
      const { out } = await runFake(["regenerate", "trumpet"], { direct: directing({ segments: 2 }), ...options });
      assert.ok(!out.includes("\u001B"));
    }
  });

  it("colours lines where FORCE_COLOR asks for it", async () => {
    const { out } = await runFake(["regenerate", "trumpet"], { direct: directing({ segments: 2 }), env: { FORCE_COLOR: "1" } });
    assert.ok(out.includes("\u001B[32m✓\u001B[39m segment_1"));
  });
});
