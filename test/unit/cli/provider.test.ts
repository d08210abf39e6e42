import assert from "node:assert/strict";
import { chooseDirector } from "../../../src/cli/provider.ts";

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

  it("says where the story goes, and never a password of the address", () => {
    assert.equal(chooseDirector({ baseUrl: "http://me:secret@localhost:1/v1", model: "m" }, {}).told, "The story is sent to http://localhost:1/v1, without a key.");
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
