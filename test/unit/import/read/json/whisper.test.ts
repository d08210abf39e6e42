import assert from "node:assert/strict";
import { readTranscript } from "../../../../../src/import/read/readTranscript.ts";
import { brief, checkTranscript, codes, fixture, PACE, read, refuse } from "../reading.ts";

const segment = { id: 0, seek: 0, start: 0.36, end: 2.5, text: " Go ahead, 1984.", tokens: [1], temperature: 0, avg_logprob: -0.2, compression_ratio: 1.1, no_speech_prob: 0.01 };
const words = [{ word: " Go", start: 0.36, end: 0.8, probability: 0.9 }, { word: " ahead,", start: 0.8, end: 1.5, probability: 0.9 }, { word: " 1984.", start: 1.6, end: 2.5, probability: 0.9 }];
const timed = [{ start: 0.36, end: 0.8, text: "Go" }, { start: 0.8, end: 1.5, text: "ahead," }, { start: 1.6, end: 2.5, text: "1984." }];

describe("Whisper's JSON", () => {
  it("of a real recording keeps its words and its lines", () => {
    const { transcript } = readTranscript({ name: "apollo-11.whisper.json", bytes: fixture("apollo-11.whisper.json") }, PACE);
    checkTranscript(transcript!);
    assert.deepEqual([transcript!.format, transcript!.language, transcript!.cues.length, transcript!.findings], ["whisper-timestamped JSON", "en", 4, []]);
    const { line, ...second } = transcript!.cues[1]!;
    assert.deepEqual(second, { start: 10.8, end: 11.16, text: "Go ahead.", words: [{ start: 10.8, end: 10.98, text: "Go" }, { start: 10.98, end: 11.16, text: "ahead." }] });
    const lines = new TextDecoder().decode(fixture("apollo-11.whisper.json")).split("\n");
    assert.match(lines.slice(line, line! + 8).join(), /"text": " Go ahead\."/);
  });

  it("is read from all who write as openai-whisper does", () => {
    const dialects: Readonly<Record<string, object>> = {
      "Whisper JSON": { text: segment.text, language: "en", segments: [{ ...segment, words }] },
      "WhisperX JSON": { segments: [{ ...segment, words: words.map(({ word, start, end }) => ({ word: word.trim(), start, end, score: 0.8 })) }], word_segments: [], language: "en" },
      "whisper-timestamped JSON": { text: "", segments: [{ ...segment, words: words.map(({ word, start, end }) => ({ text: word.trim(), start, end, confidence: 0.8 })) }], language: "English" },
      "OpenAI verbose JSON": { task: "transcribe", language: "english", duration: "9.5", text: segment.text, segments: [segment], words: [{ word: "Go", start: 0.36, end: 0.8 }, { word: "ahead", start: 0.8, end: 1.5 }, { word: "1984", start: 1.6, end: 2.5 }] },
    };
    for (const [format, data] of Object.entries(dialects)) {
      const transcript = read(data);
      assert.deepEqual([transcript.format, transcript.language, brief(transcript), transcript.cues[0]!.words], [format, "en", [[0.36, 2.5, "Go ahead, 1984."]], timed]);
    }
    assert.equal(read(dialects["OpenAI verbose JSON"]!).duration, 9.5);
    assert.deepEqual(brief(read([{ ...segment, words }])), [[0.36, 2.5, "Go ahead, 1984."]]);
  });

  it("may have words and no segments, or speakers and no words", () => {
    const bare = read({ task: "transcribe", duration: 3, text: "Yes. No.", words: [{ word: "Yes.", start: 0, end: 1 }, { word: "No.", start: 1, end: 2 }] });
    assert.deepEqual(brief(bare), [[0, 1, "Yes."], [1, 2, "No."]]);
    const diarized = read({ task: "transcribe", duration: 3, text: "", segments: [{ type: "transcript.text.segment", id: "seg_0", start: 0, end: 1, text: " Yes.", speaker: "A" }] });
    assert.deepEqual([diarized.format, diarized.cues[0]!.speaker], ["OpenAI diarized JSON", "A"]);
  });

  it("has the sentences of its text where the words have no punctuation", () => {
    const bare = "yes nobody calls the old square".split(" ").map((text, index) => ({ word: text, start: index, end: index + 1 }));
    const transcript = read({ task: "transcribe", duration: 6, text: "Yes. Nobody calls… The old square?", words: bare });
    assert.deepEqual(brief(transcript), [[0, 1, "Yes."], [1, 3, "Nobody calls…"], [3, 6, "The old square?"]]);
    assert.deepEqual(transcript.cues[1]!.words, [{ start: 1, end: 2, text: "Nobody" }, { start: 2, end: 3, text: "calls…" }]);
    assert.deepEqual(transcript.findings, []);
  });

  it("has its missing word times filled in, which is said", () => {
    const gap = [words[0]!, { word: " ahead," }, { word: " 1984.", start: 1.6, end: 2.5 }];
    const { cues, findings } = read({ segments: [{ ...segment, words: gap }], word_segments: gap, language: "en" });
    assert.deepEqual(cues[0]!.words, [timed[0], { start: 0.8, end: 1.6, text: "ahead," }, timed[2]]);
    assert.deepEqual(findings.map(({ message }) => message), ["1 word has no times; they were estimated from the words around them"]);
  });

  it("has words that are not those of the text left out, which is said", () => {
    const { cues, findings } = read({ segments: [{ ...segment, words: [{ word: "Other", start: 0.4, end: 1 }] }] });
    assert.deepEqual([cues[0]!.words, codes(findings)], [undefined, ["words-untimed"]]);
  });

  it("is told to be in milliseconds by its size", () => {
    const slow = [{ start: 0, end: 4000, text: "Four seconds of words." }, { start: 4000, end: 9000, text: "And five more of them." }];
    const { findings, ...rest } = read({ segments: slow });
    assert.deepEqual([brief({ ...rest, findings }), codes(findings)], [[[0, 4, slow[0]!.text], [4, 9, slow[1]!.text]], ["milliseconds"]]);
    assert.deepEqual(read({ segments: [{ start: 0, end: 60, text: "Silence." }, { start: 60, end: 61, text: "Noise." }] }).findings, []);
  });

  it("is read where Python wrote NaN, and says doubts of its own", () => {
    const text = JSON.stringify({ segments: [{ ...segment, avg_logprob: "NaN" }, { ...segment, start: 3, end: 4, text: " Hm.", no_speech_prob: 0.9, avg_logprob: -1.5 }] }, undefined, 1).replace('"NaN"', "NaN");
    const { cues, findings } = read(text);
    assert.deepEqual([cues.map(({ doubt }) => doubt), codes(findings)], [[undefined, "no-speech"], ["mended-json", "no-speech:17"]]);
  });

  it("is refused at the line of a wrong value, and where it breaks off", () => {
    const [wrong] = refuse({ segments: [segment, { ...segment, start: "soon" }] });
    assert.deepEqual([codes([wrong!]), wrong!.message], [["wrong-shape:20"], "this looks like Whisper JSON, but segments.1.start is wrong: Invalid input: expected number, received string"]);
    const text = JSON.stringify({ segments: [segment] }, undefined, 1);
    const [cut] = refuse(text.slice(0, 60));
    assert.deepEqual([codes([cut!]), cut!.message], [["not-json:6"], "this is not valid JSON: the JSON breaks off before its end"]);
    assert.match(refuse(text.replace('"seek": 0,', '"seek": 0'))[0]!.message, /expected a comma or } here, found “"start"/);
    assert.deepEqual(codes(refuse({ text: "", segments: [] })), ["no-narration"]);
  });
});

describe("whisper.cpp's JSON", () => {
  const token = (text: string, from: number, to: number) => ({ text, timestamps: { from: "", to: "" }, offsets: { from, to }, id: 1, p: 0.9, t_dtw: -1 });
  const cpp = (tokens?: object[]) => ({ systeminfo: "", model: {}, params: {}, result: { language: "en" }, transcription: [{ timestamps: { from: "00:00:00,000", to: "00:00:02,000" }, offsets: { from: 0, to: 2000 }, text: " Unbelievable, yes.", ...(tokens ? { tokens } : {}) }] });

  it("counts in milliseconds; its tokens become words, and those that steer it are not said", () => {
    const transcript = read(cpp([token("[_BEG_]", 0, 0), token(" Un", 0, 300), token("believable", 300, 1000), token(",", 1000, 1100), token(" yes", 1200, 1800), token(".", 1800, 1900), token("[_TT_100]", 2000, 2000)]));
    assert.deepEqual([transcript.format, transcript.language, brief(transcript)], ["whisper.cpp JSON", "en", [[0, 2, "Unbelievable, yes."]]]);
    assert.deepEqual(transcript.cues[0]!.words, [{ start: 0, end: 1, text: "Unbelievable," }, { start: 1.2, end: 1.8, text: "yes." }]);
    assert.equal(read(cpp()).cues[0]!.words, undefined);
  });

  it("may hold raw line ends in its texts", () => {
    const { cues, findings } = read(JSON.stringify(cpp()).replace("Unbelievable, yes", "Unbelievable,\n\tyes"));
    assert.deepEqual([cues[0]!.text, codes(findings)], ["Unbelievable, yes.", ["mended-json"]]);
  });
});
