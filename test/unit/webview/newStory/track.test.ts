import assert from "node:assert/strict";
import fc from "fast-check";
import type { ShownSegment } from "../../../../src/vscode/wizard/protocol.ts";
import { marksWithin, middleWord, scaleFor, segmentsWithin, stretchOf, ZOOMS } from "../../../../src/webview/newStory/track.ts";

const tracks = fc.array(fc.tuple(fc.integer({ min: 1, max: 90 }), fc.constantFrom(0, 0, 3)), { minLength: 1, maxLength: 60 }).map((parts) => {
  let at = 0;
  return parts.map(([tenths, gap]): ShownSegment => {
    const start = at + gap;
    at = Math.round((start + tenths / 10) * 10) / 10;
    return { start, end: at, narration: "" };
  });
});

describe("the track of the time line", () => {
  it("draws the segments that reach into what is seen, and no other", () => {
    fc.assert(fc.property(tracks, fc.integer({ min: -100, max: 3000 }).map((tenths) => tenths / 10), fc.double({ min: 0.1, max: 100, noNaN: true }), (segments, from, length) => {
      const wanted = segments.flatMap(({ start, end }, index) => (end > from && start < from + length ? [index] : []));
      const [first, last] = segmentsWithin(segments, from, from + length) ?? [0, -1];
      assert.deepEqual(Array.from({ length: last - first + 1 }, (_, offset) => first + offset), wanted);
    }));
  });

  it("leaves out what only touches the edge of what is seen", () => {
    const segments = [[0, 5], [5, 10], [10, 15]].map(([start, end]) => ({ start: start!, end: end!, narration: "" }));
    assert.deepEqual(segmentsWithin(segments, 5, 10), [1, 1]);
  });

  it("is never wider than a browser can draw, at any zoom", () => {
    for (const zoom of ZOOMS) assert.ok(scaleFor(zoom, 400 * 3600) * 400 * 3600 <= 16_000_000);
    assert.equal(scaleFor(24, 300), 24);
  });

  it("gives every segment a box that can be seen", () => {
    assert.deepEqual(stretchOf({ start: 2, end: 5, narration: "" }, 10), { left: 20, width: 30 });
    assert.equal(stretchOf({ start: 2, end: 2.1, narration: "" }, 1).width, 1);
  });

  it("marks round times, far enough apart to be read", () => {
    assert.deepEqual(marksWithin(12, 31, 24), [10, 15, 20, 25, 30, 35]);
    for (const zoom of ZOOMS) {
      const [first, second] = marksWithin(0, 100_000 / zoom, zoom) as [number, number];
      assert.ok((second - first) * zoom >= 70);
    }
  });

  it("finds the words that the middle lies between", () => {
    const words = (text: string) => [...text.matchAll(/\S+/g)].map(({ 0: word, index }) => ({ from: index, to: index + word.length }));
    assert.equal(middleWord(words("One two three four")), 2);
    assert.equal(middleWord(words("Extraordinarily so it is")), 1);
    assert.equal(middleWord(words("One")), undefined);
    assert.equal(middleWord([]), undefined);
  });
});
