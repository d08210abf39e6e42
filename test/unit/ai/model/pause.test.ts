import assert from "node:assert/strict";
import { createPause, type Pass } from "../../../../src/ai/model/pause.ts";
import { fakeTiming } from "./harness.ts";

const never = new AbortController().signal;
const call = { model: "m", tokens: 100, isUrgent: false };
const turn = () => new Promise(setImmediate);

function limits(remaining: number): Headers {
  return new Headers({ "x-ratelimit-limit-tokens": "1000", "x-ratelimit-remaining-tokens": String(remaining), "x-ratelimit-reset-tokens": "10s" });
}

describe("the pause that all calls to a host share", () => {
  it("lets nobody start before it is over, and tells each that waits why, and until when", async () => {
    const timing = fakeTiming();
    const waits: [string, number][] = [];
    const pause = createPause(timing);
    const start = timing.now();
    const first = await pause.enter(call, never);
    pause.hold(first, start + 5000, "busy");
    pause.hold(first, start + 3000, "busy");
    first.leave(false);
    const onWait = (why: string, untilMs: number) => void waits.push([why, untilMs - timing.now()]);
    const pass = await pause.enter({ ...call, onWait }, never);
    assert.equal(pass.startedAt, start + 5000);
    assert.deepEqual(waits, [["busy", 5000]]);
  });

  it("halves what goes side by side once for one wall, and lets in one more for each that goes well", async () => {
    const timing = fakeTiming();
    const pause = createPause(timing);
    const burst = await Promise.all(Array.from({ length: 8 }, () => pause.enter(call, never)));
    for (const pass of burst) pause.hold(pass, timing.now() + 1000, "busy");
    for (const pass of burst) pass.leave(false);
    const inside: Pass[] = [];
    const all = Promise.all(Array.from({ length: 8 }, async () => inside.push(await pause.enter(call, never))));
    for (let i = 0; i < 5; i++) await turn();
    assert.equal(inside.length, 4);
    inside[0]!.leave(true);
    await turn();
    assert.equal(inside.length, 6, "one for the place that is free, one for the success");
    for (let i = 0; i < 8; i++) {
      inside[i]!.leave(true);
      await turn();
    }
    await all;
  });

  it("lets urgent calls go first", async () => {
    const timing = fakeTiming();
    const pause = createPause(timing);
    const first = await pause.enter(call, never);
    pause.hold(first, timing.now(), "busy");
    const order: string[] = [];
    const enter = async (name: string, isUrgent: boolean) => {
      const pass = await pause.enter({ ...call, isUrgent }, never);
      order.push(name);
      await turn();
      pass.leave(false);
    };
    const all = [enter("draft", false), enter("optimize", true)];
    await turn();
    first.leave(false);
    await Promise.all(all);
    assert.deepEqual(order, ["optimize", "draft"]);
  });

  it("slows down before a limit on tokens is reached, for that model only", async () => {
    const timing = fakeTiming();
    const waits: string[] = [];
    const pause = createPause(timing);
    pause.learn("m", limits(150));
    (await pause.enter(call, never)).leave(true);
    (await pause.enter({ ...call, model: "other" }, never)).leave(true);
    assert.deepEqual(timing.sleeps, []);
    (await pause.enter({ ...call, onWait: (why) => waits.push(why) }, never)).leave(true);
    assert.equal(timing.sleeps.length, 1);
    assert.deepEqual(waits, ["rate limit almost reached"]);
  });

  it("stops waiting when aborted, in a pause and in the queue", async () => {
    const timing = fakeTiming();
    const pause = createPause(timing);
    const pass = await pause.enter(call, never);
    pause.hold(pass, timing.now() + 1000, "busy");
    const control = new AbortController();
    const sleeping = pause.enter(call, control.signal);
    control.abort();
    await assert.rejects(sleeping, { name: "AbortError" });
    pass.leave(false);
    const [sleeper, queued] = [await pause.enter(call, never), new AbortController()];
    const waiting = pause.enter(call, queued.signal);
    await turn();
    queued.abort(new Error("any reason"));
    await assert.rejects(waiting, { name: "AbortError" });
    sleeper.leave(false);
    (await pause.enter(call, never)).leave(true);
  });
});
