import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { DEFAULT_MODELS } from "../../../../src/core/defaultModels.ts";
import { REASONING_EFFORTS } from "../../../../src/core/reasoningEffort.ts";
import { MODEL_SECTION, MODEL_SETTINGS, parseModelSettings, PROVIDERS } from "../../../../src/vscode/models/modelSettings.ts";

interface Property {
  readonly scope: string;
  readonly default: string;
  readonly enum?: readonly string[];
  readonly markdownDescription: string;
}

const manifest = JSON.parse(readFileSync(new URL("../../../../package.json", import.meta.url), "utf8")) as {
  capabilities: { untrustedWorkspaces: { restrictedConfigurations: string[] } };
  contributes: { configuration: { properties: Record<string, Property> } };
};
const { properties } = manifest.contributes.configuration;

describe("the settings of models", () => {
  it("are offline where nothing is set, as the manifest says", () => {
    const defaults = Object.fromEntries(MODEL_SETTINGS.map((key) => [key, properties[`${MODEL_SECTION}.${key}`]!.default]));
    assert.deepEqual(parseModelSettings({}), defaults);
  });

  it("belong to the application, and every one of them is restricted", () => {
    const names = Object.keys(properties).filter((name) => name.startsWith(`${MODEL_SECTION}.`));
    assert.deepEqual(names.sort(), MODEL_SETTINGS.map((key) => `${MODEL_SECTION}.${key}`).sort());
    assert.ok(names.every((name) => properties[name]!.scope === "application"));
    const restricted = new Set(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations);
    assert.deepEqual(names.filter((name) => !restricted.has(name)), []);
  });

  it("offer in the manifest what the code knows", () => {
    assert.deepEqual(properties[`${MODEL_SECTION}.provider`]!.enum, PROVIDERS);
    assert.deepEqual(properties[`${MODEL_SECTION}.reasoningEffort`]!.enum, REASONING_EFFORTS);
    assert.ok(properties[`${MODEL_SECTION}.director`]!.markdownDescription.includes(`\`${DEFAULT_MODELS.director}\``));
    assert.ok(properties[`${MODEL_SECTION}.optimizer`]!.markdownDescription.includes(`\`${DEFAULT_MODELS.optimizer}\``));
  });

  it("are trimmed, and named where they cannot be read", () => {
    assert.equal(parseModelSettings({ baseUrl: " http://localhost:1/v1 " }).baseUrl, "http://localhost:1/v1");
    assert.deepEqual([" large-v3 ", " "].map((transcription) => parseModelSettings({ transcription }).transcription), ["large-v3", "whisper-1"]);
    assert.throws(() => parseModelSettings({ provider: "opanai" }), /storyDirector\.model\.provider is "opanai", and must be one of offline, openai, compatible, vscode/);
    assert.throws(() => parseModelSettings({ director: 7 }), /storyDirector\.model\.director is 7, and must be a text/);
  });

  it("are whole or refused with a hint, whatever somebody writes into them", () => {
    fc.assert(
      fc.property(fc.record({ provider: fc.anything(), baseUrl: fc.anything(), director: fc.anything(), optimizer: fc.anything(), reasoningEffort: fc.anything(), transcription: fc.anything() }, { requiredKeys: [] }), (values) => {
        try {
          assert.deepEqual(Object.keys(parseModelSettings(values)).sort(), [...MODEL_SETTINGS].sort());
        } catch (error) {
          assert.match(String((error as { hint?: string }).hint), /Choose AI Model/);
        }
      }),
    );
  });
});
