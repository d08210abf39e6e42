import assert from "node:assert/strict";
import fc from "fast-check";
import { newFrontLines, readOwnFrontLines } from "../../../../src/core/documents/ownSegmentFront.ts";
import { formatSegment, parseSegment, type SegmentWriting } from "../../../../src/core/documents/segmentDocument.ts";
import { readYaml } from "../../../../src/core/documents/source.ts";
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

const sentences = fc.string({ unit: fc.constantFrom(..."abZé09 ,.;!?'’“”\"()–—…-:#".split("")), minLength: 3, maxLength: 30 });
const narrations = fc.oneof(sentences, fc.string({ unit: "grapheme" }), fc.constantFrom("true", "null", "~", "- a", "a: b", "a #b", "12", "1e3", "# a", "---", "...", "a b:", "'tis so", '"Now," she said.', "a\tb", "é\u0301 a", "Maria: no.", "[a]", "yes no", "{ a }", "@maria b", "a b c -"));

function frontOf(text: string): string {
  return text.slice(0, text.indexOf("\n---\n", 4));
}

const plain: SegmentWriting["front"] = {
  madeFor: { narration: "She lifted the trumpet one last time.", seconds: 5.2 },
  usedAssets: ["maria/old", "old_square"],
  generated: { by: "offline", from: { scene: "4f2a91bc", story: "91bc07aa", assets: { "maria/old": "77aa01de", old_square: "c3b1aa90" } }, text: { tags: "aa01c2d3", scene: "5e0c7781" } },
  finals: { main: { from: "5e0c1b22", text: "8a3f7c10" } },
};

describe("the front matter of a new segment", () => {
  it("is what the YAML library writes, byte for byte, or is left to it", () => {
    let written = 0;
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

  it("says silence as an empty text", () => {
    const front = { ...plain, madeFor: { narration: "", seconds: 7 } };
    assert.equal(`---\n${newFrontLines(front)!.join("\n")}`, frontOf(formatSegment({ ...EMPTY, front }, EMPTY_FRONT)));
    assert.deepEqual(readOwnFrontLines(newFrontLines(front)!), front);
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

describe("the front matter that the machine wrote", () => {
  const lines = newFrontLines(plain)!;

  function libraryOf(changed: readonly string[]): unknown {
    const { data, problems } = readYaml(changed.map((line) => `${line}\n`).join(""), { file: "segments/segment_1.md" });
    return problems.length ? undefined : data;
  }

  it("is read at once where nothing is special about it", () => {
    assert.deepEqual(readOwnFrontLines(lines), plain);
  });

  it("says what the YAML library reads in it", () => {
    let [written, recognized] = [0, 0];
    fc.assert(
      fc.property(fronts, narrations, (front, narration) => {
        const all = newFrontLines({ ...front, madeFor: { ...front.madeFor!, narration } });
        if (!all) return;
        written++;
        const own = readOwnFrontLines(all);
        if (own === undefined) return;
        recognized++;
        assert.deepEqual(own, libraryOf(all));
      }),
      { numRuns: 1000 },
    );
    assert.ok(recognized > 0.9 * written, `${recognized} of ${written} were recognized`);
  });

  it("is never taken for more than it is after any change to its lines", () => {
    const marks = fc.constantFrom("", " ", "\t", "\r", "a", "1", "0", ".", ",", ":", ": ", "{", "}", "[", "]", '"', "'", "#", " # x", "\\", "&a ", "*a", "!!str ", "---", "\u00a0");
    const changes = fc.record({ line: fc.nat(lines.length - 1), at: fc.double({ min: 0, max: 1, noNaN: true }), remove: fc.oneof(fc.constant(undefined), fc.nat(4)), put: marks });
    let taken = 0;
    const moves = fc.option(fc.tuple(fc.nat(lines.length - 1), fc.nat(lines.length)), { freq: 1 });
    fc.assert(
      fc.property(fc.array(changes, { minLength: 1, maxLength: 2 }), moves, (edits, move) => {
        const changed = [...lines];
        for (const { line, at, remove, put } of edits) {
          const start = Math.round(at * changed[line]!.length);
          changed[line] = changed[line]!.slice(0, start) + put + changed[line]!.slice(start + (remove ?? put.length));
        }
        if (move) changed.splice(move[1], 0, ...changed.splice(move[0], 1));
        const own = readOwnFrontLines(changed);
        if (own === undefined) return;
        taken++;
        assert.deepEqual(own, libraryOf(changed));
      }),
      { numRuns: 5000 },
    );
    assert.ok(taken > 40, `${taken} could still be read so`);
  });

  it("is left to the library where a person wrote the same in other words", () => {
    const others: (readonly string[])[] = [
      lines.map((line) => `${line}\r`),
      lines.map((line) => line.replace("seconds: 5.2", "seconds: 5.20")),
      lines.map((line) => line.replace("[ maria/old, old_square ]", "[maria/old, old_square]")),
      lines.map((line) => line.replace("by: offline", "by: offline # mine")),
      [...lines, "locked: true"],
      lines.toSpliced(2, 0, "  # measured twice"),
      lines.slice(0, 8).concat("finals:"),
      lines.slice(0, 4),
      [],
    ];
    for (const other of others) assert.equal(readOwnFrontLines(other), undefined, other.join("\n"));
  });

  it("tells a value that no segment may have with its line", () => {
    const text = `---\n${lines.join("\n").replace("scene: 4f2a91bc", "scene: nonsense")}\n---\n`;
    const { value, problems } = parseSegment(text, "segment_1");
    assert.deepEqual([value, problems.map(({ code, range }) => [code, range?.start])], [undefined, [["invalid-value", { line: 7, character: 17 }]]]);
  });
});
