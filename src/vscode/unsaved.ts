import { Uri, window, workspace } from "vscode";
import { segmentPath } from "../core/storyFolder.ts";

/** Why a run leaves a segment that is open with unsaved changes; undefined where it is not. */
export function unsavedChanges(folder: Uri, segmentId: string): string | undefined {
  const address = Uri.joinPath(folder, segmentPath(segmentId)).toString();
  const isUnsaved = workspace.textDocuments.some((document) => document.isDirty && document.uri.toString() === address);
  return isUnsaved ? "unsaved changes" : undefined;
}

const SAVE = "Save All";

/** Whether every file of the story is saved; a person is asked where one is not. */
export async function savedFirst(folder: Uri): Promise<boolean> {
  const unsaved = workspace.textDocuments.filter(({ isDirty, uri }) => isDirty && uri.path.startsWith(`${folder.path}/`));
  if (unsaved.length === 0) return true;
  const answer = await window.showWarningMessage("Files of this story have unsaved changes. Save them first?", { modal: true }, SAVE);
  if (answer !== SAVE) return false;
  const saved = await Promise.all(unsaved.map((document) => document.save()));
  return saved.every(Boolean);
}
