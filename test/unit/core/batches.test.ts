import assert from "node:assert/strict";
import { makeBatches } from "../../../src/core/batches.ts";

const segments = (count: number) => Array.from({ length: count }, (_, index) => ({ id: `segment_${index + 1}` }));

describe("the batches of a story", () => {
  it("hold neighbours in the order of the map, with labels that count from 1", () => {
    const batches = makeBatches(segments(53), 10);
    assert.deepEqual(batches.map(({ id, label, segments: { length } }) => [id, label, length]), [
      ["batch-1", "Batch 1/6: Segments 1-10", 10],
      ["batch-2", "Batch 2/6: Segments 11-20", 10],
      ["batch-3", "Batch 3/6: Segments 21-30", 10],
      ["batch-4", "Batch 4/6: Segments 31-40", 10],
      ["batch-5", "Batch 5/6: Segments 41-50", 10],
      ["batch-6", "Batch 6/6: Segments 51-53", 3],
    ]);
    assert.deepEqual(batches[1]!.segments[2], { id: "segment_13", index: 12, label: "segment_13 (13/53)" });
  });

  it("name a segment that is alone, and are none where there is nothing", () => {
    assert.equal(makeBatches(segments(11), 10)[1]!.label, "Batch 2/2: Segment 11");
    assert.deepEqual(makeBatches([], 10), []);
  });
});
