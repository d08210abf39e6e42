import assert from "node:assert/strict";
import { AnswerFault } from "../../../../src/ai/model/answerFault.ts";
import { parseEndpoint } from "../../../../src/ai/model/endpoint.ts";
import { createPause } from "../../../../src/ai/model/pause.ts";
import { ConnectionFailure } from "../../../../src/ai/model/serverFailure.ts";
import { askWhole, type WholeCall, type WholeCallDeps } from "../../../../src/ai/model/wholeCall.ts";
import { fakeTiming, type FakeTiming } from "./harness.ts";

/** Nothing is sent: what the transport does is made up. */
describe("a call whose answer comes whole", () => {
  const CALL: WholeCall<string> = {
    model: "m",
    maxBytes: 1000,
    request: () => ({ path: "/x", headers: {}, body: "{}" }),
    read: (body) => body,
    concede: () => false,
    describe: (error) => error,
  };
  const depsWith = (timing: FakeTiming, fetch: WholeCallDeps["fetch"]): WholeCallDeps => ({
    endpoint: parseEndpoint("http://localhost:1/v1"),
    fetch,
    pause: createPause(timing),
    patience: { firstMs: 1000, nextMs: 500, textMs: 9000 },
    timing,
    log: undefined,
    hasAnswered: true,
  });
  const { signal } = new AbortController();

  for (const code of ["UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT"]) {
    it(`takes the end of fetch's own patience for silence (${code})`, async () => {
      let calls = 0;
      const fetch = () => {
        calls++;
        return Promise.reject(new ConnectionFailure(code));
      };
      const isSilence = (error: unknown) => error instanceof AnswerFault && error.kind === "stalled";
      await assert.rejects(askWhole({ ...CALL, givesUpOnSilence: true }, signal, depsWith(fakeTiming(), fetch)), isSilence);
      assert.equal(calls, 1);
      await assert.rejects(askWhole(CALL, signal, depsWith(fakeTiming(), fetch)), isSilence);
      assert.equal(calls, 3);
    });
  }

  it("waits for the answer only from when the request can have been sent", async () => {
    for (const [sendingMs, started] of [[undefined, [1000, 9000]], [250, [1250, 9250]]] as const) {
      const timing = fakeTiming();
      await askWhole({ ...CALL, ...(sendingMs && { sendingMs }) }, signal, depsWith(timing, () => Promise.resolve(new Response("yes"))));
      assert.deepEqual(timing.started.slice(0, 2), started);
    }
  });
});
