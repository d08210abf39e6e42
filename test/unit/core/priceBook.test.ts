import assert from "node:assert/strict";
import { DEFAULT_TRANSCRIPTION_MODEL } from "../../../src/core/defaultModels.ts";
import { createPriceBook, parsePrices, readPrices, transcriptionCost } from "../../../src/core/priceBook.ts";
import { ProblemsError } from "../../../src/core/errors.ts";
import { MINUTE_PRICES, PRICES } from "../../../src/core/prices.ts";

const own = { input: 7, output: 9 };

describe("the table of prices", () => {
  it("says of every price where it is from and when it was looked up", () => {
    for (const [name, { source, asOf }] of [...Object.entries(PRICES), ...Object.entries(MINUTE_PRICES)]) assert.ok(source && /^\d{4}-\d{2}-\d{2}$/.test(asOf), name);
  });

  it("has a price for both of OpenAI's default models and for its image models", () => {
    for (const name of ["gpt-6.1-terra", "gpt-6-luna", "gpt-image-2.6-flare"]) assert.ok(PRICES[name], name);
  });
});

describe("the price of a model", () => {
  const SAME = ["gpt-6.1-terra", "openai/gpt-6.1-terra", "GPT-6.1-Terra", "gpt-6.1-terra-2026-10-26", "openrouter/openai/gpt-6.1-terra-20261026", "gpt-6.1-terra-latest"];
  for (const name of SAME) {
    it(`is found for ${name}`, () => assert.equal(createPriceBook()(name)?.output, 5));
  }

  for (const name of ["gpt-6.1-terra-mini", "gpt-6", "qwen3:8b", "vscode/gpt-6.1-terra", "copilot/gpt-6.1-terra", "constructor", ""]) {
    it(`is unknown for "${name}"`, () => assert.equal(createPriceBook()(name), undefined));
  }

  it("is a person's own where there is one, by the whole name, the bare name or how it begins", () => {
    const book = (table: Record<string, typeof own>) => createPriceBook({ own: table });
    assert.deepEqual(book({ "gpt-6.1-terra": own })("openai/gpt-6.1-terra"), own);
    assert.deepEqual(book({ "copilot/gpt-6-luna": own })("copilot/gpt-6-luna"), own);
    assert.deepEqual(book({ "qwen*": { input: 1, output: 1 }, "qwen3*": own })("ollama/qwen3:8b"), own);
    assert.equal(book({ "qwen*": own })("llama4"), undefined);
  });

  it("is nothing on this machine, unless a person says otherwise", () => {
    const local = createPriceBook({ isLocal: true, own: { "gpt-6-luna": own } });
    assert.deepEqual(local("gpt-6.1-terra"), { input: 0, output: 0 });
    assert.deepEqual(local("gpt-6-luna"), own);
  });
});

describe("what a transcript costs", () => {
  it("is told by the length of the recording, for the default model and the one that is to follow it", () => {
    assert.equal(transcriptionCost(DEFAULT_TRANSCRIPTION_MODEL, 20 * 60), "about $0.12");
    assert.equal(transcriptionCost("openai/GPT-Transcribe", 60 * 60), "about $0.27");
    assert.equal(transcriptionCost("whisper-1", 95), "less than $0.01");
  });

  it("is unknown for another model, be its name alike, and for a recording that does not say how long it is", () => {
    for (const model of ["gpt-4o-transcribe", "whisper-12", "whisper-large-v3"]) assert.equal(transcriptionCost(model, 60), undefined, model);
    assert.equal(transcriptionCost("whisper-1", undefined), undefined);
  });
});

describe("a person's prices", () => {
  it("are read from JSON, whatever the case of the names", () => {
    assert.deepEqual(parsePrices('{ "My-Model": { "input": 1, "cachedInput": 0.1, "output": 5 } }', "prices.json"), { "my-model": { input: 1, cachedInput: 0.1, output: 5 } });
  });

  const WRONG: readonly (readonly [text: string, line: number, expected: RegExp])[] = [
    ['{\n  "m": { "input": 1, "output": 5\n}', 2, /not JSON/],
    ['{\n  "m": { "input": -1, "output": 5 }\n}', 1, /m\.input: a price is not below 0/],
    ['{\n  "m": {\n    "input": "1",\n    "output": 5 }\n}', 2, /m\.input: a price is a number: US dollars/],
    ['{\n  "m": { "input": 1 }\n}', 1, /m\.output: a price is a number/],
    ['{\n  "m": { "input": 1, "output": 5, "cached": 1 }\n}', 1, /unknown key cached; a price has input, cachedInput/],
    ['{\n  "m": 3\n}', 1, /m: a price is an object such as/],
    ["[]", 0, /prices are an object/],
  ];
  for (const [text, line, expected] of WRONG) {
    it(`are refused with file, line and what is expected: ${text.replaceAll(/\s+/g, " ")}`, () => {
      assert.throws(() => parsePrices(text, "prices.json"), (error: unknown) => {
        assert.ok(error instanceof ProblemsError);
        const [problem] = error.problems;
        assert.equal(problem!.file, "prices.json");
        assert.match(problem!.message, expected);
        assert.equal(problem!.range?.start.line, line);
        assert.match(error.hint ?? "", /US dollars for a million tokens/);
        return true;
      });
    });
  }

  it("are refused by key where they are a setting", () => {
    assert.throws(() => readPrices({ m: { input: "1", output: 1 } }, "storyDirector.prices"), /^StoryDirectorError: storyDirector\.prices cannot be used: m\.input: a price is a number/);
    assert.deepEqual(readPrices({}, "storyDirector.prices"), {});
  });
});
