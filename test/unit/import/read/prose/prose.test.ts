import assert from "node:assert/strict";
import * as fc from "fast-check";
import { estimateSeconds } from "../../../../../src/import/read/estimateSeconds.ts";
import { splitSentences } from "../../../../../src/import/read/prose/sentences.ts";
import { readTranscript } from "../../../../../src/import/read/readTranscript.ts";
import { bytesOf, checkTranscript, codes, fixture, lettersAndDigits, PACE, read, spokenWords } from "../reading.ts";

const texts = (text: string) => read(text).cues.map((cue) => cue.text);

describe("plain text", () => {
  it("of a novel becomes sentences with estimated times, and no word is lost", () => {
    const { transcript } = readTranscript({ name: "alice.txt", bytes: fixture("alice.txt") }, PACE);
    checkTranscript(transcript!);
    assert.deepEqual([transcript!.format, transcript!.basis, transcript!.findings], ["plain text", "estimated", []]);
    assert.deepEqual(transcript!.cues.slice(0, 3).map(({ text, line }) => [text, line]), [["Alice in Wonderland", 0], ["CHAPTER I.", 2], ["Down the Rabbit-Hole", 2]]);
    assert.deepEqual(spokenWords(transcript!.cues), lettersAndDigits(new TextDecoder().decode(fixture("alice.txt"))));
  });

  it("is as long as its words by the words per minute, with pauses where sentences and paragraphs end", () => {
    const sentence = "Ten words are said here and then there is peace.";
    const text = `${sentence} ${sentence}\n\n${sentence}`;
    const cues = read(text).cues;
    assert.deepEqual(cues.map(({ start, end, startsParagraph }) => [start, end, startsParagraph]), [[0, 3.65, true], [4, 7.1, undefined], [8, 11.1, true]]);
    const fast = readTranscript({ name: "a", bytes: bytesOf(text) }, { wordsPerMinute: 300 }).transcript!.cues;
    assert.deepEqual(fast.map(({ start }) => start), [0, 2, 4]);
    for (const wordsPerMinute of [0, -1, Number.NaN, Infinity]) checkTranscript(readTranscript({ name: "a", bytes: bytesOf(text) }, { wordsPerMinute }).transcript!);
  });

  it("is measured by its characters where a script has no spaces", () => {
    assert.equal(estimateSeconds("one two three four five", 150), 2);
    assert.equal(estimateSeconds("well-known “quotes” — and 1,984 dashes", 150), 2);
    assert.equal(Math.round(estimateSeconds("小河边有一个很小的村子，住着一位老人。", 150) * 10) / 10, 4);
    assert.ok(estimateSeconds("สวัสดีครับ", 150) > 0.3 && estimateSeconds("สวัสดีครับ", 150) < 1.5);
    assert.equal(estimateSeconds(" … — ", 150), 0);
  });

  it("has its sentences kept whole at abbreviations, initials and quotations", () => {
    assert.deepEqual(splitSentences("He said no. No. It was No. 5 of Vol. 2."), ["He said no.", "No.", "It was No. 5 of Vol. 2."]);
    assert.deepEqual(splitSentences("Mr. Smith met Dr. J. R. Brown at 5 p.m. sharp. “Really?” she asked. Yes! No? It cost 3.50 euros, e.g. in St. Louis. So am I. He left…"), [
      "Mr. Smith met Dr. J. R. Brown at 5 p.m. sharp.", "“Really?” she asked.", "Yes!", "No?", "It cost 3.50 euros, e.g. in St. Louis.", "So am I.", "He left…",
    ]);
    assert.deepEqual(splitSentences("Er kam z. B. um 8 Uhr an. Danach ging er."), ["Er kam z. B. um 8 Uhr an.", "Danach ging er."]);
    assert.deepEqual(splitSentences("你好。今天天气很好！我们走吧。"), ["你好。", "今天天气很好！", "我们走吧。"]);
  });

  it("may be wrapped, set in verses, or have ornaments", () => {
    assert.deepEqual(texts("This line was wrapped\nby a program. And\nthis too.\n\n* * *\n\nNew part."), ["This line was wrapped by a program.", "And this too.", "New part."]);
    assert.deepEqual(texts("今天天气\n很好。"), ["今天天气很好。"]);
    assert.deepEqual(read("ANNA: Come here. Now.\n\nHe came.").cues.map(({ text, speaker }) => [text, speaker]), [["Come here.", "ANNA"], ["Now.", "ANNA"], ["He came.", undefined]]);
  });

  it("may hold a time with an arrow without being a subtitle", () => {
    assert.equal(read("The train goes 10:30 -> 11:00 every day.").format, "plain text");
    assert.equal(read("[Music] Hello there.").format, "plain text");
    assert.equal(read("{aside} Hello there.").format, "plain text");
  });

  it("neither loses nor adds a word, whatever is written", () => {
    const word = fc.constantFrom("Mr.", "one", "two,", "three.", "Four!", "“five”", "six—seven", "z. B.", "8", "...", "\n", "\n\n", "I.", "九十。", "e.g.", "A.", "(x)", "#", "\t");
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 60 }), (words) => {
        const text = `One ${words.join(" ")}`;
        if (read(text).format !== "plain text") return;
        checkTranscript(read(text));
        assert.equal(spokenWords(read(text).cues).join(""), lettersAndDigits(text).join(""));
      }),
      { numRuns: 300 },
    );
  });
});

describe("Markdown", () => {
  const TEXT = `---
title: "The Door"
draft: true
---
# A Heading

The **bold** and _quiet_ [garden](https://example.org/a_(b)) has \`one\` door\\*.
snake_case stays, 2 * 3 * 4 too. ![a picture](x.png)

## Second part ##

> Quoted &amp; said.[^1]

- First point
- Second point.

\`\`\`js
code();
\`\`\`
<!-- a note
over lines --> After.<br>End

Underlined
==========

| a | b |

[^1]: A footnote.
`;

  it("is read as it would be spoken; what is not spoken is listed", () => {
    const { cues, findings, title, format } = read(TEXT);
    assert.deepEqual([format, title], ["Markdown", "The Door"]);
    assert.deepEqual(cues.map(({ text, line }) => [text, line]), [
      ["The bold and quiet garden has one door*. snake_case stays, 2 * 3 * 4 too.", 6], ["Quoted & said.", 11], ["First point", 13], ["Second point.", 14], ["After.", 20], ["End", 20],
    ]);
    assert.deepEqual(codes(findings), ["front-matter:1", "heading:5", "picture:8", "heading:10", "code-block:17", "comment:20", "heading:23", "table:26", "definition:28"]);
    assert.equal(findings[1]!.message, "the heading “A Heading” is not spoken; it was left out");
  });

  it("says when a block of code swallows the rest", () => {
    assert.deepEqual(codes(read("Hello there.\n\n```\nthe rest").findings), ["code-block:3", "open-fence:3"]);
  });

  it("keeps every word of a text without marks, read as either", () => {
    const word = fc.constantFrom("one", "two,", "Three.", "2", "a*b", "x_y_z", "<", "5>3", "[so]", "&", "&amp", "\n", "\n\n", "\\", "`", "!", "~", "*", "“q”");
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 40 }), (words) => {
        const text = `One ${words.join(" ")}`;
        const spoken = spokenWords(read(`# Title\n\n${text}`).cues).join("");
        assert.equal(spoken, lettersAndDigits(text).join(""));
      }),
      { numRuns: 300 },
    );
  });
});
