import assert from "node:assert/strict";
import { modelItems, formatTokens, shortChoice, type ChatInfo, type ModelItem } from "../../../../src/vscode/models/modelItems.ts";
import { parseModelSettings, type ModelSettings } from "../../../../src/vscode/models/modelSettings.ts";

const CHATS: readonly ChatInfo[] = [
  { name: "Alpha", vendor: "copilot", family: "alpha-2", id: "alpha", maxInputTokens: 128_000 },
  { name: "Local", vendor: "ollama", family: "llama", id: "org/local:8b", maxInputTokens: 0 },
  { name: "Beta", vendor: "copilot", family: "beta", id: "beta", maxInputTokens: 1_050_000 },
];

describe("what Choose AI Model offers", () => {
  const items = (current: Partial<ModelSettings> = {}, chats: readonly ChatInfo[] = CHATS) => modelItems({ current: parseModelSettings(current), chats, canManage: true });
  const shown = (list: readonly ModelItem[]) => list.map((item) => (item.type === "separator" ? `— ${item.label}` : `${item.label} (${item.description})`));

  it("is grouped by who stands behind it, offline first", () => {
    assert.deepEqual(shown(items()), [
      "Offline (by rules: no account, no network)",
      "— OpenAI, with your API key",
      "gpt-6.1-terra (the default; gpt-6-luna compiles final prompts)",
      "Other OpenAI model… (from the list of your account)",
      "— VS Code: copilot",
      "Alpha (alpha-2 · 128K tokens)",
      "Beta (beta · 1.05M tokens)",
      "— VS Code: ollama",
      "Local (llama)",
      "Manage language models of VS Code… (in VS Code)",
      "— OpenAI-compatible server",
      "Other OpenAI-compatible server… (Ollama, LM Studio, or any base URL)",
    ]);
  });

  it("says where VS Code has no model, and leads to the place to add one", () => {
    assert.ok(shown(items({}, [])).includes("Manage language models of VS Code… (none is there yet)"));
    assert.ok(!shown(modelItems({ current: parseModelSettings({}), chats: [], canManage: false })).some((line) => line.includes("VS Code")));
  });

  const CURRENT: readonly (readonly [settings: Partial<ModelSettings>, label: string])[] = [
    [{}, "Offline"],
    [{ provider: "openai" }, "gpt-6.1-terra"],
    [{ provider: "openai", director: "gpt-6.1-sol" }, "gpt-6.1-sol"],
    [{ provider: "openai", optimizer: "gpt-6-sol" }, "gpt-6.1-terra"],
    [{ provider: "vscode", director: "ollama/org/local:8b" }, "Local"],
    [{ provider: "compatible", baseUrl: "http://localhost:1/v1", director: "qwen3" }, "qwen3"],
  ];
  for (const [settings, label] of CURRENT) {
    it(`marks ${JSON.stringify(settings)} as chosen, and choosing it again changes nothing`, () => {
      const current = parseModelSettings(settings);
      const chosen = items(settings).filter((item) => item.type === "choice" && item.isCurrent);
      assert.deepEqual(chosen.map((item) => item.label), [label]);
      assert.deepEqual({ ...current, ...(chosen[0] as { settings: Partial<ModelSettings> }).settings }, current);
    });
  }

  it("leaves no model of one provider behind for another", () => {
    const before = parseModelSettings({ provider: "compatible", baseUrl: "http://localhost:1/v1", director: "qwen3", optimizer: "tiny" });
    for (const item of items(before)) {
      if (item.type !== "choice" || item.isCurrent) continue;
      const after = { ...before, ...item.settings };
      assert.notEqual(after.director, "qwen3", item.label);
      assert.equal(after.optimizer, "", item.label);
    }
  });

  it("counts tokens in round numbers", () => {
    assert.deepEqual([512, 4096, 128_000, 1_050_000, 2_000_000].map(formatTokens), ["512", "4K", "128K", "1.05M", "2M"]);
  });

  it("tells the choice in a few words, without a password of the address", () => {
    const words = (settings: Partial<ModelSettings>) => shortChoice(parseModelSettings(settings));
    assert.deepEqual(
      [words({}), words({ provider: "openai" }), words({ provider: "vscode", director: "copilot/alpha" }), words({ provider: "compatible", baseUrl: "http://me:secret@localhost:1/v1", director: "m" }), words({ provider: "compatible" })],
      ["Offline", "gpt-6.1-terra", "copilot/alpha", "m at localhost:1", "no model at no server"],
    );
  });
});
