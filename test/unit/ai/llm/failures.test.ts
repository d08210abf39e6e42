import assert from "node:assert/strict";
import { createLlmDirector } from "../../../../src/ai/llmDirector.ts";
import { createStoryDirector } from "../../../../src/compose.ts";
import type { StoryDirectorError } from "../../../../src/core/errors.ts";
import type { ModelRequest } from "../../../../src/pipeline/ports.ts";
import { ProgressManager } from "../../../../src/progress/progressManager.ts";
import { createFakeLanguageModel, draftsText, idsAsked, plainDraft, wantedOf, wellBehaved, type CannedAnswer } from "../../../support/fakeLanguageModel.ts";
import { createMemoryStore } from "../../../support/memoryStore.ts";
import { testStory } from "../../../support/testStory.ts";
import { never, recordingLog } from "./brief.ts";
import { assertGolden } from "./golden.ts";

const KEY = "canary/77+yellow";
const clock = { now: () => Date.UTC(2026, 0, 31, 9, 5, 7) };

/** A run that fails, and the file that is left of it. */
async function failing(script: (request: ModelRequest) => CannedAnswer | string, segments = 3) {
  const store = createMemoryStore(testStory({ segments }));
  const model = createFakeLanguageModel(script);
  const director = { name: model.name, secrets: [KEY], make: () => Promise.resolve(createLlmDirector({ model, log: recordingLog() })) };
  const engine = createStoryDirector({ store, director, clock });
  const error = await engine.direct({}, { progress: new ProgressManager(clock), signal: never }).then(() => undefined, (thrown: unknown) => thrown as StoryDirectorError);
  const kept = [...store.files].filter(([path]) => path.startsWith(".story-director/failures/"));
  return { error: error!, kept, all: [...store.files.values()].join("\n") };
}

describe("a run that fails for good", () => {
  it("keeps what a model was asked and answered about a draft, and names the file", async () => {
    const { error, kept, all } = await failing((request) => (wantedOf(request) === "drafts" ? draftsText(idsAsked(request).map((id) => plainDraft(id, id === "segment_2" ? { mood: 7, lighting: `\`\`\`\n${KEY}` } : {}))) : wellBehaved(request)));
    assert.deepEqual(kept.map(([path]) => path), [".story-director/failures/1970-01-01T00-00-00-segment_2.md"]);
    assert.equal(error.bundle, kept[0]![0]);
    assertGolden("failure", kept[0]![1].trimEnd());
    assert.ok(!all.includes(KEY));
  });

  const CASES: readonly (readonly [kind: string, about: string, asked: RegExp])[] = [
    ["extraction", "segment_1", /List the assets/],
    ["asset", "lamp", /Describe @lamp/],
    ["final_prompt", "segment_1", /Write the prompt/],
  ];
  for (const [kind, about, asked] of CASES) {
    it(`keeps the ${kind}, too: both requests and both answers`, async () => {
      const { kept } = await failing((request) => {
        if (wantedOf(request) === kind) return '{"nothing":"of use"}';
        if (wantedOf(request) === "drafts") return draftsText(idsAsked(request).map((id) => plainDraft(id, kind === "asset" ? { visualPrompt: "@maria lights @lamp.", usedAssets: ["maria", "lamp"] } : {})));
        return wellBehaved(request);
      }, 1);
      const [[path, text]] = kept as [[string, string]];
      assert.ok(path.endsWith(`-${about}.md`), path);
      assert.match(text, asked);
      assert.equal(text.match(/^## Call/gm)?.length, 2);
      assert.equal(text.match(/\{"nothing":"of use"\}\n`{3}/g)?.length, 2);
    });
  }

  it("keeps nothing where no model wrote a word", async () => {
    const { kept } = await failing(() => ({ error: new Error("gone") }));
    assert.deepEqual(kept, []);
  });
});
