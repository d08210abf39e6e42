import assert from "node:assert/strict";
import fc from "fast-check";
import { proseLines, retellProse } from "../../../src/core/narrationProse.ts";

const said = (...texts: readonly string[]) => texts.map((narration, index) => ({ id: `segment_${index + 1}`, narration }));
const without = (segments: ReturnType<typeof said>, ...ids: readonly string[]) => segments.filter(({ id }) => !ids.includes(id));
const BEFORE = said("Maria wakes.", "She lifts", "the trumpet.", "", "Nobody plays.");
const PROSE = "\nMaria wakes. She\nlifts the trumpet.\r\n\r\nNobody plays.\n\n";

describe("the narration as prose", () => {
  it("is told anew where words change, with every line break where it was", () => {
    const after = BEFORE.map((segment) => (segment.id === "segment_3" ? { ...segment, narration: "the horn." } : segment));
    assert.deepEqual(retellProse(PROSE, { before: BEFORE, after }), { what: "rewritten", text: "\nMaria wakes. She\nlifts the horn.\r\n\r\nNobody plays.\n\n" });
  });

  it("takes in what is new and leaves out what is gone; a paragraph that lost its first segment begins behind it", () => {
    const after = [{ id: "segment_0", narration: "Dawn." }, ...without(BEFORE, "segment_1"), { id: "segment_6", narration: "Not today." }];
    assert.deepEqual(retellProse(PROSE, { before: BEFORE, after }), { what: "rewritten", text: "\nDawn. She\nlifts the trumpet.\r\n\r\nNobody plays. Not today.\n\n" });
    const before = said("One.", "Two.", "Three.");
    assert.deepEqual(retellProse("One.\n\nTwo. Three.", { before, after: without(before, "segment_2") }), { what: "rewritten", text: "One.\n\nThree." });
  });

  it("puts no blanks between characters of scripts that have none", () => {
    const before = said("她举起小号。", "没有人演奏。");
    assert.deepEqual(retellProse("她举起小号。没有人演奏。\n", { before, after: said("她放下小号。", "没有人演奏。") }), { what: "rewritten", text: "她放下小号。没有人演奏。\n" });
  });

  it("is left where a person wrote other words, be it one letter, a heading or emphasis", () => {
    const after = without(BEFORE, "segment_5");
    for (const prose of ["Maria woke. She lifts the trumpet. Nobody plays.", `# Dawn\n${PROSE}`, PROSE.replace("trumpet", "*trumpet*")]) {
      assert.deepEqual(retellProse(prose, { before: BEFORE, after }), { what: "left" }, prose);
    }
  });

  it("is no matter where no word changes, where it has none, or where it says the new ones already", () => {
    const after = without(BEFORE, "segment_5");
    assert.equal(retellProse("Something else.", { before: BEFORE, after: said("Maria wakes. She", "lifts the trumpet. Nobody plays.") }), undefined);
    assert.equal(retellProse(" \n", { before: BEFORE, after }), undefined);
    assert.equal(retellProse("MARIA wakes: she lifts the trumpet!", { before: BEFORE, after }), undefined);
  });

  it("says the words of the new map after any change, so that the next one finds it as its own", () => {
    const text = fc.array(fc.constantFrom("one", "Two,", "三", "four.", "😀", "É"), { maxLength: 4 }).map((words) => words.join(" "));
    const map = fc.uniqueArray(fc.record({ id: fc.constantFrom("a", "b", "c", "d", "e"), narration: text }), { selector: ({ id }) => id });
    fc.assert(fc.property(map, map, fc.constantFrom(" ", "\n", "\n\n", "\r\n\r\n"), (before, after, gap) => {
      const words = (segments: typeof before) => segments.map(({ narration }) => narration).join(" ").replace(/\s+/g, "");
      const result = retellProse(before.map(({ narration }) => narration).join(gap), { before, after });
      if (words(before) === "" || words(before) === words(after)) assert.equal(result, undefined);
      else assert.equal(result?.what === "rewritten" && result.text.replace(/\s+/g, ""), words(after));
    }));
  });

  it("is told of in one line", () => {
    assert.deepEqual(proseLines("rewritten"), ["narration.md gets the new words."]);
    assert.deepEqual(proseLines("left"), ["narration.md is left as it is: it says other words than the story did."]);
    assert.deepEqual(proseLines(undefined), []);
  });
});
