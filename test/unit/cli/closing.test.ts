import assert from "node:assert/strict";
import { savedLine, shownPath, summaryLines } from "../../../src/cli/closing.ts";
import { createTheme } from "../../../src/cli/theme.ts";
import { formatDuration } from "../../../src/cli/words.ts";
import { summaryOf } from "./fakeHost.ts";

const THEME = createTheme({ unicode: true, color: false });
const closing = (changes: Parameters<typeof summaryOf>[0]) => summaryLines(summaryOf(changes), "/stories", THEME);

describe("summaryLines", () => {
  it("is one line where everything was made", () => {
    assert.deepEqual(closing({ total: 53, ready: 53, made: 53 }), ["53/53 segments production-ready in 1.8 s → trumpet"]);
  });

  it("says that there was nothing to do", () => {
    const lines = closing({ total: 53, ready: 53, made: 0, upToDate: 53, ms: 240 });
    assert.deepEqual(lines, ["Everything is up to date.", "53/53 segments production-ready in 0.2 s → trumpet"]);
  });

  it("tells of what the script does without, and what to do", () => {
    const warnings = [{ message: "Generate Asset Images: 1 of 9 images was not made: @maria: refused", hint: "Reword it." }, { message: "Other: x" }];
    assert.deepEqual(closing({ warnings }), [
      "Warning: Generate Asset Images: 1 of 9 images was not made: @maria: refused",
      "  Reword it.",
      "Warning: Other: x",
      "3/3 segments production-ready in 1.8 s → trumpet",
    ]);
  });

  it("counts what was made and what was there, and groups what was kept by its reason", () => {
    const kept = [
      { id: "segment_4", reason: "kept: edited by hand" },
      { id: "segment_7", reason: "locked" },
      { id: "segment_9", reason: "kept: edited by hand" },
    ];
    assert.deepEqual(closing({ total: 53, ready: 53, made: 12, upToDate: 38, kept }), [
      "12 made, 38 already up to date.",
      "2 kept: edited by hand (segment_4, segment_9)",
      "1 kept: locked (segment_7)",
      "53/53 segments production-ready in 1.8 s → trumpet",
    ]);
  });

  it("names ten of many that were kept", () => {
    const kept = Array.from({ length: 40 }, (_, index) => ({ id: `s${index}`, reason: "locked" }));
    assert.match(closing({ made: 0, kept })[0] ?? "", /^40 kept: locked \(s0, .*s9, and 30 more\)$/);
  });
});

describe("savedLine", () => {
  it("counts what is saved and says how to go on", () => {
    assert.equal(savedLine({ ready: 1, total: 53 }, {}), "1 of 53 segments is production-ready and saved; run the same command again to go on from there.");
    assert.equal(savedLine({ ready: 0, total: 53 }, {}), "None of 53 segments is production-ready yet; run the same command again to go on.");
    assert.equal(savedLine({ ready: 0, total: 0 }, {}), "");
  });

  it("does not promise that a run of --all goes on where it was stopped", () => {
    const words = "53 of 53 segments are production-ready and saved; those that were not reached stand as they were.";
    assert.equal(savedLine({ ready: 53, total: 53 }, { all: true }), words);
  });
});

describe("shownPath", () => {
  it("is relative where that is shorter", () => {
    assert.equal(shownPath("/stories/trumpet", "/stories"), "trumpet");
    assert.equal(shownPath("/stories", "/stories"), ".");
    assert.equal(shownPath("/a", "/stories/of/mine"), "/a");
    assert.equal(shownPath("memory:trumpet", "/stories"), "memory:trumpet");
  });
});

describe("formatDuration", () => {
  it("speaks of seconds, minutes and hours", () => {
    assert.deepEqual([0, 1840, 9_940, 9_960, 59_700, 125_000, 3_780_000].map(formatDuration), ["0 ms", "1.8 s", "9.9 s", "10 s", "1 min 0 s", "2 min 5 s", "1 h 3 min"]);
  });
});
