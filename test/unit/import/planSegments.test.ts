import assert from "node:assert/strict";
import * as fc from "fast-check";
import { formatTimingMap, parseTimingMap } from "../../../src/core/documents/timingMapDocument.ts";
import { planSegments, toTimingMap, type PlannedSegment, type PlanOptions } from "../../../src/import/planSegments.ts";
import type { Cue, Transcript } from "../../../src/import/transcript.ts";
import { frameRates, round, shotLengths, spoken, transcriptOf, transcripts } from "./transcripts.ts";

const OPTIONS: PlanOptions = { shotLength: { shortest: 2.5, ideal: 5, longest: 8 } };

describe("the plan of a take", () => {
  it("cuts at the ends of sentences", () => {
    const take = spoken(["She lifted the trumpet one last time, and the square below her fell silent. Nobody in the whole old town had ever expected that of her.", "Then she put it down again and slowly went home through the rain."]);
    assert.deepEqual(narrations(take), [
      "She lifted the trumpet one last time, and the square below her fell silent.",
      "Nobody in the whole old town had ever expected that of her.",
      "Then she put it down again and slowly went home through the rain.",
    ]);
  });

  it("joins sentences that are too short for a shot", () => {
    const take = spoken(["Stop.", "Wait for me here now.", "No.", "The others have all gone home by now and left the two of us here, you know."]);
    assert.deepEqual(narrations(take), ["Stop. Wait for me here now. No.", "The others have all gone home by now and left the two of us here, you know."]);
  });

  it("cuts a long sentence at a clause, or else between words", () => {
    const words = (count: number) => Array.from({ length: count }, (_, index) => `w${"abcdefghijklmnopqrstuvwxyz"[index]}`).join(" ");
    assert.deepEqual(narrations(spoken([`${words(11)}, ${words(14)}.`])), [`${words(11)},`, `${words(14)}.`]);
    const [first, second, ...more] = planSegments(spoken([words(25)]), OPTIONS);
    assert.deepEqual([more.length, `${first!.narration} ${second!.narration}`], [0, words(25)]);
    assert.ok(Math.abs(first!.end - 5) < 0.5, `${first!.end}`);
  });

  it("takes a pause for a better place than a word, and no full stop after a title for an end", () => {
    assert.deepEqual(narrations(spoken(["one two three four five six seven eight", 0.9, "nine", "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen"]))[0], "one two three four five six seven eight");
    assert.deepEqual(narrations(spoken(["Nobody has ever seen old Dr.", "Silva without his hat on his grey head in our whole town."])).some((text) => text.endsWith("Dr.")), false);
    // Even where the sentence has to be cut somewhere.
    const nurse = "On the night of October 14 a young nurse named Ellen left St. Mary's Hospital and walked to her car, where nobody waited.";
    assert.deepEqual(narrations(spoken([nurse])).filter((text) => text.endsWith("St.")), []);
  });

  it("cuts no name apart, and no word from the one that governs it", () => {
    const words = (count: number) => Array.from({ length: count }, (_, index) => `w${"abcdefghijklmnopqrstuvwxyz"[index]}`).join(" ");
    for (const pair of ["Ellen Marsh", "in the square", "of a kind"]) {
      // As long on both sides as makes the cut there the best one by length.
      const [first] = narrations(spoken([`${words(12)} ${pair} ${words(12)}`]));
      assert.ok(!first!.includes(pair.split(" ")[0]!) || first!.includes(pair), `${first} |`);
    }
  });

  it("cuts where another speaks", () => {
    const take = transcriptOf([...spoken(["One two three four five six seven"], { speaker: "Ann" }).cues, ...later(spoken(["eight nine ten eleven twelve thirteen fourteen"], { speaker: "Bob" }), 2.8)]);
    assert.deepEqual(planSegments(take, OPTIONS).map(({ speaker, start, end }) => [speaker, start, end]), [["Ann", 0, 2.8], ["Bob", 2.8, 5.6]]);
  });

  it("says who speaks where several do in one shot, and claims it for none of them", () => {
    const cue = (speaker: string, index: number): Cue => ({ start: index * 1.5, end: index * 1.5 + 1.5, text: `Line ${index + 1}.`, speaker });
    const planned = planSegments(transcriptOf(["A", "B", "A", "B", "C", "A"].map(cue)), OPTIONS);
    assert.deepEqual(planned.map(({ narration, speaker, speakers }) => [narration, speaker, speakers]), [
      ["Line 1. Line 2.", undefined, ["A", "B"]],
      ["Line 3. Line 4.", undefined, ["A", "B"]],
      ["Line 5. Line 6.", undefined, ["C", "A"]],
    ]);
  });

  it("names whoever speaks in it, for every take", () => {
    fc.assert(
      fc.property(transcripts, frameRates, (take, frameRate) => {
        const planned = planSegments(take, { ...OPTIONS, frameRate });
        const names = new Set(planned.flatMap(({ speaker, speakers = [] }) => (speaker === undefined ? speakers : [speaker])));
        assert.deepEqual(names, new Set(take.cues.flatMap(({ speaker }) => speaker ?? [])));
        assert.ok(planned.every(({ speaker, speakers }) => speaker === undefined || speakers === undefined));
      }),
    );
  });

  it("cuts where a paragraph begins, if the bounds let it", () => {
    const paragraphs = ["The old house by the sea", "Nobody had lived there since the war.", "Then she came back."];
    const take = (starts: boolean) => ({ ...transcriptOf(spoken(paragraphs).cues.map((cue, index) => ({ ...cue, ...(starts && index === 2 && { startsParagraph: true as const }) }))) });
    assert.deepEqual(planSegments(take(false), { shotLength: { shortest: 1.5, ideal: 5, longest: 9 } }).length, 1);
    const planned = planSegments(take(true), { shotLength: { shortest: 1.5, ideal: 5, longest: 9 } });
    assert.deepEqual(planned.map(({ narration }) => narration), [`${paragraphs[0]!} ${paragraphs[1]!}`, paragraphs[2]]);
  });

  it("says that no edge was measured where the take has no times of its own", () => {
    const estimated = planSegments({ ...spoken(["One two three four five six seven eight."]), basis: "estimated" }, OPTIONS);
    assert.deepEqual(estimated.map(({ basis }) => basis), ["estimated"]);
  });

  it("lets a short gap lengthen the segment before it, and makes a long one a segment without words", () => {
    const take = spoken([1, "One two three four five six seven eight.", 1.5, "Nine ten eleven twelve thirteen fourteen fifteen.", 4, "Sixteen seventeen eighteen nineteen twenty now then.", 20]);
    assert.deepEqual(planSegments(take, OPTIONS).map(({ start, end, narration }) => [start, end, narration.split(" ")[0]]), [
      [0, 5.7, "One"],
      [5.7, 8.5, "Nine"],
      [8.5, 12.5, ""],
      [12.5, 15.3, "Sixteen"],
      [15.3, 20.3, ""],
      [20.3, 25.3, ""],
      [25.3, 30.3, ""],
      [30.3, 35.3, ""],
    ]);
  });

  it("lets a word that stands alone take from the gap what a shot needs", () => {
    assert.deepEqual(times(spoken([5, "Yes.", 10])), [[0, 5], [5, 7.5], [7.5, 15.4]]);
    assert.deepEqual(times(spoken(["One two three four five six seven eight nine.", 4, "Yes."])), [[0, 3.6], [3.6, 8]]);
  });

  it("makes up times inside a cue only where it has to cut there, and says so", () => {
    const cue = (start: number, end: number, text: string): Cue => ({ start, end, text });
    const planned = planSegments(transcriptOf([cue(0, 5, "One sentence."), cue(5, 17, "Two of them are here. And the other one is here now.")]), OPTIONS);
    assert.deepEqual(planned.map(({ narration, basis, words }) => [narration, basis, words]), [
      ["One sentence.", "aligned", undefined],
      ["Two of them are here.", "estimated", undefined],
      ["And the other one is here now.", "estimated", undefined],
    ]);
  });

  it("cuts scripts without blanks between their words, and adds no blanks", () => {
    const take = transcriptOf([{ start: 0, end: 12, text: "今天天气很好，我们一起去公园散步吧，然后再去图书馆看书好不好" }, { start: 12, end: 15, text: "好的。" }]);
    const planned = planSegments(take, OPTIONS);
    assert.ok(planned.length >= 2);
    assert.equal(planned.map(({ narration }) => narration).join(""), take.cues.map(({ text }) => text).join(""));
  });

  it("leaves a single word whole, however long it lasts", () => {
    assert.deepEqual(times(transcriptOf([{ start: 0, end: 30, text: "Aaaaah" }])), [[0, 30]]);
  });

  it("is a row of segments without words where nobody speaks, and nothing where there is nothing", () => {
    assert.deepEqual(times(transcriptOf([], 10)), [[0, 5], [5, 10]]);
    assert.deepEqual(times(transcriptOf([])), []);
  });

  it("rounds every edge to its frame from the start of the story, so that no error adds up", () => {
    const take = spoken(Array.from({ length: 100 }, () => "One two three four five six seven eight nine ten."), { secondsPerWord: 0.4007 });
    const planned = planSegments(take, { ...OPTIONS, frameRate: 24 });
    for (const { end } of planned) assert.ok(Math.abs(end * 24 - Math.round(end * 24)) < 0.013);
    assert.ok(Math.abs(planned.at(-1)!.end - takeEnd(take)) <= 0.5 / 24 + 0.001);
    assert.deepEqual(planned.slice(0, 2).map(({ end }) => end), [4, 8]);
  });

  it("becomes a timing map with ids in its order", () => {
    const map = toTimingMap(planSegments(spoken([0.2, "She lifted the trumpet, then waited."]), { ...OPTIONS, frameRate: 25 }), { basis: "aligned", frameRate: 25 });
    assert.deepEqual(map, {
      format: 1,
      duration: 2.6,
      basis: "aligned",
      frameRate: 25,
      segments: [{ id: "segment_1", start: 0, end: 2.6, narration: "She lifted the trumpet, then waited.", words: [[0.2, 0.6, "She"], [0.6, 1, "lifted"], [1, 1.4, "the"], [1.4, 1.8, "trumpet,"], [1.8, 2.2, "then"], [2.2, 2.6, "waited."]] }],
    });
  });
});

describe("any plan", () => {
  const anyPlan = fc.record({ take: transcripts, shotLength: shotLengths, frameRate: frameRates }).map(({ take, ...options }) => ({ take, options, planned: planSegments(take, options) }));

  it("has every word of the take once, in its order", () => {
    fc.assert(
      fc.property(anyPlan, ({ take, planned }) => {
        assert.equal(squeezed(planned.map(({ narration }) => narration)), squeezed(take.cues.map(({ text }) => text)));
        const kept = planned.flatMap(({ words }) => words ?? []);
        assert.equal(squeezed(kept.map(([, , text]) => text)), squeezed(take.cues.filter(({ words }) => words).map(({ text }) => text)));
      }),
    );
  });

  it("covers the whole time without gap or overlap, on the grid, by the rules of a timing map", () => {
    fc.assert(
      fc.property(anyPlan, ({ take, options, planned }) => {
        const rate = options.frameRate;
        const grid = (seconds: number) => round(rate ? Math.round(seconds * rate) / rate : seconds);
        if (planned.length) assert.deepEqual([planned[0]!.start, planned.at(-1)!.end], [0, grid(takeEnd(take))]);
        else assert.equal(grid(takeEnd(take)), 0);
        planned.forEach(({ start, end }, index) => {
          assert.equal(start, planned[index - 1]?.end ?? 0);
          assert.ok(end > start);
          assert.equal(end, grid(end));
        });
        assert.deepEqual(parseTimingMap(formatTimingMap(toTimingMap(planned, { basis: "aligned" }))).problems, []);
      }),
    );
  });

  it("keeps the bounds wherever the words let it", () => {
    const even = fc.array(fc.tuple(fc.integer({ min: 100, max: 600 }), fc.oneof({ weight: 9, arbitrary: fc.nat(250) }, fc.nat(12_000))), { minLength: 1, maxLength: 80 });
    fc.assert(
      fc.property(even, frameRates, (words, frameRate) => {
        let atMs = 0;
        const cues = words.map(([ms, pauseMs], index): Cue => {
          const startMs = atMs + pauseMs;
          atMs = startMs + ms;
          return { start: startMs / 1000, end: atMs / 1000, text: index % 7 === 6 ? "end." : "word" };
        });
        const planned = planSegments(transcriptOf(cues), { ...OPTIONS, frameRate });
        const slack = frameRate ? 1 / frameRate : 0.0015;
        for (const { start, end } of planned) {
          assert.ok(end - start <= OPTIONS.shotLength.longest + slack, `${start}-${end}`);
          assert.ok(end - start >= OPTIONS.shotLength.shortest - slack || planned.length === 1, `${start}-${end}`);
        }
      }),
    );
  });

  it("is the same when its own segments are planned again", () => {
    fc.assert(
      fc.property(transcripts, shotLengths, frameRates, (take, shotLength, frameRate) => {
        // A sign between two cues belongs to the word before it once they are one, and one cue has one speaker.
        const cues = take.cues.filter(({ words }) => words?.every(({ text }) => /[\p{L}\p{N}]/u.test(text)));
        const measured = transcriptOf(cues.map((cue) => ({ ...cue, speaker: undefined })), take.duration);
        const planned = planSegments(measured, { shotLength, frameRate });
        const again = planSegments(asTranscript(planned, takeEnd(measured)), { shotLength, frameRate });
        assert.deepEqual(again, planned);
      }),
    );
  });
});

function narrations(take: Transcript): string[] {
  return planSegments(take, OPTIONS).map(({ narration }) => narration);
}

function times(take: Transcript): [number, number][] {
  return planSegments(take, OPTIONS).map(({ start, end }) => [start, end]);
}

function takeEnd({ cues, duration = 0 }: Transcript): number {
  return Math.max(duration, cues.at(-1)?.end ?? 0);
}

function squeezed(texts: readonly string[]): string {
  return texts.join("").replace(/\s/g, "");
}

function later({ cues }: Transcript, seconds: number): Cue[] {
  return cues.map((cue) => ({
    ...cue,
    start: cue.start + seconds,
    end: cue.end + seconds,
    ...(cue.words && { words: cue.words.map((word) => ({ ...word, start: word.start + seconds, end: word.end + seconds })) }),
  }));
}

function asTranscript(planned: readonly PlannedSegment[], duration: number): Transcript {
  const cues = planned.flatMap(({ narration, speaker, words = [] }): Cue[] => {
    if (!words.length) return [];
    return [{ start: words[0]![0], end: words.at(-1)![1], text: narration, speaker, words: words.map(([start, end, text]) => ({ start, end, text })) }];
  });
  return transcriptOf(cues, duration);
}
