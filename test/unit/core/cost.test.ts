import assert from "node:assert/strict";
import fc from "fast-check";
import { addSpent, formatBill, formatMeter, formatCost, formatMoney, formatTokens, NOTHING_SPENT, picoDollarsOf, spentOnCall, toBill, toDollars, type Bill, type TokenUsage } from "../../../src/core/cost.ts";
import { PRICES } from "../../../src/core/prices.ts";
import { shareOut, shareUsage } from "../../../src/core/shares.ts";

const TERRA = PRICES["gpt-6.1-terra"]!;

/** Counts as a provider gives them: the parts of the input are parts of it. */
const usages = fc.tuple(...Array.from({ length: 5 }, () => fc.nat(2_000_000))).map(
  ([plain, cachedInputTokens, cacheWriteTokens, imageInputTokens, outputTokens]): TokenUsage => ({
    inputTokens: plain! + cachedInputTokens! + cacheWriteTokens! + imageInputTokens!,
    cachedInputTokens: cachedInputTokens!,
    cacheWriteTokens: cacheWriteTokens!,
    imageInputTokens: imageInputTokens!,
    outputTokens: outputTokens!,
  }),
);
const prices = fc.record({ input: fc.nat(1000), cachedInput: fc.nat(1000), cacheWrite: fc.nat(1000), imageInput: fc.nat(1000), output: fc.nat(1000) }).map(
  (thousandths) => Object.fromEntries(Object.entries(thousandths).map(([key, value]) => [key, value / 1000])) as unknown as typeof TERRA,
);

describe("the cost of a call", () => {
  it("is what each kind of token costs", () => {
    const usage = { inputTokens: 1_000_000, cachedInputTokens: 400_000, cacheWriteTokens: 100_000, outputTokens: 200_000 };
    assert.equal(toDollars(picoDollarsOf(usage, TERRA)), 0.5 * 1 + 0.4 * 0.05 + 0.1 * 1.25 + 0.2 * 5);
  });

  it("takes the price of input for what has no price of its own", () => {
    const usage = { inputTokens: 300, cachedInputTokens: 100, cacheWriteTokens: 100, imageInputTokens: 100, outputTokens: 0 };
    assert.equal(picoDollarsOf(usage, { input: 2, output: 1 }), 300 * 2e6);
  });

  it("is a whole number, so that calls add up exactly in any order", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(usages, prices), { maxLength: 20 }), (calls) => {
        const spent = calls.map(([usage, price]) => spentOnCall(usage, price));
        const sum = spent.reduce(addSpent, NOTHING_SPENT);
        assert.deepEqual([...spent].reverse().reduce(addSpent, NOTHING_SPENT), sum);
        assert.ok(Number.isSafeInteger(sum.picoDollars));
      }),
    );
  });

  it("is unknown without a price or without tokens, but for a free model", () => {
    const usage = { inputTokens: 10, cachedInputTokens: 0, outputTokens: 10 };
    assert.equal(spentOnCall(usage, undefined).unknownCalls, 1);
    assert.equal(spentOnCall(undefined, TERRA).unknownCalls, 1);
    assert.equal(spentOnCall(usage, TERRA).unknownCalls, 0);
    assert.equal(spentOnCall(undefined, { input: 0, output: 0 }).unknownCalls, 0);
  });
});

describe("shares of a call", () => {
  it("add up to the call exactly, in tokens and in money", () => {
    fc.assert(
      fc.property(usages, prices, fc.array(fc.nat(5000), { minLength: 1, maxLength: 30 }), (usage, price, lengths) => {
        const shares = shareUsage(usage, lengths);
        const sum = (key: keyof TokenUsage) => shares.reduce((all, share) => all + (share[key] ?? 0), 0);
        for (const key of ["inputTokens", "cachedInputTokens", "cacheWriteTokens", "imageInputTokens", "outputTokens"] as const) assert.equal(sum(key), usage[key]);
        assert.equal(shares.reduce((all, share) => all + picoDollarsOf(share, price), 0), picoDollarsOf(usage, price));
      }),
    );
  });

  it("are never further than one from what is fair", () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 30 }), (total, weights) => {
        const sum = weights.reduce((all, weight) => all + weight, 0);
        for (const [index, share] of shareOut(total, weights).entries()) assert.ok(Math.abs(share - (total * weights[index]!) / sum) < 1);
      }),
    );
  });

  it("are equal where nothing was written for anybody", () => {
    assert.deepEqual(shareOut(10, [0, 0, 0]), [4, 3, 3]);
  });
});

describe("money in words", () => {
  it("has cents, and says when it is less than one", () => {
    assert.deepEqual([0, 0.004, 0.005, 0.42, 12.345, 1234.5].map(formatMoney), ["$0.00", "< $0.01", "$0.01", "$0.42", "$12.35", "$1,234.50"]);
  });

  const usage = { inputTokens: 400_000, cachedInputTokens: 0, outputTokens: 4000 };
  const [known, unknown, both, free] = [
    spentOnCall(usage, TERRA),
    spentOnCall(usage, undefined),
    addSpent(spentOnCall(usage, TERRA), spentOnCall(usage, undefined)),
    spentOnCall(usage, { input: 0, output: 0 }),
  ].map(toBill) as [Bill, Bill, Bill, Bill];

  it("never takes what is unknown for nothing", () => {
    assert.deepEqual([known, unknown, both, free].map(formatCost), ["$0.42", "unknown", "at least $0.42", "no cost"]);
  });

  it("gives tokens where money says nothing", () => {
    assert.deepEqual([known, unknown, free].map(formatMeter), ["$0.42", "404k tokens", "404k tokens"]);
    assert.deepEqual([known, unknown, free].map(formatBill), ["$0.42, 1 call", "Cost unknown, 1 call, 400k tokens in, 4k out", "No cost, 1 call, 400k tokens in, 4k out"]);
    assert.deepEqual([0, 999, 1000, 999_499, 1_240_000].map(formatTokens), ["0", "999", "1k", "999k", "1.2M"]);
  });
});
