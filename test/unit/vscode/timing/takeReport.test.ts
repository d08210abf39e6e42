import assert from "node:assert/strict";
import type { RetimeReport } from "../../../../src/compose.ts";
import { alignTake } from "../../../../src/import/alignTake.ts";
import { describeTakeChanges } from "../../../../src/import/align/takeChanges.ts";
import type { TimingMap } from "../../../../src/core/documents/timingMapDocument.ts";
import type { Transcript } from "../../../../src/import/transcript.ts";
import { handoverLines, takeDetail, takeDocument, type TakeSource } from "../../../../src/vscode/timing/takeReport.ts";

const SAID = ["She lifts the old trumpet.", "The square is empty tonight.", "A window opens above her.", "Nobody played after that.", "Morning came with rain."];
const MAP: TimingMap = { format: 1, basis: "aligned", segments: SAID.map((narration, index) => ({ id: `segment_${index + 1}`, start: index * 4, end: index * 4 + 4, narration })) };

const takeOf = (lines: readonly string[], seconds: number): Transcript => ({
  format: "SubRip subtitles",
  basis: "aligned",
  cues: lines.map((text, index) => ({ start: index * seconds, end: (index + 1) * seconds, text })),
  findings: [{ severity: "warning", code: "repeated", message: "the same words again", hint: "Listen to it.", file: "take.srt", range: { start: { line: 3, character: 0 }, end: { line: 3, character: 1 } } }],
});

function reportOf(transcript: Transcript, handover: Partial<RetimeReport> = {}): RetimeReport {
  const { changes } = alignTake(MAP, transcript, { shotLength: { shortest: 2.5, ideal: 5, longest: 8 } });
  return { changes, summary: describeTakeChanges(changes), created: [], unused: [], unusedFiles: [], scenes: [], basedOn: "00000000", ...handover };
}

const sourceOf = (transcript: Transcript): TakeSource => ({ name: "take.srt", transcript, wordsPerMinute: 150 });

describe("what a dialog says of a new take", () => {
  const take = takeOf([SAID[0]!, "The square is never empty.", SAID[2]!, SAID[4]!], 4.5);

  it("names the file, what a run has to do, and the weightiest changes first", () => {
    const detail = takeDetail(reportOf(take), sourceOf(take)).split("\n");
    assert.deepEqual(detail.slice(0, 3), ["take.srt: SubRip subtitles.", "4 segments to be directed; all others stay as they are. Ids stay.", ""]);
    assert.deepEqual(detail.slice(3, 6), ["segment_4  unused  “Nobody played after that.”", "segment_2  changed text  “The square is never empty.”", "segment_1  changed length  4.0 s → 4.5 s"]);
    assert.ok(detail.includes("1 thing to know of the file: Show All has it."));
  });

  it("says that nothing is out of date where segments only move", () => {
    const moved = { ...takeOf(SAID, 4), cues: SAID.map((text, index) => ({ start: 0.2 + index * 4, end: 4.2 + index * 4, text })) };
    const report = reportOf(moved);
    assert.ok(report.changes.every(({ what }) => what === "moved" || what === "length"));
    const onlyMoved = { ...report, changes: report.changes.filter(({ what }) => what === "moved") };
    assert.match(takeDetail(onlyMoved, sourceOf(moved)), /^No segment is out of date by it\./m);
  });

  it("shows a few of many changes, and says how many there are", () => {
    const changes = Array.from({ length: 30 }, (_, index) => ({ id: `segment_${index}`, what: "moved" as const, before: MAP.segments[0], after: MAP.segments[1] }));
    const detail = takeDetail({ ...reportOf(take), changes }, sourceOf(take));
    assert.equal(detail.match(/ moved /g)?.length, 8);
    assert.match(detail, /^… and 22 more$/m);
  });

  it("says where times are estimated, and what becomes of scenes and files", () => {
    const estimated = { ...take, basis: "estimated" as const };
    const handover = { scenes: [{ from: "segment_2", to: "segment_3" }, { from: "segment_4", to: undefined }], unusedFiles: ["segments/segment_4.md"], prose: "rewritten" as const };
    const detail = takeDetail(reportOf(estimated, handover), sourceOf(estimated));
    assert.match(detail, /estimated at 150 words a minute/);
    const heard = { ...estimated, duration: 20 };
    assert.match(takeDetail(reportOf(heard), sourceOf(heard)), /estimated from its words and its length/);
    assert.deepEqual(handoverLines(handover), [
      "The scene from segment_2 starts from segment_3.",
      "The scene from segment_4 is taken out: none of its segments is left.",
      "Unused from now on, and kept: segments/segment_4.md.",
      "narration.md gets the new words.",
    ]);
    for (const line of handoverLines(handover)) assert.ok(detail.includes(line), line);
  });
});

describe("the whole list of what a new take changes", () => {
  it("has every change in the order of the story, in columns, and every finding with its place", () => {
    const take = takeOf([SAID[0]!, "The square is never empty.", SAID[2]!, SAID[4]!], 4.5);
    const report = reportOf(take);
    const lines = takeDocument(report, sourceOf(take)).split("\n");
    assert.equal(lines[0], `${report.summary[0]!.toUpperCase()}${report.summary.slice(1)}.`);
    assert.ok(lines.includes("segment_2  changed text    0:04.0 → 0:04.5  4.0 s → 4.5 s  “The square is never empty.”"), lines.join("\n"));
    const table = lines.filter((line) => /^segment_\d/.test(line));
    assert.deepEqual(table.map((line) => line.split(" ", 1)[0]), report.changes.map(({ id }) => id));
    assert.equal(new Set(table.map((line) => line.search(/\d:\d\d/))).size, 1, "times stand below each other");
    assert.equal(lines.at(-2), "take.srt:4:1: the same words again. Listen to it.");
  });
});
