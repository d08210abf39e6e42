import assert from "node:assert/strict";
import type { CheckReport, StatusReport } from "../../../src/compose.ts";
import { StoryDirectorError } from "../../../src/core/errors.ts";
import { runFake } from "./fakeHost.ts";
import { problemsError, TITLE } from "./storyTree.ts";

const WARNING = { severity: "warning", code: "unused-segment", message: "the timing map does not name it", file: "segments/segment_1.md" } as const;
const REPORT: CheckReport = { title: TITLE, problems: [...problemsError("segment_2").problems, WARNING] };

const STATUS: StatusReport = {
  title: TITLE,
  segments: [
    { id: "segment_1", index: 0, state: "up to date", why: "", start: 0, seconds: 5.24 },
    { id: "segment_12b", index: 1, state: "stale", why: "narration changed", start: 5.24, seconds: 12 },
    { id: "segment_2", index: 2, state: "not made yet", why: "", start: 725, seconds: 4.5 },
  ],
  assets: 1,
  scenes: 4,
};

describe("check", () => {
  it("prints every problem by file with its hint, then the counts, and exits with 1", async () => {
    const { code, out, err } = await runFake(["check", "trumpet"], { check: async () => REPORT });
    assert.equal(code, 1);
    assert.equal(err, "");
    assert.deepEqual(out.trimEnd().split("\n"), [
      "segments/segment_1.md  warning  the timing map does not name it",
      "",
      "segments/segment_2.md:14:3 SCENE  error  @marai is no asset of this story",
      "    Did you mean @maria?",
      "segments/segment_2.md:18:21 CAMERA  error  @trumpet is not defined in TAGS",
      "    Add a line - @trumpet: … to TAGS.",
      "",
      "2 errors, 1 warning in 2 files",
    ]);
  });

  it("exits with 0 where there are warnings only, or nothing", async () => {
    const warned = await runFake(["check", "trumpet"], { check: async () => ({ problems: [WARNING] }) });
    assert.deepEqual([warned.code, warned.out.trimEnd().split("\n").at(-1)], [0, "1 warning in 1 file"]);
    const clean = await runFake(["check", "trumpet"], { check: async () => ({ problems: [] }) });
    assert.deepEqual([clean.code, clean.out], [0, "No problems found.\n"]);
  });

  it("prints one object with lines and columns from 1 with --json", async () => {
    const { code, out } = await runFake(["check", "trumpet", "--json"], { check: async () => REPORT });
    const { title, problems } = JSON.parse(out) as { title: string; problems: { line?: number; column?: number }[] };
    assert.equal(code, 1);
    assert.equal(title, TITLE);
    assert.deepEqual(problems.map(({ line, column }) => [line, column]), [[14, 3], [18, 21], [undefined, undefined]]);
  });

  it("tells readers of JSON why there is no answer", async () => {
    const check = () => Promise.reject(new StoryDirectorError("trumpet is not a story folder"));
    const { code, out } = await runFake(["check", "trumpet", "--json"], { check });
    assert.equal(code, 1);
    assert.deepEqual(JSON.parse(out), { error: { message: "trumpet is not a story folder", problems: [] } });
  });
});

describe("status", () => {
  it("prints a line for each segment in columns, and how many are in each state", async () => {
    const { code, out } = await runFake(["status", "trumpet"], { status: async () => STATUS });
    assert.equal(code, 0);
    assert.deepEqual(out.trimEnd().split("\n"), [
      TITLE,
      "1  segment_1     0:00   5.2 s  up to date",
      "2  segment_12b   0:05  12.0 s  stale         narration changed",
      "3  segment_2    12:05   4.5 s  not made yet",
      "",
      "3 segments: 1 up to date, 1 stale, 1 not made yet; 1 asset, 4 scenes",
    ]);
  });

  it("prints the report as one object with --json", async () => {
    const { out } = await runFake(["status", "trumpet", "--json"], { status: async () => STATUS });
    assert.deepEqual(JSON.parse(out), STATUS);
  });
});
