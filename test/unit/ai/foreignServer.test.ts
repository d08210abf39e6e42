import assert from "node:assert/strict";
import { LLMock, type ChatCompletionRequest } from "@copilotkit/aimock";
import { createLlmDirector } from "../../../src/ai/llmDirector.ts";
import { createMemory } from "../../../src/ai/model/ability.ts";
import { createOpenAiModel } from "../../../src/ai/openAiModel.ts";
import { createStoryDirector, fixedDirector } from "../../../src/compose.ts";
import { ProgressManager } from "../../../src/progress/progressManager.ts";
import { questionOf } from "../../support/fakeModelServer/storyQuestions.ts";
import { wellBehaved } from "../../support/fakeLanguageModel.ts";
import { createMemoryStore } from "../../support/memoryStore.ts";
import { countingClock } from "../../support/runStory.ts";
import { testStory } from "../../support/testStory.ts";
import { recordingLog } from "./llm/brief.ts";
import { fakeTiming } from "./model/harness.ts";

/** What the user says; the server shows requests to either API in the form of a chat. */
function saidIn({ messages }: ChatCompletionRequest): string {
  const content: unknown = messages.findLast(({ role }) => role === "user")?.content;
  if (typeof content === "string") return content;
  return (content as readonly { readonly text?: string }[]).map(({ text = "" }) => text).join("\n\n");
}

describe("a server that others wrote", () => {
  const server = new LLMock({ port: 0, chunkSize: 40, logLevel: "silent" });
  before(async () => {
    server.on({ predicate: () => true }, (request) => ({ content: wellBehaved(questionOf(saidIn(request))) }));
    await server.start();
  });
  after(() => server.stop());

  for (const [step, path] of [["responses", "/v1/responses"], ["chat", "/v1/chat/completions"]] as const) {
    it(`directs a whole story over ${path}`, async () => {
      server.clearRequests();
      const baseUrl = `${server.url}/v1`;
      const memory = createMemory();
      const timing = fakeTiming();
      memory.set(`${baseUrl} foreign-1`, { step, without: [], why: "the test wants it so", at: timing.now() });
      const log = recordingLog();
      const director = createLlmDirector({ model: createOpenAiModel({ baseUrl, apiKey: "key", directorModel: "foreign-1", timing, memory, log }), log });
      const store = createMemoryStore(testStory({ segments: 12 }));
      const engine = createStoryDirector({ store, director: fixedDirector(director), clock: countingClock() });
      const run = () => engine.direct({}, { progress: new ProgressManager(countingClock()), signal: new AbortController().signal });
      assert.equal((await run()).ready, 12);
      assert.deepEqual((await engine.check()).problems, []);
      const calls = server.getRequests();
      assert.equal(calls.length, 1 + 2 + 12);
      assert.deepEqual(new Set(calls.map((call) => call.path)), new Set([path]));
      assert.deepEqual(log.lines.filter((line) => !line.includes("the test wants it so")), [], "nothing had to be asked otherwise");
      assert.equal((await run()).upToDate, 12);
      assert.equal(server.getRequests().length, calls.length);
    });
  }
});
