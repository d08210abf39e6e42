import assert from "node:assert/strict";
import fc from "fast-check";
import { newFrontLines } from "../../../../src/core/documents/newSegmentFront.ts";
import { formatSegment, type SegmentWriting } from "../../../../src/core/documents/segmentDocument.ts";
import { hashes, ids, tagNames } from "../arbitraries.ts";

/** A file that stands there already, and says nothing yet: then the YAML library writes. */
const EMPTY_FRONT = "---\n---\n";

const EMPTY: SegmentWriting = { id: "segment_1", front: {}, sections: new Map(), finalPrompts: new Map() };

const mostHashes = fc.oneof({ weight: 30, arbitrary: fc.stringMatching(/^[0-9a-f]{8}$/) }, { weight: 1, arbitrary: hashes });
const fronts: fc.Arbitrary<SegmentWriting["front"]> = fc.record({
  madeFor: fc.record({ narration: fc.constant(""), seconds: fc.oneof(fc.double({ min: 0, max: 1e6, noNaN: true }).map(Math.abs), fc.nat(20), fc.constant(1e21)) }),
  usedAssets: fc.array(tagNames, { maxLength: 3 }),
  generated: fc.record({
    by: fc.constantFrom("offline", "openai/gpt-6.1-terra", "compatible/qwen3:8b", "12", "true", "a: b", "x #y"),
    from: fc.record({ scene: mostHashes, story: mostHashes, direction: fc.option(mostHashes, { nil: undefined }), assets: fc.dictionary(tagNames, mostHashes, { maxKeys: 3 }) }),
    text: fc.record({ tags: mostHashes, scene: mostHashes }, { requiredKeys: [] }),
  }),
  finals: fc.dictionary(ids, fc.record({ from: mostHashes, text: mostHashes }), { maxKeys: 2 }),
});

function frontOf(text: string): string {
  return text.slice(0, text.indexOf("\n---\n", 4));
}

describe("the front matter of a new segment", () => {
  const plain: SegmentWriting["front"] = {
    madeFor: { narration: "She lifted the trumpet one last time.", seconds: 5.2 },
    usedAssets: ["maria/old", "old_square"],
    generated: { by: "offline", from: { scene: "4f2a91bc", story: "91bc07aa", assets: { "maria/old": "77aa01de", old_square: "c3b1aa90" } }, text: { tags: "aa01c2d3", scene: "5e0c7781" } },
    finals: { main: { from: "5e0c1b22", text: "8a3f7c10" } },
  };

  it("is what the YAML library writes, byte for byte, or is left to it", () => {
    let written = 0;
    const sentences = fc.string({ unit: fc.constantFrom(..."abZé09 ,.;!?'’“”\"()–—…-:#".split("")), minLength: 3, maxLength: 30 });
    const narrations = fc.oneof(sentences, fc.string({ unit: "grapheme" }), fc.constantFrom("true", "null", "~", "- a", "a: b", "a #b", "12", "1e3", "# a", "---", "...", "a b:", "'tis so", '"Now," she said.', "a\tb", "é\u0301 a", "Maria: no.", "[a]", "yes no", "{ a }", "@maria b", "a b c -"));
    fc.assert(
      fc.property(fronts, narrations, (front, narration) => {
        const whole = { ...EMPTY, front: { ...front, madeFor: { ...front.madeFor!, narration } } };
        const lines = newFrontLines(whole.front);
        if (!lines) return;
        written++;
        assert.equal(`---\n${lines.join("\n")}`, frontOf(formatSegment(whole, EMPTY_FRONT)));
      }),
      { numRuns: 1000 },
    );
    assert.ok(written > 40, `${written} were written`);
  });

  it("is written at once where nothing is special about it", () => {
    assert.deepEqual(newFrontLines(plain), [
      "madeFor:",
      "  narration: She lifted the trumpet one last time.",
      "  seconds: 5.2",
      "usedAssets: [ maria/old, old_square ]",
      "generated:",
      "  by: offline",
      "  from: { scene: 4f2a91bc, story: 91bc07aa, assets: { maria/old: 77aa01de, old_square: c3b1aa90 } }",
      "  text: { tags: aa01c2d3, scene: 5e0c7781 }",
      "finals:",
      "  main: { from: 5e0c1b22, text: 8a3f7c10 }",
    ]);
  });

  it("keeps a blank of any kind at the end of the narration", () => {
    for (const blank of [" ", "\u00A0", "\u2000", "\u3000"]) {
      const front = { ...plain, madeFor: { ...plain.madeFor!, narration: `Maria waits.${blank}` } };
      assert.equal(`---\n${newFrontLines(front)!.join("\n")}`, frontOf(formatSegment({ ...EMPTY, front }, EMPTY_FRONT)));
    }
  });

  it("has quotes around a hash that looks like a number", () => {
    const { generated } = plain;
    for (const story of ["12345678", "1e234567", "00000000"]) {
      const lines = newFrontLines({ ...plain, generated: { ...generated!, from: { ...generated!.from, story } } });
      assert.match(lines!.join("\n"), new RegExp(`story: "${story}"`));
    }
  });

  it("is left to the library where a name looks like a truth value, or a text has lines", () => {
    const { madeFor, usedAssets } = plain;
    for (const tag of ["true", "null", "12", "0"]) assert.equal(newFrontLines({ ...plain, usedAssets: [...usedAssets!, tag] }), undefined);
    assert.equal(newFrontLines({ ...plain, madeFor: { ...madeFor!, narration: "one\ntwo" } }), undefined);
  });
});
