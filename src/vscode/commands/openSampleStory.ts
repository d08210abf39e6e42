import { commands, Uri, window, workspace } from "vscode";
import { StoryDirectorError } from "../../core/errors.ts";
import { storyPaths } from "../../core/storyFolder.ts";
import type { App } from "../app.ts";
import { mayWrite } from "../trust.ts";

const SAMPLE = "the-trumpet-and-the-silence";

/** Copies the sample into the open folder, or into one that a person picks, and leads to it. */
export async function openSampleStory(app: App): Promise<void> {
  if (!mayWrite()) return;
  const parent = workspace.workspaceFolders?.[0]?.uri ?? (await pickFolder());
  if (!parent) return;
  await app.failures.guard(async () => {
    const target = Uri.joinPath(parent, SAMPLE);
    if (!(await exists(Uri.joinPath(target, storyPaths.story)))) await copySample(app, target);
    // VS Code does not tell of each file of a folder that comes whole.
    await app.stories.refresh();
    const isInWindow = workspace.getWorkspaceFolder(target) !== undefined;
    if (!isInWindow) return void (await commands.executeCommand("vscode.openFolder", target, { forceNewWindow: false }));
    await window.showTextDocument(Uri.joinPath(target, storyPaths.narration), { preview: true });
  });
}

async function copySample({ context }: App, target: Uri): Promise<void> {
  if (await exists(target)) throw new StoryDirectorError(`${target.fsPath} is there already, and is no story`, { hint: "Rename it or move it away, then open the sample again." });
  await workspace.fs.copy(Uri.joinPath(context.extensionUri, "samples", SAMPLE), target);
}

async function pickFolder(): Promise<Uri | undefined> {
  const picked = await window.showOpenDialog({ canSelectFolders: true, canSelectFiles: false, openLabel: "Put the Sample Story Here" });
  return picked?.[0];
}

async function exists(uri: Uri): Promise<boolean> {
  return workspace.fs.stat(uri).then(() => true, () => false);
}
