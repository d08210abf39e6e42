import assert from "node:assert/strict";
import { startLiveDisplay } from "../../../src/cli/liveDisplay.ts";
import { ProgressManager } from "../../../src/progress/progressManager.ts";
import { directing, FakeStream, FakeTimers, runFake } from "./fakeHost.ts";

function start(size = { columns: 80, rows: 24 }) {
  const stream = new FakeStream(size);
  const timers = new FakeTimers();
  const progress = new ProgressManager({ now: () => 0 });
  const capabilities = { live: true, color: false, unicode: true };
  const display = startLiveDisplay({ stream, progress, capabilities, clock: { now: () => 0 }, schedule: timers.schedule });
  return { stream, timers, progress, display };
}

const PHASES = Array.from({ length: 30 }, (_, index) => ({ id: `phase-${index + 1}`, label: `Phase ${index + 1}`, kind: "phase" as const }));

describe("startLiveDisplay", () => {
  it("draws once for all the changes since the last drawing", () => {
    const { stream, timers, progress } = start();
    progress.root.plan(PHASES.slice(0, 1));
    progress.root.plan(PHASES.slice(1, 2));
    assert.equal(stream.text, "");
    timers.fire();
    assert.equal(stream.text.match(/Phase 1/g)?.length, 1);
    assert.match(stream.text, /Phase 2/);
  });

  it("never draws as many lines as the window has rows", () => {
    const { stream, timers, progress } = start({ columns: 80, rows: 10 });
    progress.root.plan(PHASES);
    timers.fire();
    assert.equal(stream.text.match(/○/g)?.length, 8);
    assert.match(stream.text, /… 22 more lines/);
  });

  it("draws anew when the window changes its size", () => {
    const { stream, timers, progress } = start();
    progress.root.plan(PHASES.slice(0, 3));
    timers.fire();
    stream.text = "";
    stream.columns = 6;
    stream.emit("resize");
    // Three lines of nine columns became two each: three more than were drawn are taken away.
    assert.ok(stream.text.includes(`\u001B[?2026l${"\u001B[1A\u001B[2K".repeat(3)}\u001B[?2026h`));
    assert.match(stream.text, /○ Pha…/);
  });

  it("counts down below the title while a server wants time, and no longer", async () => {
    const { stream, timers, progress } = start();
    progress.root.plan([{ id: "story", label: "Regenerating", kind: "story", children: PHASES.slice(0, 1) }]);
    const drawn = () => {
      stream.text = "";
      timers.fire();
      return stream.text;
    };
    await progress.root.run("story", async (story) => {
      story.note("waiting 12 s for example.com (rate limit)");
      assert.match(drawn(), /▼ Regenerating\n {2}waiting 12 s for example\.com \(rate limit\)\n {2}○ Phase 1/);
      story.note("waiting 11 s for example.com (rate limit)");
      assert.match(drawn(), /waiting 11 s/);
      story.note(undefined);
      assert.doesNotMatch(drawn(), /waiting/);
    });
  });

  it("says behind a batch that it waits for its first draft", async () => {
    const { stream, timers, progress } = start();
    progress.root.plan([{ id: "batch", label: "Batch 1/1", kind: "batch", children: [{ id: "segment_1", label: "segment_1", kind: "segment" }] }]);
    await progress.root.run("batch", async (batch) => {
      batch.note("drafting…");
      timers.fire();
      assert.match(stream.text, /Batch 1\/1 +0\/1 {2}drafting…/);
    });
  });

  it("ends with the whole tree, and draws nothing afterwards", () => {
    const { stream, timers, progress, display } = start({ columns: 80, rows: 10 });
    progress.root.plan(PHASES);
    timers.fire();
    progress.root.mark("phase-1", "skipped", "not needed");
    display.notice("Stopping");
    stream.text = "";
    display.stop();
    assert.match(stream.text, /– Phase 1 +skipped: not needed\n/);
    assert.match(stream.text, /○ Phase 30\n$/);
    assert.doesNotMatch(stream.text, /Stopping/);
    stream.text = "";
    progress.root.mark("phase-2", "skipped");
    stream.emit("resize");
    timers.fire();
    assert.equal(timers.count, 0);
    assert.equal(stream.text, "");
  });

  it("is what a person at a terminal gets, with the director named above and the summary below", async () => {
    const stdout = new FakeStream({ columns: 80, rows: 24 });
    const { out } = await runFake(["regenerate", "trumpet"], { direct: directing({ segments: 12 }), stdout, env: { NO_COLOR: "1" } });
    const start = out.indexOf("Offline director: drafts by rules, no AI model\n");
    const tree = out.indexOf("    ▶ ✓ Batches 1-2: Segments 1-12");
    const summary = out.indexOf("\n\n12/12 segments production-ready in 1.8 s → trumpet\n");
    assert.ok(start >= 0 && tree > start && summary > tree);
  });
});
