import assert from "node:assert/strict";
import * as fc from "fast-check";
import type { HeardWord } from "../../../../../src/import/read/json/cuesFromWords.ts";
import { spellWords } from "../../../../../src/import/read/json/spellWords.ts";
import { lettersOf } from "../../../../../src/import/read/cues/alignWords.ts";

/** A word a second. */
function heard(words: string): HeardWord[] {
  return words.split(" ").map((text, index) => ({ text, start: index, end: index + 1 }));
}

const texts = (words: readonly HeardWord[]) => words.map(({ text }) => text);

describe("bare words with times", () => {
  it("are spelled as the text beside them spells them, with their own times", () => {
    const { words, problems } = spellWords(heard("well he said dont go 5 of the state of the art things old square"), "“Well,” he said, “don't go!” $5 of the state-of-the-art things – old square…\n", "a.json");
    assert.deepEqual(texts(words), ["“Well,”", "he", "said,", "“don't", "go!”", "$5", "of", "the", "state-", "of-", "the-", "art", "things –", "old", "square…"]);
    assert.deepEqual(words.map(({ start, end }) => [start, end]), heard("a b c d e f g h i j k l m n o").map(({ start, end }) => [start, end]));
    assert.deepEqual(words.flatMap(({ isJoined }, index) => (isJoined ? [index] : [])), [9, 10, 11]);
    assert.deepEqual(problems, []);
  });

  it("get no blanks where the text has none", () => {
    assert.deepEqual(spellWords(heard("天气 很 好 我们 走"), "天气很好。我们走！", "a.json").words.map(({ text, isJoined }) => [text, isJoined]), [["天气", false], ["很", true], ["好。", true], ["我们", true], ["走！", true]]);
  });

  it("give way to the text where the two differ, which is said", () => {
    const { words, problems } = spellWords(heard("it cost ten dollars then she left us all alone"), "It cost $10. Then she really left us all alone.", "a.json");
    assert.deepEqual(words.map(({ text, start }) => [text, start]), [["It", 0], ["cost", 1], ["$10.", undefined], ["Then", 4], ["she", 5], ["really", undefined], ["left", 6], ["us", 7], ["all", 8], ["alone.", 9]]);
    assert.deepEqual(problems.map(({ code, message }) => [code, message]), [["words-estimated", "2 words of the text are not among the words with times; their times were estimated from the words around them"]]);
  });

  it("stay where the text leaves them out", () => {
    const { words, problems } = spellWords(heard("she drinks um and goes"), "She drinks and goes.", "a.json");
    assert.deepEqual([texts(words), problems], [["She", "drinks", "um", "and", "goes."], []]);
  });

  it("stand as they are beside a text of other words, which is said", () => {
    const words = heard("she drinks and goes");
    const spelled = spellWords(words, "Sie trinkt. Sie geht.", "a.json");
    assert.deepEqual([spelled.words, spelled.problems.map(({ code }) => code)], [words, ["other-text"]]);
    for (const text of [undefined, " \n"]) assert.deepEqual(spellWords(words, text, "a.json"), { words, problems: [] });
  });

  it("have every sign of the text in its order, and lose no time, for every text", () => {
    const token = fc.stringMatching(/^[“(]?[A-Za-zéß0-9]{1,6}(-[a-z]{1,3})?[.,!?…”)]{0,2}$/);
    const item = fc.record({ token, sign: fc.constantFrom("", " –", " &") });
    fc.assert(
      fc.property(fc.array(item, { minLength: 1, maxLength: 30 }), (items) => {
        const bare = items.map(({ token: text }, index): HeardWord => ({ text: lettersOf(text).toLowerCase(), start: index, end: index + 1 }));
        const text = items.map(({ token: word, sign }) => word + sign).join(" ");
        const { words, problems } = spellWords(bare, text, "a.json");
        assert.deepEqual([texts(words).join(" "), problems], [text, []]);
        assert.deepEqual(words.map(({ start }) => start), bare.map(({ start }) => start));
      }),
    );
  });
});
