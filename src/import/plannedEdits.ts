import type { TimedSegment, TimingMap } from "../core/documents/timingMapDocument.ts";
import { mergeWithNext, retimeSegment, splitSegment } from "../core/timingEdits.ts";
import { TimingEditError } from "../core/errors.ts";
import type { PlannedSegment } from "./planSegments.ts";

/** A change of planned segments by hand; `index` is the segment's position when the change is made. */
export type PlannedEdit =
  /** The second part begins with this word, counted from 0. */
  | { readonly kind: "split"; readonly index: number; readonly word: number }
  /** With the segment after it. */
  | { readonly kind: "merge"; readonly index: number }
  /** A neighbour that touches there moves along. */
  | { readonly kind: "move"; readonly index: number; readonly edge: "start" | "end"; readonly seconds: number };

/** What an edit comes to: `remove` segments from `at` on, with these in their place. */
export interface PlannedSplice {
  readonly at: number;
  readonly remove: number;
  readonly insert: readonly PlannedSegment[];
}

/**
 * The rules are those of a story's timing map, so that a segment can be split, merged and retimed
 * before the story is made just as it can afterwards. Only its neighbours are looked at.
 * @throws {TimingEditError}
 */
export function editPlanned(segments: readonly PlannedSegment[], edit: PlannedEdit, frameRate?: number): PlannedSplice {
  const { index } = edit;
  if (!segments[index]) throw new TimingEditError(`There is no segment ${index + 1}.`, { hint: "Choose a segment of the time line." });
  const at = Math.max(0, index - 1);
  const near = segments.slice(at, index + 2);
  // Ids are for the messages: positions, as the time line counts.
  const map: TimingMap = { format: 1, basis: "aligned", frameRate, segments: near.map(({ basis: _basis, ...segment }, offset): TimedSegment => ({ id: nameOf(at + offset), ...segment })) };
  const edited = change(map, nameOf(index), edit).segments;
  const known = new Map(near.map(({ basis }, offset) => [nameOf(at + offset), basis]));
  // A part that a person split off is as sure as the whole was.
  const insert = edited.map(({ id, audio: _audio, ...segment }): PlannedSegment => ({ ...segment, basis: known.get(id) ?? segments[index]!.basis }));
  return { at, remove: near.length, insert };
}

function change(map: TimingMap, id: string, edit: PlannedEdit): TimingMap {
  switch (edit.kind) {
    case "split":
      return splitSegment(map, id, { at: { wordIndex: edit.word }, isTaken: () => false }).map;
    case "merge":
      return mergeWithNext(map, id).map;
    case "move":
      return retimeSegment(map, id, { [edit.edge]: edit.seconds }).map;
  }
}

function nameOf(index: number): string {
  return `segment_${index + 1}`;
}
