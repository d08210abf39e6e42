import assert from "node:assert/strict";
import type { RetimeReport, RetimeRequest } from "../../../src/compose.ts";
import { TimingEditError } from "../../../src/core/errors.ts";
import { runFake } from "./fakeHost.ts";

const SRT = "1\n00:00:00,000 --> 00:00:04,000\nShe comes to the well.\n\n2\n00:00:04,000 --> 00:00:08,500\nShe drinks, and goes.\n";

const segment = (id: string, start: number, end: number) => ({ id, start, end, narration: `What ${id} says.` });

const REPORT: RetimeReport = {
  created: ["segment_2b"],
  unused: ["segment_3"],
  unusedFiles: ["segments/segment_3.md"],
  scenes: [{ from: "segment_3", to: "segment_4" }, { from: "segment_9", to: undefined }],
  prose: "left",
  basedOn: "12345678",
  changes: [
    { id: "segment_1", what: "moved", before: segment("segment_1", 1, 5), after: segment("segment_1", 1.3, 5.3) },
    { id: "segment_2", what: "length", before: segment("segment_2", 5, 10), after: segment("segment_2", 5.3, 11.5) },
    { id: "segment_2b", what: "new", before: undefined, after: segment("segment_2b", 71.5, 75) },
    { id: "segment_3", what: "unused", before: segment("segment_3", 10, 15), after: undefined },
    { id: "segment_4", what: "text", before: segment("segment_4", 15, 20), after: segment("segment_4", 15, 20) },
  ],
  summary: "1 moved, 1 changed length, 1 changed text, 1 new, 1 unused",
};

describe("retime", () => {
  it("reads the take, acts, and tells every change, what becomes of scenes and files, and the counts", async () => {
    const asked: RetimeRequest[] = [];
    const retime = async (request: RetimeRequest) => {
      asked.push(request);
      return REPORT;
    };
    const { code, out, err, opened } = await runFake(["retime", "well", "--from", "take2.srt"], { files: { "take2.srt": SRT }, retime });
    assert.deepEqual([code, err, opened.map(({ folder }) => folder)], [0, "", ["well"]]);
    assert.deepEqual(asked.map(({ dryRun, takeOver, transcript }) => [dryRun, takeOver, transcript.cues.map(({ text }) => text)]), [[false, false, ["She comes to the well.", "She drinks, and goes."]]]);
    assert.deepEqual(asked[0]!.transcript.source, { file: "take2.srt", format: "SubRip subtitles" });
    assert.deepEqual(out.trimEnd().split("\n"), [
      "segment_1   moved           0:01.0 → 0:01.3  4.0 s",
      "segment_2   changed length  0:05.0 → 0:05.3  5.0 s → 6.2 s",
      "segment_2b  new             1:11.5           3.5 s          What segment_2b says.",
      "segment_3   unused          0:10.0           5.0 s",
      "segment_4   changed text    0:15.0           5.0 s          What segment_4 says.",
      "",
      "The scene from segment_3 starts from segment_4.",
      "The scene from segment_9 is taken out: none of its segments is left.",
      "1 file unused from now on, and kept: segments/segment_3.md",
      "narration.md is left as it is: it says other words than the story did.",
      "1 moved, 1 changed length, 1 changed text, 1 new, 1 unused.",
      "Saved; what stood there before is in .story-director/history.",
      "Next: story-director regenerate well",
    ]);
  });

  it("counts from where the time codes of the take start, unless told to keep them", async () => {
    const asked: RetimeRequest[] = [];
    const retime = async (request: RetimeRequest) => {
      asked.push(request);
      return REPORT;
    };
    const files = { "take2.srt": SRT.replaceAll("00:00:0", "10:00:0") };
    const { out } = await runFake(["retime", "well", "--from", "take2.srt"], { files, retime });
    assert.match(out, /take2\.srt:2:1.*time code/);
    const kept = await runFake(["retime", "well", "--from", "take2.srt", "--keep-time-codes", "--json"], { files, retime });
    assert.deepEqual(JSON.parse(kept.out).findings, []);
    const [first, second] = asked.map(({ transcript }) => transcript.cues[0]!.start) as [number, number];
    assert.equal(second - first, 36_000);
  });

  it("writes nothing with --dry-run, and says so", async () => {
    const asked: RetimeRequest[] = [];
    const retime = async (request: RetimeRequest) => {
      asked.push(request);
      return REPORT;
    };
    const { out } = await runFake(["retime", "well", "--from", "take2.srt", "--dry-run"], { files: { "take2.srt": SRT }, retime });
    assert.equal(asked[0]!.dryRun, true);
    assert.equal(out.trimEnd().split("\n").at(-1), "Nothing was written (--dry-run).");
  });

  it("says when nothing changes, or when nothing has to be redone", async () => {
    const nothing = { ...REPORT, prose: undefined, changes: [], scenes: [], unusedFiles: [], summary: "nothing changes" };
    const same = await runFake(["retime", "well", "--from", "t.srt"], { files: { "t.srt": SRT }, retime: async () => nothing });
    assert.equal(same.out, "Nothing changes.\n");
    const moved = await runFake(["retime", "well", "--from", "t.srt"], { files: { "t.srt": SRT }, retime: async () => ({ ...nothing, changes: REPORT.changes.slice(0, 1), summary: "1 moved" }) });
    assert.equal(moved.out.includes("Next:"), false);
  });

  it("prints one object with --json, of errors too", async () => {
    const { out } = await runFake(["retime", "well", "--from", "t.srt", "--json", "--dry-run"], { files: { "t.srt": SRT }, retime: async () => REPORT });
    const told = JSON.parse(out) as { dryRun: boolean; summary: string; prose: string; basedOn: string; changes: unknown[]; findings: unknown[] };
    assert.deepEqual([told.dryRun, told.summary, told.prose, told.basedOn, told.findings], [true, REPORT.summary, "left", "12345678", []]);
    assert.deepEqual(told.changes[2], { id: "segment_2b", what: "new", after: { start: 71.5, end: 75, narration: "What segment_2b says." } });
    const failed = await runFake(["retime", "well", "--from", "t.srt", "--json"], { files: { "t.srt": SRT }, retime: () => Promise.reject(new TimingEditError("The new take has no words", { hint: "Give another." })) });
    assert.equal(failed.code, 1);
    assert.deepEqual(JSON.parse(failed.out), { error: { message: "The new take has no words", hint: "Give another.", problems: [] } });
  });

  it("stops at a file that cannot be read, with its line, and at a call without one", async () => {
    const wrong = await runFake(["retime", "well", "--from", "t.json"], { files: { "t.json": "{ nothing" } });
    assert.equal(wrong.code, 1);
    assert.match(wrong.err, /t\.json cannot be read as a take[\s\S]*t\.json:1/);
    assert.equal((await runFake(["retime", "well", "--from", "no.srt"])).code, 1);
    assert.equal((await runFake(["retime", "well"])).code, 2);
  });
});
