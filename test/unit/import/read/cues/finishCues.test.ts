import assert from "node:assert/strict";
import * as fc from "fast-check";
import { finishCues } from "../../../../../src/import/read/cues/finishCues.ts";
import type { RawCue } from "../../../../../src/import/read/rawCue.ts";
import { checkTranscript, codes, PACE, spokenWords } from "../reading.ts";

const OPTIONS = { file: "voice", basis: "aligned", ...PACE } as const;

function finish(...cues: readonly (readonly [number, number, string])[]) {
  const raw = cues.map(([start, end, text], line): RawCue => ({ start, end, text, line }));
  const { cues: found, problems } = finishCues(raw, OPTIONS);
  return { cues: found.map(({ start, end, text }) => [start, end, text]), problems: codes(problems), messages: problems.map(({ message }) => message) };
}

describe("the times of cues", () => {
  it("are cut where the next cue starts, which is said at its line", () => {
    const { cues, problems, messages } = finish([0, 3, "A."], [2, 5, "B."], [5, 6, "C."]);
    assert.deepEqual(cues, [[0, 2, "A."], [2, 5, "B."], [5, 6, "C."]]);
    assert.deepEqual([problems, messages], [["overlap:1"], ["“A.” ends at 00:03.000, after the next cue starts; it was cut at 00:02.000"]]);
  });

  it("are shared where cues start together, by their words", () => {
    const { cues, problems } = finish([0, 4, "Yes."], [0, 4, "Two more words."], [6, 7, "End."]);
    assert.deepEqual([cues, problems], [[[0, 1, "Yes."], [1, 4, "Two more words."], [6, 7, "End."]], ["overlap:1"]]);
  });

  it("are estimated for a cue without length, as far as the next one leaves room", () => {
    assert.deepEqual(finish([1, 1, "One two three."], [9, 10, "End."]).cues, [[1, 2.2, "One two three."], [9, 10, "End."]]);
    const { cues, problems } = finish([1, 1, "One two three."], [1.5, 10, "End."]);
    assert.deepEqual([cues, problems], [[[1, 1.5, "One two three."], [1.5, 10, "End."]], ["no-length:1"]]);
    assert.deepEqual(finish([1, 1, "One."], [1, 3, "End."]).cues, [[1, 2, "One."], [2, 3, "End."]]);
  });

  it("are estimated for a cue that ends before it starts, where its neighbours prove its start", () => {
    const { cues, problems } = finish([0, 1, "A."], [5, 3, "Two words."], [8, 9, "C."]);
    assert.deepEqual([cues, problems], [[[0, 1, "A."], [5, 5.8, "Two words."], [8, 9, "C."]], ["backward-cue:2"]]);
  });

  it("are refused for one where nobody can tell which time is wrong", () => {
    const { problems } = finishCues([{ start: 4, end: 5, text: "A.", line: 3 }, { start: 9, end: 5, text: "B.", line: 7 }, { start: 6, end: 8, text: "C.", line: 11 }], OPTIONS);
    assert.deepEqual(problems.map(({ severity, message }) => [severity, message])[0], ["error", "the cue ends at 00:05.000, before it starts at 00:09.000, and the cues around it do not tell which is wrong"]);
    for (const time of [Number.NaN, Infinity, 1e12]) assert.deepEqual(finish([0, time, "A."]).problems, ["impossible-time:1"]);
  });

  it("are put in order, and start at 0 at the earliest", () => {
    const { cues, problems } = finish([4, 5, "B."], [-1, 2, "A."]);
    assert.deepEqual([cues, problems], [[[0, 2, "A."], [4, 5, "B."]], ["negative-time:2", "out-of-order:2"]]);
  });

  it("always are in order, apart and finite, and every word is there, whatever the source says", () => {
    const time = fc.oneof(fc.integer({ min: -5, max: 20 }), fc.double({ min: 0, max: 20, noNaN: true }), fc.constantFrom(0, 1, 1.0004));
    const cue = fc.record({ start: time, end: time, text: fc.constantFrom("One.", "Two words.", "Three more words.", " ", "你好。") });
    fc.assert(
      fc.property(fc.array(cue, { minLength: 1, maxLength: 12 }), (raw) => {
        const { cues, problems } = finishCues(raw, OPTIONS);
        if (problems.some(({ severity }) => severity === "error")) return;
        checkTranscript({ format: "", basis: "aligned", cues, findings: problems });
        const said = raw.flatMap(({ text }) => spokenWords([{ start: 0, end: 1, text }]));
        assert.deepEqual(spokenWords(cues).sort(), said.sort());
        const inOrder = raw.every(({ start }, index) => index === 0 || raw[index - 1]!.start <= start);
        if (inOrder) assert.deepEqual(spokenWords(cues), raw.flatMap(({ text }) => spokenWords([{ start: 0, end: 1, text }])));
      }),
      { numRuns: 500 },
    );
  });

  it("carry their words along when a cue is moved or cut", () => {
    const pieces = [{ text: "One", start: 0, end: 2 }, { text: "two.", start: 2, end: 4 }];
    const { cues } = finishCues([{ start: 0, end: 4, text: "One two.", pieces }, { start: 3, end: 5, text: "End." }], OPTIONS);
    assert.deepEqual(cues[0]!.words, [{ start: 0, end: 2, text: "One" }, { start: 2, end: 3, text: "two." }]);
    const { cues: shared } = finishCues([{ start: 0, end: 4, text: "Hm." }, { start: 0, end: 4, text: "One two.", pieces }], OPTIONS);
    assert.deepEqual(shared[1]!.words!.map(({ start, end }) => [start, end]), [[1.333, 2.667], [2.667, 4]]);
  });
});

describe("doubtful cues", () => {
  it("are marked, said and kept", () => {
    const sure = { noSpeech: 0.01, logProbability: -0.2, compressionRatio: 1.5 };
    const raw: RawCue[] = [
      { start: 0, end: 1, text: "All is well.", confidence: sure },
      { start: 1, end: 2, text: "Thanks for watching!", confidence: sure },
      { start: 2, end: 3, text: "Hm.", confidence: { noSpeech: 0.9, logProbability: -1.4 } },
      { start: 3, end: 4, text: "Quiet but sure.", confidence: { noSpeech: 0.9, logProbability: -0.3 } },
      { start: 4, end: 5, text: "and so on and so on and so on and so on and so on" },
      { start: 5, end: 6, text: "[Applause]" },
      { start: 6, end: 7, text: "Again." },
      { start: 7, end: 8, text: "again" },
      { start: 8, end: 9, text: "Again!" },
      { start: 9, end: 10, text: "ご視聴ありがとうございました" },
    ];
    const { cues, problems } = finishCues(raw, OPTIONS);
    assert.deepEqual(cues.map(({ doubt }) => doubt), [undefined, "known-phrase", "no-speech", undefined, "repeated", "sound", undefined, undefined, "repeated", "known-phrase"]);
    assert.deepEqual(problems.map(({ code, severity }) => [code, severity]), cues.flatMap(({ doubt }) => (doubt ? [[doubt, "warning"]] : [])));
    assert.match(problems[0]!.message, /^“Thanks for watching!” at 00:01.000: transcribers write this into silence$/);
  });
});
