import assert from "node:assert/strict";
import * as fc from "fast-check";
import { formatSegment } from "../../../src/core/documents/segmentDocument.ts";
import { formatTimingMap } from "../../../src/core/documents/timingMapDocument.ts";
import { positionAt } from "../../../src/core/documents/source.ts";
import { ProblemsError } from "../../../src/core/errors.ts";
import { placeInSegment, placeInTimingMap } from "../../../src/core/narrationPlace.ts";
import { anyTexts } from "./arbitraries.ts";

/** A sign that no format of text escapes or folds. */
const CURSOR = "█";
const anyWords = anyTexts.map((text) => text.replaceAll(CURSOR, ""));

describe("a cursor in a segment's file", () => {
  const said = "She lifted the trumpet: one “last” time.";

  const styles: readonly (readonly [name: string, narration: string, lines: string])[] = [
    ["a plain text", "She lifted | the trumpet.", "  narration: She lifted | the trumpet."],
    ["single quotes", "It's: hers, isn't | it", "  narration: 'It''s: hers, isn''t | it'"],
    ["double quotes with escapes", 'A "caf\u00e9"\tand | more', '  narration: "A \\"caf\\xe9\\"\\tand | more"'],
    ["a folded block", "She lifted the | trumpet", "  narration: >-\n    She lifted\n    the | trumpet"],
    ["a plain text over two lines", "She lifted the | trumpet", "  narration: She lifted\n    the | trumpet"],
    ["double quotes over two lines", "She lifted the | trumpet", '  narration: "She lifted \\\n    the | trumpet"'],
  ];
  for (const [name, marked, lines] of styles) {
    it(`points at its word in ${name}`, () => {
      for (const lineEnd of ["\n", "\r\n"]) {
        const [text, cursor] = withoutCursor(`---\nmadeFor:\n${lines}\n  seconds: 5\n---\n`.replaceAll("\n", lineEnd), "|");
        const [narration] = withoutCursor(marked, "|");
        const place = placeInSegment(text, cursor, { id: "segment_1", narration });
        assert.equal(narration.slice(0, place).trimEnd(), marked.slice(0, marked.indexOf("|")).trimEnd(), lineEnd);
      }
    });
  }

  it("points at no word beside the narration, and where the map says something else by now", () => {
    const [text] = withoutCursor(`---\nmadeFor:\n  narration: "${said}"\n  seconds: 5\n---\n## SCENE\n\nShe lifted it.\n`, CURSOR);
    const inside = { line: 2, character: 20 };
    assert.equal(typeof placeInSegment(text, inside, { id: "segment_1", narration: said }), "number");
    assert.equal(placeInSegment(text, inside, { id: "segment_1", narration: `${said} Then she waits.` }), undefined);
    for (const cursor of [{ line: 1, character: 3 }, { line: 2, character: 4 }, { line: 3, character: 4 }, { line: 7, character: 4 }]) {
      assert.equal(placeInSegment(text, cursor, { id: "segment_1", narration: said }), undefined, JSON.stringify(cursor));
    }
    assert.equal(placeInSegment("---\nmadeFor: [\n---\n", { line: 1, character: 4 }, { id: "segment_1", narration: "" }), undefined);
    assert.equal(placeInSegment("## SCENE\n", { line: 0, character: 4 }, { id: "segment_1", narration: "" }), undefined);
  });

  it("points at the same letter as in the narration, however the file writes it", () => {
    fc.assert(
      fc.property(anyWords, anyWords, (before, after) => {
        const narration = before + CURSOR + after;
        const text = formatSegment({ id: "segment_1", front: { madeFor: { narration, seconds: 5 } }, sections: new Map(), finalPrompts: new Map() });
        const place = placeInSegment(text, positionAt(text, text.indexOf(CURSOR)), { id: "segment_1", narration });
        assert.equal(visible(narration.slice(0, place)), visible(before));
      }),
    );
  });
});

describe("a cursor in the timing map", () => {
  const segment = (id: string, start: number, narration: string) => ({ id, start, end: start + 5, narration, words: [[start, start + 1, narration] as [number, number, string]] });

  it("points at a segment and a letter of its narration, with a segment on a line or over many", () => {
    fc.assert(
      fc.property(anyWords, anyWords, fc.boolean(), (before, after, isSpread) => {
        const narration = before + CURSOR + after;
        const compact = formatTimingMap({ format: 1, basis: "aligned", segments: [segment("segment_1", 0, "x"), { ...segment("segment_2", 5, narration), words: [] }, segment("segment_3", 10, "y")] });
        const text = isSpread ? JSON.stringify(JSON.parse(compact), undefined, 2) : compact;
        const place = placeInTimingMap(text, positionAt(text, text.indexOf(CURSOR)));
        assert.equal(place?.id, "segment_2");
        assert.equal(visible(narration.slice(0, place.character)), visible(before));
      }),
    );
  });

  it("points at a segment alone beside its narration, and at none outside of the list", () => {
    const text = formatTimingMap({ format: 1, basis: "aligned", segments: [segment("segment_1", 0, "She waits.")] });
    for (const shown of [text, JSON.stringify(JSON.parse(text), undefined, 2)]) {
      assert.deepEqual(placeInTimingMap(shown, positionAt(shown, shown.indexOf("start"))), { id: "segment_1", character: undefined });
      assert.deepEqual(placeInTimingMap(shown, positionAt(shown, shown.lastIndexOf("She"))), { id: "segment_1", character: undefined }, "its words are not its narration");
      assert.equal(placeInTimingMap(shown, positionAt(shown, shown.indexOf("basis"))), undefined);
    }
  });

  it("says what is wrong with a map that cannot be read", () => {
    assert.throws(() => placeInTimingMap("{\n", { line: 0, character: 0 }), ProblemsError);
  });
});

function withoutCursor(marked: string, mark: string): [text: string, cursor: { line: number; character: number }] {
  const offset = Math.max(0, marked.indexOf(mark));
  return [marked.replace(mark, ""), positionAt(marked, offset)];
}

function visible(text: string): string {
  return text.replace(/\s+/g, "");
}
