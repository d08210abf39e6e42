import assert from "node:assert/strict";
import { array, assert as assertProperty, constantFrom, integer, property, string, tuple } from "fast-check";
import type { RawSection } from "../../../src/core/documents/segmentDocument.ts";
import { findProfile, measureLength, PROFILE_IDS, type LengthUnit, type OutputProfile } from "../../../src/core/outputs.ts";
import { findTags, formatDefinitions } from "../../../src/core/tags.ts";
import { compileFinal } from "../../../src/ai/offline/finals/compileFinal.ts";

const general = findProfile("general")!;

function raw(sections: Partial<Record<RawSection, string>>): Map<RawSection, string> {
  return new Map(Object.entries(sections) as [RawSection, string][]);
}

const TWO_MEN = raw({
  TAGS: formatDefinitions([
    { tag: "tomas", description: "old man, 72, white moustache, grey coat" },
    { tag: "karl", description: "old man, 70, bald crown, brown jacket" },
    { tag: "trumpet", description: "dented brass trumpet, pearl valve caps" },
    { tag: "square", description: "cobbled square, dry fountain" },
  ]),
  SCENE: "In @square, @tomas hands his @trumpet to @karl. @karl's fingers close on it. End: @trumpet still.",
  CAMERA: "Medium shot, static.",
  LIGHTING: "Low sun.",
  MOOD: "Quiet: slow hands.",
  AVOID: "blur, crowds",
});

describe("the offline director compiles finals", () => {
  it("tells two of one head apart and reads as prose", () => {
    const final = compileFinal(TWO_MEN, general);
    assert.match(final, /In the cobbled square, the old man with white moustache hands his dented brass trumpet to the old man with bald crown\. The old man with bald crown's fingers close on it\. End state: the dented brass trumpet still\./);
    assert.match(final, /An old man, 72, white moustache, grey coat\./);
  });

  it("says each look once and nothing of AVOID", () => {
    for (const id of PROFILE_IDS) {
      const final = compileFinal(TWO_MEN, findProfile(id)!);
      assert.equal(final.split("old man, 72, white moustache, grey coat").length, 2);
      assert.doesNotMatch(final, /blur|crowds|tomas|karl|@/i);
    }
  });

  it("orders and words the parts by profile", () => {
    const finals = PROFILE_IDS.map((id) => compileFinal(TWO_MEN, findProfile(id)!));
    assert.equal(new Set(finals).size, PROFILE_IDS.length);
    assert.match(compileFinal(TWO_MEN, findProfile("veo-3.1")!), /^Medium shot, static\./);
    assert.match(compileFinal(TWO_MEN, findProfile("kling-3")!), /^Setting: cobbled square/);
    assert.match(compileFinal(TWO_MEN, findProfile("seedance-2")!), /^An old man/);
  });

  it("states sound where the model makes it, a person's words first", () => {
    assert.match(compileFinal(TWO_MEN, findProfile("veo-3.1")!), /no dialogue, no music/);
    assert.doesNotMatch(compileFinal(TWO_MEN, general), /no dialogue/);
    const own = new Map(TWO_MEN).set("SOUND", "One church bell.");
    assert.match(compileFinal(own, findProfile("veo-3.1")!), /One church bell\./);
  });

  it("keeps to the limit of any unit, whatever the descriptions are", () => {
    const units: readonly LengthUnit[] = ["characters", "utf16", "bytes", "words"];
    const text = string({ unit: "grapheme", maxLength: 900 });
    const tag = constantFrom("a", "b", "c/old", "d_e");
    assertProperty(
      property(tuple(array(tuple(tag, text), { maxLength: 4 }), text, text, constantFrom(...units), integer({ min: 12, max: 900 })), ([looks, scene, light, unit, max]) => {
        const sections = raw({
          TAGS: formatDefinitions(looks.map(([name, description]) => ({ tag: name, description }))),
          SCENE: `@a lifts @b. ${scene} End: @a still.`,
          CAMERA: "Wide shot, static.",
          LIGHTING: light,
          MOOD: "Calm.",
        });
        const profile: OutputProfile = { ...general, promptLimit: { max, unit } };
        const final = compileFinal(sections, profile);
        assert.ok(measureLength(final, unit) <= max);
        assert.deepEqual(findTags(final), []);
        assert.notEqual(final.trim(), "");
      }),
      { numRuns: 200, seed: 7 },
    );
  });

  it("drops the trailing parts of looks before camera, action and end state", () => {
    const long = "woman, 62, " + Array.from({ length: 60 }, (_, index) => `detail number ${index}`).join(", ");
    const sections = raw({ TAGS: `- @maria: ${long}`, SCENE: "@maria stands. She bows. End: head low.", CAMERA: "Wide shot, static.", LIGHTING: "Low sun.", MOOD: "Calm." });
    const final = compileFinal(sections, { ...general, promptLimit: { max: 300, unit: "characters" } });
    assert.match(final, /woman, 62, detail number 0/);
    for (const kept of ["Wide shot, static.", "She bows.", "End state: head low."]) assert.ok(final.includes(kept), kept);
  });

  it("takes sections that a person wrote in any way", () => {
    const final = compileFinal(raw({ TAGS: "- @maria: Tall woman. She has an old coat.", SCENE: "@maria waits for @nobody.", TEXT: "Closed" }), general);
    assert.match(final, /Tall woman\. She has an old coat\./);
    assert.match(final, /The tall woman waits for the nobody\./);
    assert.match(final, /Visible text: Closed/);
  });
});
