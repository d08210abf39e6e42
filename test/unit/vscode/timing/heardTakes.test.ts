import assert from "node:assert/strict";
import type { Transcript } from "../../../../src/import/transcript.ts";
import { HeardTakes } from "../../../../src/vscode/timing/heardTakes.ts";

const transcript: Transcript = { format: "test", basis: "aligned", cues: [], findings: [] };

describe("what was heard in the last recording", () => {
  it("is there for the same recording, and for no other", () => {
    const takes = new HeardTakes();
    assert.equal(takes.find("a"), undefined);
    takes.keep("a", transcript);
    assert.deepEqual([takes.find("a"), takes.find("b")], [transcript, undefined]);
  });
});
