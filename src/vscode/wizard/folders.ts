import { FileType, Uri, window, workspace } from "vscode";
import type { FolderFacts, FolderState } from "./checks.ts";
import type { Folders } from "./wizardPorts.ts";

/** `/a`, `C:\a`, `\\server\a` */
const WHOLE_PATH = /^(?:\/|[A-Za-z]:[\\/]|\\\\)/;

/** Where stories may be put: paths that start nowhere start from the first folder of the window. */
export function createFolders(): Folders {
  return {
    get hasBase() {
      return base() !== undefined;
    },
    async look(text) {
      const wanted = text.trim();
      if (!wanted) return undefined;
      const uri = resolve(wanted);
      if (!uri) return { path: wanted, state: "nowhere", isInWindow: false };
      const state = await stateOf(uri);
      return { path: uri.fsPath, state, isInWindow: workspace.getWorkspaceFolder(uri) !== undefined } satisfies FolderFacts;
    },
    async pick(name) {
      const picked = await window.showOpenDialog({ canSelectFolders: true, canSelectFiles: false, openLabel: "Put the Story Here", defaultUri: base() });
      const [chosen] = picked ?? [];
      if (!chosen) return undefined;
      // An empty folder is the story's own; in any other one the story gets a folder of its own.
      const target = (await stateOf(chosen)) === "empty" ? chosen : Uri.joinPath(chosen, name);
      const start = base();
      const isBelow = start !== undefined && target.path.startsWith(`${start.path}/`);
      return isBelow ? target.path.slice(start.path.length + 1) : target.fsPath;
    },
  };
}

function base(): Uri | undefined {
  return workspace.workspaceFolders?.find(({ uri }) => uri.scheme === "file")?.uri;
}

function resolve(text: string): Uri | undefined {
  if (WHOLE_PATH.test(text)) return Uri.joinPath(Uri.file(text), ".");
  const start = base();
  return start && Uri.joinPath(start, ...text.split(/[\\/]/).filter(Boolean));
}

async function stateOf(uri: Uri): Promise<FolderState> {
  const type = await typeOf(uri);
  if (type === undefined) return (await isBelowFolder(uri)) ? "free" : "file";
  if ((type & FileType.Directory) === 0) return "file";
  const entries = await workspace.fs.readDirectory(uri).then(undefined, () => undefined);
  return entries?.length === 0 ? "empty" : "taken";
}

/** Whether the nearest thing above that is there is a folder. */
async function isBelowFolder(uri: Uri): Promise<boolean> {
  for (let parent = Uri.joinPath(uri, ".."); ; parent = Uri.joinPath(parent, "..")) {
    const type = await typeOf(parent);
    if (type !== undefined) return (type & FileType.Directory) !== 0;
    if (Uri.joinPath(parent, "..").path === parent.path) return false;
  }
}

async function typeOf(uri: Uri): Promise<FileType | undefined> {
  return workspace.fs.stat(uri).then(({ type }) => type, () => undefined);
}
