import assert from "node:assert/strict";
import { describeFailure, isAbortError, ProblemsError, StoryDirectorError, StoryHeldError } from "../../../src/core/errors.ts";
import { compareProblems, formatPlace, type Problem } from "../../../src/core/problem.ts";

const at = (file: string, line?: number, character = 0): Problem => ({
  severity: "error",
  code: "x",
  message: "wrong",
  hint: "Mend it.",
  file,
  range: line === undefined ? undefined : { start: { line, character }, end: { line, character } },
});

describe("a problem", () => {
  it("has its place written with lines and columns from 1", () => {
    assert.equal(formatPlace({ ...at("segments/a.md", 13, 2), section: "SCENE" }), "segments/a.md:14:3 SCENE");
    assert.equal(formatPlace(at("story.yaml")), "story.yaml");
  });

  it("stands in the order of files, then of places", () => {
    const sorted = [at("a"), at("a", 0), at("a", 2, 1), at("a", 2, 9), at("a", 10), at("b")];
    assert.deepEqual(sorted.toReversed().sort(compareProblems), sorted);
  });
});

describe("an error made for a person", () => {
  it("says the first problem, how many more there are, and what to do", () => {
    const error = new ProblemsError("segment_1 is not production-ready", [at("segments/a.md", 13, 2), at("b"), at("c")]);
    assert.equal(error.message, "segment_1 is not production-ready: segments/a.md:14:3: wrong (and 2 more)");
    assert.deepEqual([error.name, error.hint, error.problems.length], ["ProblemsError", "Mend it.", 3]);
  });

  it("is told from a bug and from a cancelled run by its shape", () => {
    assert.equal(describeFailure(new StoryHeldError("held", { hint: "Wait." })).isExpected, true);
    assert.deepEqual(describeFailure(new TypeError("x is undefined")), { message: "x is undefined", headline: "x is undefined", hint: undefined, problems: [], bundle: undefined, isExpected: false });
    assert.deepEqual(["text", null, undefined].map((thrown) => describeFailure(thrown).isExpected), [false, false, false]);
    assert.equal(isAbortError(new DOMException("stopped", "AbortError")), true);
    assert.equal(isAbortError(new StoryDirectorError("x")), false);
  });
});
