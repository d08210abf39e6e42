import assert from "node:assert/strict";
import fc from "fast-check";
import { ProblemsError, StoryDirectorError } from "../../../src/core/errors.ts";
import type { Exchange } from "../../../src/core/exchange.ts";
import { formatFailureBundle } from "../../../src/core/failureBundle.ts";
import type { Problem } from "../../../src/core/problem.ts";

const exchange: Exchange = { purpose: "draft", role: "director", model: "m-1", ids: ["segment_1"], instruction: "Write.", outcome: "its answer was complete", answer: "{}" };
const bundle = (error: unknown, ...exchanges: readonly Exchange[]) => formatFailureBundle({ error, exchanges, title: "The\nTrumpet", director: "openai/m-1", atMs: Date.UTC(2026, 0, 2, 3, 4, 5) });

describe("the file that keeps a failure", () => {
  it("holds every text word for word, whatever fences are in it", () => {
    const text = fc.array(fc.constantFrom("`", "```", "``````text\n", "~~~", "\n", "# x", "a", "  ", "🎺"), { minLength: 1 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, text, (instruction, answer) => {
        const made = bundle(new StoryDirectorError("no"), { ...exchange, instruction, answer });
        const blocks = [...made.matchAll(/^(`{3,})text\n([\s\S]*?)\n\1$/gm)].map((match) => match[2]);
        assert.deepEqual(blocks, [instruction, answer]);
      }),
    );
  });

  it("names each problem with file, line and section, and what to do", () => {
    const start = { line: 13, character: 2 };
    const problem: Problem = { severity: "error", code: "x", message: "@mria is\nno asset", hint: "Did you mean @maria?", file: "segments/segment_1.md", section: "SCENE", range: { start, end: start } };
    const made = bundle(new ProblemsError("segment_1 is not production-ready", [problem, { ...problem, message: "second", hint: "Look there.", range: undefined }]), exchange);
    assert.match(made, /^# segment_1 is not production-ready\n\n- Story: The Trumpet\n- Director: openai\/m-1\n- At: 2026-01-02T03:04:05\.000Z\n/);
    assert.ok(made.includes("- segments/segment_1.md:14:3 SCENE: @mria is no asset\n- segments/segment_1.md SCENE: second\n  Look there.\n"));
    assert.equal(made.match(/Did you mean/g)?.length, 1);
  });

  it("says that nothing was answered, and leaves out what nobody knows", () => {
    const made = bundle(new StoryDirectorError("no answer", { hint: "Try." }), { ...exchange, instruction: undefined, answer: "", outcome: "its answer broke off" });
    assert.ok(made.includes("\nTry.\n"));
    assert.ok(made.endsWith("## Call 1: draft\n\n- Model: m-1, as director\n- For: segment_1\n\n### Answered\n\nNothing: its answer broke off.\n"), made);
  });
});
