import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { formatTimingMap, parseTimingMap, type TimingMap } from "../../../src/core/documents/timingMapDocument.ts";
import { describeTakeChanges, type TakeChange } from "../../../src/import/align/takeChanges.ts";
import { alignTake, type AlignedTake } from "../../../src/import/alignTake.ts";
import { planSegments, toTimingMap } from "../../../src/import/planSegments.ts";
import type { Cue, Transcript } from "../../../src/import/transcript.ts";
import { frameRates, round, spoken, transcriptOf, transcripts } from "./transcripts.ts";

const OPTIONS = { shotLength: { shortest: 2.5, ideal: 5, longest: 8 } };

const SENTENCES = [
  "In the kitchen above the old square a trumpet hung behind the door.",
  "It was worn brass and it had made no sound in eleven years.",
  "A letter hung from the same nail, pierced right through the signature.",
  "Nobody had ever asked Maria what the letter said, and she was glad.",
];

const TAKE = spoken(SENTENCES);
const MAP = toTimingMap(planSegments(TAKE, OPTIONS), { basis: "aligned" });

describe("a new take of the same words", () => {
  it("changes nothing where it is the old one", () => {
    assert.deepEqual(MAP.segments.map(({ id }) => id), ["segment_1", "segment_2", "segment_3", "segment_4"]);
    const { map, changes } = alignTake(MAP, TAKE, OPTIONS);
    assert.deepEqual(map, MAP);
    assert.deepEqual(changes, []);
  });

  it("changes nothing in the sample either, whose edges lie inside pauses and on frames", () => {
    const sample = parseTimingMap(readFileSync(new URL("../../../samples/the-trumpet-and-the-silence/timing-map.json", import.meta.url), "utf8")).value!;
    const { map, changes } = alignTake(sample, asTranscript(sample), OPTIONS);
    assert.deepEqual(changes, []);
    assert.deepEqual(map, sample);
  });

  it("moves segments and changes lengths, and keeps texts as they stand", () => {
    const slower = spoken([SENTENCES[0]!.toUpperCase(), 0.2, ...SENTENCES.slice(1, 3), SENTENCES[3]!.replaceAll(" ", " – ")], { secondsPerWord: 0.4 });
    const { map, changes } = alignTake(MAP, slower, OPTIONS);
    assert.deepEqual(map.segments.map(({ narration }) => narration), MAP.segments.map(({ narration }) => narration));
    assert.deepEqual(whats(changes), { segment_1: "moved", segment_2: "moved", segment_3: "moved", segment_4: "length" });
    assert.deepEqual(map.segments[0]!.words![0], [0, 0.4, "IN"]);
  });

  it("says what the times came from, and no longer what those before did, unless they stay", () => {
    const map: TimingMap = { ...MAP, source: { file: "old.srt", format: "SubRip subtitles" } };
    const source = { file: "take2.mp3", format: "MP3 recording", model: "openai/whisper-1" };
    const slower = spoken(SENTENCES, { secondsPerWord: 0.5 });
    assert.deepEqual(alignTake(map, { ...slower, source }, OPTIONS).map.source, source);
    assert.ok(!("source" in alignTake(map, slower, OPTIONS).map));
    assert.deepEqual(alignTake(map, { ...TAKE, source }, OPTIONS).map, map);
  });

  it("keeps the names of the voices that the story has, and takes those of the take where it has none", () => {
    const named = transcriptOf(TAKE.cues.map((cue, index) => ({ ...cue, speaker: index % 2 ? "SPEAKER_01" : "SPEAKER_00" })));
    const map: TimingMap = { ...MAP, segments: MAP.segments.map((segment, index) => ({ ...segment, ...[{ speaker: "Ann" }, { speakers: ["Ann", "Bob"] }][index] })) };
    const voices = (aligned: AlignedTake) => aligned.map.segments.map(({ speaker, speakers }) => speaker ?? speakers);
    assert.deepEqual(voices(alignTake(map, named, OPTIONS)), ["Ann", ["Ann", "Bob"], "SPEAKER_00", "SPEAKER_01"]);
    assert.deepEqual(voices(alignTake(map, TAKE, OPTIONS)), ["Ann", ["Ann", "Bob"], undefined, undefined]);
  });

  it("names all voices of a segment that is told anew by several, and no longer the one of before", () => {
    const map: TimingMap = { ...MAP, segments: MAP.segments.map((segment) => ({ ...segment, speaker: "Ann" })) };
    const told = spoken([SENTENCES[0]!, "It was a silver horn,", "and it had made no sound in eleven years.", ...SENTENCES.slice(2)]);
    const take = transcriptOf(told.cues.map((cue, index) => ({ ...cue, speaker: index === 1 ? "Bob" : "Ann" })));
    assert.deepEqual(alignTake(map, take, OPTIONS).map.segments.slice(0, 3).map(({ narration, speaker, speakers }) => [narration, speaker, speakers]), [
      [SENTENCES[0], "Ann", undefined],
      ["It was a silver horn, and it had made no sound in eleven years.", undefined, ["Bob", "Ann"]],
      [SENTENCES[2], "Ann", undefined],
    ]);
  });

  it("keeps music where the take still pauses, and an edge at its place in the pause", () => {
    const map: TimingMap = {
      format: 1,
      basis: "aligned",
      duration: 20,
      segments: [
        { id: "a", start: 0, end: 4.5, narration: "One two three.", words: [[0, 1, "One"], [1, 2, "two"], [2, 4, "three."]] },
        { id: "music", start: 4.5, end: 9.5, narration: "", audio: "m.wav" },
        { id: "b", start: 9.5, end: 15, narration: "Four five six.", words: [[10, 11, "Four"], [11, 12, "five"], [12, 14, "six."]] },
        { id: "end", start: 15, end: 20, narration: "" },
      ],
    };
    const take = (pause: number, tail: number) => ({ ...spoken(["One two three.", pause, "Four five six."], { secondsPerWord: 1 }), duration: 6 + pause + tail });
    const kept = alignTake(map, take(12, 6), OPTIONS);
    assert.deepEqual(kept.map.segments.map(({ id, start, end }) => [id, start, end]), [["a", 0, 4], ["music", 4, 14], ["b", 14, 19], ["end", 19, 24]]);
    assert.equal(kept.map.segments[1]!.audio, "m.wav");
    const gone = alignTake(map, take(0.5, 0), OPTIONS);
    assert.deepEqual(gone.map.segments.map(({ id, start, end }) => [id, start, end]), [["a", 0, 3.5], ["b", 3.5, 6.5]]);
    assert.deepEqual(whats(gone.changes), { a: "length", music: "unused", b: "length", end: "unused" });
  });

  it("makes a long new pause a segment of its own", () => {
    const paused = alignTake(MAP, spoken([...SENTENCES.slice(0, 2), 4, ...SENTENCES.slice(2)]), OPTIONS);
    assert.deepEqual(whats(paused.changes), { segment_2b: "new", segment_3: "moved", segment_4: "moved" });
    assert.equal(paused.map.segments[2]!.narration, "");
  });
});

describe("a new take with other words", () => {
  it("gives a segment its new text, and leaves the others theirs", () => {
    const { map, changes } = alignTake(MAP, spoken([SENTENCES[0]!, "It was thin old brass and it had made no sound in eleven long years.", ...SENTENCES.slice(2)]), OPTIONS);
    assert.deepEqual(whats(changes), { segment_2: "text", segment_3: "moved", segment_4: "moved" });
    assert.equal(map.segments[1]!.narration, "It was thin old brass and it had made no sound in eleven long years.");
  });

  it("gives a segment that is told anew the text between its neighbours", () => {
    const { map, changes } = alignTake(MAP, spoken([SENTENCES[0]!, "She used to play when her daughter was small, long ago now.", ...SENTENCES.slice(2)]), OPTIONS);
    assert.deepEqual(whats(changes), { segment_2: "text", segment_3: "moved", segment_4: "moved" });
    assert.equal(map.segments[1]!.narration, "She used to play when her daughter was small, long ago now.");
  });

  it("makes what is added a new segment, and takes what is gone out of the map", () => {
    const added = "Her grandfather had bought it from a sailor who could not swim.";
    const { map, changes } = alignTake(MAP, spoken([SENTENCES[0]!, SENTENCES[1]!, added, SENTENCES[3]!]), OPTIONS);
    // Other words in the place of a segment are its new text.
    assert.deepEqual(whats(changes), { segment_3: "text" });
    assert.equal(map.segments[2]!.narration, added);
    const longer = alignTake(MAP, spoken([...SENTENCES.slice(0, 3), added, SENTENCES[3]!]), OPTIONS);
    assert.deepEqual(whats(longer.changes), { segment_3b: "new", segment_4: "moved" });
    const shorter = alignTake(MAP, spoken([SENTENCES[0]!, ...SENTENCES.slice(2)]), OPTIONS);
    assert.deepEqual(whats(shorter.changes), { segment_2: "unused", segment_3: "moved", segment_4: "moved" });
  });

  it("cuts new sentences off whole, whatever small words they share with what stood there", () => {
    const told = ["Then somebody opened every window of his old house at once.", "The cold wind took all papers from the desk of his brother."];
    const { map, changes } = alignTake(MAP, spoken([SENTENCES[0]!, SENTENCES[1]!, ...told, SENTENCES[3]!]), OPTIONS);
    assert.deepEqual(map.segments.map(({ narration }) => narration), [SENTENCES[0], SENTENCES[1], ...told, SENTENCES[3]]);
    assert.deepEqual(whats(changes), { segment_2b: "new", segment_3: "text", segment_4: "moved" });
  });

  it("brings a sentence that ends in other words to its end before anything new begins", () => {
    const ended = "It was worn brass and it had made no sound in eleven very long and lonely winters.";
    const added = "Her grandfather had bought it from a sailor who could not swim.";
    const { map } = alignTake(MAP, spoken([SENTENCES[0]!, ended, added, ...SENTENCES.slice(2)]), OPTIONS);
    assert.deepEqual(map.segments.map(({ id, narration }) => [id, narration]).slice(1, 4), [["segment_2", ended], ["segment_2b", added], ["segment_3", SENTENCES[2]]]);
  });

  it("puts what is new on that side of music where the take does not pause", () => {
    const added = "Her grandfather had bought it from a sailor who could not swim.";
    const paused = spoken([SENTENCES[0]!, 5, SENTENCES[1]!]);
    const map = toTimingMap(planSegments(paused, OPTIONS), { basis: "aligned" });
    const idsOf = (take: Transcript) => alignTake(map, take, OPTIONS).map.segments.map(({ id, narration }) => `${id} ${narration.split(" ")[0]!}`);
    assert.deepEqual(idsOf(spoken([SENTENCES[0]!, 5, added, SENTENCES[1]!])), ["segment_1 In", "segment_2 ", "segment_2b Her", "segment_3 It"]);
    assert.deepEqual(idsOf(spoken([SENTENCES[0]!, added, 5, SENTENCES[1]!])), ["segment_1 In", "segment_1b Her", "segment_2 ", "segment_3 It"]);
  });

  it("gives a few words to the segment whose sentence they are in", () => {
    const { map, changes } = alignTake(MAP, spoken([SENTENCES[0]!, "Really.", ...SENTENCES.slice(1)]), OPTIONS);
    assert.equal(changes[0]!.what, "text");
    assert.equal(map.segments[0]!.narration, `${SENTENCES[0]!} Really.`);
  });

  it("cuts a segment that got far too long, and keeps its id where most of its words are", () => {
    const added = ["Her grandfather had bought it from a sailor who could not swim.", "He had paid for it with a bicycle and half a barrel of salted fish."];
    const { map, changes } = alignTake(MAP, spoken([SENTENCES[0]!, "It was worn brass.", ...added, "And it had made no sound in eleven years.", ...SENTENCES.slice(2)]), OPTIONS);
    assert.equal(changes.filter(({ what }) => what === "new").length, map.segments.length - 4);
    assert.ok(map.segments.length > 4);
    assert.ok(map.segments.find(({ id }) => id === "segment_2")!.narration.includes("in eleven years."));
  });

  it("never gives a new segment the id of a file", () => {
    const added = "Her grandfather had bought it from a sailor who could not swim.";
    const { changes } = alignTake(MAP, spoken([...SENTENCES.slice(0, 3), added, SENTENCES[3]!]), { ...OPTIONS, isTaken: (id) => id === "segment_3b" });
    assert.deepEqual(whats(changes), { segment_3c: "new", segment_4: "moved" });
  });

  it("numbers the segments of a story that had none", () => {
    const { map } = alignTake({ format: 1, basis: "aligned", segments: [] }, TAKE, OPTIONS);
    assert.deepEqual(map.segments, MAP.segments);
  });

  it("is told in one line", () => {
    const of = (what: TakeChange["what"], count: number) => Array.from({ length: count }, () => ({ what }));
    assert.equal(describeTakeChanges([...of("text", 6), ...of("moved", 88), ...of("unused", 1), ...of("length", 14), ...of("new", 2)]), "88 moved, 14 changed length, 6 changed text, 2 new, 1 unused");
    assert.equal(describeTakeChanges(of("moved", 1)), "1 moved");
    assert.equal(describeTakeChanges([]), "nothing changes");
  });
});

describe("any new take", () => {
  it("keeps every segment whose words are unchanged, and loses no id", () => {
    const actions = fc.array(fc.constantFrom("keep", "keep", "keep", "drop", "alter", "mishear", "insert"), { minLength: 1, maxLength: 25 });
    fc.assert(
      fc.property(actions, fc.integer({ min: 30, max: 60 }), frameRates, (steps, hundredths, frameRate) => {
        const sentence = (index: number) => Array.from({ length: 12 }, (_, word) => `w${index}x${word}`).join(" ") + ".";
        const map = toTimingMap(planSegments(spoken(steps.map((_, index) => sentence(index))), { ...OPTIONS, frameRate }), { basis: "aligned", ...(frameRate && { frameRate }) });
        assert.equal(map.segments.length, steps.length);
        const told = steps.flatMap((step, index) => {
          if (step === "drop") return [];
          if (step === "alter") return [sentence(index).replace(/ \S+ /, " other ")];
          if (step === "mishear") return [sentence(index).replace(/x[147] /g, "other ")];
          return step === "insert" ? [sentence(index), sentence(index + 1000)] : [sentence(index)];
        });
        const result = alignTake(map, spoken(told, { secondsPerWord: hundredths / 100 }), OPTIONS);
        checkRules(map, result, spoken(told, { secondsPerWord: hundredths / 100 }));
        const after = new Map(result.map.segments.map((segment) => [segment.id, segment]));
        steps.forEach((step, index) => {
          const segment = after.get(`segment_${index + 1}`);
          if (step === "keep" || step === "insert") assert.equal(segment?.narration, sentence(index), step);
          if (step === "alter" || step === "mishear") assert.equal(segment?.narration.includes("other"), true);
        });
      }),
      { numRuns: 60 },
    );
  });

  it("has every word of the take once, by the rules of a timing map, however little the two share", () => {
    const measured = transcripts.map((take) => transcriptOf(take.cues.filter(({ words }) => words), take.duration));
    fc.assert(
      fc.property(measured, transcripts, frameRates, (before, after, frameRate) => {
        const map = toTimingMap(planSegments(before, { ...OPTIONS, frameRate }), { basis: "aligned", ...(frameRate && { frameRate }) });
        checkRules(map, alignTake(map, after, OPTIONS), after);
      }),
    );
  });
});

function checkRules(before: TimingMap, { map, changes }: AlignedTake, take: Transcript): void {
  assert.deepEqual(parseTimingMap(formatTimingMap(map)).problems, []);
  assert.equal(letters(map.segments.map(({ narration }) => narration)), letters(take.cues.map(({ text }) => text)));
  const old = new Set(before.segments.map(({ id }) => id));
  const ids = new Set(map.segments.map(({ id }) => id));
  const of = (what: TakeChange["what"]) => changes.filter((change) => change.what === what).map(({ id }) => id).sort();
  assert.deepEqual(of("unused"), [...old].filter((id) => !ids.has(id)).sort());
  assert.deepEqual(of("new"), [...ids].filter((id) => !old.has(id)).sort());
  map.segments.forEach(({ start }, index) => assert.equal(start, map.segments[index - 1]?.end ?? 0));
}

function letters(texts: readonly string[]): string {
  return texts.join("").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

function whats(changes: readonly TakeChange[]): Record<string, string> {
  return Object.fromEntries(changes.map(({ id, what }) => [id, what]));
}

function asTranscript({ segments, duration }: TimingMap): Transcript {
  const cues = segments.flatMap(({ narration, words = [] }): Cue[] => {
    if (!words.length) return [];
    return [{ start: words[0]![0], end: words.at(-1)![1], text: narration, words: words.map(([start, end, text]) => ({ start, end, text })) }];
  });
  return transcriptOf(cues, duration === undefined ? undefined : round(duration));
}
