import { Uri, workspace } from "vscode";
import { segmentPath } from "../core/storyFolder.ts";

/** Why a run leaves a segment that is open with unsaved changes; undefined where it is not. */
export function unsavedChanges(folder: Uri, segmentId: string): string | undefined {
  const address = Uri.joinPath(folder, segmentPath(segmentId)).toString();
  const isUnsaved = workspace.textDocuments.some((document) => document.isDirty && document.uri.toString() === address);
  return isUnsaved ? "unsaved changes" : undefined;
}
