import assert from "node:assert/strict";
import fc from "fast-check";
import { storySettingsSchema } from "../../../../src/core/documents/storyDocument.ts";
import { findProfile, PROFILE_IDS } from "../../../../src/core/outputs.ts";
import { folderNameOf, lookText, newForm, outputsOf } from "../../../../src/vscode/wizard/defaults.ts";

describe("the defaults of the new-story form", () => {
  it("name a folder after the title, in the letters of its language", () => {
    const names: Readonly<Record<string, string>> = {
      "The Trumpet and the Silence": "the-trumpet-and-the-silence",
      "  Émile's “Größe”!  ": "emiles-grosse",
      "夜の列車 2": "夜の列車-2",
      "Ночной поезд": "ночной-поезд",
      "हिन्दी कहानी": "हिन्दी-कहानी",
      "…": "story",
      CON: "con-story",
      "../../etc": "etc",
    };
    for (const [title, name] of Object.entries(names)) assert.equal(folderNameOf(title), name.normalize("NFC"));
  });

  it("name a folder that is one on every system, whatever the title", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (title) => {
      const name = folderNameOf(title);
      assert.match(name, /^[\p{L}\p{M}\p{N}-]{1,66}$/u);
      assert.ok(!/^(?:con|prn|aux|nul|com\d|lpt\d)$/i.test(name));
    }));
  });

  it("name outputs after their models, and the first one main", () => {
    const veo = { profile: "veo-3.1", aspectRatio: "16:9" };
    const tall = { profile: "veo-3.1", aspectRatio: "9:16" };
    const kling = { profile: "kling-3", aspectRatio: "9:16" };
    assert.deepEqual(outputsOf({ outputs: [kling] }), { main: kling });
    assert.deepEqual(outputsOf({ outputs: [kling, veo] }), { main: veo, "kling-3": kling });
    assert.deepEqual(outputsOf({ outputs: [veo, tall] }), { main: veo, "veo-3-1-9x16": tall });
  });

  it("give every choice of outputs names that a story may have, and lose none", () => {
    const all = PROFILE_IDS.flatMap((profile) => findProfile(profile)!.aspectRatios.map((aspectRatio) => ({ profile, aspectRatio })));
    fc.assert(fc.property(fc.shuffledSubarray(all, { minLength: 1 }), (chosen) => {
      const outputs = outputsOf({ outputs: chosen });
      assert.equal(Object.keys(outputs).length, chosen.length);
      assert.ok(storySettingsSchema.safeParse({ format: 1, title: "T", outputs }).success);
    }));
  });

  it("show a preset's words until a person has changed them", () => {
    const form = { ...newForm(), look: "noir" };
    assert.match(lookText(form), /^Black-and-white film noir/);
    assert.equal(lookText({ ...form, lookTexts: { noir: "Blue" } }), "Blue");
    assert.match(lookText({ ...form, lookTexts: { watercolour: "Blue" } }), /^Black-and-white/);
  });
});
