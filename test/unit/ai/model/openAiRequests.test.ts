import assert from "node:assert/strict";
import { fakeModelServers, type FakeModelServer } from "../../../support/fakeModelServer.ts";
import { inTurn, says, status, unsupported, type FakeAnswer } from "../../../support/fakeModelServer/answers.ts";
import { OPENAI_BASE_URL } from "../../../../src/ai/model/endpoint.ts";
import { ANSWER, KEY, modelError, testModel, type TestModel } from "./harness.ts";

const MODEL = "gpt-6.1-terra";

/** OpenAI's own address, answered by a server of this machine. */
describe("a call to OpenAI", () => {
  const serve = fakeModelServers();
  const realFetch = globalThis.fetch;
  afterEach(() => void (globalThis.fetch = realFetch));

  const openAi = async (...answers: FakeAnswer[]): Promise<{ server: FakeModelServer; model: TestModel }> => {
    const server = await serve(inTurn(...answers));
    globalThis.fetch = (input, init) => {
      const url = new URL(input instanceof Request ? input.url : input);
      assert.equal(url.origin, "https://api.openai.com");
      assert.equal(init?.redirect, "error");
      return realFetch(`${server.origin}${url.pathname}`, init);
    };
    return { server, model: testModel({ baseUrl: OPENAI_BASE_URL, directorModel: MODEL, optimizerModel: "gpt-6-luna", reasoningEffort: "none" }) };
  };

  it("streams from /responses with a strict schema, keeps nothing there, and marks what can be cached", async () => {
    const { server, model } = await openAi(says(ANSWER, { model: "gpt-6.1-terra-2026-10-26", usage: { input: 9000, cached: 7168, output: 80 } }));
    const { text, end } = await model.ask();
    assert.equal(text, ANSWER);
    assert.deepEqual(end, { type: "end", outcome: "completed", model: "gpt-6.1-terra-2026-10-26", usage: { inputTokens: 9000, cachedInputTokens: 7168, outputTokens: 80 } });
    const [call] = server.calls;
    assert.equal(call!.path, "/v1/responses");
    assert.deepEqual(Object.keys(call!.headers).filter((name) => /openai|stainless|organization|project/.test(name)), []);
    assert.equal(call!.headers.authorization, `Bearer ${KEY}`);
    const { text: format, ...rest } = call!.body;
    assert.deepEqual(rest, {
      model: MODEL,
      stream: true,
      input: [
        { role: "system", content: [{ type: "input_text", text: "You direct." }] },
        {
          role: "user",
          content: [
            { type: "input_text", text: "The story.", prompt_cache_breakpoint: { mode: "explicit" } },
            { type: "input_text", text: "Segments 1-2." },
          ],
        },
      ],
      max_output_tokens: 4000,
      store: false,
      stream_options: { include_obfuscation: false },
      reasoning: { effort: "none" },
      prompt_cache_key: "story-1",
      prompt_cache_options: { mode: "explicit" },
    });
    assert.match(JSON.stringify(format), /^\{"format":\{"type":"json_schema","name":"drafts","strict":true,"schema":\{"type":"object"/);
    assert.equal(model.model.name, `openai/${MODEL}`);
  });

  it("tells what was put into the cache, where the server does", async () => {
    const { model } = await openAi(says(ANSWER, { usage: { input: 9000, cached: 0, written: 7168, output: 80 } }));
    assert.deepEqual((await model.ask()).end?.usage, { inputTokens: 9000, cachedInputTokens: 0, cacheWriteTokens: 7168, outputTokens: 80 });
  });

  it("has the same bytes before the instruction in every call of a kind", async () => {
    const { server, model } = await openAi(says(ANSWER));
    await model.ask({ instruction: "Segments 1-10." });
    await model.ask({ instruction: "Segments 11-20." });
    const [one, two] = server.calls.map(({ text }) => text);
    assert.notEqual(one, two);
    assert.equal(one!.replace("Segments 1-10.", ""), two!.replace("Segments 11-20.", ""));
  });

  it("asks the cheaper model to optimize", async () => {
    const { server, model } = await openAi(says(ANSWER));
    await model.ask({ role: "optimizer", context: "" });
    assert.equal(server.calls[0]!.body.model, "gpt-6-luna");
    assert.deepEqual((server.calls[0]!.body["input"] as unknown[])[0], { role: "system", content: [{ type: "input_text", text: "You direct.", prompt_cache_breakpoint: { mode: "explicit" } }] });
  });

  it("leaves out the parameters that a model does not know, one by one, and does not try them again", async () => {
    const { server, model } = await openAi(unsupported("prompt_cache_options"), unsupported("reasoning.effort"), says(ANSWER), says(ANSWER));
    assert.equal((await model.ask()).text, ANSWER);
    assert.equal((await model.ask()).text, ANSWER);
    const kept = server.calls.map(({ body }) => [body["prompt_cache_key"] !== undefined, body["prompt_cache_options"] !== undefined, (body["reasoning"] as { effort?: string })?.effort]);
    assert.deepEqual(kept, [
      [true, true, "none"],
      [false, false, "none"],
      [false, false, "low"],
      [false, false, "low"],
    ]);
    assert.doesNotMatch(server.calls[3]!.text, /prompt_cache/);
    assert.equal(server.calls[3]!.body["max_output_tokens"], 4000 + 4096, "thinking has room of its own");
    assert.match(model.log.join("\n"), /fake|cache is not accepted/);
    assert.deepEqual(model.timing.sleeps, []);
  });

  it("marks nothing for models from before the marks, and sends effort to thinking models only", async () => {
    const { server } = await openAi(says(ANSWER));
    for (const directorModel of ["gpt-5.5", "gpt-5.10-mini", "gpt-4.1"]) await testModel({ baseUrl: OPENAI_BASE_URL, directorModel }).ask();
    assert.deepEqual(
      server.calls.map(({ body, text }) => [/prompt_cache_breakpoint/.test(text), "prompt_cache_key" in body, "reasoning" in body]),
      [
        [false, true, true],
        [true, true, true],
        [false, true, false],
      ],
    );
  });

  it("steps down to chat when a model has no structured output there", async () => {
    const { server, model } = await openAi(unsupported("text.format"), says(ANSWER));
    assert.equal((await model.ask()).text, ANSWER);
    assert.equal(server.calls[1]!.path, "/v1/chat/completions");
    assert.equal(server.calls[1]!.body["max_completion_tokens"], 4000);
    assert.equal(server.calls[1]!.body["reasoning_effort"], "none");
  });

  it("never steps down for a 404: there it can only be the model", async () => {
    const { server, model } = await openAi(status(404, { message: "The model `gpt-9` does not exist", code: "model_not_found" }));
    assert.equal(modelError(await model.ask()).fault, "not found");
    assert.equal(server.calls.length, 1);
  });

  it("reads nothing of the environment", async () => {
    const names = ["OPENAI_API_KEY", "OPENAI_ADMIN_KEY", "OPENAI_BASE_URL", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "OPENAI_CUSTOM_HEADERS", "OPENAI_LOG"];
    const before = names.map((name) => [name, process.env[name]] as const);
    const written: string[] = [];
    const { debug, info, log } = console;
    Object.assign(console, { debug: (...args: unknown[]) => written.push(String(args)), info: (...args: unknown[]) => written.push(String(args)), log: (...args: unknown[]) => written.push(String(args)) });
    try {
      for (const name of names) process.env[name] = "planted";
      process.env["OPENAI_BASE_URL"] = "http://127.0.0.1:9";
      process.env["OPENAI_CUSTOM_HEADERS"] = "x-planted: planted\nauthorization: planted";
      process.env["OPENAI_LOG"] = "debug";
      const { server, model } = await openAi(says(ANSWER));
      assert.equal((await model.ask()).text, ANSWER);
      const { server: second } = await openAi(says(ANSWER));
      assert.equal((await testModel({ baseUrl: OPENAI_BASE_URL, apiKey: undefined }).ask()).text, ANSWER);
      assert.doesNotMatch(JSON.stringify([server.calls, second.calls]), /planted/);
      assert.equal(second.calls[0]!.headers.authorization, undefined);
    } finally {
      Object.assign(console, { debug, info, log });
      for (const [name, value] of before) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
    }
    assert.deepEqual(written, []);
  });

});
