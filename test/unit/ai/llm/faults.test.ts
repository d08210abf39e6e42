import assert from "node:assert/strict";
import { createLlmDirector } from "../../../../src/ai/llmDirector.ts";
import { ModelError, type ModelFault } from "../../../../src/ai/model/modelError.ts";
import { createStoryDirector, fixedDirector, type DirectRequest } from "../../../../src/compose.ts";
import { endsRun, isAbortError, StoryDirectorError } from "../../../../src/core/errors.ts";
import { resolveOutputs } from "../../../../src/core/outputs.ts";
import type { SegmentDraft } from "../../../../src/core/segmentDraft.ts";
import type { Director, ModelRequest } from "../../../../src/pipeline/ports.ts";
import { ProgressManager } from "../../../../src/progress/progressManager.ts";
import { createFakeLanguageModel, draftsText, idsAsked, plainDraft, wantedOf, wellBehaved, type CannedAnswer } from "../../../support/fakeLanguageModel.ts";
import { createMemoryStore } from "../../../support/memoryStore.ts";
import { countingClock, segmentNodes } from "../../../support/runStory.ts";
import { testStory } from "../../../support/testStory.ts";
import { brief, never, recordingLog } from "./brief.ts";

const LASTING: readonly ModelFault[] = ["key refused", "not allowed", "not found", "quota spent", "rejected", "redirected"];
const PASSING: readonly ModelFault[] = ["busy", "failed", "unreachable", "disconnected", "stalled", "unreadable"];

const fault = (kind: ModelFault) => new ModelError(`example.com: ${kind}`, { fault: kind, hint: `What helps against ${kind}.` });

const request = () => ({ segmentId: "segment_1", raw: new Map([["TAGS", "(none)"], ["SCENE", "A bell."]] as const), output: resolveOutputs(brief().settings.outputs)[0]! });
const faulty = { draft: plainDraft("segment_2") as unknown as SegmentDraft, problems: [] };

/** Every kind of call, and what a model writes that does it badly. */
const CALLS: Readonly<Record<string, { readonly ask: (director: Required<Director>) => Promise<unknown>; readonly bad: string }>> = {
  "an extraction": { ask: (director) => director.extractAssets(brief(), [{ first: 0, last: 5 }], never), bad: '{"assets":[],"scenes":[]}' },
  "a batch of drafts": { ask: (director) => readAll(director.draftSegments(brief(), ["segment_1", "segment_2"], never)), bad: draftsText([plainDraft("segment_1", { mood: 7 })]) },
  "the repair of a draft": { ask: (director) => director.repairDraft(brief(), faulty, never), bad: "" },
  "a description": { ask: (director) => director.describeAsset(brief(), { tag: "lamp", lines: [] }, never), bad: "{}" },
  "a final prompt": { ask: (director) => director.optimizePrompt(request(), never), bad: "{}" },
};

async function readAll(drafts: AsyncIterable<unknown>): Promise<void> {
  for await (const draft of drafts) assert.ok(draft);
}

function directing(script: (request: ModelRequest, call: number) => CannedAnswer | string) {
  const model = createFakeLanguageModel(script, { chunk: 50 });
  return { model, director: createLlmDirector({ model, log: recordingLog() }) };
}

describe("a fault that cannot get better", () => {
  for (const [what, { ask, bad }] of Object.entries(CALLS)) {
    for (const kind of LASTING) {
      it(`${kind}: ends ${what} after one request, in its own words, also in the middle of an answer`, async () => {
        for (const text of ["", '{"segments":[']) {
          const error = fault(kind);
          const { model, director } = directing(() => ({ text, error }));
          await assert.rejects(ask(director), (thrown) => thrown === error);
          assert.equal(model.requests.length, 1);
        }
      });
    }

    it(`ends ${what} also where it comes with the second try`, async () => {
      if (bad === "") return;
      const error = fault("quota spent");
      const { model, director } = directing((_request, call) => (call === 0 ? bad : { text: "{", error }));
      await assert.rejects(ask(director), (thrown) => thrown === error);
      assert.equal(model.requests.length, 2);
    });

    it(`lets nothing else of the run be asked after ${what}`, async () => {
      const { model, director } = directing(() => ({ error: fault("key refused") }));
      await assert.rejects(ask(director), { name: "ModelError" });
      for (const next of Object.values(CALLS)) await assert.rejects(next.ask(director), isAbortError);
      assert.equal(model.requests.length, 1);
      const another = new AbortController().signal;
      await assert.rejects(director.optimizePrompt(request(), another), { name: "ModelError" });
      assert.equal(model.requests.length, 2, "another run asks for itself");
    });
  }

  it("is told apart from one that may pass", () => {
    assert.deepEqual([...LASTING, ...PASSING].filter((kind) => endsRun(fault(kind))), LASTING);
  });
});

describe("an error of any model before its first word", () => {
  for (const [what, { ask }] of Object.entries(CALLS)) {
    it(`keeps its message and hint, and ends ${what} after one request`, async () => {
      for (const error of [new StoryDirectorError("No model is installed", { hint: "Install one." }), fault("failed"), new TypeError("a bug")]) {
        const { model, director } = directing(() => ({ error }));
        await assert.rejects(ask(director), (thrown) => thrown === error);
        assert.equal(model.requests.length, 1);
      }
    });
  }
});

describe("a run whose model cannot answer", () => {
  const KINDS = ["extraction", "drafts", "asset", "final_prompt"];

  async function run(refused: string, directRequest: DirectRequest = {}, maxCalls = 8) {
    const withLamp = (id: string) => plainDraft(id, { visualPrompt: "@maria lights @lamp.", usedAssets: ["maria", "lamp"] });
    const model = createFakeLanguageModel((request) => {
      if (wantedOf(request) === refused) return { error: fault("quota spent") };
      return wantedOf(request) === "drafts" && refused === "asset" ? draftsText(idsAsked(request).map(withLamp)) : wellBehaved(request);
    });
    const store = createMemoryStore(testStory({ segments: 53 }));
    const progress = new ProgressManager(countingClock());
    const director = fixedDirector(createLlmDirector({ model, log: recordingLog() }));
    const engine = createStoryDirector({ store, director, clock: countingClock(), maxCalls });
    const error = await engine.direct(directRequest, { progress, signal: never }).then(() => undefined, (thrown: unknown) => thrown);
    const asked = model.requests.filter((request) => wantedOf(request) === refused).length;
    return { error: error as StoryDirectorError, asked, progress, model };
  }

  for (const kind of KINDS) {
    for (const keepGoing of [false, true]) {
      it(`ends at the first refused ${kind}${keepGoing ? ", also where it was to keep going" : ""}`, async () => {
        const { error, asked, progress, model } = await run(kind, { keepGoing }, kind === "final_prompt" ? 3 : 8);
        assert.deepEqual([error.message, error.hint], ["example.com: quota spent", "What helps against quota spent."]);
        assert.ok(asked === 1 || (kind === "final_prompt" && asked <= 3), `${asked} calls`);
        assert.equal(segmentNodes(progress).filter(({ state }) => state === "done").length, 0);
        assert.equal(model.open, 0);
      });
    }
  }

  it("shows one failed batch, and the others as stopped", async () => {
    const { progress } = await run("drafts");
    const script = progress.find("story/script")!;
    assert.deepEqual(script.children.map(({ state }) => state).sort(), [...Array<string>(5).fill("cancelled"), "failed"]);
  });
});
