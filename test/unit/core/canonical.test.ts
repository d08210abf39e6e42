import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { canonicalText, hashText, hashValue, sameText } from "../../../src/core/canonical.ts";
import { anyTexts } from "./arbitraries.ts";

describe("the canonical form of a text", () => {
  it("is its own canonical form", () => {
    fc.assert(fc.property(anyTexts, (text) => assert.equal(canonicalText(canonicalText(text)), canonicalText(text))));
  });

  it("leaves tidy texts alone, and no other ones", () => {
    const untidy = ["a\r\nb", "a  b", "a\tb", "a \nb", "a\n b", "a\n\n\nb", " a", "a ", "\na", "a\n", "e\u0301"];
    for (const text of untidy) assert.notEqual(canonicalText(text), text, JSON.stringify(text));
    const characters = fc.constantFrom("a", "é", "e\u0301", " ", "\t", "\n", "\r", "\u00a0", "\0");
    const texts = fc.array(characters, { maxLength: 8 }).map((parts) => parts.join(""));
    fc.assert(fc.property(texts, (text) => assert.equal(canonicalText(text), step(text))));
  });

  it("is the same after a formatter's pass", () => {
    const passes: ((text: string) => string)[] = [
      (text) => text.replaceAll("\n", "\r\n"),
      (text) => text.replaceAll("\n", "\r"),
      (text) => text.replaceAll("\n", " \t\n"),
      (text) => text.replaceAll("\n\n", "\n\n\n\n"),
      (text) => text.replaceAll(" ", "  "),
      (text) => text.replaceAll(" ", "\t"),
      (text) => `\n\n${text}\n`,
      (text) => text.normalize("NFD"),
      (text) => text.normalize("NFC"),
    ];
    fc.assert(
      fc.property(anyTexts, fc.constantFrom(...passes), (text, pass) => {
        assert.equal(hashText(pass(text)), hashText(text));
        assert.ok(sameText(pass(text), text));
      }),
    );
  });

  it("is another one after each real change", () => {
    const text = "She lifts  the horn.\n\nShe waits.";
    const changes = ["She lift the horn.\n\nShe waits.", "she lifts the horn.\n\nShe waits.", "She lifts the horn.\nShe waits.", "Shelifts the horn.\n\nShe waits.", "She lifts the horn\n\nShe waits.", "She lifts the hórn.\n\nShe waits."];
    for (const change of changes) assert.notEqual(hashText(change), hashText(text), change);
  });
});

describe("the hash of a text", () => {
  const sha256 = (text: string) => createHash("sha256").update(text, "utf8").digest("hex").slice(0, 8);

  it("is the beginning of the SHA-256 of its UTF-8, however long it is", () => {
    const pieces = fc.array(fc.constantFrom("a", "é", "字", "😀", "\ud83d", "\ude00", " b\n"), { maxLength: 40 });
    fc.assert(
      fc.property(pieces, fc.integer({ min: 0, max: 400 }), (parts, times) => {
        const text = parts.join("").repeat(times);
        assert.equal(hashText(text), sha256(canonicalText(text)));
      }),
    );
    for (const before of [4093, 4094, 4095, 4096, 4097]) assert.equal(hashText(`${"a".repeat(before)}😀é`), sha256(`${"a".repeat(before)}😀é`));
  });
});

describe("the hash of a value", () => {
  it("does not depend on the order of keys, nor on absent fields", () => {
    assert.equal(hashValue({ a: 1, b: "x" }), hashValue({ b: "x", c: undefined, a: 1 }));
    assert.equal(hashValue({ b: "e\u0301  x\r\n" }), hashValue({ b: "é x" }));
  });

  it("depends on all else", () => {
    const values = [{}, [], "", null, { a: "" }, { a: null }, { a: [] }, { a: {} }, { a: 1 }, { a: "1" }, { b: 1 }, [1, 2], [2, 1], [[1], 2], ["1", 2]];
    assert.equal(new Set(values.map((value) => hashValue(value))).size, values.length - 2, "only {} and [] share a form: files hold hashes of both");
  });
});

/** The format is for good: these digits may never change. */
describe("the hashes of format 1", () => {
  it("are pinned for texts", () => {
    assert.deepEqual(["", "abc", "  Résumé:\r\n\r\n\r\n\t東京  😀 "].map(hashText), ["e3b0c442", "ba7816bf", "89e7e2a1"]);
  });

  it("are pinned for values", () => {
    assert.equal(hashValue({ place: "old_square", time: "dusk", cast: ["maria/old"], look: undefined, n: 1.5, ok: true, none: null }), "8c4d35f8");
  });
});

/** The rule of the canonical form, one step after the other. */
function step(text: string): string {
  const lines = text.normalize("NFC").replace(/\r\n?/g, "\n").split("\n").map((line) => line.replace(/[ \t]+/g, " ").replace(/^ | $/g, ""));
  return lines.join("\n").replace(/\n{3,}/g, "\n\n").trim();
}
