import assert from "node:assert/strict";
import type { SegmentStateLine } from "../../../../src/compose.ts";
import { afterEdit, afterEditWords } from "../../../../src/vscode/timing/outOfDate.ts";

const states = (...all: [string, SegmentStateLine["state"]][]): SegmentStateLine[] => all.map(([id, state], index) => ({ id, index, state, why: "", start: index, seconds: 1 }));

describe("after an edit of the timing map", () => {
  it("what it touched and what is new is to be directed, and nothing else", () => {
    const lines = states(["segment_1", "stale"], ["segment_2", "stale"], ["segment_2b", "not made yet"], ["segment_3", "not made yet"], ["segment_4", "up to date"]);
    assert.deepEqual(afterEdit(lines, ["segment_2", "segment_2b", "segment_4"]), { outOfDate: ["segment_2", "segment_2b"], kept: [] });
  });

  it("what a person edited is kept", () => {
    const after = afterEdit(states(["segment_1", "kept"], ["segment_2", "stale"]), ["segment_1", "segment_2"]);
    assert.equal(afterEditWords(after), "segment_2 is to be directed. segment_1 is kept as you edited it.");
    assert.equal(afterEditWords({ outOfDate: ["a", "b"], kept: ["c", "d", "e"] }), "2 segments are to be directed. 3 are kept as you edited them.");
  });

  it("nothing is out of date in a story that nobody has directed", () => {
    const lines = states(["segment_1", "not made yet"], ["segment_1b", "not made yet"]);
    assert.deepEqual(afterEdit(lines, ["segment_1", "segment_1b"]), { outOfDate: [], kept: [] });
  });
});
