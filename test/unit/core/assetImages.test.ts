import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { buildAssetImagePrompt } from "../../../src/core/assetImagePrompt.ts";
import { countImages, hasImage, referencesFor, tagsWithoutImage } from "../../../src/core/assetImages.ts";
import type { Asset } from "../../../src/core/documents/assetDocument.ts";
import { resolveTag } from "../../../src/core/story.ts";
import { imageName } from "../../../src/core/storyFolder.ts";

const MARIA: Asset = {
  id: "maria",
  kind: "character",
  name: "Maria",
  aliases: ["the widow"],
  description: "woman, 62, silver braid over her left shoulder, navy wool coat with horn buttons",
  states: new Map([["old", "woman, 80, white braid, grey shawl"], ["young", "girl, 9, brown braid"]]),
  images: [],
  generated: undefined,
  late: false,
};
const SQUARE: Asset = { ...MARIA, id: "old_square", kind: "location", name: "the old square", description: "cobbled square, sandstone arcade, dry fountain", states: new Map() };
const TRUMPET: Asset = { ...MARIA, id: "trumpet", kind: "prop", name: "the trumpet", description: "worn brass trumpet, dented bell, pearl valve caps", states: new Map() };
const STYLE = "35 mm film, warm grain, muted ochre and slate.\nNo lens flares.\n";

describe("the images that an asset lacks", () => {
  it("are one for its description and one for each state, the description first", () => {
    assert.deepEqual(tagsWithoutImage(MARIA), ["maria", "maria/old", "maria/young"]);
    assert.deepEqual(tagsWithoutImage({ ...MARIA, description: "" }), ["maria/old", "maria/young"]);
  });

  it("are not those that a person put there", () => {
    const images = [{ file: "maria/front.jpg", role: "front" }, { file: "y.png", state: "young" }];
    assert.deepEqual(tagsWithoutImage({ ...MARIA, images }), ["maria/old"]);
    assert.equal(hasImage({ ...MARIA, images }, "maria/young"), true);
    assert.equal(countImages([{ ...MARIA, images }, SQUARE]), 2);
  });

  it("are drawn from what shows the asset without a state, or else in any", () => {
    const [young, base] = [{ file: "y.png", state: "young" }, { file: "m.png" }];
    assert.deepEqual(referencesFor({ ...MARIA, images: [young, base] }), [base, young]);
    assert.deepEqual(referencesFor({ ...MARIA, images: [young] }), [young]);
    assert.deepEqual(referencesFor(MARIA), []);
  });

  it("get names that no tag can lead elsewhere", () => {
    assert.deepEqual([imageName("maria", "png", 1), imageName("maria/old", "jpeg", 1), imageName("maria", "webp", 3)], ["maria.png", "maria-old.jpg", "maria-3.webp"]);
    for (const tag of ["..", "../x", "maria/..", "Maria", "aux", "a/b/c", ""]) assert.throws(() => imageName(tag, "png", 1), RangeError, tag);
  });
});

describe("what an image model is asked", () => {
  for (const [name, asset, tag, hasReference] of [
    ["character", MARIA, "maria", false],
    ["character-state", MARIA, "maria/old", true],
    ["location", SQUARE, "old_square", false],
    ["prop", TRUMPET, "trumpet", false],
    ["prop-reference", TRUMPET, "trumpet", true],
  ] as const) {
    it(`stands as it was read and kept (${name})`, () => {
      const resolved = resolveTag(new Map([[asset.id, asset]]), tag)!;
      assertGolden(`asset-image-${name}`, buildAssetImagePrompt(resolved, { style: STYLE, hasReference }));
    });
  }

  it("says nothing of a look where the story has none", () => {
    const resolved = resolveTag(new Map([["trumpet", TRUMPET]]), "trumpet")!;
    assert.doesNotMatch(buildAssetImagePrompt(resolved, { style: " \n", hasReference: false }), /Look of the film|undefined|\n\n\n/);
  });
});

/** UPDATE_GOLDEN=1 writes the file instead; read it before you keep it. */
function assertGolden(name: string, text: string): void {
  const url = new URL(`golden/${name}.txt`, import.meta.url);
  if (process.env["UPDATE_GOLDEN"]) writeFileSync(url, `${text}\n`);
  assert.equal(`${text}\n`, readFileSync(url, "utf8").replaceAll("\r\n", "\n"));
}
