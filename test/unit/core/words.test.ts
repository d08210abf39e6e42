import assert from "node:assert/strict";
import { plural } from "../../../src/core/words.ts";

describe("a counted thing", () => {
  it("has an s unless it is one, and its thousands apart", () => {
    assert.deepEqual([0, 1, 2, 10_000].map((count) => plural(count, "segment")), ["0 segments", "1 segment", "2 segments", "10,000 segments"]);
    assert.equal(plural(2, "reply", "replies"), "2 replies");
  });
});
