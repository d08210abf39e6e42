import assert from "node:assert/strict";
import { addressOf } from "../../../../src/compose.ts";
import { chooseDirector } from "../../../../src/vscode/models/chosenDirector.ts";
import { Keys } from "../../../../src/vscode/models/keys.ts";
import { parseModelSettings, type ModelSettings } from "../../../../src/vscode/models/modelSettings.ts";
import { offerFor } from "../../../../src/vscode/models/offers.ts";
import { createFakeTextModel } from "../../../support/fakeTextModel.ts";

describe("the director of a run in VS Code", () => {
  const text = createFakeTextModel(() => []);
  const small = createFakeTextModel(() => [], { name: "vscode/test/small" });
  const chats = new Map([["test/one", text], ["test/small", small]]);

  async function chosen(settings: Partial<ModelSettings>, kept: Readonly<Record<string, string>> = {}) {
    const secrets = { get: async (name: string) => kept[name.split(" ")[1]!], store: async () => undefined, delete: async () => undefined, keys: async () => [] };
    const keys = new Keys({ secrets, environment: {} });
    return chooseDirector(parseModelSettings(settings), { engine: { addressOf }, keys, findTextModel: async (name) => chats.get(name) });
  }

  it("is offline, and tells of nothing", async () => {
    assert.deepEqual(await chosen({}), { choice: { provider: "offline" }, told: undefined, origin: undefined });
  });

  it("is OpenAI's default model at OpenAI's own address, with the key kept for it", async () => {
    const { choice, told } = await chosen({ provider: "openai", baseUrl: "http://localhost:1/v1" }, { "https://api.openai.com": "k1", "http://localhost:1": "k2" });
    assert.deepEqual(choice, { provider: "openai", baseUrl: "https://api.openai.com/v1", apiKey: "k1", model: undefined, optimizerModel: undefined, reasoningEffort: "low" });
    assert.equal(told, "The story is sent to OpenAI (api.openai.com), with the key stored for https://api.openai.com.");
  });

  it("is a model at the base URL, with the key of its origin or none", async () => {
    const settings = { provider: "compatible", baseUrl: "localhost:11434", director: "qwen3", optimizer: "tiny" } as const;
    const kept = { "http://localhost:11434": "local", "https://api.openai.com": "openai" };
    const { choice, told, origin } = await chosen(settings, kept);
    assert.deepEqual(choice, { provider: "compatible", baseUrl: "http://localhost:11434/v1", apiKey: "local", model: "qwen3", optimizerModel: "tiny", reasoningEffort: "low" });
    assert.deepEqual([told, origin], ["The story is sent to http://localhost:11434/v1, with the key stored for http://localhost:11434.", "http://localhost:11434"]);
    const moved = await chosen({ ...settings, baseUrl: "http://localhost:1234/v1" }, kept);
    assert.equal(moved.choice.provider === "compatible" && moved.choice.apiKey, undefined);
    assert.match(moved.told!, /without a key/);
  });

  it("is a language model of VS Code, without any key", async () => {
    const { choice, told, origin } = await chosen({ provider: "vscode", director: "test/one", optimizer: "test/small" });
    assert.deepEqual(choice, { provider: "vscode", director: text, optimizer: small });
    assert.deepEqual([told, origin], ["The story is sent to Model One (Test) through VS Code, with the account that you use there.", undefined]);
  });

  const REFUSED: readonly (readonly [settings: Partial<ModelSettings>, message: RegExp, offer: string | undefined])[] = [
    [{ provider: "openai" }, /No API key is set for https:\/\/api\.openai\.com/, "Set API Key"],
    [{ provider: "compatible" }, /No server is set/, "Choose AI Model"],
    [{ provider: "compatible", baseUrl: "http://localhost:1/v1" }, /No model is set for localhost:1/, "Choose AI Model"],
    [{ provider: "compatible", baseUrl: "http://example.org/v1", director: "m" }, /would send the story to example\.org unencrypted/, undefined],
    [{ provider: "vscode" }, /No language model of VS Code is set/, "Choose AI Model"],
    [{ provider: "vscode", director: "gone/model" }, /VS Code has no language model "gone\/model" now/, "Choose AI Model"],
    [{ provider: "vscode", director: "test/one", optimizer: "gone/model" }, /no language model "gone\/model"/, "Choose AI Model"],
  ];
  for (const [settings, message, offer] of REFUSED) {
    it(`refuses ${JSON.stringify(settings)} with the way out`, async () => {
      const error: unknown = await chosen(settings).catch((reason: unknown) => reason);
      assert.match((error as Error).message, message);
      assert.ok((error as { hint?: string }).hint);
      assert.equal(offerFor(error)?.title, offer);
    });
  }

  it("offers to set the key where a server refuses it, and nothing for other failures", () => {
    assert.equal(offerFor(Object.assign(new Error("401"), { fault: "key refused" }))?.title, "Set API Key");
    assert.deepEqual([offerFor(new Error("x")), offerFor(undefined), offerFor({ fault: "busy" })], [undefined, undefined, undefined]);
  });
});
