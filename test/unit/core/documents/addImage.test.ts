import assert from "node:assert/strict";
import * as fc from "fast-check";
import { addImage } from "../../../../src/core/documents/addImage.ts";
import { formatAsset, isAssetTouched, parseAsset, type Asset } from "../../../../src/core/documents/assetDocument.ts";
import { hashAsset, resolveTag } from "../../../../src/core/story.ts";
import { assetContents, ids } from "../arbitraries.ts";

describe("an image that is added to an asset", () => {
  it("is named in the front matter, and nothing else changes", () => {
    fc.assert(
      fc.property(assetContents, fc.array(ids, { minLength: 1, maxLength: 3 }), fc.boolean(), (content, names, isCrlf) => {
        const text = formatAsset(content, { by: "offline", late: true }).replaceAll("\n", isCrlf ? "\r\n" : "\n");
        const before = read(text);
        const images = names.map((name, index) => (index ? { file: `${name}.png`, state: name } : { file: `${name}.png` }));
        const after = images.reduce(addImage, text);
        assert.deepEqual(read(after), { ...before, images });
        assert.equal(isAssetTouched(read(after)), isAssetTouched(before));
        assert.equal(after.replaceAll("\r\n", "").includes(isCrlf ? "\n" : "\r"), false);
      }),
    );
  });

  it("makes nothing stale: the hash of what a segment takes from the asset stays", () => {
    fc.assert(
      fc.property(assetContents, (content) => {
        const text = formatAsset(content, { by: "offline", late: false });
        const hashes = (source: string) => tagsOf(read(source)).map((tag) => hashAsset(resolveTag(new Map([["maria", read(source)]]), tag)!));
        assert.deepEqual(hashes(addImage(text, { file: "maria.png" })), hashes(text));
      }),
    );
  });

  it("leaves what a person wrote: comments, unknown keys, pictures, and every byte below", () => {
    const text = '\uFEFF---\r\n# mine\r\nkind: character # she\r\nname: "Maria"\r\nimages: [ { file: front.jpg, role: front, taken: 2024 } ]\r\nmood: { x: 1 }\r\n---\r\n\r\n# Maria\r\n\r\nwoman, 62   \r\n\r\n## State: old\r\n\r\nolder';
    const added = addImage(text, { file: "maria-old.png", state: "old" });
    assert.equal(added, text.replace("taken: 2024 } ]", "taken: 2024 }, { file: maria-old.png, state: old } ]"));
  });

  it("starts the list where there is none", () => {
    assert.equal(addImage("---\nkind: prop\nname: Lamp\n---\na lamp\n", { file: "lamp.png" }), "---\nkind: prop\nname: Lamp\nimages:\n  - { file: lamp.png }\n---\na lamp\n");
  });
});

function read(text: string): Asset {
  const { value, problems } = parseAsset(text, "maria");
  assert.deepEqual(problems, []);
  return value!;
}

function tagsOf({ description, states }: Asset): string[] {
  return [...(description ? ["maria"] : []), ...[...states.keys()].map((state) => `maria/${state}`)];
}
