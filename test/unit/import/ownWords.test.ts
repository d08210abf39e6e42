import assert from "node:assert/strict";
import * as fc from "fast-check";
import { inOwnWords } from "../../../src/import/ownWords.ts";
import { readTranscript } from "../../../src/import/read/readTranscript.ts";
import type { Transcript } from "../../../src/import/transcript.ts";
import { bytesOf, checkTranscript, codes, spokenWords } from "./read/reading.ts";
import { spoken, transcripts } from "./transcripts.ts";

const FILES = { file: "well.txt", heardIn: "voice.mp3", wordsPerMinute: 150 };

function read(text: string): Transcript {
  return readTranscript({ name: "well.txt", bytes: bytesOf(text) }, FILES).transcript!;
}

function told(text: string, heard: Transcript) {
  const { transcript, problems } = inOwnWords(read(text), heard, FILES);
  assert.ok(transcript, problems.map(({ message }) => message).join("\n"));
  checkTranscript(transcript);
  return transcript;
}

describe("a recording in a person's own words", () => {
  it("is told as it is written, at the times at which it is said", () => {
    const heard = { ...spoken(["she comes to the wel", 1, "she drinks and goes"], { secondsPerWord: 0.5, speaker: "Ann" }), source: { format: "MP3 recording" }, duration: 9 };
    const { cues, findings, ...rest } = told("She comes to the – well.\n\n“She drinks,” and goes!\n", heard);
    assert.deepEqual(cues.map(({ start, end, text, speaker, startsParagraph }) => [start, end, text, speaker, startsParagraph]), [
      [0, 2, "She comes to the – well.", "Ann", true],
      [3.5, 5.5, "“She drinks,” and goes!", "Ann", true],
    ]);
    assert.deepEqual(cues[1]!.words!.map(({ start, text }) => [start, text]), [[3.5, "“She"], [4, "drinks,”"], [4.5, "and"], [5, "goes!"]]);
    assert.deepEqual([rest.basis, rest.duration, rest.source, rest.format], ["aligned", 9, { format: "MP3 recording" }, "test, in the words of well.txt"]);
    assert.deepEqual(findings.map(({ code, message }) => [code, message]), [["words-estimated", "1 word was heard otherwise in voice.mp3, or not at all; its time was estimated from the words around"]]);
  });

  it("leaves out what is said beside the text, which is said with its time", () => {
    const { cues, findings } = told("She comes. She drinks.", spoken(["she comes", "um take two", "she drinks"], { secondsPerWord: 0.5 }));
    assert.deepEqual(cues.map(({ start, end, text }) => [start, end, text]), [[0, 1, "She comes."], [2.5, 3.5, "She drinks."]]);
    assert.deepEqual(findings.map(({ message }) => message), ["3 words are said in voice.mp3 that are not in this text, from 00:01.000 on: “um take two”; the story is told without"]);
  });

  it("gives a sentence that nobody heard what lies between its neighbours", () => {
    const { cues } = told("She comes to the well. Twice. She drinks and goes home.", spoken(["she comes to the well", 2, "she drinks and goes home"], { secondsPerWord: 0.5 }));
    assert.deepEqual(cues.map(({ start, end, text }) => [start, end, text]), [[0, 2.5, "She comes to the well."], [2.5, 4.5, "Twice."], [4.5, 7, "She drinks and goes home."]]);
  });

  it("has no times of words where nobody measured them, and is estimated where the times are", () => {
    const heard: Transcript = { ...spoken(["she comes to the well"], { measured: false }), basis: "estimated" };
    const { cues, basis } = told("She comes. To the well!", heard);
    assert.deepEqual([basis, cues.map(({ words }) => words), cues.at(-1)!.end], ["estimated", [undefined, undefined], 2]);
  });

  it("is refused where the text is another one, or has times of its own", () => {
    const refusal = (text: Transcript) => {
      const { transcript, problems } = inOwnWords(text, spoken(["she comes to the well"]), FILES);
      assert.equal(transcript, undefined);
      return [codes(problems), problems[0]!.message, problems[0]!.file];
    };
    assert.deepEqual(refusal(read("He never went to any place.")), [["other-text"], "this is not what is said in voice.mp3: 1 of its 6 words were heard there", "well.txt"]);
    assert.deepEqual(refusal(spoken(["She comes."])), [["has-times"], "this is test, which has times of its own", "well.txt"]);
  });

  it("has every word of the text in its order, whatever was heard of it", () => {
    fc.assert(
      fc.property(transcripts, fc.array(fc.nat({ max: 9 }), { maxLength: 40 }), (heard, kept) => {
        const said = heard.cues.map(({ text }) => text).join(" ").split(" ").filter((_, index) => kept[index] !== 0).join(" ");
        const { transcript: text } = readTranscript({ name: "well.txt", bytes: bytesOf(`Well. ${said}`) }, FILES);
        const { transcript } = text ? inOwnWords(text, heard, FILES) : {};
        if (!transcript) return;
        checkTranscript(transcript);
        assert.deepEqual(spokenWords(transcript.cues), spokenWords(text!.cues));
      }),
    );
  });
});
