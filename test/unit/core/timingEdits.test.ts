import assert from "node:assert/strict";
import * as fc from "fast-check";
import { formatTimingMap, parseTimingMap, type TimedSegment, type TimingMap } from "../../../src/core/documents/timingMapDocument.ts";
import { TimingEditError } from "../../../src/core/errors.ts";
import { newSegmentId } from "../../../src/core/newSegmentId.ts";
import { mergeWithNext, MINIMUM_SECONDS, retimeSegment, splitSegment, type SplitPoint, type TimingEdit } from "../../../src/core/timingEdits.ts";
import { timingMaps } from "./arbitraries.ts";

const MAP: TimingMap = {
  format: 1,
  basis: "aligned",
  duration: 12,
  frameRate: 25,
  segments: [
    { id: "segment_1", start: 0, end: 5, narration: "She lifts it, then waits.", speaker: "Ann", audio: "1.wav", words: [[0.2, 0.6, "She"], [0.6, 1, "lifts"], [1, 1.5, "it,"], [3.013, 3.4, "then"], [3.4, 4, "waits."]] },
    { id: "segment_2", start: 5, end: 8, narration: "", speaker: "Ann" },
    { id: "segment_3", start: 9, end: 12, narration: "Nobody played.", speaker: "Bob" },
  ],
};

const never = () => false;

describe("a segment that is split", () => {
  it("keeps id and first words, and a new segment gets the rest, from its first word on", () => {
    const { map, created, unused, heirs } = split("segment_1", { wordIndex: 3 });
    assert.deepEqual(map.segments.slice(0, 2), [
      { ...MAP.segments[0]!, end: 3, narration: "She lifts it,", words: MAP.segments[0]!.words!.slice(0, 3) },
      { id: "segment_1b", start: 3, end: 5, narration: "then waits.", speaker: "Ann", words: MAP.segments[0]!.words!.slice(3) },
    ]);
    assert.deepEqual([created, unused, heirs.size, map.segments.slice(2)], [["segment_1b"], [], 0, MAP.segments.slice(1)]);
  });

  it("is split at the word nearest to the cursor", () => {
    for (const [character, first] of [[15, "She lifts it,"], [12, "She lifts it,"], [1, "She"], [17, "She lifts it, then"]] as const) {
      if (character === 1) assert.throws(() => split("segment_1", { character }), TimingEditError);
      else assert.equal(split("segment_1", { character }).map.segments[0]!.narration, first, String(character));
    }
  });

  it("is split at a time, even into words and a pause", () => {
    const paused = split("segment_1", { seconds: 2.51 }).map.segments;
    assert.deepEqual([paused[0]!.end, paused[0]!.narration, paused[1]!.start], [2.52, "She lifts it,", 2.52]);
    const [spoken, silent] = split("segment_1", { seconds: 4.4 }).map.segments;
    assert.deepEqual([spoken!.narration, silent!.narration, silent!.words], [MAP.segments[0]!.narration, "", []]);
    assert.deepEqual(split("segment_2", { seconds: 6 }).map.segments.slice(1, 3), [
      { id: "segment_2", start: 5, end: 6, narration: "", speaker: "Ann" },
      { id: "segment_2b", start: 6, end: 8, narration: "", speaker: "Ann" },
    ]);
  });

  it("is refused where a part would have no words or no time, with what to do", () => {
    const points: [string, SplitPoint, RegExp][] = [
      ["segment_1", { wordIndex: 0 }, /no words/],
      ["segment_1", { wordIndex: 5 }, /no words/],
      ["segment_1", { wordIndex: 1.5 }, /no words/],
      ["segment_2", { character: 0 }, /no two words/],
      ["segment_1", { seconds: 4.99 }, /cannot be split at 5 s/],
      ["segment_1", { seconds: 7 }, /cannot be split at 7 s/],
      ["segment_1", { seconds: NaN }, /cannot be split/],
      ["segment_9", { seconds: 1 }, /no segment "segment_9"/],
    ];
    for (const [id, at, message] of points) {
      assert.throws(() => split(id, at), (error) => error instanceof TimingEditError && message.test(error.message) && Boolean(error.hint), JSON.stringify(at));
    }
  });
});

describe("the id of a new segment", () => {
  it("is the next letter that no segment and no file has", () => {
    const taken = (...ids: string[]) => (id: string) => ids.includes(id);
    assert.equal(newSegmentId("segment_12", never), "segment_12b");
    assert.equal(newSegmentId("segment_12", taken("segment_12b", "segment_12c")), "segment_12d");
    assert.equal(newSegmentId("segment_12b", taken("segment_12b")), "segment_12c");
    assert.equal(newSegmentId("segment_12", (id) => /^segment_12[b-z]$/.test(id)), "segment_12_2");
    assert.equal(newSegmentId("segment_12", (id) => id !== "segment_12_3"), "segment_12_3");
    assert.equal(newSegmentId("intro", never), "intro_2");
    assert.equal(newSegmentId(`${"x".repeat(62)}1`, never).length, 52);
  });

  it("is not that of a file in the story", () => {
    const isTaken = (id: string) => id === "segment_1b";
    assert.deepEqual(splitSegment(MAP, "segment_1", { at: { wordIndex: 1 }, isTaken }).created, ["segment_1c"]);
  });
});

describe("a segment that is merged with the next", () => {
  it("gets its words and its time, and the scene of the one that goes", () => {
    const { map, heirs, unused, created } = mergeWithNext(MAP, "segment_2");
    assert.deepEqual(map.segments, [MAP.segments[0], { id: "segment_2", start: 5, end: 12, narration: "Nobody played.", speaker: "Bob" }]);
    assert.deepEqual([[...heirs], unused, created], [[["segment_3", "segment_2"]], ["segment_3"], []]);
  });

  it("names all who speak where two do, and says of neither that it is all theirs", () => {
    const two = { ...MAP, segments: [MAP.segments[0]!, MAP.segments[2]!] };
    const [merged] = mergeWithNext(two, "segment_1").map.segments;
    assert.deepEqual([merged!.narration, merged!.speaker, merged!.speakers, merged!.words], ["She lifts it, then waits. Nobody played.", undefined, ["Ann", "Bob"], MAP.segments[0]!.words]);
    const third = mergeWithNext({ ...MAP, segments: [merged!, { id: "segment_4", start: 12, end: 14, narration: "Who?" }] }, "segment_1").map.segments;
    assert.deepEqual([third[0]!.speaker, third[0]!.speakers], [undefined, ["Ann", "Bob"]]);
  });

  it("says of a voice that is known in one part only that it is among others", () => {
    const two = { ...MAP, segments: [{ ...MAP.segments[0]!, speaker: undefined }, MAP.segments[2]!] };
    const [merged] = mergeWithNext(two, "segment_1").map.segments;
    assert.deepEqual([merged!.speaker, merged!.speakers], [undefined, ["Bob"]]);
  });

  it("is refused at the end of the story", () => {
    assert.throws(() => mergeWithNext(MAP, "segment_3"), (error) => error instanceof TimingEditError && /last segment/.test(error.message));
  });
});

describe("a segment that is retimed", () => {
  it("moves the boundary that it shares with its neighbour, to a frame", () => {
    assert.deepEqual(times(retimeSegment(MAP, "segment_2", { start: 4.51 })), [[0, 4.52], [4.52, 8], [9, 12]]);
    assert.deepEqual(times(retimeSegment(MAP, "segment_2", { start: 5.4 })), [[0, 5.4], [5.4, 8], [9, 12]]);
    assert.deepEqual(times(retimeSegment(MAP, "segment_1", { end: 6 })), [[0, 6], [6, 8], [9, 12]]);
    assert.deepEqual(times(retimeSegment(MAP, "segment_1", { end: 4 })), [[0, 4], [4, 8], [9, 12]]);
  });

  it("leaves a neighbour behind a gap where it is, unless it would be overlapped", () => {
    assert.deepEqual(times(retimeSegment(MAP, "segment_2", { end: 8.6 })), [[0, 5], [5, 8.6], [9, 12]]);
    assert.deepEqual(times(retimeSegment(MAP, "segment_3", { start: 7, end: 11 })), [[0, 5], [5, 7], [7, 11]]);
  });

  it("is refused where a segment would be left without time, or outside of the story", () => {
    const wrong: [string, { start?: number; end?: number }, RegExp][] = [
      ["segment_2", { start: 7.96 }, /segment_2 would last/],
      ["segment_2", { start: 0.04 }, /segment_1 would last/],
      ["segment_2", { end: 11.96 }, /segment_3 would last/],
      ["segment_1", { start: -1 }, /cannot start/],
      ["segment_1", { start: NaN }, /cannot start/],
      ["segment_3", { end: 13 }, /cannot end at 13 s/],
    ];
    for (const [id, change, message] of wrong) assert.throws(() => retimeSegment(MAP, id, change), (error) => error instanceof TimingEditError && message.test(error.message) && Boolean(error.hint), id);
  });
});

describe("any edit of a timing map", () => {
  const seconds = fc.integer({ min: 0, max: 20_000 }).map((ms) => ms / 1000);
  const edits = fc.oneof(
    fc.record({ kind: fc.constant("split" as const), at: fc.oneof(fc.record({ wordIndex: fc.nat(4) }), fc.record({ character: fc.nat(20) }), fc.record({ seconds })) }),
    fc.record({ kind: fc.constant("merge" as const) }),
    fc.record({ kind: fc.constant("retime" as const), start: fc.option(seconds, { nil: undefined }), end: fc.option(seconds, { nil: undefined }) }),
  );

  it("leaves a map that keeps all rules, with every word in its order", () => {
    let applied = 0;
    fc.assert(
      fc.property(timingMaps.map(withWords), fc.nat(4), edits, (map, position, edit) => {
        const segment = map.segments[position];
        if (!segment) return;
        const result = attempt(() => {
          if (edit.kind === "split") return splitSegment(map, segment.id, { at: edit.at, isTaken: never });
          return edit.kind === "merge" ? mergeWithNext(map, segment.id) : retimeSegment(map, segment.id, edit);
        });
        if (!result) return;
        applied++;
        assert.deepEqual(parseTimingMap(formatTimingMap(result.map)).problems, []);
        assert.equal(squeezed(result.map), squeezed(map));
        assert.deepEqual(allWords(result.map), allWords(map));
        for (const { narration, words } of result.map.segments) {
          if (edit.kind !== "split" || !words) continue;
          assert.equal(words.map(([, , text]) => text).join(""), narration.replace(/\s/g, ""));
        }
        const before = new Set(map.segments.map(({ id }) => id));
        const after = new Set(result.map.segments.map(({ id }) => id));
        assert.deepEqual([...before].filter((id) => !after.has(id)), result.unused);
        assert.deepEqual([...after].filter((id) => !before.has(id)), result.created);
        for (const { id, start, end } of result.map.segments) assert.ok(end - start > MINIMUM_SECONDS - 0.001 || before.has(id));
      }),
      { numRuns: 1000 },
    );
    assert.ok(applied > 100, `${applied} edits applied`);
  });
});

function split(id: string, at: SplitPoint): TimingEdit {
  return splitSegment(MAP, id, { at, isTaken: never });
}

function times({ map }: TimingEdit): [number, number][] {
  return map.segments.map(({ start, end }) => [start, end]);
}

function attempt(work: () => TimingEdit): TimingEdit | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof TimingEditError) return undefined;
    throw error;
  }
}

function withWords(map: TimingMap): TimingMap {
  return { ...map, segments: map.segments.map(withEvenWords) };
}

function withEvenWords(segment: TimedSegment): TimedSegment {
  // A word of a script without blanks may be cut inside what the source calls one word.
  const texts = segment.narration.split(/\s+/).filter((text) => /^[!-~]*[A-Za-z0-9][!-~]*$/.test(text)).slice(0, 3);
  const step = (segment.end - segment.start) / (texts.length || 1);
  const words = texts.map((text, index): [number, number, string] => [segment.start + index * step, segment.start + (index + 1) * step, text]);
  return { ...segment, narration: texts.join(" "), words: words.map(([start, end, text]) => [Math.round(start * 1000) / 1000, Math.round(end * 1000) / 1000, text]) };
}

function squeezed({ segments }: TimingMap): string {
  return segments.map(({ narration }) => narration).join("").replace(/\s/g, "");
}

function allWords({ segments }: TimingMap): unknown[] {
  return segments.flatMap(({ words }) => words ?? []);
}
