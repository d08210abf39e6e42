import assert from "node:assert/strict";
import fc from "fast-check";
import { formatEstimate, segmentUsd, type RunEstimate } from "../../../src/spending/runEstimate.ts";
import { createFakeImageMaker } from "../../support/fakeImageMaker.ts";
import { createMemoryStore, type MemoryStore } from "../../support/memoryStore.ts";
import { countingModel, meteredDirector, runMetered, type MeteredSetup } from "../../support/meteredRun.ts";
import { createStoryDirector, fixedDirector, type DirectRequest } from "../../../src/compose.ts";
import { createFakeDirector } from "../../support/fakeDirector.ts";
import { countingClock } from "../../support/runStory.ts";
import { testStory } from "../../support/testStory.ts";

const storyOf = (segments: number, outputs?: string) => createMemoryStore(testStory({ segments, ...(outputs ? { outputs } : {}) }));
const TWO = 'main: { profile: veo-3.1, aspectRatio: "16:9" }\n  tall: { profile: kling-3, aspectRatio: "9:16" }';

async function estimate(store: MemoryStore, request: DirectRequest = {}, setup: Partial<MeteredSetup> = {}): Promise<RunEstimate> {
  const found = await meteredDirector({ store, ...setup }).estimate(request);
  return found ?? assert.fail("no estimate");
}

const copyOf = (store: MemoryStore) => createMemoryStore(Object.fromEntries(store.files));

/** That the estimate holds what the run then takes, or nearly so. */
async function assertFits(store: MemoryStore, request: DirectRequest = {}): Promise<void> {
  const told = await estimate(store, request);
  const model = countingModel();
  const { summary, error } = await runMetered({ store: copyOf(store), model }, request);
  assert.equal(error, undefined);
  const { calls = 0, inputTokens = 0, usd = 0 } = summary!.cost ?? {};
  assert.equal(told.calls.low, calls);
  if (calls === 0) return;
  assert.ok(told.inputTokens.low / 1.25 <= inputTokens && inputTokens <= told.inputTokens.low * 1.05, `${inputTokens} of ${JSON.stringify(told.inputTokens)}`);
  assert.ok(told.usd!.low / 2 <= usd && usd <= told.usd!.high, `${usd} of ${JSON.stringify(told.usd)}`);
}

describe("the estimate of a run", () => {
  it("counts the very calls of a run that goes well, and is within a quarter of its input and half of its cost", async () => {
    for (const segments of [1, 12, 60]) await assertFits(storyOf(segments));
    await assertFits(storyOf(25, TWO));
    const long = storyOf(25);
    long.files.set("research.md", "She had played in the square for thirty years.\n".repeat(400));
    await assertFits(long);
  });

  it("holds for what is stale only, for a selection, and for all", async () => {
    const store = storyOf(25);
    await runMetered({ store });
    await assertFits(store);
    await assertFits(store, { segments: ["3", "7-9"] });
    await assertFits(store, { all: true });
    store.files.set("story.yaml", testStory({ outputs: TWO })["story.yaml"]!);
    await assertFits(store);
  });

  it("counts the images that are missing, unless they are turned off", async () => {
    const store = storyOf(12);
    const imageMaker = createFakeImageMaker();
    await runMetered({ store, imageMaker }, { images: false });
    const missing = [...store.files.keys()].filter((path) => path.startsWith("assets/")).length;
    assert.ok(missing > 0);
    const told = await estimate(store, {}, { imageMaker });
    assert.deepEqual([told.calls.low, told.models.includes("image-1")], [missing, true]);
    assert.ok(told.usd!.low > 0);
    assert.equal((await estimate(store, { images: false }, { imageMaker })).calls.low, 0);
    const ran = await runMetered({ store, imageMaker });
    assert.equal(ran.summary!.cost!.calls, missing);
    assert.equal((await estimate(store, {}, { imageMaker })).calls.low, 0);
  });

  it("never falls when more segments are asked for", async () => {
    const stories = new Map<number, MemoryStore>();
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1, max: 70 }), fc.boolean(), async (some, more, isLocal) => {
        const [few, many] = await Promise.all(
          [some, some + more].map((segments) => {
            const store = stories.get(segments) ?? storyOf(segments);
            stories.set(segments, store);
            return estimate(store, {}, isLocal ? { price: { input: 0, output: 0 } } : {});
          }),
        );
        for (const key of ["calls", "inputTokens", "outputTokens", "usd"] as const) {
          assert.ok(few![key]!.low <= many![key]!.low && few![key]!.high <= many![key]!.high, key);
          assert.ok(few![key]!.low <= few![key]!.high, key);
        }
      }),
      { numRuns: 40 },
    );
  });

  it("never falls when a wider selection is made", async () => {
    const store = storyOf(40);
    await runMetered({ store });
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { minLength: 2 }), async (positions) => {
        const names = positions.map(String);
        const [few, many] = await Promise.all([estimate(store, { segments: names.slice(0, -1) }), estimate(store, { segments: names })]);
        assert.ok(few.usd!.low <= many.usd!.low && few.usd!.high <= many.usd!.high);
      }),
      { numRuns: 8 },
    );
  });

  it("writes nothing, takes no lock and asks no model", async () => {
    const store = storyOf(12);
    store.files.set("segments/segment_3.md", "");
    const before = [...store.files];
    store.heldElsewhere = true;
    const model = countingModel();
    await estimate(store, {}, { model });
    assert.deepEqual([...store.files], before);
    assert.deepEqual(store.calls, []);
    assert.equal(model.requests.length, 0);
  });

  it("is asked about before anything is spent or logged, and a no ends the run", async () => {
    const store = storyOf(12);
    const model = countingModel();
    let told: RunEstimate | undefined;
    const approve = async (found: RunEstimate) => {
      told = found;
      return false;
    };
    const ran = await runMetered({ store, model }, {}, { approve });
    assert.equal((ran.error as Error).name, "AbortError");
    assert.equal(told?.direct, 12);
    assert.deepEqual([model.requests.length, ran.events.length], [0, 0]);
    const agreed = await runMetered({ store, model }, {}, { approve: async () => true });
    assert.equal(agreed.summary!.ready, 12);
    assert.equal(agreed.events[1]!.event, "estimate");
  });

  it("is not made for the offline director, which makes no calls", async () => {
    const store = storyOf(12);
    const offline = createStoryDirector({ store, director: fixedDirector(createFakeDirector()), clock: countingClock() });
    assert.equal(await offline.estimate({}), undefined);
  });

  it("is cheaper with a cache, and says unknown where there is no price", async () => {
    const store = storyOf(60);
    const [cached, uncached] = await Promise.all([estimate(store), estimate(store, {}, { price: { input: 1, output: 5 } })]);
    assert.ok(cached.usd!.low < uncached.usd!.low);
    const unknown = await estimate(store, {}, { price: undefined });
    assert.equal(unknown.usd, undefined);
    assert.deepEqual(unknown.unknownPrices, ["fake/model-1"]);
    assert.match(formatEstimate(unknown), /: cost unknown \(no price for fake\/model-1\), in about/);
    assert.equal(segmentUsd(unknown), 0);
  });

  it("tells how long it takes, which is less with more calls side by side", async () => {
    const store = storyOf(60);
    const [one, eight] = await Promise.all([estimate(store, {}, { maxCalls: 1 }), estimate(store, {}, { maxCalls: 8 })]);
    assert.ok(one.minutes!.low < one.minutes!.high);
    assert.ok(Math.abs(one.minutes!.high / eight.minutes!.high - 8) < 1e-9);
  });

  it("is one line for people", () => {
    const base: RunEstimate = { direct: 53, refresh: 0, calls: { low: 60, high: 66 }, inputTokens: { low: 116_000, high: 128_000 }, outputTokens: { low: 28_000, high: 52_000 }, usd: { low: 0.21, high: 0.4 }, models: ["m"], unknownPrices: [] };
    assert.equal(formatEstimate(base), "60 to 66 calls, 116k to 128k tokens in, 28k to 52k out: $0.21 to $0.40");
    assert.match(formatEstimate({ ...base, minutes: { low: 1.2, high: 4.4 } }), /: \$0\.21 to \$0\.40, in about 1 to 4 min$/);
    assert.match(formatEstimate({ ...base, minutes: { low: 0.2, high: 0.9 } }), /, in less than a minute$/);
    const none = { low: 0, high: 0 };
    assert.equal(formatEstimate({ ...base, calls: none, inputTokens: none, outputTokens: none, usd: none }), "no calls to a model: no cost");
    assert.equal(formatEstimate({ ...base, calls: { low: 1, high: 1 }, usd: none }), "1 call, 116k to 128k tokens in, 28k to 52k out: no cost");
  });
});
