import assert from "node:assert/strict";
import { SelectionError } from "../../../src/core/errors.ts";
import { selectSegments } from "../../../src/core/selection.ts";

const segments = ["segment_1", "segment_2", "segment_12b", "3", "segment_4"].map((id) => ({ id }));

describe("a selection of segments", () => {
  it("takes positions, ranges of positions and ids", () => {
    assert.deepEqual([...selectSegments(["2", "4-5", "segment_12b"], segments)], ["segment_2", "3", "segment_4", "segment_12b"]);
  });

  it("takes an id before a position that is written the same way", () => {
    assert.deepEqual([...selectSegments(["3"], segments)], ["3"]);
  });

  it("names every part that leads nowhere, and what there is", () => {
    assert.throws(() => selectSegments(["0", "2", "5-6", "4-2", "x"], segments), (error) => {
      assert.ok(error instanceof SelectionError);
      assert.equal(error.message, 'No such segment: "0", "5-6", "4-2", "x"');
      assert.match(error.hint!, /from 1 to 5/);
      return true;
    });
    assert.throws(() => selectSegments([], segments), SelectionError);
  });
});
