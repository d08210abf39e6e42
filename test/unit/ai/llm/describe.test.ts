import assert from "node:assert/strict";
import { createLlmDirector } from "../../../../src/ai/llmDirector.ts";
import type { ModelAnswerError } from "../../../../src/ai/llm/modelAnswerError.ts";
import type { AssetContent } from "../../../../src/core/documents/assetDocument.ts";
import { assetName } from "../../../../src/core/tags.ts";
import { createFakeLanguageModel } from "../../../support/fakeLanguageModel.ts";
import { brief, never, recordingLog } from "./brief.ts";

const answer = (changes: Record<string, unknown> = {}) =>
  JSON.stringify({ kind: "character", name: "Ferryman", aliases: ["Anton"], description: "man, 58,\nwhite stubble", stateDescription: null, ...changes });

function directing(...answers: readonly string[]) {
  const model = createFakeLanguageModel((_request, call) => answers[Math.min(call, answers.length - 1)]!);
  const director = createLlmDirector({ model, log: recordingLog() });
  return { model, describe: (tag: string, lines: readonly string[] = [], existing: AssetContent | undefined = brief().assets.get(assetName(tag))) => director.describeAsset(brief(), { tag, lines, existing }, never) };
}

describe("a missing asset", () => {
  it("is described from the lines that mention it", async () => {
    const { model, describe } = directing(answer());
    assert.deepEqual(await describe("ferryman", ["The ferryman waited."]), { kind: "character", name: "Ferryman", aliases: ["Anton"], description: "man, 58, white stubble", states: new Map() });
    assert.match(model.requests[0]!.instruction, /- The ferryman waited\./);
  });

  it("is described with its state where one is missing, too", async () => {
    const { describe } = directing(answer({ stateDescription: "man, 58, soaked" }));
    assert.deepEqual((await describe("ferryman/soaked")).states, new Map([["soaked", "man, 58, soaked"]]));
  });

  it("keeps what stands of an asset whose state is missing", async () => {
    const { model, describe } = directing(answer({ kind: "prop", name: "x", stateDescription: "girl, 12, wet braids" }));
    const content = await describe("maria/soaked");
    assert.deepEqual([content.kind, content.name, content.description], ["character", "Maria", "girl, 12, two dark braids, grey wool dress"]);
    assert.deepEqual([...content.states.keys()], ["old", "soaked"]);
    assert.match(model.requests[0]!.instruction, /girl, 12, two dark braids/);
  });

  it("keeps what stands of one that no brief shows", async () => {
    const late: AssetContent = { kind: "prop", name: "the lamp", aliases: [], description: "oil lamp, cracked glass", states: new Map() };
    const { model, describe } = directing(answer({ stateDescription: "oil lamp, cracked glass, lit" }));
    assert.deepEqual(await describe("lamp/lit", [], late), { ...late, states: new Map([["lit", "oil lamp, cracked glass, lit"]]) });
    assert.match(model.requests[0]!.instruction, /@lamp is described already[\s\S]*@lamp \(prop; the lamp\): oil lamp, cracked glass/);
  });

  it("gets one more try, then fails with the model's text", async () => {
    const { model, describe } = directing(answer({ description: " " }), answer());
    await describe("ferryman");
    assert.match(model.requests[1]!.instruction, /- description: expected a text/);
    await assert.rejects(directing(answer()).describe("ferryman/soaked"), (error: ModelAnswerError) => {
      assert.match(error.message, /^No description of @ferryman\/soaked: stateDescription: expected/);
      return error.problems[0]!.file === "assets/ferryman.md" && error.transcript.includes("white stubble");
    });
    await assert.rejects(directing("{}").describe("ferryman"), /No description of @ferryman: kind/);
  });
});
