import assert from "node:assert/strict";
import fc from "fast-check";
import type { RunBudget } from "../../../src/compose.ts";
import { createFakeImageMaker } from "../../support/fakeImageMaker.ts";
import { createPriceBook } from "../../../src/core/priceBook.ts";
import { picoDollarsOf, toDollars } from "../../../src/core/cost.ts";
import type { RunEvent } from "../../../src/pipeline/ports.ts";
import { SegmentBills } from "../../../src/spending/segmentBills.ts";
import type { BudgetPause } from "../../../src/spending/budget.ts";
import { draftsText, idsAsked, plainDraft, wantedOf, wellBehaved } from "../../support/fakeLanguageModel.ts";
import { createMemoryStore } from "../../support/memoryStore.ts";
import { countingModel, PRICE, runMetered, type MeteredRan } from "../../support/meteredRun.ts";
import { segmentNodes } from "../../support/runStory.ts";
import { testStory } from "../../support/testStory.ts";

const eventsOf = ({ events }: Pick<MeteredRan, "events">, name: string) => events.filter(({ event }) => event === name);
const sum = (events: readonly RunEvent[], key: string) => events.reduce((all, event) => all + Number(event[key] ?? 0), 0);
const saved = (store: ReturnType<typeof createMemoryStore>) => [...store.files.keys()].filter((path) => path.startsWith("segments/")).length;
const storyOf = (segments: number) => createMemoryStore(testStory({ segments }));

describe("the cost of a run", () => {
  it("is logged with every call, and their sum stands at the end", async () => {
    const ran = await runMetered({ store: storyOf(23) });
    const calls = eventsOf(ran, "model-call");
    assert.equal(calls.length, 1 + 3 + 23);
    const { cost } = ran.summary!;
    assert.equal(cost!.calls, calls.length);
    assert.ok(cost!.usd > 0.01);
    assert.ok(Math.abs(cost!.usd - sum(calls, "usd")) < 1e-9);
    const end = eventsOf(ran, "run-end")[0]!;
    assert.deepEqual(end["cost"], cost);
  });

  it("is told for every segment that is saved, and the shares add up to the calls", async () => {
    const ran = await runMetered({ store: storyOf(23) });
    const bills = eventsOf(ran, "segment-cost");
    assert.deepEqual(bills.map(({ id }) => String(id)).sort(), Array.from({ length: 23 }, (_, index) => `segment_${index + 1}`).sort());
    assert.ok(bills.every((bill) => bill["saved"] === true && bill["attempts"] === 2 && bill["unknownCalls"] === 0));
    assert.deepEqual(bills[0]!["models"], ["fake/model-1"]);
    const forSegments = eventsOf(ran, "model-call").filter(({ purpose }) => purpose !== "extract");
    const usages = forSegments.map(({ usage }) => usage as RunEvent);
    for (const key of ["inputTokens", "outputTokens", "cachedInputTokens"]) assert.equal(sum(bills, key), sum(usages, key));
    assert.ok(Math.abs(sum(bills, "usd") - sum(forSegments, "usd")) < 1e-9);
  });

  it("counts every attempt at a segment, and no repair of something else", async () => {
    let [mended, read] = [false, false];
    const model = countingModel((request) => {
      if (wantedOf(request) === "extraction" && !read) {
        read = true;
        return "{}";
      }
      if (wantedOf(request) === "drafts" && idsAsked(request).includes("segment_2") && !mended) {
        mended = true;
        return draftsText([plainDraft("segment_1"), { id: "segment_2" }, plainDraft("segment_3")]);
      }
      return wellBehaved(request);
    });
    const ran = await runMetered({ store: storyOf(3), model });
    assert.equal(ran.error, undefined);
    assert.deepEqual(eventsOf(ran, "model-call").filter(({ purpose }) => purpose === "repair").map(({ repairs }) => repairs), ["extract", undefined]);
    const attempts = new Map(eventsOf(ran, "segment-cost").map(({ id, attempts }) => [id, attempts]));
    assert.deepEqual([1, 2, 3].map((number) => attempts.get(`segment_${number}`)), [2, 3, 2]);
  });

  it("says what is unknown, and takes it for nothing nowhere", async () => {
    const ran = await runMetered({ store: storyOf(3), price: undefined });
    assert.equal(ran.summary!.cost!.unknownCalls, 5);
    assert.ok(eventsOf(ran, "model-call").every((event) => !("usd" in event)));
    assert.match(ran.progress.nodes[0]!.step!, /^\d+k? tokens$/);
  });

  it("is said at the story's node while the run goes on", async () => {
    const ran = await runMetered({ store: storyOf(23) });
    const steps = ran.progress.nodes[0]!.steps.map(({ text }) => text);
    assert.ok(steps.length > 2);
    assert.match(steps.at(-1)!, /^\$0\.\d\d$/);
  });

  it("also counts what a run paid for that failed", async () => {
    const store = storyOf(12);
    const model = countingModel((request) => (wantedOf(request) === "final_prompt" && request.instruction.includes("segment 11") ? { text: "no", outcome: "refused" } : wellBehaved(request)));
    const ran = await runMetered({ store, model });
    assert.ok(ran.error instanceof Error);
    const end = eventsOf(ran, "run-end")[0] as unknown as { cost: { calls: number } };
    assert.equal(end.cost.calls, eventsOf(ran, "model-call").length);
    const failed = eventsOf(ran, "segment-cost").find(({ id }) => id === "segment_11");
    assert.equal(failed?.["saved"], false);
  });

  it("sums up exactly, whatever the calls and whenever segments settle", () => {
    const usage = fc.record({ inputTokens: fc.integer({ min: 500, max: 90_000 }), cachedInputTokens: fc.nat(500), outputTokens: fc.nat(9000) });
    const call = fc.record({ usage, ids: fc.uniqueArray(fc.constantFrom("a", "b", "c", "d", "e"), { minLength: 1 }), lengths: fc.array(fc.nat(900), { minLength: 5, maxLength: 5 }), settles: fc.boolean() });
    fc.assert(
      fc.property(fc.array(call, { maxLength: 12 }), (calls) => {
        const events: RunEvent[] = [];
        const bills = new SegmentBills(createPriceBook({ own: { m: PRICE } }), (event) => void events.push(event));
        for (const { usage: used, ids, lengths, settles } of calls) {
          bills.open(ids);
          for (const [index, id] of ids.entries()) {
            bills.wrote(id, lengths[index]!);
            if (settles) bills.settle(id, true);
          }
          bills.record({ model: "m", usage: used, segmentIds: ids });
          bills.close(ids);
        }
        bills.finish();
        for (const key of ["inputTokens", "cachedInputTokens", "outputTokens"] as const) assert.equal(sum(events, key), calls.reduce((all, { usage: used }) => all + used[key], 0));
        const whole = calls.reduce((all, { usage: used }) => all + picoDollarsOf(used, PRICE), 0);
        assert.ok(Math.abs(sum(events, "usd") - toDollars(whole)) < 1e-9);
      }),
    );
  });
});

/** A budget that answers with what the test says, pause by pause. */
function budgetOf(limitUsd: number, ...answers: ("more" | "no limit" | "stop")[]): { readonly budget: RunBudget; readonly pauses: BudgetPause[] } {
  const pauses: BudgetPause[] = [];
  const ask = async (pause: BudgetPause) => {
    pauses.push(pause);
    const answer = answers[pauses.length - 1] ?? "stop";
    if (answer === "stop") return { go: "stop" } as const;
    return { go: "on", ...(answer === "more" ? { limitUsd: pause.spentUsd + limitUsd } : {}) } as const;
  };
  return { budget: { limitUsd, ask }, pauses };
}

describe("a run with a budget", () => {
  const whole = async (segments: number) => (await runMetered({ store: storyOf(segments) })).summary!.cost!.usd;

  it("pauses between segments: what has begun is saved before anybody is asked", async () => {
    const store = storyOf(60);
    const cost = await whole(60);
    const model = countingModel();
    const seen: (readonly number[])[] = [];
    const budget: RunBudget = {
      limitUsd: cost * 0.4,
      ask: async ({ spentUsd }) => {
        seen.push([saved(store), model.open]);
        return { go: "on", limitUsd: spentUsd + cost };
      },
    };
    const ran = await runMetered({ store, model }, {}, { budget });
    assert.equal(ran.error, undefined);
    assert.equal(ran.summary!.ready, 60);
    const [[count, open]] = seen as [[number, number]];
    assert.equal(open, 0);
    assert.ok(count % 10 === 0 && count >= 10 && count <= 40, String(count));
    assert.equal(ran.events.filter(({ event }) => event === "budget-pause").length, 1);
  });

  it("costs no more than the limit and a batch, though all batches would start together", async () => {
    const cost = await whole(60);
    const { budget, pauses } = budgetOf(cost * 0.4, "stop");
    await runMetered({ store: storyOf(60) }, { parallelBatches: 6 }, { budget });
    assert.equal(pauses.length, 1);
    assert.ok(pauses[0]!.spentUsd <= cost * 0.4 + cost / 6, `${pauses[0]!.spentUsd} of ${cost}`);
  });

  it("stops with what to do, keeps what is saved, and goes on from there", async () => {
    const store = storyOf(60);
    const { budget } = budgetOf((await whole(60)) * 0.4, "stop");
    const ran = await runMetered({ store }, {}, { budget });
    assert.match((ran.error as Error).message, /^The budget of (?:\$0\.\d\d|< \$0\.01) is spent/);
    assert.equal(eventsOf(ran, "run-end")[0]!["outcome"], "cancelled");
    assert.ok(!segmentNodes(ran.progress).some(({ state }) => state === "failed" || state === "running"));
    const before = saved(store);
    assert.ok(before >= 10 && before < 60);
    const model = countingModel();
    assert.equal((await runMetered({ store, model })).summary!.ready, 60);
    assert.equal(model.requests.filter((request) => wantedOf(request) === "final_prompt").length, 60 - before);
  });

  it("stops where there is nobody to ask", async () => {
    const ran = await runMetered({ store: storyOf(60) }, {}, { budget: { limitUsd: 0.001 } });
    assert.match((ran.error as Error).message, /budget of < \$0\.01 is spent/);
  });

  it("asks again at every limit, until there is none", async () => {
    const cost = await whole(60);
    const { budget, pauses } = budgetOf(cost / 5, "more", "no limit");
    const ran = await runMetered({ store: storyOf(60) }, {}, { budget });
    assert.equal(ran.summary!.ready, 60);
    assert.equal(pauses.length, 2);
  });

  it("also holds a run that compiles final prompts only", async () => {
    const store = storyOf(30);
    await runMetered({ store });
    store.files.set("story.yaml", testStory({ outputs: 'main: { profile: kling-3, aspectRatio: "16:9" }' })["story.yaml"]!);
    const cost = (await runMetered({ store: createMemoryStore(Object.fromEntries(store.files)) })).summary!.cost!;
    assert.equal(cost.calls, 30);
    const { budget, pauses } = budgetOf(cost.usd / 3, "stop");
    const ran = await runMetered({ store }, {}, { budget });
    assert.equal(pauses.length, 1);
    const made = segmentNodes(ran.progress).filter(({ state }) => state === "done").length;
    assert.ok(made >= 8 && made <= 20, String(made));
  });

  it("also holds images, which cost like any call", async () => {
    const store = storyOf(12);
    await runMetered({ store }, { images: false });
    const whole = createFakeImageMaker();
    const cost = (await runMetered({ store: createMemoryStore(Object.fromEntries(store.files)), imageMaker: whole })).summary!.cost!;
    assert.ok(cost.calls > 2);
    const imageMaker = createFakeImageMaker();
    const { budget, pauses } = budgetOf(cost.usd / cost.calls / 2, "stop");
    await runMetered({ store, imageMaker }, {}, { budget });
    assert.equal(pauses.length, 1);
    assert.ok(imageMaker.requests.length < whole.requests.length, String(imageMaker.requests.length));
  });

  it("comes to rest when it is stopped while it asks", async () => {
    const control = new AbortController();
    const budget: RunBudget = {
      limitUsd: 0.001,
      ask: () => {
        setImmediate(() => control.abort());
        return new Promise(() => undefined);
      },
    };
    const ran = await runMetered({ store: storyOf(30) }, {}, { budget, signal: control.signal });
    assert.equal((ran.error as Error).name, "AbortError");
  });

  it("is not waited for by drafts that never come", async () => {
    const model = countingModel((request) => (wantedOf(request) === "drafts" && idsAsked(request).includes("segment_5") ? { text: '{"segments":[', outcome: "truncated" } : wellBehaved(request)));
    const { budget, pauses } = budgetOf((await whole(60)) / 4, "no limit");
    const ran = await runMetered({ store: storyOf(60), model }, { keepGoing: true }, { budget });
    assert.match((ran.error as Error).message, /no draft for segment_1, .*segment_10/);
    assert.equal(pauses.length, 1);
    assert.equal(segmentNodes(ran.progress).filter(({ state }) => state === "done").length, 50);
  });
});
