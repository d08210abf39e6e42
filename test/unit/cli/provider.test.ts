import assert from "node:assert/strict";
import { chooseAccess, chooseDirector } from "../../../src/cli/provider.ts";
import { runFake } from "./fakeHost.ts";

describe("the choice of a director", () => {
  it("is offline unless something else is asked for, whatever keys there are", () => {
    assert.deepEqual(chooseDirector({}, { OPENAI_API_KEY: "k", STORY_DIRECTOR_API_KEY: "k" }), { choice: { provider: "offline" } });
  });

  it("sends each key only where it was meant to go", () => {
    const env = { OPENAI_API_KEY: "for-openai", STORY_DIRECTOR_API_KEY: "for-others" };
    const openai = chooseDirector({ provider: "openai" }, env);
    assert.equal(openai.choice.provider === "openai" && openai.choice.apiKey, "for-openai");
    const other = chooseDirector({ baseUrl: "http://localhost:1/v1", model: "m" }, env);
    assert.equal(other.choice.provider === "compatible" && other.choice.apiKey, "for-others");
    assert.doesNotMatch(JSON.stringify([openai.told, other.told]), /for-/);
  });

  it("hands models and reasoning effort on as they were given", () => {
    const { choice } = chooseDirector({ provider: "openai", model: "m", optimizerModel: "o", reasoningEffort: "high" }, { OPENAI_API_KEY: "k" });
    assert.deepEqual(choice, { provider: "openai", apiKey: "k", model: "m", optimizerModel: "o", reasoningEffort: "high" });
  });

  it("says where the story goes", () => {
    assert.equal(chooseDirector({ baseUrl: "http://localhost:1/v1", model: "m" }, {}).told, "The story is sent to http://localhost:1/v1, without a key.");
  });

  it("refuses an address that cannot be right, by the name of what holds it, and quotes no password", () => {
    const bad = "http://me:secret@localhost:1/v1";
    assert.throws(() => chooseDirector({ baseUrl: bad, model: "m" }, {}), { message: "--base-url: The base URL holds a user name or password" });
    const env = { STORY_DIRECTOR_BASE_URL: "http://models.example", STORY_DIRECTOR_MODEL: "m" };
    assert.throws(() => chooseDirector({}, env), { message: "STORY_DIRECTOR_BASE_URL: The base URL would send the story to models.example unencrypted", hint: /Use https/ });
  });

  it("refuses arguments that do not fit together, with the way out", () => {
    assert.throws(() => chooseDirector({ model: "m" }, {}), /go with --provider/);
    assert.throws(() => chooseDirector({ reasoningEffort: "low" }, {}), /--reasoning-effort .*go with --provider/);
    assert.throws(() => chooseDirector({ provider: "openai" }, {}), /OPENAI_API_KEY/);
    assert.throws(() => chooseDirector({ provider: "openai", baseUrl: "http://localhost:1" }, { OPENAI_API_KEY: "k" }), /--provider compatible/);
    assert.throws(() => chooseDirector({ provider: "compatible", model: "m" }, {}), /needs --base-url/);
    assert.throws(() => chooseDirector({ baseUrl: "http://localhost:1/v1" }, {}), /needs --model/);
  });
});

describe("the choice of a director by the environment", () => {
  const SERVER = { STORY_DIRECTOR_PROVIDER: "compatible", STORY_DIRECTOR_BASE_URL: "http://localhost:1/v1", STORY_DIRECTOR_MODEL: "big", STORY_DIRECTOR_OPTIMIZER_MODEL: "small" };
  const KEYS = { OPENAI_API_KEY: "for-openai", STORY_DIRECTOR_API_KEY: "for-others" };
  const compatible = { provider: "compatible", baseUrl: "http://localhost:1/v1", apiKey: "for-others" } as const;

  it("counts where no argument is given", () => {
    const { choice, told } = chooseDirector({}, { ...SERVER, ...KEYS, STORY_DIRECTOR_REASONING_EFFORT: "high" });
    assert.deepEqual(choice, { ...compatible, model: "big", optimizerModel: "small", reasoningEffort: "high" });
    assert.equal(told, "The story is sent to http://localhost:1/v1 (STORY_DIRECTOR_BASE_URL), with the key of STORY_DIRECTOR_API_KEY.");
    const openai = chooseDirector({}, { STORY_DIRECTOR_PROVIDER: "openai", STORY_DIRECTOR_MODEL: " m ", ...KEYS });
    assert.deepEqual(openai.choice, { provider: "openai", apiKey: "for-openai", model: "m", optimizerModel: undefined, reasoningEffort: undefined });
    assert.equal(openai.told, "The story is sent to OpenAI (STORY_DIRECTOR_PROVIDER), with the key of OPENAI_API_KEY.");
  });

  it("needs no provider beside a base URL, and takes an empty variable for none", () => {
    const { STORY_DIRECTOR_PROVIDER: _, ...server } = SERVER;
    assert.equal(chooseDirector({}, server).choice.provider, "compatible");
    assert.deepEqual(chooseDirector({}, { STORY_DIRECTOR_PROVIDER: "", STORY_DIRECTOR_BASE_URL: " ", STORY_DIRECTOR_MODEL: "" }), { choice: { provider: "offline" } });
  });

  it("yields to every argument", () => {
    const env = { ...SERVER, ...KEYS };
    assert.deepEqual(chooseDirector({ model: "other", optimizerModel: "tiny" }, env).choice, { ...compatible, model: "other", optimizerModel: "tiny", reasoningEffort: undefined });
    assert.deepEqual(chooseDirector({ baseUrl: "http://localhost:2/v1" }, env).choice, { ...compatible, baseUrl: "http://localhost:2/v1", model: "big", optimizerModel: "small", reasoningEffort: undefined });
    assert.deepEqual(chooseDirector({ provider: "offline" }, env), { choice: { provider: "offline" } });
    assert.equal(chooseDirector({ baseUrl: "http://localhost:2/v1", model: "m" }, { ...KEYS, STORY_DIRECTOR_PROVIDER: "openai" }).choice.provider, "compatible");
  });

  it("keeps address and models of one provider from another, and each key from whom it is not for", () => {
    const env = { ...SERVER, ...KEYS };
    assert.deepEqual(chooseDirector({ provider: "openai" }, env).choice, { provider: "openai", apiKey: "for-openai", model: undefined, optimizerModel: undefined, reasoningEffort: undefined });
    const keyless = { ...SERVER, OPENAI_API_KEY: "for-openai" };
    assert.equal(chooseAccess({}, keyless)!.choice.apiKey, undefined);
    assert.throws(() => chooseAccess({}, { STORY_DIRECTOR_PROVIDER: "openai", STORY_DIRECTOR_API_KEY: "for-others" }), /OPENAI_API_KEY/);
  });

  it("is told by its variable where it does not fit together", () => {
    const { STORY_DIRECTOR_MODEL: _, ...nameless } = SERVER;
    for (const [env, words] of [
      [{ STORY_DIRECTOR_PROVIDER: "opanai" }, /^STORY_DIRECTOR_PROVIDER is "opanai", and must be one of offline, openai, compatible\.$/],
      [{ ...SERVER, STORY_DIRECTOR_REASONING_EFFORT: "hard" }, /^STORY_DIRECTOR_REASONING_EFFORT is "hard", and must be one of none, minimal, low/],
      [{ STORY_DIRECTOR_PROVIDER: "compatible" }, /^STORY_DIRECTOR_PROVIDER=compatible needs .*STORY_DIRECTOR_BASE_URL/],
      [{ STORY_DIRECTOR_PROVIDER: "openai" }, /^STORY_DIRECTOR_PROVIDER=openai needs a key/],
      [{ ...SERVER, ...KEYS, STORY_DIRECTOR_PROVIDER: "openai" }, /^STORY_DIRECTOR_BASE_URL goes with STORY_DIRECTOR_PROVIDER=compatible/],
      [nameless, /--model or STORY_DIRECTOR_MODEL/],
      [{ STORY_DIRECTOR_MODEL: "big" }, /^STORY_DIRECTOR_MODEL goes with STORY_DIRECTOR_PROVIDER/],
      [{ STORY_DIRECTOR_OPTIMIZER_MODEL: "small" }, /^STORY_DIRECTOR_OPTIMIZER_MODEL goes with/],
    ] as const) {
      assert.throws(() => chooseDirector({}, env), { message: words }, JSON.stringify(env));
    }
    assert.deepEqual(chooseDirector({}, { ...SERVER, STORY_DIRECTOR_PROVIDER: "offline" }), { choice: { provider: "offline" } }, "who says offline may keep the rest");
  });

  it("stands in the help of every command that asks it", async () => {
    const help = async (command: string) => [...(await runFake([command, "--help"])).out.matchAll(/^ {2}((?:STORY_DIRECTOR|OPENAI)_\w+)/gm)].map(([, name]) => name!.replace("STORY_DIRECTOR_", ""));
    const hearing = ["PROVIDER", "BASE_URL", "TRANSCRIPTION_MODEL", "OPENAI_API_KEY", "API_KEY"];
    assert.deepEqual(await help("new"), hearing);
    assert.deepEqual(await help("retime"), hearing);
    assert.deepEqual(await help("regenerate"), ["PROVIDER", "BASE_URL", "MODEL", "OPTIMIZER_MODEL", "REASONING_EFFORT", "PRICES", "OPENAI_API_KEY", "API_KEY"]);
    assert.deepEqual(await help("check"), []);
  });
});
