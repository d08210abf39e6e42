import assert from "node:assert/strict";
import { Budget, type BudgetAnswer, type BudgetPause } from "../../../src/spending/budget.ts";

const never = new AbortController().signal;
const turn = () => new Promise(setImmediate);

interface Bench {
  readonly budget: Budget;
  readonly pauses: BudgetPause[];
  readonly spend: (usd: number) => void;
  readonly answer: (answer: BudgetAnswer) => Promise<void>;
}

function bench({ limitUsd, segmentUsd = 0 }: { readonly limitUsd: number | undefined; readonly segmentUsd?: number } = { limitUsd: 1 }): Bench {
  let usd = 0;
  let waiting: (answer: BudgetAnswer) => void = () => assert.fail("nobody was asked");
  const pauses: BudgetPause[] = [];
  const budget = new Budget({
    limitUsd,
    segmentUsd,
    spent: () => ({ usd, unknownCalls: 0 }),
    spentOn: () => 0,
    ask: (pause) => {
      pauses.push(pause);
      return new Promise((resolve) => (waiting = resolve));
    },
  });
  return {
    budget,
    pauses,
    spend: (more) => void (usd += more),
    async answer(answer) {
      waiting(answer);
      await turn();
    },
  };
}

/** Whether the work has begun by now. */
async function hasBegun(work: Promise<void>): Promise<boolean> {
  let isOver = false;
  void work.then(() => (isOver = true), () => undefined);
  await turn();
  return isOver;
}

describe("a budget", () => {
  it("lets all go while there is no limit", async () => {
    const { budget, spend } = bench({ limitUsd: undefined });
    spend(1e6);
    await budget.begin(["segment_1"], never);
  });

  it("holds new segments at the limit, lets those under way finish, and then asks", async () => {
    const { budget, spend, pauses, answer } = bench();
    await budget.begin(["segment_1", "segment_2"], never);
    spend(1);
    const next = budget.begin(["segment_3"], never);
    await budget.begin(["segment_2"], never);
    assert.equal(await hasBegun(next), false);
    budget.end("segment_1");
    await turn();
    assert.deepEqual(pauses, []);
    budget.end("segment_2");
    await turn();
    assert.deepEqual(pauses, [{ limitUsd: 1, spentUsd: 1, unknownCalls: 0 }]);
    await answer({ go: "on", limitUsd: 2 });
    await next;
  });

  it("asks once for all who wait, and again at the next limit", async () => {
    const { budget, spend, pauses, answer } = bench();
    spend(1);
    const [first, second] = [budget.begin(["segment_1"], never), budget.begin(["segment_2"], never)];
    await turn();
    await answer({ go: "on", limitUsd: 2 });
    await Promise.all([first, second]);
    spend(1);
    budget.end("segment_1");
    budget.end("segment_2");
    const third = budget.begin([], never);
    await turn();
    assert.equal(pauses.length, 2);
    await answer({ go: "on" });
    await third;
    spend(1e6);
    await budget.begin(["segment_4"], never);
  });

  it("asks again where the new limit is spent already", async () => {
    const { budget, spend, pauses, answer } = bench();
    spend(3);
    const waiting = budget.begin(["segment_1"], never);
    await turn();
    await answer({ go: "on", limitUsd: 2 });
    assert.equal(pauses.length, 2);
    await answer({ go: "on", limitUsd: 4 });
    await waiting;
  });

  it("stops all who wait, and all who come later, and says why", async () => {
    const { budget, spend, answer } = bench();
    spend(1.2);
    const waiting = budget.begin(["segment_1"], never);
    await turn();
    waiting.catch(() => undefined);
    await answer({ go: "stop" });
    await assert.rejects(waiting, { name: "AbortError" });
    await assert.rejects(budget.begin(["segment_2"], never), { name: "AbortError" });
    assert.match(budget.stopped?.message ?? "", /The budget of \$1\.00 is spent: the run came to \$1\.20/);
    assert.match(budget.stopped?.hint ?? "", /higher budget/);
  });

  it("counts what has begun with what it is expected to cost", async () => {
    const { budget, spend, pauses } = bench({ limitUsd: 1, segmentUsd: 0.2 });
    await budget.begin(Array.from({ length: 5 }, (_, index) => `segment_${index + 1}`), never);
    const next = budget.begin(["segment_6"], never);
    assert.equal(await hasBegun(next), false);
    spend(0.05);
    budget.end("segment_1");
    assert.equal(await hasBegun(next), true);
    assert.deepEqual(pauses, []);
  });

  it("gives way to a stop at once, also while it asks, and an answer that comes too late changes nothing", async () => {
    const { budget, spend, answer } = bench();
    const control = new AbortController();
    spend(1);
    const waiting = budget.begin(["segment_1"], control.signal);
    await turn();
    control.abort();
    await assert.rejects(waiting, { name: "AbortError" });
    await assert.rejects(budget.begin(["segment_2"], control.signal), { name: "AbortError" });
    await answer({ go: "stop" });
    assert.equal(budget.stopped, undefined);
  });

  it("passes on what went wrong with the question", async () => {
    const budget = new Budget({ limitUsd: 1, segmentUsd: 0, spent: () => ({ usd: 1, unknownCalls: 0 }), spentOn: () => 0, ask: () => Promise.reject(new Error("no terminal")) });
    await assert.rejects(budget.begin(["segment_1"], never), /no terminal/);
  });
});
