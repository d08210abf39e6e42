import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { commands, extensions, Uri, window, workspace, type TextDocument } from "vscode";
import type { App } from "../../src/vscode/app.ts";
import { eventually } from "../support/eventually.ts";

/** The folder that the suite opened, and the extension's parts. */
export interface OpenedStory {
  readonly app: App;
  readonly folder: Uri;
  readonly path: (...parts: string[]) => string;
}

export async function openedStory(): Promise<OpenedStory> {
  const app = (await extensions.getExtension("story-director.story-director")!.activate()) as App;
  await app.stories.list();
  const folder = workspace.workspaceFolders![0]!.uri;
  return { app, folder, path: (...parts) => join(folder.fsPath, ...parts) };
}

export function segmentNames(story: OpenedStory): string[] {
  const folder = story.path("segments");
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".md")) : [];
}

export function read(story: OpenedStory, ...parts: string[]): string {
  return readFileSync(story.path(...parts), "utf8");
}

/** Closes every editor. What is not saved is thrown away first: VS Code would ask, and nobody answers. */
export async function closeEditors(): Promise<void> {
  for (const document of workspace.textDocuments.filter(({ isDirty }) => isDirty)) {
    await window.showTextDocument(document);
    await until(() => window.activeTextEditor?.document === document);
    await commands.executeCommand("workbench.action.files.revert");
    await until(() => !document.isDirty);
  }
  await commands.executeCommand("workbench.action.closeAllEditors");
}

export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  await eventually(async () => assert.ok(await condition(), `never true: ${String(condition)}`));
}

/** Which editor is active is told some time after it was opened. @param ending What its path ends with. */
export async function activeDocument(ending: string): Promise<TextDocument> {
  await eventually(() => assert.ok(window.activeTextEditor?.document.uri.path.endsWith(ending), `${window.activeTextEditor?.document.uri.path} ends with ${ending}`));
  return window.activeTextEditor!.document;
}
