import assert from "node:assert/strict";
import type { StoryDirector } from "../../../src/compose.ts";
import { outlineStory } from "../../../src/core/outline.ts";
import type { Scene } from "../../../src/core/documents/scenePlanDocument.ts";
import { emptyStory, SCENE } from "../core/storyBuilder.ts";
import { FakeStream, runFake, summaryOf } from "./fakeHost.ts";

const REMOTE = ["regenerate", "trumpet", "--base-url", "https://models.example/v1", "--model", "big"];

/** A story whose scenes are planned by the person, or not at all. */
const outlineWith = (scenes: readonly Scene[]): StoryDirector["outline"] => async () => outlineStory({ ...emptyStory(), scenes });

function answering(answer: string | undefined) {
  const questions: string[] = [];
  return { questions, ask: async (question: string) => { questions.push(question); return answer; } };
}

describe("regenerate with a model that is paid for", () => {
  const direct = async () => summaryOf();

  it("waits after Extract Assets, and goes on when it is told to", async () => {
    const { questions, ask } = answering("y");
    const { code, out, requests } = await runFake(REMOTE, { direct, ask, outline: outlineWith([]), stdout: new FakeStream() });
    assert.equal(code, 0);
    assert.equal(questions.length, 1);
    assert.deepEqual(requests.map(({ script, images }) => [script, images]), [[false, false], [undefined, undefined]]);
    assert.match(out, /The assets stand in trumpet\/assets: look through them before the rest is made\./);
  });

  it("stops there without a yes, or where the input ends", async () => {
    for (const answer of ["n", "", undefined]) {
      const { ask } = answering(answer);
      const { code, requests } = await runFake(REMOTE, { direct, ask, outline: outlineWith([]) });
      assert.deepEqual([code, requests.length], [0, 1]);
    }
  });

  it("does not ask where there is no cast to review, or nobody wants to be asked", async () => {
    const cases: readonly (readonly [argv: readonly string[], scenes: readonly Scene[]])[] = [
      [REMOTE, [SCENE]],
      [[...REMOTE, "--no-review"], []],
      [[...REMOTE, "--json"], []],
      [[...REMOTE, "--segments", "1"], []],
      [[...REMOTE, "--all"], []],
      [["regenerate", "trumpet", "--base-url", "http://localhost:11434/v1", "--model", "qwen3"], []],
      [["regenerate", "trumpet"], []],
    ];
    for (const [argv, scenes] of cases) {
      const { questions, ask } = answering("n");
      const { requests } = await runFake(argv, { direct, ask, outline: outlineWith(scenes) });
      assert.deepEqual([questions.length, requests.length, requests[0]?.script], [0, 1, undefined], argv.join(" "));
    }
  });

  it("asks for a server that only calls itself local", async () => {
    const { questions, ask } = answering("n");
    await runFake(["regenerate", "trumpet", "--base-url", "https://localhost.example/v1", "--model", "big"], { direct, ask, outline: outlineWith([]) });
    assert.equal(questions.length, 1);
  });

  it("does not ask where nobody sits at the terminal", async () => {
    const { requests } = await runFake(REMOTE, { direct, outline: outlineWith([]) });
    assert.deepEqual(requests.map(({ script }) => script), [undefined]);
  });
});
