import assert from "node:assert/strict";
import { brief, checkTranscript, codes, read, refuse } from "../reading.ts";

const letters = "Hi, Bob. Go!".split("");
const timedLetters = { characters: letters, character_start_times_seconds: letters.map((_, index) => index / 10), character_end_times_seconds: letters.map((_, index) => (index + 1) / 10) };

describe("the JSON of ElevenLabs", () => {
  it("times characters, of which words and sentences are made", () => {
    for (const data of [{ audio_base64: "", alignment: timedLetters, normalized_alignment: null }, timedLetters, { alignment: null, normalized_alignment: timedLetters }]) {
      const transcript = read(data);
      checkTranscript(transcript);
      assert.deepEqual([transcript.format, brief(transcript), transcript.duration], ["ElevenLabs speech with timestamps", [[0, 0.8, "Hi, Bob."], [0.9, 1.2, "Go!"]], 1.2]);
      assert.deepEqual(transcript.cues[0]!.words, [{ start: 0, end: 0.3, text: "Hi," }, { start: 0.4, end: 0.8, text: "Bob." }]);
    }
    assert.match(refuse({ alignment: { ...timedLetters, characters: ["a"] } })[0]!.message, /1 characters, but 12 starts/);
  });

  it("makes words of Chinese characters", () => {
    const signs = "你好。再见。".split("");
    const { cues } = read({ characters: signs, character_start_times_seconds: signs.map((_, index) => index), character_end_times_seconds: signs.map((_, index) => index + 1) });
    assert.deepEqual(cues.map(({ text, words }) => [text, words!.map((word) => word.text)]), [["你好。", ["你", "好。"]], ["再见。", ["再", "见。"]]]);
  });

  it("aligns words with blanks between them", () => {
    const words = [["Hi,", 0, 0.3], [" ", 0.3, 0.4], ["Bob.", 0.4, 0.8], [" ", 0.8, 0.9], ["Go!", 0.9, 1.2]].map(([text, start, end]) => ({ text, start, end, loss: 0.1 }));
    const trailing = [["Hi, ", 0, 0.3], ["Bob. ", 0.4, 0.8], ["Go!", 0.9, 1.2]].map(([text, start, end]) => ({ text, start, end, loss: 0.1 }));
    for (const list of [words, trailing]) {
      const transcript = read({ characters: [], words: list, loss: 0.1 });
      assert.deepEqual([transcript.format, brief(transcript)], ["ElevenLabs forced alignment", [[0, 0.8, "Hi, Bob."], [0.9, 1.2, "Go!"]]]);
    }
  });

  it("hears words, blanks and sounds, and who speaks", () => {
    const item = (text: string, [start, end]: readonly [number, number], { type = "word", speaker_id = "speaker_0" } = {}) => ({ text, start, end, type, speaker_id, logprob: -0.1 });
    const { cues, language, findings } = read({ language_code: "eng", language_probability: 0.9, text: "", words: [item("Hi", [0, 0.3]), item(" ", [0.3, 0.4], { type: "spacing" }), item("Bob.", [0.4, 0.8]), item("(laughter)", [0.8, 1.5], { type: "audio_event" }), item(" ", [1.5, 1.6], { type: "spacing" }), item("Go!", [1.6, 2], { speaker_id: "speaker_1" })] });
    assert.deepEqual(cues.map(({ start, end, text, speaker, doubt }) => [start, end, text, speaker, doubt]), [[0, 0.8, "Hi Bob.", "speaker_0", undefined], [0.8, 1.5, "(laughter)", "speaker_0", "sound"], [1.6, 2, "Go!", "speaker_1", undefined]]);
    assert.deepEqual([language, findings.map(({ code }) => code)], ["en", ["sound"]]);
  });
});

describe("the JSON of other services", () => {
  const heard = [["hi", "Hi", 0, 0.3, 0], ["bob", "Bob.", 0.4, 0.8, 0], ["go", "Go!", 0.9, 1.2, 1]] as const;
  const said = [[0, 0.8, "Hi Bob."], [0.9, 1.2, "Go!"]];

  it("is read from Deepgram: words, utterances, paragraphs", () => {
    const words = heard.map(([word, punctuated_word, start, end, speaker]) => ({ word, punctuated_word, start, end, confidence: 1, speaker }));
    const wrap = (alternative: object, more = {}) => ({ metadata: { duration: 2.5 }, results: { channels: [{ alternatives: [alternative], detected_language: "en" }], ...more } });
    const paragraphs = { transcript: "", paragraphs: [{ sentences: [{ text: "Hi Bob.", start: 0, end: 0.8 }], speaker: 0 }, { sentences: [{ text: "Go!", start: 0.9, end: 1.2 }], speaker: 1 }] };
    const utterances = [{ start: 0, end: 0.8, transcript: "Hi Bob.", words: words.slice(0, 2), speaker: 0 }, { start: 0.9, end: 1.2, transcript: "Go!", speaker: 1 }];
    for (const data of [wrap({ transcript: "", words }), wrap({ transcript: "", words, paragraphs }), { results: { utterances } }]) {
      const transcript = read(data);
      assert.deepEqual([brief(transcript), transcript.cues.map(({ speaker }) => speaker), transcript.cues[0]!.words!.map(({ text }) => text)], [said, ["Speaker 1", "Speaker 2"], ["Hi", "Bob."]]);
    }
    const transcript = read(wrap({ words, paragraphs }));
    assert.deepEqual([transcript.format, transcript.duration, transcript.language, transcript.cues.map(({ startsParagraph }) => startsParagraph)], ["Deepgram transcript", 2.5, "en", [true, true]]);
  });

  it("is read from AssemblyAI, in milliseconds", () => {
    const words = heard.map(([, text, start, end, speaker]) => ({ text, start: start * 1000, end: end * 1000, confidence: 1, speaker: "AB"[speaker] }));
    const transcript = read({ id: "x", status: "completed", text: "", words, audio_duration: 3, language_code: "en_us" });
    assert.deepEqual([brief(transcript), transcript.cues[1]!.speaker, transcript.duration, transcript.language], [said, "B", 3, "en-us"]);
  });

  it("has the sentences of its text where the words have no punctuation", () => {
    const words = heard.map(([word, , start, end]) => ({ word, start, end, confidence: 1 }));
    const deepgram = { results: { channels: [{ alternatives: [{ transcript: "Hi Bob. Go!", words }] }] } };
    const google = { results: [{ alternatives: [{ transcript: "Hi Bob. Go!", words: words.map(({ word, start, end }) => ({ word, startTime: `${start}s`, endTime: `${end}s` })) }] }] };
    const assembly = { text: "Hi Bob. Go!", audio_duration: 3, words: words.map(({ word, start, end }) => ({ text: word, start: start * 1000, end: end * 1000, confidence: 1 })) };
    for (const data of [deepgram, google, assembly]) assert.deepEqual(brief(read(data)), said);
  });

  it("is read from Amazon, with punctuation apart and times as texts", () => {
    const word = (content: string, start_time: string, end_time: string) => ({ type: "pronunciation", start_time, end_time, alternatives: [{ confidence: "1", content }] });
    const mark = (content: string) => ({ type: "punctuation", alternatives: [{ confidence: "0", content }] });
    const transcript = read({ jobName: "x", results: { transcripts: [], language_code: "en-US", items: [word("Hi", "0.0", "0.3"), word("Bob", "0.4", "0.8"), mark("."), word("Go", "0.9", "1.2"), mark("!")] } });
    assert.deepEqual([brief(transcript), transcript.language], [said, "en-US"]);
  });

  it("is read from Google, both versions", () => {
    const one = heard.map(([, word, start, end]) => ({ word, ...(start ? { startTime: `${start}s` } : {}), endTime: `${end}s` }));
    const two = heard.map(([, word, start, end]) => ({ word, ...(start ? { startOffset: `${start}s` } : {}), endOffset: `${end}s` }));
    for (const words of [one, two]) assert.deepEqual(brief(read({ results: [{ alternatives: [{ transcript: "Hi Bob. Go!", words }], resultEndTime: "1.200s", languageCode: "en-us" }] })), said);
  });

  it("is read from Azure, in milliseconds and in ticks", () => {
    const phrases = [{ offsetMilliseconds: 0, durationMilliseconds: 800, text: "Hi Bob.", words: [{ text: "Hi", offsetMilliseconds: 0, durationMilliseconds: 300 }, { text: "Bob.", offsetMilliseconds: 400, durationMilliseconds: 400 }], locale: "en-US" }, { offset: 900, duration: 300, text: "Go!", speaker: 1 }];
    const transcript = read({ durationMilliseconds: 2000, combinedPhrases: [], phrases });
    assert.deepEqual([brief(transcript), transcript.cues[0]!.words![1], transcript.duration], [said, { start: 0.4, end: 0.8, text: "Bob." }, 2]);
    assert.deepEqual(brief(read({ recognizedPhrases: [{ offsetInTicks: 0, durationInTicks: 8e6, nBest: [{ display: "Hi Bob." }] }, { offsetInTicks: 9e6, durationInTicks: 3e6, nBest: [{ display: "Go!" }] }] })), said);
  });

  it("is read from Transformers, whose last end may be missing", () => {
    assert.deepEqual(brief(read({ text: "", chunks: [{ text: " Hi Bob.", timestamp: [0, 0.8] }, { text: " Go on now!", timestamp: [0.9, null] }] })), [[0, 0.8, "Hi Bob."], [0.9, 2.1, "Go on now!"]]);
    assert.deepEqual(brief(read({ text: "", chunks: heard.map(([, text, start, end]) => ({ text: ` ${text}`, timestamp: [start, end] })) })), said);
  });

  it("is told apart from JSON that is no transcript", () => {
    assert.match(refuse({ "a\nb": 1, c: 2 })[0]!.message, /: it is a document with a b, c$/);
    const cases: readonly (readonly [string, RegExp])[] = [
      ['{"error":{"message":"no"}}', /a document with error/],
      ['{"text":"All words.","monologues":[{"at":1}]}', /a document with text, monologues/],
      ['{"text":" "}', /a document with text/],
      ["{}", /an empty document/],
      ["[1, 2]", /a list of a number/],
      ["[]", /an empty list/],
    ];
    for (const [text, message] of cases) {
      const [error] = refuse(text);
      assert.equal(error!.code, "unknown-json");
      assert.match(error!.message, message);
      assert.match(error!.hint!, /whisper\.cpp.*Deepgram.*SRT or WebVTT/);
    }
    assert.deepEqual(codes(refuse('{"segments": [{"start": 0, "end": 1, "text": "Hi."}')), ["not-json:1"]);
  });
});
