import assert from "node:assert/strict";
import type { ModelWait } from "../../../src/pipeline/ports.ts";
import { createCountdown } from "../../../src/progress/countdown.ts";

/** Time that passes when the test says so. */
function fakeTime() {
  let now = 1_000_000;
  const timers = new Set<{ readonly at: number; readonly work: () => void }>();
  return {
    clock: { now: () => now },
    schedule: (work: () => void, delayMs: number) => {
      const timer = { at: now + delayMs, work };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    get timers() {
      return timers.size;
    },
    in: (ms: number) => now + ms,
    pass(ms: number) {
      const end = now + ms;
      for (;;) {
        const next = [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        timers.delete(next);
        now = next.at;
        next.work();
      }
      now = end;
    },
  };
}

async function counting(work: (run: { readonly time: ReturnType<typeof fakeTime>; readonly wait: (wait: ModelWait) => void; readonly notes: (string | undefined)[]; readonly told: ModelWait[] }) => void) {
  const time = fakeTime();
  const [notes, told]: [(string | undefined)[], ModelWait[]] = [[], []];
  const countdown = createCountdown({ ...time, onWait: (wait) => void told.push(wait) });
  await countdown.showIn({ note: (text) => void notes.push(text) }, async () => work({ time, wait: (wait) => countdown.wait(wait), notes, told }));
  return { notes, told, time };
}

const wait = (untilMs: number, host = "api.example.com", why = "rate limit"): ModelWait => ({ host, why, untilMs });

describe("the countdown", () => {
  it("counts every second down, and is gone when the wait is over", async () => {
    const { told } = await counting(({ time, wait: waits, notes }) => {
      waits(wait(time.in(3200)));
      time.pass(10_000);
      assert.deepEqual(notes, [...[4, 3, 2, 1].map((seconds) => `waiting ${seconds} s for api.example.com (rate limit)`), undefined]);
      assert.equal(time.timers, 0);
    });
    assert.equal(told.length, 1);
  });

  it("tells of one wait once, however many calls share it", async () => {
    const { told } = await counting(({ time, wait: waits }) => {
      const until = time.in(5000);
      for (let call = 0; call < 6; call++) waits(wait(until));
      time.pass(1000);
      waits(wait(until));
      waits(wait(time.in(9000)));
    });
    assert.equal(told.length, 2);
  });

  it("shows the wait that lasts longest, in minutes where it is long", async () => {
    await counting(({ time, wait: waits, notes }) => {
      waits(wait(time.in(2000), "a"));
      waits(wait(time.in(125_000), "b", "answered 500"));
      waits(wait(time.in(1000), "b", "answered 503"));
      assert.equal(notes.at(-1), "waiting 2 min 5 s for b (answered 500)");
      time.pass(66_000);
      assert.equal(notes.at(-1), "waiting 59 s for b (answered 500)");
    });
  });

  it("ends with the work, whatever still waits", async () => {
    const { notes, time } = await counting(({ time: clock, wait: waits }) => waits(wait(clock.in(60_000))));
    assert.deepEqual([notes.at(-1), time.timers], [undefined, 0]);
    const countdown = createCountdown({ ...time, onWait: () => undefined });
    await assert.rejects(countdown.showIn({ note: (text) => void notes.push(text) }, async () => {
      countdown.wait(wait(time.in(60_000)));
      throw new Error("no");
    }));
    assert.deepEqual([notes.at(-1), time.timers], [undefined, 0]);
  });
});
