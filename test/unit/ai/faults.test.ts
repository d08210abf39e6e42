import assert from "node:assert/strict";
import type { CallPurpose } from "../../../src/ai/llm/askModel.ts";
import { fakeModelServers } from "../../support/fakeModelServer.ts";
import { inFence, says, withThoughts } from "../../support/fakeModelServer/answers.ts";
import { BROKEN_ANSWERS, HARMLESS, SERVER_FAULTS, WRONG_ANSWERS, type FakeFault } from "../../support/fakeModelServer/faults.ts";
import { assertClear, assertComplete, assertOrderly, playsWell, runWithFault } from "./faultRun.ts";

const KINDS = ["extract", "draft", "repair", "describe", "optimize"] as const satisfies readonly CallPurpose[];
type Kind = (typeof KINDS)[number];

/** The kinds of calls at which a run ends in an error; at all others its script is complete. */
interface Outcome {
  /** The fault comes once. */
  readonly once: readonly Kind[];
  /** It comes at every call of the kind. */
  readonly always: readonly Kind[];
}

const NEVER: readonly Kind[] = [];
/** The servers' own trouble passes, or stays. */
const PASSING: Outcome = { once: NEVER, always: KINDS };
const HARMLESS_OUTCOME: Outcome = { once: NEVER, always: NEVER };
/** A second question mends what the first one brought, but for the calls that are second questions themselves. */
const UNUSABLE: Outcome = { once: NEVER, always: ["draft", "repair"] };

const OUTCOMES: Readonly<Record<keyof typeof SERVER_FAULTS | keyof typeof BROKEN_ANSWERS | keyof typeof WRONG_ANSWERS, Outcome>> = {
  "429 with Retry-After": PASSING,
  "429 without Retry-After": PASSING,
  "500": PASSING,
  "503": PASSING,
  "no answer at all": PASSING,
  "a closed connection": PASSING,
  stall: PASSING,
  "cut mid-object": PASSING,
  "a body that just ends": PASSING,
  "an error in the stream": PASSING,
  "failed at the end": PASSING,
  truncation: UNUSABLE,
  // What came before the filter stands, and only the rest is asked for.
  "content filter": { once: ["extract", "repair", "describe", "optimize"], always: KINDS },
  refusal: { once: KINDS, always: KINDS },
  "invalid JSON": UNUSABLE,
  prose: UNUSABLE,
  nothing: UNUSABLE,
  missing: UNUSABLE,
  "wrong schema": { once: NEVER, always: ["repair"] },
  "unknown tag": { once: ["repair"], always: ["repair"] },
  duplicate: HARMLESS_OUTCOME,
  reordered: HARMLESS_OUTCOME,
  "2 MB of braces": { once: ["draft"], always: ["draft", "repair"] },
};

const FAULTS = Object.entries<FakeFault>({ ...SERVER_FAULTS, ...BROKEN_ANSWERS, ...WRONG_ANSWERS }) as [keyof typeof OUTCOMES, FakeFault][];
const STEPS = ["responses", "chat"] as const;
const OFTEN = ["once", "always"] as const;

interface FaultCase {
  readonly step: (typeof STEPS)[number];
  readonly name: keyof typeof OUTCOMES;
  readonly fault: FakeFault;
  readonly often: (typeof OFTEN)[number];
  readonly kind: Kind;
}

describe("a whole run with a model that fails", () => {
  const serve = fakeModelServers();

  async function endsAsItShould({ step, name, fault, often, kind }: FaultCase): Promise<void> {
    const isFaulty = (purpose: string, turn: number) => purpose === kind && (often === "always" || turn === 0);
    const run = await runWithFault({
      serve,
      step,
      answer: (question, turn) => (isFaulty(question.purpose, turn) ? fault(playsWell(question)) : says(playsWell(question), { chunkLength: 200 })),
    });
    assert.ok(run.asked.get(kind), `${kind} was asked for`);
    await assertOrderly(run);
    if (OUTCOMES[name][often].includes(kind)) await assertClear(run, kind);
    else await assertComplete(run, kind);
  }

  for (const step of STEPS) {
    for (const [name, fault] of FAULTS) {
      for (const often of OFTEN) {
        it(`ends as it should at every kind of call, ${step}: ${name}, ${often}`, async () => {
          for (const kind of KINDS) await endsAsItShould({ step, name, fault, often, kind });
        });
      }
    }

    for (const [name, options] of Object.entries(HARMLESS)) {
      it(`is complete, ${step}: answers ${name}`, async () => {
        const run = await runWithFault({ serve, step, answer: (question) => says(playsWell(question), options) });
        await assertOrderly(run);
        await assertComplete(run, name);
      });
    }

    it(`is complete, ${step}: answers in the time that a model takes`, async () => {
      const slept: number[] = [];
      const sleep = (ms: number) => Promise.resolve(void slept.push(ms));
      const run = await runWithFault({ serve: (handler) => serve(handler, { sleep }), step, answer: (question) => says(playsWell(question), { firstMs: 800, tokensPerSecond: 80, chunkLength: 40 }) });
      await assertComplete(run, "slowly");
      await assertOrderly(run);
      assert.equal(slept.filter((ms) => ms === 800).length, run.server.calls.length, "before the first token of each call");
      assert.deepEqual(new Set(slept.filter((ms) => ms !== 800)), new Set([125]), "ten tokens a piece");
    });

    for (const [name, dress] of [["behind thoughts", withThoughts], ["in a fence", inFence]] as const) {
      it(`is complete, ${step}: answers ${name}`, async () => {
        const run = await runWithFault({ serve, step, answer: (question) => says(dress(playsWell(question))) });
        await assertOrderly(run);
        await assertComplete(run, name);
      });
    }
  }
});
