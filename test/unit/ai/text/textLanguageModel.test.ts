import assert from "node:assert/strict";
import fc from "fast-check";
import { createPauses } from "../../../../src/ai/model/pauses.ts";
import { checkTextModel } from "../../../../src/ai/text/checkTextModel.ts";
import { createTextLanguageModel } from "../../../../src/ai/text/textLanguageModel.ts";
import { isAbortError } from "../../../../src/core/errors.ts";
import type { ModelRequest, ModelWait } from "../../../../src/pipeline/ports.ts";
import { chatError, createFakeTextModel, type FakeTextModel, type FakeTextModelOptions, type Writing } from "../../../support/fakeTextModel.ts";
import { ANSWER, fakeTiming, listen, request, sleepyTiming, waitUntil, type Heard } from "../model/harness.ts";

describe("a language model made of one that takes and gives text", () => {
  const never = new AbortController().signal;

  function asked(script: Writing, options: FakeTextModelOptions & { readonly random?: number } = {}) {
    const timing = fakeTiming(options.random);
    const text = createFakeTextModel(script, options);
    const model = createTextLanguageModel({ director: text, timing });
    return { text, timing, model, ask: (over: Partial<ModelRequest> = {}, signal = never): Promise<Heard> => listen(model.stream(request(over), signal)) };
  }

  it("gives the text in the pieces it comes in, then one end, however it is cut", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 40 }), fc.constantFrom("", "Here you are:\n```json\n", "<think>Hm. {</think>\n"), async (size, before) => {
        const said = before + ANSWER;
        const pieces = Array.from({ length: Math.ceil(said.length / size) }, (_, index) => said.slice(index * size, (index + 1) * size));
        const { text, end, error } = await asked(() => pieces).ask();
        assert.equal(error, undefined);
        assert.ok(text.endsWith(ANSWER));
        assert.ok(!text.includes("Hm."));
        assert.deepEqual(end, { type: "end", outcome: "completed", model: "vscode/test/model-1" });
      }),
      { numRuns: 50 },
    );
  });

  it("asks for the schema in words, with what never changes first", async () => {
    const { text, ask } = asked(() => [ANSWER]);
    await ask();
    await ask({ instruction: "Segments 3-4." });
    const [first, second] = text.prompts as [string, string];
    assert.match(first, /^You direct\.\n\nAnswer with one JSON object .*"segments".*\n\nThe story\.\n\nSegments 1-2\.$/s);
    assert.equal(first.replace("Segments 1-2.", ""), second.replace("Segments 3-4.", ""));
  });

  it("says that an answer was cut off when its JSON never closes", async () => {
    assert.equal((await asked(() => [ANSWER.slice(0, -5)]).ask()).end?.outcome, "truncated");
    assert.equal((await asked(() => ["I cannot do that."]).ask()).end?.outcome, "completed");
  });

  it("has final prompts compiled by the cheaper model", async () => {
    const director = createFakeTextModel(() => [ANSWER]);
    const optimizer = createFakeTextModel(() => [ANSWER], { name: "vscode/test/small" });
    const model = createTextLanguageModel({ director, optimizer, timing: fakeTiming() });
    const { end } = await listen(model.stream(request({ role: "optimizer" }), never));
    assert.deepEqual([director.prompts.length, optimizer.prompts.length, end?.model], [0, 1, "vscode/test/small"]);
  });

  it("refuses a request beyond the model's tokens, and counts only where it may be", async () => {
    let counted = 0;
    const countTokens = () => Promise.resolve(++counted && 5000);
    const small = asked(() => [ANSWER], { maxInputTokens: 100, countTokens });
    assert.match(String((await small.ask()).error), /Model One \(Test\) takes 100 tokens, and this one has 5000/);
    assert.equal(small.text.prompts.length, 0);
    await asked(() => [ANSWER], { maxInputTokens: 100_000, countTokens }).ask();
    assert.equal(counted, 1);
    assert.equal((await asked(() => [ANSWER], { maxInputTokens: 100, countTokens: () => Promise.reject(new Error("cannot")) }).ask()).error, undefined);
  });

  const FAULTS: readonly (readonly [error: Error, tries: number, message: RegExp, hint: RegExp])[] = [
    [chatError("NoPermissions", "denied"), 1, /was not allowed to use Model One \(Test\)/, /allow it when you are asked/],
    [chatError("Blocked", "no"), 1, /is blocked for Story Director, or its quota is spent/, /Look at the account/],
    [chatError("NotFound", "gone"), 1, /is not there any more/, /Choose another model/],
    [chatError("ChatQuotaExceeded", "spent"), 1, /The quota of Model One \(Test\) is spent/, /Wait until it is renewed/],
    [chatError("ChatRateLimited", "slow down"), 6, /allows no more calls for now/, /fewer calls/],
    [chatError("Unknown", "wrapped", new Error("502 from upstream")), 3, /failed: "502 from upstream"/, /Run again/],
    [new TypeError("fetch failed for Bearer abc123"), 3, /failed: "fetch failed for Bearer \[redacted\]"/, /Run again/],
  ];
  for (const [error, tries, message, hint] of FAULTS) {
    it(`tells of ${(error as { code?: string }).code ?? error.name} after ${tries} ${tries === 1 ? "try" : "tries"}, with the way out`, async () => {
      const { text, ask, timing } = asked(() => {
        throw error;
      });
      const heard = await ask();
      assert.match((heard.error as Error).message, message);
      assert.match(String((heard.error as { hint?: string }).hint), hint);
      assert.deepEqual([text.prompts.length, timing.sleeps.length], [tries, tries - 1]);
      assert.ok(timing.sleeps.every((ms) => ms >= 500 && ms <= 60_000));
    });
  }

  it("tells whoever looks on why it waits, and until when", async () => {
    const timing = fakeTiming();
    const waits: unknown[] = [];
    const start = timing.now();
    const director = createFakeTextModel((_prompt, _signal, call) => {
      if (call === 0) throw chatError("ChatRateLimited", "slow down");
      return [ANSWER];
    });
    await listen(createTextLanguageModel({ director, timing, onWait: (wait) => waits.push(wait) }).stream(request(), never));
    assert.deepEqual(waits, [{ host: "Model One (Test)", why: "rate limit", untilMs: start + timing.sleeps[0]! }]);
  });

  it("pauses all calls to the vendor at a rate limit, also those of another model and run, and then lets half as many go side by side", async () => {
    const timing = sleepyTiming();
    const pauses = createPauses(timing);
    const waits: string[] = [];
    const busy: Writing = (_prompt, _signal, call) => {
      if (call < 8) throw chatError("ChatRateLimited", "slow down");
      return stuck([]);
    };
    const [first, second, foreign] = [createFakeTextModel(busy), createFakeTextModel(() => stuck([]), { name: "vscode/test/small" }), createFakeTextModel(() => [ANSWER], { name: "vscode/other/m", vendor: "vscode:other" })];
    const control = new AbortController();
    const onWait = ({ host, why }: ModelWait) => void waits.push(`${host}: ${why}`);
    const ask = (director: FakeTextModel) => listen(createTextLanguageModel({ director, timing, pauses, onWait }).stream(request(), control.signal));
    const heard = Array.from({ length: 8 }, () => ask(first));
    await waitUntil(() => timing.asleep === 8);
    heard.push(ask(second));
    await waitUntil(() => timing.asleep === 9);
    assert.deepEqual([first.prompts.length, second.prompts.length], [8, 0], "nobody asks while all wait");
    assert.deepEqual(waits, Array.from({ length: 9 }, () => "Model One (Test): rate limit"));
    assert.equal((await ask(foreign)).text, ANSWER, "another vendor has limits of its own");
    timing.wake();
    await waitUntil(() => first.open + second.open === 4);
    assert.equal(first.prompts.length + second.prompts.length, 12);
    control.abort();
    assert.ok((await Promise.all(heard)).every(({ error }) => isAbortError(error)));
  });

  it("goes on where a later try goes well, and never after text has come", async () => {
    const once = asked((_prompt, _signal, call) => (call === 0 ? failing() : [ANSWER]));
    assert.equal((await once.ask()).text, ANSWER);
    const broken = asked(() => failing(ANSWER.slice(0, 20)));
    const { error, text } = await broken.ask();
    assert.deepEqual([text, broken.text.prompts.length, (error as { isResumable?: boolean }).isResumable], [ANSWER.slice(0, 20), 1, true]);
  });

  it("ends at once with an AbortError when stopped, even where the model does not listen", async () => {
    for (const pieces of [[], [ANSWER.slice(0, 20)]]) {
      const { text, ask, timing } = asked(() => stuck(pieces));
      const control = new AbortController();
      const heard = ask({}, control.signal);
      await waitUntil(() => text.prompts.length === 1);
      control.abort();
      assert.ok(isAbortError((await heard).error));
      assert.deepEqual([text.open, timing.running], [0, []]);
    }
  });

  it("is stopped while it waits for its next try", async () => {
    const timing = sleepyTiming();
    const model = createTextLanguageModel({ director: createFakeTextModel(() => failing()), timing });
    const control = new AbortController();
    const heard = listen(model.stream(request(), control.signal));
    await waitUntil(() => timing.asleep === 1);
    control.abort();
    assert.ok(isAbortError((await heard).error));
  });

  it("gives up on a model that falls silent, after one more try", async () => {
    const { text, ask, timing } = asked(() => stuck([]));
    const heard = ask();
    for (const calls of [1, 2]) {
      await waitUntil(() => text.prompts.length === calls && timing.running.length === 2);
      timing.fire();
    }
    assert.match(String((await heard).error), /Model One \(Test\) fell silent/);
    assert.deepEqual([text.open, timing.running], [0, []]);
  });

  it("lets go of a model whose text nobody wants any more", async () => {
    const { text, model } = asked(() => stuck([ANSWER.slice(0, 20)]));
    for await (const event of model.stream(request(), never)) {
      assert.equal(event.type, "text");
      break;
    }
    assert.equal(text.open, 0);
  });
});

describe("checking a text model", () => {
  const never = new AbortController().signal;
  const check = (model: FakeTextModel, signal = never, timing = fakeTiming()) => checkTextModel(model, signal, timing);

  it("asks for one word, tells nothing of a story, and waits for the first piece only", async () => {
    const model = createFakeTextModel(() => stuck(["ready"]));
    await check(model);
    assert.deepEqual([model.prompts, model.open], [["Answer with this one word: ready"], 0]);
  });

  it("says what is wrong, also where nothing comes", async () => {
    await assert.rejects(check(createFakeTextModel(() => failing())), /Model One \(Test\) failed: "no luck"/);
    const timing = fakeTiming();
    const late = check(createFakeTextModel(() => stuck([])), never, timing);
    await waitUntil(() => timing.running.length === 1);
    timing.fire();
    await assert.rejects(late, /fell silent/);
  });

  it("is stopped by its signal", async () => {
    const control = new AbortController();
    const model = createFakeTextModel(() => stuck([]));
    const checked = check(model, control.signal);
    await waitUntil(() => model.prompts.length === 1);
    control.abort();
    await assert.rejects(checked, isAbortError);
  });
});

async function* failing(...pieces: readonly string[]): AsyncGenerator<string> {
  yield* pieces;
  throw new Error("no luck");
}

/** Says something and then nothing more, whatever the signal says. */
async function* stuck(pieces: readonly string[]): AsyncGenerator<string> {
  yield* pieces;
  await new Promise(() => undefined);
}
