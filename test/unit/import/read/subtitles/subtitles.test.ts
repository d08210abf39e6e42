import assert from "node:assert/strict";
import { withTimeCodes } from "../../../../../src/import/timeCodes.ts";
import { brief, checkTranscript, codes, fixture, PACE, read, refuse } from "../reading.ts";
import { readTranscript } from "../../../../../src/import/read/readTranscript.ts";

describe("subtitles", () => {
  it("of a real aligner are read alike as SubRip and as WebVTT", () => {
    const [srt, vtt] = ["sonnet-1.srt", "sonnet-1.vtt"].map((name) => readTranscript({ name, bytes: fixture(name) }, PACE).transcript!);
    assert.deepEqual([srt!.format, vtt!.format, srt!.basis, srt!.findings, vtt!.findings], ["SubRip subtitles", "WebVTT subtitles", "aligned", [], []]);
    assert.deepEqual(brief(srt!), brief(vtt!));
    assert.deepEqual(brief(srt!).slice(0, 2), [[0, 2.68, "1"], [2.68, 5.88, "From fairest creatures we desire increase,"]]);
    assert.equal(srt!.cues.length, 15);
    checkTranscript(srt!);
  });

  const sloppy: Readonly<Record<string, readonly [string, readonly (readonly [number, number, string])[]]>> = {
    "without indexes": ["00:00:01,000 --> 00:00:02,000\nOne.\n\n00:00:02,000 --> 00:00:03,000\nTwo.", [[1, 2, "One."], [2, 3, "Two."]]],
    "without empty lines": ["1\n00:00:01,000 --> 00:00:02,000\nOne.\n2\n00:00:02,000 --> 00:00:03,000\nTwo.", [[1, 2, "One."], [2, 3, "Two."]]],
    "with an empty line after every line": ["1\n\n00:00:01,000 --> 00:00:02,000\n\nOne.\n\n2\n\n00:00:02,000 --> 00:00:03,000\n\nTwo.\n", [[1, 2, "One."], [2, 3, "Two."]]],
    "with points, short fractions and no hours": ["1\n00:01.5 --> 0:0:2,25\nOne.\n\n2\n00:00:02.250-->00:00:03\nTwo.", [[1.5, 2.25, "One."], [2.25, 3, "Two."]]],
    "with a colon before the milliseconds": ["1\n00:00:01:500 --> 00:00:02:000\nOne.", [[1.5, 2, "One."]]],
    "with hours over 99": ["1\n100:00:01,000 --> 123:00:02,000\nOne.", [[360001, 442802, "One."]]],
    "with other arrows": ["1\n00:00:01,000 -> 00:00:02,000\nOne.\n\n2\n00:00:02,000 –> 00:00:03,000\nTwo.", [[1, 2, "One."], [2, 3, "Two."]]],
    "with settings, and with text behind the times": ["1\n00:00:01,000 --> 00:00:02,000 X1:10 X2:20\nOne.\n\n2\n00:00:02,000 --> 00:00:03,000 Two.", [[1, 2, "One."], [2, 3, "Two."]]],
    "with numbers as text": ["1\n00:00:01,000 --> 00:00:02,000\n7\n\n2\n00:00:02,000 --> 00:00:03,000\n1984", [[1, 2, "7"], [2, 3, "1984"]]],
    "with arrows in the text": ["1\n00:00:01,000 --> 00:00:02,000\n3 -> 4 and 10:30 – 11:00", [[1, 2, "3 -> 4 and 10:30 – 11:00"]]],
  };
  for (const [how, [text, cues]] of Object.entries(sloppy)) {
    it(`are read ${how}, whatever ends their lines`, () => {
      for (const end of ["\n", "\r\n", "\r"]) assert.deepEqual(brief(withTimeCodes(read(text.replaceAll("\n", end)))), cues);
      assert.deepEqual(codes(withTimeCodes(read(`\uFEFF${text}`)).findings), []);
    });
  }

  it("keep text that stands behind an empty line, and say so", () => {
    const { cues, findings } = read("1\n00:00:01,000 --> 00:00:02,000\nOne\n\nmore.\n\n2\n00:00:02,000 --> 00:00:03,000\nTwo.\n");
    assert.deepEqual([cues.map(({ text }) => text), codes(findings)], [["One more.", "Two."], ["text-after-gap:5"]]);
  });

  it("lose their markup and keep their words", () => {
    const text = '1\n00:00:01,000 --> 00:00:02,000\n{\\an8}<i>Fish &amp; <b>chips</b></i>, a&#32;&lt;b&gt; <font color="#ff0000">red</font>{\\i1}\n5 < 6, I <3 you &unknown; AT&T<br>end';
    assert.equal(read(text).cues[0]!.text, "Fish & chips, a <b> red 5 < 6, I <3 you &unknown; AT&T end");
  });

  it("tell who speaks: voices, names in capitals, labels of transcribers", () => {
    const cues = ["<v.loud Bob Smith>Come here.", "BOB: Come here.", "[SPEAKER_00]: Come here.", "Speaker 2: Come here.", ">> ANNA LEE: Come here.", "- Come here.", "NOTE: Come here.", "At 10:30: Come here.", "I: Come here.", "He said: Come here."];
    const { cues: found } = read(`WEBVTT\n\n${cues.map((text, index) => `00:${10 + index}.000 --> 00:${10 + index}.900\n${text}\n`).join("\n")}`);
    assert.deepEqual(found.map(({ speaker }) => speaker), ["Bob Smith", "BOB", "SPEAKER_00", "Speaker 2", "ANNA LEE", undefined, undefined, undefined, undefined, undefined]);
    assert.deepEqual(found.map(({ text }) => text), [...Array<string>(6).fill("Come here."), ...cues.slice(6)]);
  });

  it("share the time of a cue between two voices, and read -5 as a number", () => {
    const { cues } = read("WEBVTT\n\n00:00.000 --> 00:04.000\n<v Bob>Yes.</v>\n<v Ann>No no no.</v>\n\n00:04.000 --> 00:05.000\n-5 degrees\n- Really?");
    assert.deepEqual(cues.map(({ start, end, text, speaker }) => [start, end, text, speaker]), [[0, 1.333, "Yes.", "Bob"], [1.333, 4, "No no no.", "Ann"], [4, 5, "-5 degrees Really?", undefined]]);
  });

  it("give words the times of a karaoke", () => {
    const [cue] = read("WEBVTT\n\n00:01.000 --> 00:04.000\nOne <00:02.000><c.yellow>two</c> <00:03.000>three four").cues;
    assert.deepEqual(cue!.words, [
      { start: 1, end: 2, text: "One" },
      { start: 2, end: 3, text: "two" },
      { start: 3, end: 3.556, text: "three" },
      { start: 3.556, end: 4, text: "four" },
    ]);
  });

  it("skip what WebVTT does not show, and tell its language", () => {
    const { cues, language } = read("WEBVTT - made by hand\nKind: captions\nLanguage: pt-BR\n\nSTYLE\n::cue { color: red }\n\nNOTE\nnot said\n\nintro\n00:01.000 --> 00:02.000 align:start position:0%\nOne.\n\nNOTE also\nnot said\n\n00:02.000 --> 00:03.000\nNOTE is a word here.\n");
    assert.deepEqual(cues.map(({ text }) => text), ["One.", "NOTE is a word here."]);
    assert.equal(language, "pt-BR");
  });

  it("are refused where a time cannot be read, each at its line", () => {
    const text = "1\n00:00:01,000 --> 00:00:02,000\nOne.\n\n2\n00:00:0Z,000 --> 00:00:03,000\nTwo.\n\n3\n00:00:03,000 -->\nThree.\n";
    const errors = refuse(text, "voice.srt");
    assert.deepEqual(codes(errors), ["unreadable-time:6", "unreadable-time:10"]);
    assert.equal(errors[0]!.message, "the times “00:00:0Z,000 --> 00:00:03,000” cannot be read");
  });

  it("are watched for a file that was cut off", () => {
    const start = "1\n00:00:01,000 --> 00:00:02,000\nOne.\n\n2";
    assert.deepEqual(codes(read(start).findings), ["cut-off:5"]);
    assert.deepEqual(codes(refuse(`${start}\n00:00:02,0`)), ["unreadable-time:6"]);
    assert.deepEqual(codes(refuse(`${start}\n00:00:02,000 --> 00:`)), ["unreadable-time:6"]);
    for (const end of ["", "\n", "\r\n"]) {
      const { cues, findings } = read(`${start}\n00:00:02,000 --> 00:00:03,000${end}`);
      assert.deepEqual([cues.length, codes(findings), findings[0]!.message], [1, ["cut-off:6"], "the file ends behind the times of cue 2, without its text; it is probably cut off"]);
    }
    assert.deepEqual(codes(read(`${start}\n00:00:02,000 --> 00:00:03,000\n\n`).findings), ["empty-cue:6"]);
  });

  it("say what stands above the first cue", () => {
    assert.deepEqual(codes(read("Made by somebody\n\n1\n00:00:01,000 --> 00:00:02,000\nOne.").findings), ["text-above-cues:1"]);
    assert.deepEqual(codes(refuse("WEBVTT\n\nNOTE nothing else\n")), ["no-narration"]);
  });
});
