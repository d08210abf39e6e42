import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { isAbortError } from "../../../../src/core/errors.ts";
import { fakeModelServers } from "../../../support/fakeModelServer.ts";
import { says, status, type FakeAnswer } from "../../../support/fakeModelServer/answers.ts";
import { ANSWER, listen, request, sleepyTiming, testModel, waitUntil } from "./harness.ts";

const HALF = ANSWER.slice(0, 40);
const turn = () => new Promise((resolve) => setTimeout(resolve, 15));

describe("stopping", () => {
  const serve = fakeModelServers();

  const MOMENTS: readonly (readonly [string, FakeAnswer])[] = [
    ["before the headers", { kind: "hang" }],
    ["before the first word", says("", { ending: "stall" })],
    ["in the middle of the words", says(HALF, { ending: "stall" })],
    ["in the middle of an error's body", { kind: "raw", status: 500, type: "application/json", parts: ["{"], staysOpen: true }],
  ];
  for (const [moment, answer] of MOMENTS) {
    it(`${moment} ends the call and its connection at once, with an AbortError`, async () => {
      const server = await serve(() => answer);
      const { model, timing } = testModel({ baseUrl: server.baseUrl });
      const control = new AbortController();
      const heard = listen(model.stream(request(), control.signal));
      await waitUntil(() => server.calls.length === 1);
      await turn();
      control.abort();
      const { error } = await heard;
      assert.ok(isAbortError(error), String(error));
      await waitUntil(() => server.openAnswers === 0);
      assert.deepEqual([getEventListeners(control.signal, "abort").length, timing.running], [0, []]);
      assert.equal(server.calls.length, 1);
    });
  }

  it("gives an AbortError whatever the reason was, and sends nothing when it came before", async () => {
    const server = await serve(() => says(ANSWER));
    const { model } = testModel({ baseUrl: server.baseUrl });
    const control = new AbortController();
    control.abort(new Error("the user closed the window"));
    assert.ok(isAbortError((await listen(model.stream(request(), control.signal))).error));
    assert.equal(server.calls.length, 0);
  });

  it("while waiting to try again sends nothing more", async () => {
    const server = await serve(() => status(500, "broken"));
    const control = new AbortController();
    const model = testModel({ baseUrl: server.baseUrl, onWait: () => control.abort() });
    assert.ok(isAbortError((await model.ask({}, control.signal)).error));
    await turn();
    assert.equal(server.calls.length, 1);
    assert.equal(getEventListeners(control.signal, "abort").length, 0);
  });

  it("in a pause of the host sends nothing more, whoever waits", async () => {
    const server = await serve(() => status(429, "slow down", { "retry-after": "60" }));
    const control = new AbortController();
    const timing = sleepyTiming();
    const model = testModel({ baseUrl: server.baseUrl, timing });
    const heard = Array.from({ length: 6 }, () => model.ask({}, control.signal));
    await waitUntil(() => timing.asleep === 6);
    control.abort();
    for (const { error } of await Promise.all(heard)) assert.ok(isAbortError(error));
    await turn();
    assert.deepEqual([server.calls.length, timing.asleep, getEventListeners(control.signal, "abort").length], [6, 0, 0]);
  });

  it("stops many calls on one signal, which has one listener and no leak to warn of", async () => {
    const warnings: Error[] = [];
    const onWarning = (warning: Error) => warnings.push(warning);
    process.on("warning", onWarning);
    const server = await serve(() => says(HALF, { ending: "stall" }));
    const { model } = testModel({ baseUrl: server.baseUrl });
    const control = new AbortController();
    const all = Array.from({ length: 30 }, () => listen(model.stream(request(), control.signal)));
    await waitUntil(() => server.calls.length === 30);
    assert.equal(getEventListeners(control.signal, "abort").length, 1);
    control.abort();
    assert.ok((await Promise.all(all)).every(({ error }) => isAbortError(error)));
    await waitUntil(() => server.openAnswers === 0);
    process.off("warning", onWarning);
    assert.deepEqual(warnings, []);
  });

  it("by leaving the stream early ends the request, and its place is free for the next call", async () => {
    const server = await serve(({ index }) => (index === 0 ? says(HALF, { ending: "stall" }) : says(ANSWER)));
    const model = testModel({ baseUrl: server.baseUrl });
    const control = new AbortController();
    for await (const event of model.model.stream(request(), control.signal)) if (event.type === "text") break;
    await waitUntil(() => server.openAnswers === 0);
    assert.deepEqual([getEventListeners(control.signal, "abort").length, model.timing.running], [0, []]);
    assert.equal((await model.ask()).text, ANSWER);
  });
});
