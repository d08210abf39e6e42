import assert from "node:assert/strict";
import { createLlmDirector } from "../../../../src/ai/llmDirector.ts";
import { createWarmUp } from "../../../../src/ai/llm/warmUp.ts";
import { StoryDirectorError } from "../../../../src/core/errors.ts";
import type { StoryBrief } from "../../../../src/pipeline/ports.ts";
import { createFakeLanguageModel, draftsText, idsAsked, plainDraft, type CannedAnswer } from "../../../support/fakeLanguageModel.ts";
import { brief, never, recordingLog } from "./brief.ts";

const turn = () => new Promise(setImmediate);

function held(): { readonly promise: Promise<void>; release(): void } {
  let release: () => void = () => undefined;
  const promise = new Promise<void>((resolve) => (release = resolve));
  return { promise, release: () => release() };
}

describe("the warm-up", () => {
  it("lets the first call go alone until its first token, and then all the others", async () => {
    const [token, rest] = [held(), held()];
    const model = createFakeLanguageModel((request, call): CannedAnswer => ({ text: draftsText(idsAsked(request).map((id) => plainDraft(id))), ...(call === 0 ? { before: token.promise, afterFirst: rest.promise } : {}) }));
    const director = createLlmDirector({ model, log: recordingLog() });
    const story = brief();
    const read = async (id: string) => {
      const ids: string[] = [];
      for await (const draft of director.draftSegments(story, [id], never)) ids.push(draft.id);
      return ids;
    };
    const all = ["segment_1", "segment_2", "segment_3", "segment_4"].map(read);
    await turn();
    assert.equal(model.requests.length, 1);
    token.release();
    assert.deepEqual(await Promise.all(all.slice(1)), [["segment_2"], ["segment_3"], ["segment_4"]], "while the first is still being written");
    rest.release();
    assert.deepEqual(await Promise.all(all), [["segment_1"], ["segment_2"], ["segment_3"], ["segment_4"]]);
    assert.equal(model.requests.length, 4);
    assert.ok(model.mostOpen >= 3, "the others run side by side");
  });

  it("makes the next call the first where the first fails before its first token", async () => {
    const second = held();
    const model = createFakeLanguageModel((request, call): CannedAnswer => {
      if (call === 0) return { error: new StoryDirectorError("no") };
      return { text: draftsText(idsAsked(request).map((id) => plainDraft(id))), ...(call === 1 ? { before: second.promise } : {}) };
    });
    const director = createLlmDirector({ model, log: recordingLog() });
    const story = brief();
    const read = async (id: string) => {
      for await (const draft of director.draftSegments(story, [id], never)) assert.ok(draft);
    };
    const outcomes = Promise.allSettled(["segment_1", "segment_2", "segment_3"].map(read));
    for (let index = 0; index < 10; index++) await turn();
    assert.equal(model.requests.length, 2, "the third waits for the second");
    second.release();
    assert.deepEqual((await outcomes).map(({ status }) => status), ["rejected", "fulfilled", "fulfilled"]);
    assert.equal(model.requests.length, 3);
  });

  it("lets whoever is aborted go, and the others not before their turn", async () => {
    const warmUp = createWarmUp();
    const run = {};
    const first = await warmUp.enter(run, never);
    const control = new AbortController();
    const waiting = warmUp.enter(run, control.signal);
    let entered = 0;
    const others = [1, 2].map(async () => {
      const ticket = await warmUp.enter(run, never);
      entered++;
      return ticket;
    });
    control.abort();
    await assert.rejects(waiting, { name: "AbortError" });
    await assert.rejects(warmUp.enter(run, control.signal), { name: "AbortError" });
    assert.equal(entered, 0);
    first.over();
    await turn();
    assert.equal(entered, 1);
    (await others[0])!.begun();
    await Promise.all(others);
    assert.equal(entered, 2);
    first.over();
    await warmUp.enter(run, never);
  });

  it("does not make one run wait for another", async () => {
    const warmUp = createWarmUp();
    const stories: StoryBrief[] = [brief(), brief()];
    await Promise.all(stories.map((story) => warmUp.enter(story, never)));
  });
});
