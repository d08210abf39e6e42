import assert from "node:assert/strict";
import { fakeModelServers } from "../../../support/fakeModelServer.ts";
import { inTurn, says, type FakeQuirks, type SpokenOptions } from "../../../support/fakeModelServer/answers.ts";
import { ANSWER, listen, modelError, remembering, request, testModel, waitUntil, type TestModel } from "./harness.ts";

const HALF = ANSWER.slice(0, 50);
const API = { responses: "1234", chat: "11434" } as const;

describe("the end of an answer", () => {
  const serve = fakeModelServers();

  for (const api of Object.keys(API) as (keyof typeof API)[]) {
    describe(`from ${api}`, () => {
      /** A model that asks by this API from the start. */
      const modelFor = async (text: string, options: SpokenOptions = {}): Promise<TestModel & { calls: readonly unknown[] }> => {
        const server = await serve(() => says(text, options));
        const memory = remembering(api);
        return { ...testModel({ baseUrl: server.baseUrl, memory }), calls: server.calls };
      };

      it("is completed, truncated, filtered or refused, with its usage", async () => {
        const usage = { input: 500, cached: 300, output: 40 };
        for (const [ending, outcome, text] of [
          ["completed", "completed", ANSWER],
          ["max_output_tokens", "truncated", HALF],
          ["content_filter", "filtered", HALF],
        ] as const) {
          const heard = await (await modelFor(text, { ending, usage })).ask();
          assert.equal(heard.error, undefined);
          assert.equal(heard.text, text);
          assert.deepEqual(heard.end, { type: "end", outcome, model: "fake-1", usage: { inputTokens: 500, cachedInputTokens: 300, outputTokens: 40 } });
        }
        const refused = await (await modelFor("I cannot help with that.", { ending: "refusal" })).ask();
        assert.equal(refused.end?.outcome, "refused");
        assert.equal(refused.text, "", "what it says instead of an answer is no answer");
      });

      for (const [ending, fault] of [
        ["eof", "disconnected"],
        ["cut", "disconnected"],
        ["failed", "failed"],
        ["error event", "failed"],
      ] as const) {
        it(`keeps what came before "${ending}" and says that the rest can be asked for`, async () => {
          const model = await modelFor(HALF, { ending });
          const heard = await model.ask();
          assert.equal(heard.text, HALF);
          const error = modelError(heard);
          assert.equal(error.isResumable, true);
          assert.equal(error.fault, fault);
          assert.match(error.message, /127\.0\.0\.1/);
          assert.equal(model.calls.length, 1, "nothing is asked twice by itself");
          assert.deepEqual(model.timing.running, []);
        });
      }

      it("comes after a silence that is too long, with what came before", async () => {
        const { model, timing } = await modelFor(HALF, { ending: "stall" });
        const stream = model.stream(request(), new AbortController().signal);
        let text = "";
        const heard = listen(
          (async function* () {
            for await (const event of stream) {
              if (event.type === "text") text += event.delta;
              yield event;
            }
          })(),
        );
        await waitUntil(() => text === HALF);
        assert.ok(timing.running.includes(60_000));
        timing.fire();
        const error = modelError(await heard);
        assert.equal(error.fault, "stalled");
        assert.equal(error.isResumable, true);
        assert.deepEqual(timing.running, []);
      });

      for (const quirks of [{ crlf: true }, { comments: true }, { bytesPerPiece: 1 }, { bytesPerPiece: 5, crlf: true, comments: true }, { wholeBody: true }] satisfies FakeQuirks[]) {
        it(`is found with ${JSON.stringify(quirks)}`, async () => {
          const heard = await (await modelFor(ANSWER, { quirks })).ask();
          assert.deepEqual([heard.error, heard.text, heard.end?.outcome, heard.end?.usage?.inputTokens], [undefined, ANSWER, "completed", 100]);
        });
      }

      it("is found where the whole answer comes at once, after thoughts", async () => {
        const heard = await (await modelFor(`<think>{"no": 1}</think>\n${ANSWER}`, { chunkLength: 0 })).ask();
        assert.equal(heard.text, ANSWER);
      });

      it("names the model that was asked where the server's name for it looks like none", async () => {
        const heard = await (await modelFor(ANSWER, { model: "../../evil\nname" })).ask();
        assert.equal(heard.end?.model, "fake-1");
      });
    });
  }

  const chat = async (quirks: FakeQuirks, options: SpokenOptions = {}, text = ANSWER) => {
    const server = await serve(() => says(text, { quirks, ...options }));
    return testModel({ baseUrl: server.baseUrl, memory: remembering("chat") }).ask();
  };

  for (const quirks of [{ noRole: true }, { noFinishReason: true }, { noDone: true }, { noFinishReason: true, noDone: true }, { noUsage: true }, { reasoning: "Let me think {" }] satisfies FakeQuirks[]) {
    it(`is found in a chat with ${JSON.stringify(quirks)}`, async () => {
      const heard = await chat(quirks);
      assert.deepEqual([heard.error, heard.text, heard.end?.outcome], [undefined, ANSWER, "completed"]);
      assert.equal(heard.end?.usage?.outputTokens, quirks.noUsage ? undefined : 20);
    });
  }

  it("is not taken for whole in a chat that only stops in the middle", async () => {
    assert.equal(modelError(await chat({ noFinishReason: true, noDone: true }, {}, HALF)).isResumable, true);
  });

  it("is found where /responses sends its text at the end only", async () => {
    const server = await serve(() => says(ANSWER, { quirks: { noDeltas: true } }));
    assert.equal((await testModel({ baseUrl: server.baseUrl }).ask()).text, ANSWER);
  });

  for (const api of ["responses", "chat"] as const) {
    it(`is an error where ${api} does not stop answering`, async () => {
      const part = `: ${"x".repeat(1024 * 1024)}\n`;
      const server = await serve(() => ({ kind: "raw", type: "text/event-stream", parts: Array.from({ length: 40 }, () => part) }));
      const memory = remembering(api);
      assert.match(modelError(await testModel({ baseUrl: server.baseUrl, memory }).ask()).message, /does not stop answering/);
    });
  }

  it("is not put off by a server that keeps the connection open after it", async () => {
    const events = [`data: {"choices":[{"delta":{"content":${JSON.stringify(ANSWER)}},"finish_reason":"stop"}]}\n\n`];
    const server = await serve(() => ({ kind: "raw", type: "text/event-stream", parts: events, staysOpen: true }));
    const model = testModel({ baseUrl: server.baseUrl, memory: remembering("chat") });
    const heard = model.ask();
    await waitUntil(() => model.timing.running.includes(500));
    model.timing.fire();
    assert.deepEqual([(await heard).text, (await heard).end?.outcome], [ANSWER, "completed"]);
    await waitUntil(() => server.openAnswers === 0);
  });

  it("is waited for while the server gives signs of life, but not for ever", async () => {
    const server = await serve(() => ({ kind: "raw", type: "text/event-stream", parts: [": wait\n\n", ": wait\n\n", ": wait\n\n"], staysOpen: true }));
    const { model, timing } = testModel({ baseUrl: server.baseUrl });
    const control = new AbortController();
    const heard = listen(model.stream(request(), control.signal));
    await waitUntil(() => timing.started.filter((ms) => ms === 120_000).length >= 3);
    assert.deepEqual(timing.started.filter((ms) => ms === 600_000).length, 1, "only words put off the longest wait");
    control.abort();
    await heard;
  });

  it("of two megabytes of braces comes in time", async () => {
    const braces = "{".repeat(2_000_000);
    const server = await serve(() => says(braces, { chunkLength: 100_000, ending: "max_output_tokens" }));
    const heard = await testModel({ baseUrl: server.baseUrl }).ask();
    assert.deepEqual([heard.text.length, heard.end?.outcome], [2_000_000, "truncated"]);
  });

  it("leaves the connection to the next call, and no timer running", async () => {
    const server = await serve(inTurn(says(ANSWER)));
    const model = testModel({ baseUrl: server.baseUrl });
    for (let i = 0; i < 5; i++) assert.equal((await model.ask()).text, ANSWER);
    const other = testModel({ baseUrl: server.baseUrl, memory: remembering("chat") });
    for (let i = 0; i < 5; i++) assert.equal((await other.ask()).text, ANSWER);
    assert.equal(server.calls.length, 10);
    // Node's fetch opens a second one while the first is still being given back; each call would have one otherwise.
    assert.ok(server.connections <= 3, `${server.connections} connections`);
    assert.deepEqual(model.timing.running, []);
  });
});
