import assert from "node:assert/strict";
import { readHeard } from "../../../src/import/readNarration.ts";
import { readTranscript, type ReadOptions } from "../../../src/import/read/readTranscript.ts";
import { planSegments } from "../../../src/import/planSegments.ts";
import { withTimeCodes } from "../../../src/import/timeCodes.ts";
import { bytesOf, codes } from "./read/reading.ts";

const PACE = { wordsPerMinute: 150 };

function readSrt(...starts: readonly string[]) {
  const cues = starts.map((start, index) => `${index + 1}\n${start},250 --> ${start},950\nLine ${index + 1}.\n`);
  return readTranscript({ name: "a.srt", bytes: bytesOf(`\n${cues.join("\n")}`) }, PACE).transcript!;
}

function readJson(start: number, duration: number | undefined, options: ReadOptions = PACE) {
  const segments = [{ start, end: start + 2, text: "Line 1.", words: [{ word: "Line", start, end: start + 1 }, { word: "1.", start: start + 1, end: start + 2 }] }];
  return readTranscript({ name: "a.json", bytes: bytesOf(JSON.stringify({ segments, duration })) }, options).transcript!;
}

describe("the start of a story", () => {
  it("is the whole hour that time codes are counted from, which is said at its line", () => {
    for (const [first, second, timeCode] of [["01:00:04", "01:00:06", 3600], ["10:00:00", "10:00:09", 36_000], ["100:04:59", "100:06:00", 360_000]] as const) {
      const { cues, findings, ...transcript } = readSrt(first, second);
      assert.equal(transcript.timeCode, timeCode);
      assert.ok(cues[0]!.start < 300 && cues[0]!.start >= 0.25, `${cues[0]!.start}`);
      assert.deepEqual(codes(findings), ["time-codes:3"]);
    }
    assert.deepEqual(readSrt("01:00:04", "01:00:06").cues.map(({ start, end }) => [start, end]), [[4.25, 4.95], [6.25, 6.95]]);
  });

  it("is the first word where no whole hour is near", () => {
    for (const start of ["00:05:00", "00:59:58", "01:30:00"]) {
      const { cues, findings } = readSrt(start);
      assert.deepEqual([cues[0]!.start, cues[0]!.end, codes(findings)], [0, 0.7, ["time-codes:3"]], start);
    }
    const { cues, timeCode } = readJson(400, undefined);
    assert.deepEqual([timeCode, cues[0]!.words], [400, [{ start: 0, end: 1, text: "Line" }, { start: 1, end: 2, text: "1." }]]);
  });

  it("is 0 where the silence before the first words is short", () => {
    const { cues, findings, timeCode } = readSrt("00:04:59", "02:00:00");
    assert.deepEqual([cues[0]!.start, findings, timeCode], [299.25, [], undefined]);
  });

  it("is 0 where the sound is known to be that long, and the silence is said", () => {
    for (const transcript of [readJson(400, 410), readJson(400, undefined, { ...PACE, soundSeconds: 410 })]) {
      assert.deepEqual([transcript.timeCode, transcript.cues[0]!.start, codes(transcript.findings)], [undefined, 400, ["late-words:1"]]);
    }
    const heard = readHeard({ name: "a.wav", bytes: bytesOf('{"segments":[{"start":400,"end":402,"text":"Hi."}]}') }, { by: "a/b", format: "a WAV recording", seconds: 410 }, PACE);
    assert.deepEqual(codes(heard.problems), ["late-words"]);
  });

  it("is 0 again for who wants the silence, and every time is as the source has it", () => {
    const kept = withTimeCodes(readSrt("01:00:04", "01:00:06"));
    assert.deepEqual([kept.cues.map(({ start }) => start), kept.findings, "timeCode" in kept], [[3604.25, 3606.25], [], false]);
    assert.deepEqual(withTimeCodes(readJson(400, undefined)).cues[0]!.words![1], { start: 401, end: 402, text: "1." });
    const usual = readSrt("00:00:04");
    assert.equal(withTimeCodes(usual), usual);
  });

  it("makes no row of segments without words", () => {
    const shotLength = { shortest: 2.5, ideal: 5, longest: 8 };
    assert.deepEqual(planSegments(readSrt("100:00:00"), { shotLength }).map(({ narration }) => narration), ["Line 1."]);
  });
});
