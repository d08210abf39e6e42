import assert from "node:assert/strict";
import fc from "fast-check";
import { TimingEditError } from "../../../src/core/errors.ts";
import { spokenWords } from "../../../src/core/spokenWords.ts";
import { editPlanned, type PlannedEdit } from "../../../src/import/plannedEdits.ts";
import type { PlannedSegment } from "../../../src/import/planSegments.ts";

const segment = (start: number, end: number, narration: string): PlannedSegment => ({ start, end, narration, basis: "aligned" });

const PLAN = [segment(0, 4, "One two three four."), segment(4, 6, "Five six."), segment(7, 9, "Seven.")];

const applied = (segments: readonly PlannedSegment[], edit: PlannedEdit, frameRate?: number) => {
  const { at, remove, insert } = editPlanned(segments, edit, frameRate);
  return segments.toSpliced(at, remove, ...insert);
};

describe("an edit of planned segments", () => {
  it("splits between two words, and keeps all of them", () => {
    const edited = applied(PLAN, { kind: "split", index: 0, word: 2 });
    assert.deepEqual(edited.map(({ narration }) => narration), ["One two", "three four.", "Five six.", "Seven."]);
    assert.equal(edited[0]!.end, edited[1]!.start);
    assert.deepEqual(edited.slice(2), PLAN.slice(1));
  });

  it("merges a segment with the next, over the silence between them", () => {
    assert.deepEqual(applied(PLAN, { kind: "merge", index: 1 })[1], segment(4, 9, "Five six. Seven."));
  });

  it("moves a border that two segments share, and an edge that stands alone", () => {
    assert.deepEqual(applied(PLAN, { kind: "move", index: 0, edge: "end", seconds: 5 }).map(({ start, end }) => [start, end]), [[0, 5], [5, 6], [7, 9]]);
    assert.deepEqual(applied(PLAN, { kind: "move", index: 2, edge: "start", seconds: 6.5 }).map(({ start, end }) => [start, end]), [[0, 4], [4, 6], [6.5, 9]]);
  });

  it("falls on a frame where there are frames", () => {
    const edited = applied(PLAN, { kind: "move", index: 0, edge: "end", seconds: 4.51 }, 10);
    assert.equal(edited[0]!.end, 4.5);
  });

  it("is refused with a sentence that counts as the time line does", () => {
    assert.throws(() => editPlanned(PLAN, { kind: "merge", index: 2 }), { name: "TimingEditError", message: /^segment_3 is the last segment/ });
    assert.throws(() => editPlanned(PLAN, { kind: "split", index: 2, word: 1 }), TimingEditError);
    assert.throws(() => editPlanned(PLAN, { kind: "move", index: 1, edge: "end", seconds: 3 }), TimingEditError);
    assert.throws(() => editPlanned(PLAN, { kind: "merge", index: 9 }), { message: /no segment 10/ });
  });

  it("loses no word and leaves no overlap, whatever is done in whatever order", () => {
    const word = fc.constantFrom("bell", "night", "rain.", "trumpet,", "夜の列車");
    const plans = fc.array(fc.tuple(fc.array(word, { maxLength: 6 }), fc.integer({ min: 1, max: 40 }), fc.constantFrom(0, 0, 0.5)), { minLength: 1, maxLength: 8 }).map((parts) => {
      let at = 0;
      return parts.map(([words, tenths, gap]) => {
        const start = at + gap;
        at = Math.round((start + tenths / 2) * 1000) / 1000;
        return segment(start, at, words.join(" "));
      });
    });
    const edits = fc.array(fc.oneof(
      fc.record({ kind: fc.constant("split" as const), index: fc.nat(10), word: fc.nat(6) }),
      fc.record({ kind: fc.constant("merge" as const), index: fc.nat(10) }),
      fc.record({ kind: fc.constant("move" as const), index: fc.nat(10), edge: fc.constantFrom("start" as const, "end" as const), seconds: fc.double({ min: 0, max: 60, noNaN: true }) }),
    ), { maxLength: 12 });
    fc.assert(fc.property(plans, edits, (plan, list) => {
      const edited = list.reduce<PlannedSegment[]>((segments, edit) => {
        try {
          return applied(segments, edit);
        } catch (error) {
          assert.ok(error instanceof TimingEditError);
          return segments;
        }
      }, plan);
      const said = (segments: readonly PlannedSegment[]) => segments.flatMap((part) => spokenWords(part).map(({ text }) => text)).join("");
      assert.equal(said(edited), said(plan));
      edited.forEach(({ start, end }, index) => {
        assert.ok(end > start);
        assert.ok(index === 0 || start >= edited[index - 1]!.end - 0.0005);
      });
    }));
  });
});
