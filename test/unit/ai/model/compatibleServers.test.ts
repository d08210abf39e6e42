import assert from "node:assert/strict";
import { createMemory } from "../../../../src/ai/model/ability.ts";
import { fakeModelServers, type FakeCall } from "../../../support/fakeModelServer.ts";
import { modelList, says, status, unsupported, webPage, type FakeAnswer } from "../../../support/fakeModelServer/answers.ts";
import { ANSWER, fakeTiming, modelError, testModel } from "./harness.ts";

const PROSE = `Sure! Here is your JSON:\n\`\`\`json\n${ANSWER}\n\`\`\``;
const WRONG_SHAPE = JSON.stringify({ segments: [{ id: 1 }] });

const stepOf = ({ api, body }: FakeCall): string => {
  const format = body["response_format"] as { type?: string } | undefined;
  return api === "responses" ? "responses" : `chat ${format?.type ?? "text"}`;
};

const RESPONSES_MISSING: readonly (readonly [string, FakeAnswer])[] = [
  ["answers 404", status(404, "Not Found")],
  ["answers 404 with a bare text", { kind: "status", status: 404, body: "404 page not found", type: "text/plain" }],
  ["answers 405", status(405, "Method Not Allowed")],
  ["answers 501", status(501, "Not Implemented")],
  ["answers 200 with an error, as LM Studio does", { kind: "status", status: 200, body: { error: "Unexpected endpoint or method. (POST /v1/responses). Returning 200 anyway" } }],
  ["answers with a web page", webPage()],
  ["does not accept text.format", unsupported("text.format")],
  ["names json_schema in a 422", { kind: "status", status: 422, body: { detail: [{ loc: ["body", "text"], msg: "extra fields not permitted: json_schema" }] } }],
  ["does not understand the request at all", status(400, "messages: field required")],
  ["forgets the schema and says so", says(PROSE, { quirks: { echoedFormat: "text" } })],
  ["answers in prose", says(PROSE)],
  ["answers with nothing", says("")],
];

describe("a server that speaks like OpenAI", () => {
  const serve = fakeModelServers();

  for (const [what, answer] of RESPONSES_MISSING) {
    it(`is asked by chat when /responses ${what}, and from then on`, async () => {
      const server = await serve((call) => (call.api === "responses" ? answer : says(ANSWER)));
      const model = testModel({ baseUrl: server.baseUrl });
      for (const heard of [await model.ask(), await model.ask()]) assert.deepEqual([heard.error, heard.text, heard.end?.outcome], [undefined, ANSWER, "completed"]);
      assert.deepEqual(server.calls.map(stepOf), ["responses", "chat json_schema", "chat json_schema"]);
      assert.equal(model.log.length, 1);
      assert.match(model.log[0]!, /^127\.0\.0\.1:\d+, fake-1: .*asking by "chat"/);
      assert.doesNotMatch(model.log[0]!, /Sure|field required/, "the server's words may quote the story");
      assert.deepEqual(model.timing.sleeps, []);
    });
  }

  it("is asked down the whole ladder, with the schema in words where it cannot be given otherwise", async () => {
    const server = await serve((call) => {
      if (call.api === "responses") return status(404, "no such route");
      const format = (call.body["response_format"] as { type?: string } | undefined)?.type;
      return format ? status(400, `'response_format.type' must not be '${format}'`) : says(PROSE);
    });
    const model = testModel({ baseUrl: server.baseUrl });
    assert.equal((await model.ask()).text, PROSE, "the last step takes what comes");
    assert.deepEqual(server.calls.map(stepOf), ["responses", "chat json_schema", "chat json_object", "chat text"]);
    const systems = server.calls.slice(1).map(({ body }) => (body["messages"] as { role: string; content: string }[])[0]!);
    assert.deepEqual(systems.map(({ role, content }) => [role, /JSON schema:\n\{"type":"object"/.test(content)]), [["system", false], ["system", true], ["system", true]]);
    assert.equal(model.log.length, 3);
  });

  it("gets nothing but what every server knows", async () => {
    const server = await serve((call) => (call.api === "responses" ? status(404, "") : says(ANSWER)));
    await testModel({ baseUrl: server.baseUrl, directorModel: "gpt-6-like", reasoningEffort: "high" }).ask();
    assert.deepEqual(server.calls.map(({ body }) => Object.keys(body).sort()), [
      ["input", "max_output_tokens", "model", "stream", "text"],
      ["max_tokens", "messages", "model", "response_format", "stream", "stream_options"],
    ]);
    assert.doesNotMatch(server.calls.map(({ text }) => text).join(), /\$schema|prompt_cache|developer|minLength/);
    assert.deepEqual(server.calls[1]!.body["messages"], [
      { role: "system", content: "You direct." },
      { role: "user", content: "The story.\n\nSegments 1-2." },
    ]);
  });

  for (const [param, words] of [
    ["stream_options", "Unrecognized request argument supplied: stream_options"],
    ["max_tokens", "max_tokens is too large: 4000. This model's maximum context length is 2048 tokens"],
  ] as const) {
    it(`is asked without ${param} where it does not take it`, async () => {
      const server = await serve((call) => (call.api === "responses" ? status(404, "") : param in call.body ? status(400, words) : says(ANSWER)));
      const model = testModel({ baseUrl: server.baseUrl });
      assert.equal((await model.ask()).text, ANSWER);
      assert.equal((await model.ask()).text, ANSWER);
      assert.deepEqual(server.calls.map(stepOf).slice(1), ["chat json_schema", "chat json_schema", "chat json_schema"]);
      assert.equal(server.calls.filter(({ body }) => param in body).length, 1);
    });
  }

  it("is remembered between runs, by address and model", async () => {
    const server = await serve((call) => (call.api === "responses" ? status(404, "") : says(ANSWER)));
    const kept = new Map<string, string>();
    const memory = { get: (key: string) => JSON.parse(kept.get(key) ?? "null") as unknown, set: (key: string, value: unknown) => void kept.set(key, JSON.stringify(value)) };
    await testModel({ baseUrl: server.baseUrl, memory }).ask();
    await testModel({ baseUrl: server.baseUrl, memory }).ask();
    await testModel({ baseUrl: server.baseUrl, memory, directorModel: "fake-2" }).ask();
    assert.deepEqual(server.calls.map(stepOf), ["responses", "chat json_schema", "chat json_schema", "responses", "chat json_schema"]);
    const known = '{"step":"chat","without":[],"why":"/responses answered 404","at":1767225600000}';
    assert.deepEqual([...kept], [[`${server.baseUrl} fake-1`, known], [`${server.baseUrl} fake-2`, known]]);
  });

  it("is remembered for a week, with the reason in the log, and then asked for the best again", async () => {
    const server = await serve((call) => (call.api === "responses" ? status(404, "") : says(ANSWER)));
    const memory = createMemory();
    const days = async (passed: number) => {
      const timing = fakeTiming();
      await timing.sleep(passed * 86_400_000, new AbortController().signal);
      const model = testModel({ baseUrl: server.baseUrl, memory, timing });
      const before = server.calls.length;
      await model.ask();
      await model.ask();
      return { asked: server.calls.slice(before).map(stepOf), log: model.log };
    };
    await days(0);
    const week = await days(6.9);
    assert.deepEqual(week.asked, ["chat json_schema", "chat json_schema"]);
    assert.match(week.log.join("\n"), /^127\.0\.0\.1:\d+, fake-1: asking by "chat", as on 2026-01-01: \/responses answered 404\.$/);
    const later = await days(7.1);
    assert.deepEqual(later.asked, ["responses", "chat json_schema", "chat json_schema"]);
    assert.match(later.log[0]!, /was found more than 7 days ago; asking by "responses" again\.$/);
    assert.deepEqual((await days(10)).asked, ["chat json_schema", "chat json_schema"], "from when it was found anew");
  });

  it("is asked from the first step where the memory holds nonsense", async () => {
    const server = await serve(() => says(ANSWER));
    for (const value of [null, "chat", { step: "best" }, { step: 3, without: 4 }, { step: "chat", without: [] }, { step: "chat", why: "x", at: Number.MAX_SAFE_INTEGER }]) assert.equal((await testModel({ baseUrl: server.baseUrl, memory: { ...createMemory(), get: () => value } }).ask()).text, ANSWER);
    assert.deepEqual(new Set(server.calls.map(stepOf)), new Set(["responses"]));
  });

  it("is asked otherwise after two answers in a row of another shape: it forgets schemas", async () => {
    const server = await serve((call) => says(stepOf(call) === "chat json_object" ? ANSWER : WRONG_SHAPE));
    const model = testModel({ baseUrl: server.baseUrl });
    for (let i = 0; i < 6; i++) await model.ask();
    assert.deepEqual(server.calls.map(stepOf), ["responses", "responses", "chat json_schema", "chat json_schema", "chat json_object", "chat json_object"]);
    assert.match(model.log.join("\n"), /2 answers in a row did not follow their schema/);
  });

  it("learns nothing from a step that did not help", async () => {
    const server = await serve((call) => (call.api === "responses" ? status(400, "something odd") : status(400, "something odd")));
    const memory = createMemory();
    const error = modelError(await testModel({ baseUrl: server.baseUrl, memory }).ask());
    assert.equal(error.fault, "rejected");
    assert.match(error.message, /400 "something odd"/);
    assert.equal(memory.get(`${server.baseUrl} fake-1`), undefined);
  });

  for (const [code, fault] of [
    [401, "key refused"],
    [403, "not allowed"],
  ] as const) {
    it(`is never asked otherwise after ${code}`, async () => {
      const server = await serve(() => status(code, "response_format json_schema /responses not supported"));
      assert.equal(modelError(await testModel({ baseUrl: server.baseUrl }).ask()).fault, fault);
      assert.equal(server.calls.length, 1);
    });
  }

  it("is not asked otherwise when it is the model that is missing", async () => {
    const server = await serve(() => status(404, 'model "fake-1" not found, try pulling it first'));
    const error = modelError(await testModel({ baseUrl: server.baseUrl }).ask());
    assert.match(error.message, /asked for "fake-1", did not find it: 404 "model "fake-1" not found/);
    assert.equal(server.calls.length, 1);
  });

  it("says whose address is no model server's", async () => {
    const server = await serve(() => webPage());
    const error = modelError(await testModel({ baseUrl: server.baseUrl }).ask());
    assert.equal(error.fault, "unreadable");
    assert.ok(error.hint?.includes(server.baseUrl));
  });

  it("serves many calls at once that all find out the same", async () => {
    const server = await serve((call) => (call.api === "responses" ? status(404, "") : call.api === "models" ? modelList() : says(ANSWER)));
    const model = testModel({ baseUrl: server.baseUrl });
    const heard = await Promise.all(Array.from({ length: 8 }, () => model.ask()));
    assert.deepEqual(heard.map(({ text }) => text), Array.from({ length: 8 }, () => ANSWER));
  });
});
