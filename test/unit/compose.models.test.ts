import assert from "node:assert/strict";
import { addressOf, createSharedCalls, openStoryDirector, testModel } from "../../src/compose.ts";
import { StoryDirectorError } from "../../src/core/errors.ts";
import { ProgressManager } from "../../src/progress/progressManager.ts";
import { answerToPrompt } from "../support/answerToPrompt.ts";
import { fakeModelServers } from "../support/fakeModelServer.ts";
import { modelList, says, status } from "../support/fakeModelServer/answers.ts";
import { createFakeTextModel } from "../support/fakeTextModel.ts";
import { tempFolders, textOf } from "../support/tempFolder.ts";
import { testStory } from "../support/testStory.ts";

/** OpenAI's own address, answered by a server of this machine. */
describe("a run with OpenAI's models", () => {
  const serve = fakeModelServers();
  const folderWith = tempFolders();
  const realFetch = globalThis.fetch;
  afterEach(() => {
    globalThis.fetch = realFetch;
    delete process.env["OPENAI_BASE_URL"];
  });

  it("goes to OpenAI's own address, asks the default models, and hands the effort on, whatever the environment says", async () => {
    const server = await serve(({ text }) => says(answerToPrompt(instructionsIn(text))));
    process.env["OPENAI_BASE_URL"] = "http://localhost:9/v1";
    globalThis.fetch = (input, init) => {
      const url = new URL(input instanceof Request ? input.url : input);
      assert.equal(url.origin, "https://api.openai.com");
      return realFetch(`${server.origin}${url.pathname}`, init);
    };
    const folder = folderWith(testStory({ segments: 2 }));
    const director = openStoryDirector({ folder, director: { provider: "openai", apiKey: "k", reasoningEffort: "high" } });
    const { ready } = await director.direct({}, { progress: new ProgressManager({ now: () => 0 }), signal: new AbortController().signal });
    assert.equal(ready, 2);
    assert.match(textOf(folder, "segments/segment_1.md"), /by: openai\/gpt-6\.1-terra/);
    assert.deepEqual(new Set(server.calls.map(({ body }) => body.model)), new Set(["gpt-6.1-terra", "gpt-6-luna"]));
    assert.ok(server.calls.every(({ body, headers }) => (body["reasoning"] as { effort: string }).effort === "high" && headers.authorization === "Bearer k"));
  });
});

describe("a run with a model of the editor", () => {
  const folderWith = tempFolders();

  it("takes the pauses that the whole program shares", async () => {
    const own = createSharedCalls();
    const origins: string[] = [];
    const pauses = { of: (origin: string) => (origins.push(origin), own.pauses.of(origin)) };
    const text = createFakeTextModel((prompt) => [answerToPrompt(prompt)]);
    const director = openStoryDirector({ folder: folderWith(testStory({ segments: 2 })), director: { provider: "vscode", director: text }, shared: { pauses } });
    const { ready } = await director.direct({}, { progress: new ProgressManager({ now: () => 0 }), signal: new AbortController().signal });
    assert.deepEqual([ready, new Set(origins)], [2, new Set(["vscode:test"])]);
  });
});

/** The blocks of the messages that a request with cache marks is made of. */
function instructionsIn(body: string): string {
  const { input } = JSON.parse(body) as { input: { content: { text: string }[] }[] };
  return input.flatMap(({ content }) => content.map(({ text }) => text)).join("\n\n");
}

describe("where a model is", () => {
  it("is OpenAI's own address unless another is given", () => {
    assert.deepEqual(addressOf(), { baseUrl: "https://api.openai.com/v1", origin: "https://api.openai.com", host: "api.openai.com", isLoopback: false });
    assert.deepEqual(addressOf("localhost:11434"), { baseUrl: "http://localhost:11434/v1", origin: "http://localhost:11434", host: "localhost:11434", isLoopback: true });
    assert.throws(() => addressOf("http://example.org"), StoryDirectorError);
  });
});

describe("testing a model", () => {
  const serve = fakeModelServers();
  const signal = new AbortController().signal;

  it("lists the server's models, names those that are missing, and sends nothing but the key", async () => {
    const server = await serve(() => modelList("big", "other"));
    const report = await testModel({ provider: "compatible", baseUrl: server.baseUrl, apiKey: "k", model: "big", optimizerModel: "small" }, signal);
    assert.deepEqual([report.models, report.missing], [["big", "other"], ["small"]]);
    assert.deepEqual(server.calls.map(({ method, api, text, headers }) => [method, api, text, headers.authorization]), [["GET", "models", "", "Bearer k"]]);
  });

  it("rejects with what is wrong", async () => {
    const server = await serve(() => status(401, "no"));
    await assert.rejects(testModel({ provider: "compatible", baseUrl: server.baseUrl, model: "big" }, signal), /wants an API key, and none is set/);
  });

  it("asks each of the editor's models once", async () => {
    const [director, optimizer] = [createFakeTextModel(() => ["ready"]), createFakeTextModel(() => ["ready"])];
    await testModel({ provider: "vscode", director, optimizer }, signal);
    await testModel({ provider: "vscode", director, optimizer: director }, signal);
    assert.deepEqual([director.prompts.length, optimizer.prompts.length], [2, 1]);
  });

  it("has nothing to do offline", async () => {
    assert.deepEqual(await testModel({ provider: "offline" }, signal), { models: undefined, missing: [] });
  });
});
