import assert from "node:assert/strict";
import { inspect } from "node:util";
import { createOpenAiModel, probeOpenAiModel } from "../../../../src/ai/openAiModel.ts";
import { createGuardedFetch } from "../../../../src/ai/model/guardedFetch.ts";
import { parseEndpoint } from "../../../../src/ai/model/endpoint.ts";
import { createCleaner } from "../../../../src/ai/model/redact.ts";
import { fakeModelServers } from "../../../support/fakeModelServer.ts";
import { modelList, says, status, webPage, type FakeAnswer } from "../../../support/fakeModelServer/answers.ts";
import { ANSWER, KEY, modelError, testModel } from "./harness.ts";

const never = new AbortController().signal;

/** Servers that quote what they were sent. */
const ECHOES: readonly FakeAnswer[] = [
  status(401, `Incorrect API key provided: ${KEY}. Header was authorization: Bearer ${KEY}`),
  status(401, { message: `key ${encodeURIComponent(KEY)}`, code: KEY, type: KEY, param: KEY }, { "x-request-id": KEY }),
  status(403, `{"headers":{"authorization":"Bearer ${KEY}"}}`),
  { kind: "status", status: 400, body: `api_key=${KEY}`, type: "text/plain" },
  { kind: "status", status: 200, body: { error: { message: `Bearer ${KEY}`, code: KEY } } },
  status(429, KEY, { "retry-after": "100000" }),
  says("", { ending: "failed", code: KEY }),
  says(ANSWER, { model: KEY }),
];

describe("the key", () => {
  const serve = fakeModelServers();

  for (const [index, answer] of ECHOES.entries()) {
    it(`is in no error, log line, wait or event, however the server echoes it (${index + 1})`, async () => {
      const server = await serve(() => answer);
      const model = testModel({ baseUrl: server.baseUrl });
      await model.ask();
      assert.doesNotMatch(model.seen(), /canary|feathers/);
      assert.ok(server.calls.every(({ headers }) => headers.authorization === `Bearer ${KEY}`));
    });
  }

  for (const code of [301, 302, 303, 307, 308]) {
    it(`goes with nothing else to where a ${code} leads`, async () => {
      const thief = await serve(() => says(ANSWER));
      const server = await serve((call) => ({ kind: "status", status: code, body: "", headers: { location: `${thief.origin}${call.path}` } }));
      const model = testModel({ baseUrl: server.baseUrl });
      const error = modelError(await model.ask());
      assert.equal(error.fault, "redirected");
      assert.match(error.hint!, /Neither key nor story/);
      await assert.rejects(probeOpenAiModel({ baseUrl: server.baseUrl, apiKey: KEY, directorModel: "m" }, never), { fault: "redirected" });
      assert.deepEqual([thief.connections, thief.bytesReceived], [0, 0]);
      assert.deepEqual(model.timing.sleeps, [], "it leads there the next time, too");
    });
  }

  it("is not sent anywhere but to its own origin, not even to another port", async () => {
    const [own, other] = [await serve(() => says(ANSWER)), await serve(() => says(ANSWER))];
    const fetchGuarded = createGuardedFetch({ endpoint: parseEndpoint(own.baseUrl), apiKey: KEY });
    await assert.rejects(fetchGuarded(`${other.baseUrl}/responses`, { method: "POST", body: "{}" }), { code: "FOREIGN_ORIGIN" });
    assert.equal(other.bytesReceived, 0);
  });

  it("is refused before anything is sent where it cannot be one, without being quoted", () => {
    for (const apiKey of [`${KEY}\nx: y`, `${KEY} two`, "schlüssel-canary"]) {
      assert.throws(
        () => createOpenAiModel({ apiKey, directorModel: "m" }),
        (error) => /holds characters/.test(String(error)) && !/canary/.test(inspect(error)),
      );
    }
  });

  it("may have blanks around it, and may be missing", async () => {
    const server = await serve(() => says(ANSWER));
    await testModel({ baseUrl: server.baseUrl, apiKey: `  ${KEY}\n` }).ask();
    await testModel({ baseUrl: server.baseUrl, apiKey: undefined }).ask();
    await testModel({ baseUrl: server.baseUrl, apiKey: "" }).ask();
    assert.deepEqual(server.calls.map(({ headers }) => headers.authorization), [`Bearer ${KEY}`, undefined, undefined]);
  });

  it("is asked for by name of the origin where none is set", async () => {
    const server = await serve(() => status(401, "Unauthorized"));
    const error = modelError(await testModel({ baseUrl: server.baseUrl, apiKey: undefined }).ask());
    assert.match(error.message, /wants an API key, and none is set/);
    assert.ok(error.hint?.includes(server.origin));
  });
});

describe("words from outside", () => {
  const clean = createCleaner(KEY);

  it("lose every form of a key, control characters and what is too long", () => {
    assert.equal(clean(`a ${KEY}\u0007\u001b[31m\n\tb`), "a [redacted] [31m b");
    assert.equal(clean('{"Authorization": "Bearer abc.def"}'), '{"Authorization": "Bearer [redacted]"}');
    assert.equal(clean("x-api-key: 12345, api_key=678"), "x-api-key: [redacted], api_key=[redacted]");
    assert.equal(clean("key sk-proj-abcdefgh1234 was wrong"), "key [redacted] was wrong");
    assert.equal(clean("y".repeat(1000)).length, 301);
    assert.doesNotMatch(clean(`${"z".repeat(290)}${KEY}`), /sk-/);
  });
});

describe("testing the connection", () => {
  const serve = fakeModelServers();
  const probe = (baseUrl: string, apiKey: string | undefined = KEY) => probeOpenAiModel({ baseUrl, apiKey, directorModel: "qwen3", optimizerModel: "tiny" }, never);

  it("lists the models, says which of those that are set are missing, and sends no story", async () => {
    const server = await serve(() => modelList("qwen3:latest", "gemma4"));
    assert.deepEqual(await probe(server.origin), { baseUrl: server.baseUrl, models: ["gemma4", "qwen3:latest"], missing: ["tiny"] });
    assert.deepEqual(server.calls.map(({ method, path, text }) => [method, path, text]), [["GET", "/v1/models", ""]]);
  });

  it("is content with a server that keeps no list", async () => {
    const server = await serve(() => status(404, "not found"));
    assert.deepEqual(await probe(server.baseUrl), { baseUrl: server.baseUrl, models: undefined, missing: [] });
  });

  it("says what is wrong otherwise", async () => {
    for (const [answer, fault] of [
      [status(401, `no ${KEY}`), "key refused"],
      [status(500, "x"), "failed"],
      [webPage(), "unreadable"],
    ] as const) {
      const server = await serve(() => answer);
      await assert.rejects(probe(server.baseUrl), (error) => {
        assert.equal(modelError({ text: "", end: undefined, error }).fault, fault);
        return true;
      });
    }
    const gone = await serve(() => modelList());
    await gone.stop();
    await assert.rejects(probe(gone.baseUrl), { fault: "unreachable" });
    await assert.rejects(probe("http://example.com"), /unencrypted/);
  });

  it("can be stopped", async () => {
    const server = await serve(() => ({ kind: "hang" }));
    const control = new AbortController();
    const waiting = probeOpenAiModel({ baseUrl: server.baseUrl, directorModel: "m" }, control.signal);
    control.abort();
    await assert.rejects(waiting, { name: "AbortError" });
  });

});
