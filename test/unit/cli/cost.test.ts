import assert from "node:assert/strict";
import { terminalBudget } from "../../../src/cli/budget.ts";
import { estimateNotes } from "../../../src/cli/estimate.ts";
import { costLine } from "../../../src/cli/closing.ts";
import type { BudgetAnswer, RunContext, RunEstimate } from "../../../src/compose.ts";
import { StoryDirectorError } from "../../../src/core/errors.ts";
import { directing, FakeStream, FakeTimers, runFake, summaryOf, type Directing } from "./fakeHost.ts";

const ESTIMATE: RunEstimate = {
  direct: 53,
  refresh: 2,
  calls: { low: 60, high: 66 },
  inputTokens: { low: 116_000, high: 128_000 },
  outputTokens: { low: 28_000, high: 52_000 },
  usd: { low: 0.21, high: 0.4 },
  models: ["gpt-6.1-terra", "gpt-6-luna"],
  unknownPrices: [],
};
const COST = { usd: 0.42, calls: 61, unknownCalls: 0, inputTokens: 116_000, cachedInputTokens: 0, outputTokens: 28_000 };
const { usd: _usd, ...WITHOUT_PRICE } = { ...ESTIMATE, unknownPrices: ["qwen3"] };

describe("regenerate --estimate", () => {
  it("prints what the run would take, and runs nothing", async () => {
    const { code, out, requests } = await runFake(["regenerate", "trumpet", "--provider", "openai", "--estimate"], { estimate: async () => ESTIMATE });
    assert.equal(code, 0);
    assert.deepEqual(out.trimEnd().split("\n"), [
      "53 segments to direct, 2 to refresh; 2 models: gpt-6.1-terra, gpt-6-luna",
      "60 to 66 calls, 116k to 128k tokens in, 28k to 52k out: $0.21 to $0.40",
    ]);
    assert.deepEqual(requests, []);
  });

  it("says how to give a price that is unknown", async () => {
    const { out } = await runFake(["regenerate", "trumpet", "--base-url", "http://localhost:11434/v1", "--model", "qwen3", "--estimate"], { estimate: async () => WITHOUT_PRICE });
    assert.match(out, /cost unknown \(no price for qwen3\)\nPut the price of qwen3 into a file for --prices: \{ "qwen3": \{ "input": 1, "output": 5 \} \}/);
  });

  it("has nothing to count for the offline director, or where all is up to date", async () => {
    assert.equal((await runFake(["regenerate", "trumpet", "--estimate"], { estimate: async () => undefined })).out, "The offline director makes no calls: no cost.\n");
    const nothing = { ...ESTIMATE, calls: { low: 0, high: 0 } };
    assert.equal((await runFake(["regenerate", "trumpet", "--estimate"], { estimate: async () => nothing })).out, "Nothing to ask a model for: no cost.\n");
  });

  it("is one object with --json, also where the story cannot be read", async () => {
    const { out } = await runFake(["regenerate", "trumpet", "--estimate", "--json"], { estimate: async () => ESTIMATE });
    assert.deepEqual(JSON.parse(out), { estimate: ESTIMATE });
    const failed = await runFake(["regenerate", "trumpet", "--estimate", "--json"], { estimate: () => Promise.reject(new StoryDirectorError("no story")) });
    assert.equal(failed.code, 1);
    assert.equal((JSON.parse(failed.out) as { error: { message: string } }).error.message, "no story");
  });
});

describe("prices of a person's own", () => {
  const PRICES = '{ "My-Model": { "input": 1, "output": 5 } }';
  const direct = async () => summaryOf();

  it("are read from the file of --prices, or of the environment", async () => {
    const files = { "p.json": PRICES, "q.json": "{}" };
    const byFlag = await runFake(["regenerate", "trumpet", "--prices", "p.json"], { direct, files, env: { STORY_DIRECTOR_PRICES: "q.json" } });
    assert.deepEqual(byFlag.opened[0]!.prices, { "my-model": { input: 1, output: 5 } });
    const byEnvironment = await runFake(["regenerate", "trumpet"], { direct, files, env: { STORY_DIRECTOR_PRICES: "p.json" } });
    assert.deepEqual(byEnvironment.opened[0]!.prices, { "my-model": { input: 1, output: 5 } });
  });

  it("stop the run before it begins where they cannot be read", async () => {
    const missing = await runFake(["regenerate", "trumpet", "--prices", "p.json"], { direct });
    assert.equal(missing.code, 2);
    assert.match(missing.err, /--prices: p\.json could not be read: it is not there/);
    const wrong = await runFake(["regenerate", "trumpet", "--prices", "p.json"], { direct, files: { "p.json": '{\n  "m": { "input": "1", "output": 5 } }' } });
    assert.equal(wrong.code, 1);
    assert.match(wrong.err, /p\.json:2:19 {2}error {2}m\.input: a price is a number/);
    assert.deepEqual([...missing.requests, ...wrong.requests], []);
  });
});

describe("the cost of a run in the terminal", () => {
  const told: Directing = (request, context) => {
    context.onEvent?.({ event: "estimate", ...ESTIMATE });
    return directing({ segments: 3, summary: { cost: COST } })(request, context);
  };

  it("is estimated in one line before, and told in one after", async () => {
    const { out } = await runFake(["regenerate", "trumpet"], { direct: told });
    assert.match(out, /^Estimate: 60 to 66 calls, .*: \$0\.21 to \$0\.40$/m);
    assert.match(out, /^\$0\.42, 61 calls\.\n3\/3 segments production-ready/m);
  });

  it("is told where a run failed, too", async () => {
    const direct: Directing = async (_request, { onEvent }) => {
      onEvent?.({ event: "run-end", outcome: "failed", ready: 1, total: 3, cost: COST });
      throw new StoryDirectorError("the model is gone");
    };
    assert.match((await runFake(["regenerate", "trumpet"], { direct })).err, /run the same command again to go on from there\. \$0\.42, 61 calls\.$/m);
  });

  it("is never spoken of where no model is asked", async () => {
    const { out } = await runFake(["regenerate", "trumpet"], { direct: directing({ segments: 3 }) });
    assert.doesNotMatch(out, /\$|cost|token|calls/i);
    assert.equal(costLine(summaryOf()), "");
  });

  it("stands at the story's row while it runs, and stays there", async () => {
    const stdout = new FakeStream({ columns: 100, rows: 30 });
    const direct: Directing = async (_request, { progress }) => {
      progress.root.plan([{ id: "story", label: "Regenerating", kind: "story", children: [{ id: "segment_1", label: "segment_1 (1/1)", kind: "segment" }] }]);
      await progress.root.run("story", async (story) => {
        story.say("$0.18");
        await story.run("segment_1", async () => undefined);
      });
      return summaryOf();
    };
    await runFake(["regenerate", "trumpet"], { direct, stdout, env: { NO_COLOR: "1" } });
    assert.match(stdout.text, /✓ Regenerating +1\/1 {2}\$0\.18/);
  });

  it("warns that a budget cannot hold what has no price", () => {
    assert.deepEqual(estimateNotes({ event: "estimate", ...WITHOUT_PRICE }, 1).slice(1), ["The budget cannot hold what has no price: cost unknown (no price for qwen3)."]);
    assert.equal(estimateNotes({ event: "estimate", ...WITHOUT_PRICE }, undefined).length, 1);
  });
});

describe("--budget", () => {
  const PAUSE = { limitUsd: 0.2, spentUsd: 0.21, unknownCalls: 0 };
  /** Pauses once, and gives what was answered. */
  const pausing = (seen: (BudgetAnswer | "stop")[]): Directing => async (_request, { budget }: RunContext) => {
    assert.equal(budget?.limitUsd, 0.2);
    seen.push(budget.ask ? await budget.ask(PAUSE) : "stop");
    return summaryOf();
  };

  it("asks at the terminal until the answer is one", async () => {
    const questions: string[] = [];
    const answers = ["maybe", " Y "];
    const ask = async (question: string) => {
      questions.push(question);
      return answers.shift();
    };
    const seen: (BudgetAnswer | "stop")[] = [];
    await runFake(["regenerate", "trumpet", "--budget", "0.20"], { direct: pausing(seen), ask });
    assert.deepEqual(seen, [{ go: "on", limitUsd: 0.41000000000000003 }]);
    assert.match(questions[0]!, /The budget of \$0\.20 is spent: \$0\.21 so far\. What has begun is saved\.\nGo on with another \$0\.20 \(y\), without a limit \(a\), or stop \(n\)\? $/);
    assert.equal(questions.length, 2);
  });

  for (const [text, answer] of [["a", { go: "on" }], ["n", { go: "stop" }], [undefined, { go: "stop" }]] as const) {
    it(`takes ${text ?? "the end of the input"} for ${answer.go}`, async () => {
      const budget = terminalBudget(0.2, { ask: async () => text, signal: new AbortController().signal, suspend: () => () => undefined });
      assert.deepEqual(await budget.ask!(PAUSE), answer);
    });
  }

  it("asks nobody where nobody is there, nor with --json", async () => {
    const seen: (BudgetAnswer | "stop")[] = [];
    await runFake(["regenerate", "trumpet", "--budget", "$0.2"], { direct: pausing(seen) });
    await runFake(["regenerate", "trumpet", "--budget", ".2", "--json"], { direct: pausing(seen), ask: async () => "y" });
    assert.deepEqual(seen, ["stop", "stop"]);
  });

  it("leaves the terminal to the question, and draws on afterwards", async () => {
    const stdout = new FakeStream({ columns: 80, rows: 24 });
    const timers = new FakeTimers();
    const ask = async () => {
      stdout.text = "";
      // The heartbeat, and the drawing that it asks for.
      timers.fire();
      timers.fire();
      assert.equal(stdout.text, "");
      return "y";
    };
    const direct: Directing = async (_request, { progress, budget }) => {
      progress.root.plan([{ id: "story", label: "Regenerating", kind: "story" }]);
      timers.fire();
      await budget!.ask!(PAUSE);
      timers.fire();
      assert.match(stdout.text, /Regenerating/);
      return summaryOf();
    };
    assert.equal((await runFake(["regenerate", "trumpet", "--budget", "0.2"], { direct, stdout, timers, ask })).code, 0);
  });

  for (const text of ["0", "-1", "much", "1e9", ""]) {
    it(`refuses "${text}"`, async () => {
      const { code, err } = await runFake(["regenerate", "trumpet", `--budget=${text}`]);
      assert.equal(code, 2);
      assert.match(err, /amount in US dollars above 0/);
    });
  }
});
