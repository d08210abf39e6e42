import assert from "node:assert/strict";
import { createPauses } from "../../../../src/ai/model/pauses.ts";
import { fakeModelServers } from "../../../support/fakeModelServer.ts";
import { inTurn, says, status, type FakeAnswer } from "../../../support/fakeModelServer/answers.ts";
import { ANSWER, fakeTiming, listen, modelError, remembering, request, sleepyTiming, testModel, waitUntil } from "./harness.ts";

const drop: FakeAnswer = { kind: "drop" };

describe("trying again", () => {
  const serve = fakeModelServers();

  for (const [what, fault] of [
    ["500", status(500, "oops")],
    ["502 with a web page", { kind: "status", status: 502, body: "<html>Bad gateway</html>", type: "text/html" }],
    ["503", status(503, "overloaded")],
    ["408", status(408, "timeout")],
    ["409", status(409, "locked")],
    ["a dropped connection", drop],
    ["an end before the first word", says("", { ending: "eof" })],
    ["a cut before the first word", says("", { ending: "cut" })],
    ["response.failed before the first word", says("", { ending: "failed" })],
    ["an error event before the first word", says("", { ending: "error event", code: "server_error" })],
  ] as const satisfies readonly (readonly [string, FakeAnswer])[]) {
    it(`helps after ${what}, with a wait that doubles`, async () => {
      const server = await serve(inTurn(says(ANSWER), fault, fault, fault, says(ANSWER)));
      const model = testModel({ baseUrl: server.baseUrl });
      await model.ask();
      const heard = await model.ask();
      assert.deepEqual([heard.error, heard.text], [undefined, ANSWER]);
      assert.equal(server.calls.length, 5);
      assert.deepEqual(model.timing.sleeps, [750, 1500, 3000]);
      assert.deepEqual(model.waits.map(([, ms]) => ms), [750, 1500, 3000]);
    });
  }

  it("gives up in the end, never waiting for more than a minute", async () => {
    const server = await serve(() => status(500, "still broken", { "x-request-id": "req_7" }));
    const model = testModel({ baseUrl: server.baseUrl, timing: fakeTiming(1), directorModel: "big" });
    const error = modelError(await model.ask());
    assert.equal(error.fault, "failed");
    assert.equal(error.isResumable, false);
    assert.match(error.message, /^127\.0\.0\.1:\d+, asked for "big", failed: 500 "still broken" \(request req_7\)$/);
    assert.equal(server.calls.length, 8);
    assert.deepEqual(model.waits.map(([reason]) => reason).slice(-1), [`${new URL(server.origin).host} answered 500`]);
  });

  it("doubles the wait up to a minute, half of it by chance", async () => {
    const server = await serve(() => status(500, "broken"));
    for (const [random, waits] of [
      [0, [500, 1000, 2000, 4000, 8000, 16_000, 30_000]],
      [1, [1000, 2000, 4000, 8000, 16_000, 32_000, 60_000]],
    ] as const) {
      const timing = fakeTiming(random);
      await testModel({ baseUrl: server.baseUrl, timing }).ask();
      assert.deepEqual(timing.sleeps, waits);
    }
  });

  for (const [what, headers, ms] of [
    ["seconds", { "retry-after": "7" }, 7000],
    ["milliseconds", { "retry-after-ms": "1234" }, 1234],
    ["a date", { "retry-after": "Thu, 01 Jan 2026 00:00:20 GMT" }, 20_000],
  ] as const) {
    it(`waits as long as Retry-After asks in ${what}`, async () => {
      const server = await serve(inTurn(status(429, "slow down", headers), says(ANSWER)));
      const model = testModel({ baseUrl: server.baseUrl });
      assert.equal((await model.ask()).text, ANSWER);
      assert.deepEqual(model.timing.sleeps, [ms]);
      assert.deepEqual(model.waits, [[`${new URL(server.origin).host} rate limit`, ms]]);
    });
  }

  it("backs off after a 429 that names no time", async () => {
    const server = await serve(inTurn(status(429, "slow down"), status(429, "slow down"), says(ANSWER)));
    const model = testModel({ baseUrl: server.baseUrl });
    assert.equal((await model.ask()).text, ANSWER);
    assert.deepEqual(model.timing.sleeps, [750, 1500]);
  });

  it("reads only the beginning of an error without end", async () => {
    const server = await serve(() => ({ kind: "raw", status: 400, type: "text/plain", parts: Array.from({ length: 40 }, () => "no ".repeat(100_000)), staysOpen: true }));
    const error = modelError(await testModel({ baseUrl: server.baseUrl, memory: remembering("text", ["limit"]) }).ask());
    assert.ok(error.message.length < 500);
    await waitUntil(() => server.openAnswers === 0);
  });

  it("does not wait where it would take longer than anybody watches", async () => {
    const server = await serve(() => status(429, "tomorrow", { "retry-after": "86400" }));
    const model = testModel({ baseUrl: server.baseUrl });
    assert.equal(modelError(await model.ask()).fault, "busy");
    assert.deepEqual(model.timing.sleeps, []);
  });

  it("pauses all calls to the host, also those of another model that shares its pauses", async () => {
    const timing = sleepyTiming();
    const server = await serve(inTurn(status(429, "slow down", { "retry-after": "30" }), says(ANSWER)));
    const pauses = createPauses(timing);
    const [one, two] = [testModel({ baseUrl: server.baseUrl, timing, pauses }), testModel({ baseUrl: server.baseUrl, timing, pauses })];
    const heard = [one.ask()];
    await waitUntil(() => timing.asleep === 1);
    heard.push(one.ask(), two.ask({ role: "optimizer" }));
    await waitUntil(() => timing.asleep === 3);
    assert.equal(server.calls.length, 1);
    const start = timing.now();
    timing.wake();
    for (const { text } of await Promise.all(heard)) assert.equal(text, ANSWER);
    assert.ok(timing.now() - start >= 30_000);
  });

  it("gets many calls through a server that takes two at a time", async () => {
    let [open, most] = [0, 0];
    const server = await serve(async () => {
      if (open >= 2) return status(429, "two at a time", { "retry-after-ms": "20" });
      most = Math.max(most, ++open);
      await new Promise((resolve) => setTimeout(resolve, 3));
      open--;
      return says(ANSWER);
    });
    const model = testModel({ baseUrl: server.baseUrl });
    const heard = await Promise.all(Array.from({ length: 24 }, () => model.ask()));
    assert.deepEqual(heard.filter(({ text }) => text !== ANSWER), []);
    assert.equal(most, 2);
  });

  it("lets more calls go side by side again once they go well", async () => {
    let wanted = 1;
    let open = 0;
    let leave: (() => void) | undefined;
    // Whoever comes waits until as many are there as are to be side by side; fewer would wait for ever.
    const server = await serve(async ({ index }) => {
      if (index === 0) return status(429, "slow down", { "retry-after-ms": "20" });
      const together = new Promise<void>((resolve) => (leave = chain(leave, resolve)));
      if (++open === wanted) leave!();
      await together;
      return says(ANSWER);
    });
    const model = testModel({ baseUrl: server.baseUrl });
    const ask = async (count: number) => {
      [wanted, open, leave] = [count, 0, undefined];
      await Promise.all(Array.from({ length: count }, () => model.ask()));
    };
    await ask(1);
    await ask(1);
    await ask(3);
  });

  it("slows down before the wall that the headers tell of", async () => {
    const headers = { "x-ratelimit-limit-requests": "60", "x-ratelimit-remaining-requests": "1", "x-ratelimit-reset-requests": "59s" };
    const server = await serve(() => says(ANSWER, { headers }));
    const model = testModel({ baseUrl: server.baseUrl });
    await model.ask();
    await model.ask();
    assert.deepEqual(model.timing.sleeps, []);
    await Promise.all([model.ask(), model.ask()]);
    assert.deepEqual(model.timing.sleeps, [1000]);
    assert.match(model.waits.join(), /rate limit almost reached/);
  });

  for (const [what, answer, fault] of [
    ["a spent quota", status(429, { message: "You exceeded your current quota", code: "insufficient_quota", type: "insufficient_quota" }, { "retry-after": "1" }), "quota spent"],
    ["a spent quota in the stream", says("", { ending: "failed", code: "insufficient_quota" }), "quota spent"],
    ["401", status(401, "Incorrect API key"), "key refused"],
    ["403", status(403, "no access"), "not allowed"],
    ["404 of the model", status(404, { message: "gone", code: "model_not_found" }), "not found"],
    ["a server that asks not to", status(503, "never", { "x-should-retry": "false" }), "failed"],
  ] as const satisfies readonly (readonly [string, FakeAnswer, string])[]) {
    it(`does not happen after ${what}`, async () => {
      const server = await serve(() => answer);
      const model = testModel({ baseUrl: server.baseUrl });
      const error = modelError(await model.ask());
      assert.equal(error.fault, fault);
      assert.match(error.message, /127\.0\.0\.1:\d+/);
      assert.deepEqual([server.calls.length, model.timing.sleeps, model.waits], [1, [], []]);
    });
  }

  it("soon ends where nobody has ever answered, but is patient with a host that is known", async () => {
    const server = await serve(() => says(ANSWER));
    const model = testModel({ baseUrl: server.baseUrl });
    await model.ask();
    await server.stop();
    const error = modelError(await model.ask());
    assert.equal(error.fault, "unreachable");
    assert.equal(model.timing.sleeps.length, 7);
    const stranger = testModel({ baseUrl: server.baseUrl });
    assert.match(modelError(await stranger.ask()).message, /^Nothing answers at http:\/\/127\.0\.0\.1:\d+\/v1$/);
    assert.equal(stranger.timing.sleeps.length, 2);
  });

  it("happens once after a silence before the first word", async () => {
    const server = await serve(() => ({ kind: "hang" }));
    const model = testModel({ baseUrl: server.baseUrl });
    const heard = listen(model.model.stream(request(), new AbortController().signal));
    for (const tries of [1, 2]) {
      await waitUntil(() => server.calls.length === tries && model.timing.running.length > 0);
      assert.deepEqual([...model.timing.running].sort((a, b) => a - b), [120_000, 600_000]);
      model.timing.fire();
    }
    assert.equal(modelError(await heard).fault, "stalled");
    assert.equal(server.calls.length, 2);
    await waitUntil(() => server.openAnswers === 0);
  });

  it("gives a model that thinks hard more time", async () => {
    // Of an answer that comes, nobody can say how far it is: this one never does.
    const server = await serve(() => ({ kind: "hang" }));
    const timing = fakeTiming();
    const model = testModel({ baseUrl: server.baseUrl, timing, reasoningEffort: "high", patience: { textMs: 5 } });
    const control = new AbortController();
    const heard = listen(model.model.stream(request(), control.signal));
    await waitUntil(() => server.calls.length === 1 && timing.running.length > 0);
    assert.deepEqual([...timing.running].sort((a, b) => a - b), [5, 290_000]);
    control.abort();
    await heard;
    assert.deepEqual(timing.running, []);
  });
});

function chain(first: (() => void) | undefined, second: () => void): () => void {
  return () => {
    first?.();
    second();
  };
}
