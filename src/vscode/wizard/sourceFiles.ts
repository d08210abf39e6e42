import { Position, Selection, Uri, ViewColumn, window, workspace } from "vscode";
import { StoryDirectorError } from "../../core/errors.ts";
import { NARRATION_FILTERS } from "../narrationFiles.ts";
import { MAX_SOURCE_BYTES } from "./choices.ts";
import type { SourceFiles } from "./wizardPorts.ts";

/** Files that narration is read from. What is unsaved in an editor counts. */
export function createSourceFiles(): SourceFiles {
  return {
    async pick() {
      const defaultUri = workspace.workspaceFolders?.[0]?.uri;
      const picked = await window.showOpenDialog({ openLabel: "Read Narration", filters: NARRATION_FILTERS, defaultUri });
      return picked?.[0]?.toString();
    },
    async read(address) {
      const uri = Uri.parse(address, true);
      const name = uri.path.split("/").at(-1)!;
      const open = workspace.textDocuments.find((document) => document.isDirty && document.uri.toString() === uri.toString());
      const bytes = open ? new TextEncoder().encode(open.getText()) : await readBytes(uri);
      return { kind: "file", name, uri: uri.toString(), bytes };
    },
    async show(address, line = 0) {
      const at = new Position(line, 0);
      await window.showTextDocument(Uri.parse(address, true), { selection: new Selection(at, at), viewColumn: ViewColumn.Beside, preview: true });
    },
  };
}

async function readBytes(uri: Uri): Promise<Uint8Array> {
  const { size } = await workspace.fs.stat(uri).then(undefined, () => Promise.reject(new StoryDirectorError("it is not there any more.")));
  if (size > MAX_SOURCE_BYTES) throw new StoryDirectorError(`it has ${Math.round(size / 1e6)} MB; at most ${MAX_SOURCE_BYTES / 1e6} MB are taken.`);
  return workspace.fs.readFile(uri).then(undefined, () => Promise.reject(new StoryDirectorError("it is a folder, or may not be read.")));
}
