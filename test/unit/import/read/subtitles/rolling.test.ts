import assert from "node:assert/strict";
import * as fc from "fast-check";
import { brief, checkTranscript, codes, lettersAndDigits, read, spokenWords } from "../reading.ts";

/** As live captions come from the web: a line with karaoke times, the same line for 10 ms, the next below it. */
const LIVE = `WEBVTT
Kind: captions
Language: en

00:00:00.160 --> 00:00:02.389 align:start position:0%
\x20
hello<00:00:00.480><c> world</c>

00:00:02.389 --> 00:00:02.399 align:start position:0%
hello world
\x20

00:00:02.399 --> 00:00:04.390 align:start position:0%
hello world
the<00:00:02.800><c> the</c><00:00:03.000><c> end</c>

00:00:04.390 --> 00:00:04.400 align:start position:0%
the the end
\x20

00:00:04.400 --> 00:00:06.000 align:start position:0%
the the end
end<00:00:05.000><c> of it</c>
`;

describe("rolling captions", () => {
  it("are read line by line, with the times of their words", () => {
    const transcript = read(LIVE);
    assert.deepEqual(brief(transcript), [[0.16, 2.399, "hello world"], [2.399, 4.4, "the the end"], [4.4, 6, "end of it"]]);
    assert.deepEqual(transcript.cues[1]!.words!.map(({ start, text }) => [start, text]), [[2.399, "the"], [2.8, "the"], [3, "end"]]);
    assert.deepEqual(codes(transcript.findings), ["rolling-captions"]);
  });

  it("may grow word by word", () => {
    const text = ["I", "I have", "I have a", "I have a dream", "I have a dream\nthat one", "I have a dream\nthat one day"].map((line, index) => `${index + 1}\n00:00:0${index},000 --> 00:00:0${index + 1},000\n${line}\n`).join("\n");
    assert.equal(read(text).cues.map((cue) => cue.text).join(" "), "I have a dream that one day");
  });

  it("are not seen in a song that repeats a line, or in somebody who says no twice", () => {
    const song = ["Row, row", "Row, row", "Gently down", "No.", "No.", "Merrily"].map((line, index) => `${index + 1}\n00:00:0${index},000 --> 00:00:0${index + 1},000\n${line}\n`).join("\n");
    assert.deepEqual(read(song).cues.map(({ text }) => text), ["Row, row", "Row, row", "Gently down", "No.", "No.", "Merrily"]);
  });

  it("neither lose nor double a word, whatever is said", () => {
    const line = fc.array(fc.constantFrom("the", "no", "end", "of", "it", "all", "dog"), { minLength: 1, maxLength: 5 }).map((words) => words.join(" "));
    fc.assert(
      fc.property(fc.array(line, { minLength: 6, maxLength: 20 }), fc.boolean(), (lines, isDoubled) => {
        // Three equal lines in a row cannot be told from two that are shown once more.
        fc.pre(lines.every((text, index) => index < 2 || text !== lines[index - 1] || text !== lines[index - 2]));
        const clock = (ms: number) => `00:${String(Math.floor(ms / 60000)).padStart(2, "0")}:${String(Math.floor(ms / 1000) % 60).padStart(2, "0")}.${String(ms % 1000).padStart(3, "0")}`;
        const blocks = lines.flatMap((text, index) => {
          const from = index * 2000;
          const shown = index ? `${lines[index - 1]}\n${text}` : text;
          const rest = isDoubled ? [`${clock(from + 1990)} --> ${clock(from + 2000)}\n${text}\n`] : [];
          return [`${clock(from)} --> ${clock(from + (isDoubled ? 1990 : 2000))}\n${shown}\n`, ...rest];
        });
        const transcript = read(`WEBVTT\n\n${blocks.join("\n")}`);
        checkTranscript(transcript);
        assert.deepEqual(spokenWords(transcript.cues), lines.flatMap(lettersAndDigits));
      }),
      { numRuns: 300 },
    );
  });
});
