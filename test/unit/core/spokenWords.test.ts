import assert from "node:assert/strict";
import * as fc from "fast-check";
import { joinNarration, sameWords, spokenWords, wordKeys } from "../../../src/core/spokenWords.ts";
import { anyTexts } from "./arbitraries.ts";

describe("the words of a narration", () => {
  it("take their times from the source, with the punctuation that it leaves out", () => {
    const words: [number, number, string][] = [[1, 1.5, "Well"], [2, 2.25, "don't"], [2.25, 3, "go"]];
    assert.deepEqual(timed("“Well, – don't go!”", [0.5, 4], words), [["“Well, –", 1, 1.5], ["don't", 2, 2.25], ["go!”", 2.25, 3]]);
  });

  it("join what the source cuts, and spread what it joins", () => {
    assert.deepEqual(timed("Don't go now", [0, 4], [[0, 0.5, "Don"], [0.5, 1, "'t"], [1, 3.5, "go now"]]), [["Don't", 0, 1], ["go", 1, 2], ["now", 2, 3.5]]);
  });

  it("stand between their neighbours where the source does not have them", () => {
    assert.deepEqual(timed("one two six ten", [0, 9], [[1, 2, "one"], [5, 6, "ten"]]), [["one", 1, 2], ["two", 2, 3.5], ["six", 3.5, 5], ["ten", 5, 6]]);
  });

  it("share the time by their length where nothing is measured", () => {
    assert.deepEqual(timed("a bbb", [2, 4]), [["a", 2, 2.5], ["bbb", 2.5, 4]]);
  });

  it("are found in scripts without blanks", () => {
    const words = spokenWords({ narration: "今天天气很好。我们走吧", start: 0, end: 5 });
    assert.ok(words.length > 3 && words.length < 10, JSON.stringify(words.map(({ text }) => text)));
    assert.ok(words.some(({ text }) => text.endsWith("。")));
    assert.ok(words.every(({ text }) => text !== "。"));
  });

  it("cover the text and the time in order, whatever both are", () => {
    const seconds = fc.double({ min: 0, max: 100, noNaN: true });
    const given = fc.array(fc.tuple(seconds, seconds, anyTexts.map((text) => text.slice(0, 6))), { maxLength: 5 });
    fc.assert(
      fc.property(anyTexts, given, seconds, (narration, words, end) => {
        const spoken = spokenWords({ narration, start: 0, end, words });
        assert.equal(spoken.map(({ text }) => text).join("").replace(/\s/g, ""), narration.replace(/\s/g, ""));
        let latest = 0;
        for (const word of spoken) {
          assert.equal(narration.slice(word.from, word.to), word.text);
          assert.ok(word.start >= latest && word.end >= word.start, JSON.stringify(spoken));
          latest = word.end;
        }
      }),
    );
  });

  it("are compared without case, punctuation, dashes and form of accents", () => {
    assert.deepEqual(wordKeys("“Well-Known!”"), ["well", "known"]);
    assert.deepEqual(wordKeys("cafe\u0301,"), wordKeys("Caf\u00e9"));
    assert.deepEqual(wordKeys("天气"), ["天", "气"]);
    assert.deepEqual(wordKeys("♪"), ["♪"]);
    assert.equal(sameWords("It's 3,000.", "its 3000"), true);
    assert.equal(sameWords("की", "का"), false);
  });

  it("are joined with a blank where their script has any", () => {
    assert.equal(joinNarration("one,", "two"), "one, two");
    assert.equal(joinNarration("今天。", "我们"), "今天。我们");
    assert.equal(joinNarration("", "two") + joinNarration("one", ""), "twoone");
  });
});

function timed(narration: string, [start, end]: [number, number], words?: [number, number, string][]): [string, number, number][] {
  return spokenWords({ narration, start, end, words }).map(({ text, start: from, end: to }) => [text, from, to]);
}
