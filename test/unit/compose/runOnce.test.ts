import assert from "node:assert/strict";
import { optionsOf } from "../../../src/compose/runOnce.ts";

describe("what a run is asked for", () => {
  it("is 6 batches of 10 side by side and 8 calls at a time, where nothing is said", () => {
    const { batchSize, parallelBatches, maxCalls } = optionsOf({}, undefined, {});
    assert.deepEqual({ batchSize, parallelBatches, maxCalls }, { batchSize: 10, parallelBatches: 6, maxCalls: 8 });
  });

  it("leaves two calls free for optimizing, whatever is said", () => {
    const batches = [1, 3, 5, 8, 20].map((maxCalls) => optionsOf({ parallelBatches: 10 }, undefined, { maxCalls }).parallelBatches);
    assert.deepEqual(batches, [1, 1, 3, 6, 10]);
  });
});
