import { Uri, window, type TextEditor } from "vscode";
import { TimingEditError } from "../../core/errors.ts";
import { placeInSegment, placeInTimingMap } from "../../core/narrationPlace.ts";
import type { TimedSegment } from "../../core/documents/timingMapDocument.ts";
import { segmentPath, storyPaths } from "../../core/storyFolder.ts";
import type { App } from "../app.ts";
import type { TimingNow } from "../stories.ts";
import { savedFirst } from "../unsaved.ts";
import { mayRun } from "./regenerateScript.ts";
import { segmentTarget, type SegmentTarget } from "./targets.ts";

/** A segment whose timing may be changed now, and the editor whose cursor says where. */
export interface TimingTarget extends SegmentTarget {
  readonly editor: TextEditor | undefined;
}

/** The segment as the timing map has it now. */
export interface TimedTarget extends SegmentTarget, TimingNow {
  readonly segment: TimedSegment;
  readonly index: number;
  /** Offset in its narration that the cursor points at. */
  readonly character: number | undefined;
}

/**
 * The segment of a row, of the file in the active editor, or at the cursor of the timing map. Undefined
 * where there is none, or where it must not be changed now: in Restricted Mode, during a run, or with
 * unsaved files that a person does not want to save.
 */
export async function timingTarget(app: App, on: unknown): Promise<TimingTarget | undefined> {
  await app.stories.list();
  const editor = editorOf(on);
  let target: SegmentTarget | undefined;
  await app.failures.guard(async () => {
    const found = mapTarget(app, editor) ?? (await segmentTarget(app, on));
    if (found && mayRun(app, found.story) && (await savedFirst(found.story.folder))) target = found;
  }, editor && app.stories.storyOf(editor.document.uri)?.folder);
  return target && { ...target, editor };
}

/** @throws {TimingEditError} where the map does not name the segment; {ProblemsError} where it cannot be read */
export async function timedSegment({ story, id, editor }: TimingTarget): Promise<TimedTarget> {
  const now = await story.timing();
  const index = now.map.segments.findIndex((segment) => segment.id === id);
  const segment = now.map.segments[index];
  if (!segment) throw new TimingEditError(`The timing map has no segment ${id}`, { hint: "Its file is unused: choose a segment in the Stories view." });
  return { story, id, ...now, segment, index, character: editor && characterAt(editor, segment, story.folder) };
}

function characterAt({ document, selection }: TextEditor, segment: TimedSegment, folder: Uri): number | undefined {
  const address = document.uri.toString();
  if (address === Uri.joinPath(folder, segmentPath(segment.id)).toString()) return placeInSegment(document.getText(), selection.active, segment);
  if (address !== Uri.joinPath(folder, storyPaths.timingMap).toString()) return undefined;
  const place = placeInTimingMap(document.getText(), selection.active);
  return place?.id === segment.id ? place.character : undefined;
}

/** Undefined where the active editor has no timing map. @throws {TimingEditError} where the cursor stands in no segment */
function mapTarget(app: App, editor: TextEditor | undefined): SegmentTarget | undefined {
  const story = editor && app.stories.storyOf(editor.document.uri);
  if (!editor || !story || editor.document.uri.toString() !== Uri.joinPath(story.folder, storyPaths.timingMap).toString()) return undefined;
  const place = placeInTimingMap(editor.document.getText(), editor.selection.active);
  if (!place) throw new TimingEditError("The cursor is in no segment of the timing map", { hint: "Put it into the one that you mean." });
  return { story, id: place.id };
}

/** The active editor, where a command was called on its file or on nothing at all: rows have no cursor. */
function editorOf(on: unknown): TextEditor | undefined {
  const editor = window.activeTextEditor;
  const isMeant = on === undefined || (on instanceof Uri && on.toString() === editor?.document.uri.toString());
  return isMeant ? editor : undefined;
}
