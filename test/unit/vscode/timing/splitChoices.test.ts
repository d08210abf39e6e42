import assert from "node:assert/strict";
import type { TimedSegment, TimingMap } from "../../../../src/core/documents/timingMapDocument.ts";
import { splitSegment } from "../../../../src/core/timingEdits.ts";
import { splitChoices, splitProblem } from "../../../../src/vscode/timing/splitChoices.ts";

const mapOf = (segment: Partial<TimedSegment>): TimingMap => ({ format: 1, basis: "aligned", segments: [{ id: "segment_1", start: 10, end: 16, narration: "", ...segment }] });
const choicesOf = (map: TimingMap) => splitChoices(map, map.segments[0]!);

describe("the places where a segment can be split", () => {
  it("stand between its words, with the time at which the second part begins", () => {
    const map = mapOf({ narration: "She lifted\nthe trumpet.", words: [[10, 11, "She"], [11, 12, "lifted"], [13.04, 14, "the"], [14, 16, "trumpet."]] });
    assert.deepEqual(choicesOf(map).map(({ label, description }) => [label, description]), [
      ["She | lifted the trumpet.", "0:11.0"],
      ["She lifted | the trumpet.", "0:13.0"],
      ["She lifted the | trumpet.", "0:14.0"],
    ]);
  });

  it("split where they say", () => {
    const map = mapOf({ narration: "One two, three (four) five — six." });
    for (const { label, at } of choicesOf(map)) {
      const parts = splitSegment(map, "segment_1", { at, isTaken: () => false }).map.segments;
      assert.equal(parts.map(({ narration }) => narration).join(" | "), label);
    }
  });

  it("show the words around them where there are many", () => {
    const map = mapOf({ narration: "a b c d e f g h i j k l m n" });
    assert.equal(choicesOf(map)[6]!.label, "… c d e f g | h i j k l …");
    assert.equal(choicesOf(map)[0]!.label, "a | b c d e f …");
  });

  it("leave out those where a part would be too short to be seen", () => {
    const map = mapOf({ narration: "Oh she waits", words: [[10, 10.05, "Oh"], [10.05, 11, "she"], [15.95, 16, "waits"]] });
    assert.deepEqual(choicesOf(map), []);
    assert.deepEqual(choicesOf(mapOf({ narration: "Silence" })), []);
  });

  it("are told from others by what is wrong with those", () => {
    const map = mapOf({ narration: "" });
    assert.equal(splitProblem(map, "segment_1", { seconds: 13 }), undefined);
    assert.match(splitProblem(map, "segment_1", { seconds: 16 })!, /^segment_1 cannot be split at 16 s\. Split it further inside/);
    assert.match(splitProblem(map, "segment_1", { character: 0 })!, /no two words/);
  });
});
