import assert from "node:assert/strict";
import type { RunEstimate } from "../../../src/compose.ts";
import { approvalQuestion, budgetQuestion, needsApproval, statusText } from "../../../src/vscode/spendingWords.ts";

const KNOWN: RunEstimate = {
  direct: 53,
  refresh: 2,
  calls: { low: 60, high: 66 },
  inputTokens: { low: 116_000, high: 128_000 },
  outputTokens: { low: 28_000, high: 52_000 },
  usd: { low: 0.8, high: 1.2 },
  models: ["gpt-6.1-terra", "gpt-6-luna"],
  unknownPrices: [],
};
const UNKNOWN: RunEstimate = { ...KNOWN, usd: undefined, models: ["qwen3"], unknownPrices: ["qwen3"] };
const none: ReadonlySet<string> = new Set();

describe("the question before a run", () => {
  it("is put where the run may cost more than a person set", () => {
    assert.equal(needsApproval(KNOWN, { askAboveUsd: 1, accepted: none }), true);
    assert.equal(needsApproval(KNOWN, { askAboveUsd: 1.2, accepted: none }), false);
    assert.equal(needsApproval({ ...KNOWN, usd: { low: 0, high: 0 } }, { askAboveUsd: 0, accepted: none }), false);
  });

  it("is put once for a model whose price is unknown, and never where there is nothing to do", () => {
    assert.equal(needsApproval(UNKNOWN, { askAboveUsd: 1000, accepted: none }), true);
    assert.equal(needsApproval(UNKNOWN, { askAboveUsd: 0, accepted: new Set(["qwen3"]) }), false);
    assert.equal(needsApproval({ ...UNKNOWN, calls: { low: 0, high: 0 } }, { askAboveUsd: 0, accepted: none }), false);
  });

  it("has the numbers", () => {
    assert.deepEqual(approvalQuestion(KNOWN), {
      message: "Start? It will cost about $0.80 to $1.20.",
      detail: "53 segments to direct, 2 to refresh, by gpt-6.1-terra and gpt-6-luna: 60 to 66 calls, 116k to 128k tokens in, 28k to 52k out: $0.80 to $1.20.",
    });
    const { message, detail } = approvalQuestion(UNKNOWN);
    assert.equal(message, "Start? What it will cost is unknown.");
    assert.match(detail, /There is no price for qwen3; give one in the setting storyDirector\.prices\.$/);
  });
});

describe("the question at a budget", () => {
  it("says what is spent, and that nothing is lost", () => {
    const { message, detail } = budgetQuestion({ limitUsd: 1, spentUsd: 1.02, unknownCalls: 2 }, "The Trumpet");
    assert.equal(message, "The budget of $1.00 is spent: $1.02 so far.");
    assert.equal(detail, "“The Trumpet” pauses; what has begun is saved. 2 calls at an unknown price are not in the sum. If you stop, the next run goes on from there.");
  });
});

describe("the status bar", () => {
  const story = (settled: number, total: number, step?: string) => ({ counts: { settled, total }, step });

  it("counts segments and what they have cost, over all stories that run", () => {
    assert.equal(statusText([story(12, 53, "$0.18")]), "$(sync~spin) 12/53 · $0.18");
    assert.equal(statusText([story(12, 53, "$0.18"), story(1, 7, "41k tokens"), story(0, 3)]), "$(sync~spin) 13/63 · $0.18 + 41k tokens");
    assert.equal(statusText([story(0, 0, "< $0.01")]), "$(sync~spin) Reading the narration… · < $0.01");
  });

  it("says nothing of cost where no model is asked", () => {
    assert.equal(statusText([story(12, 53)]), "$(sync~spin) 12/53 segments");
    assert.equal(statusText([story(0, 0)]), "$(sync~spin) Reading the narration…");
  });
});
