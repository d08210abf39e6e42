import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { commands, extensions, Uri, workspace } from "vscode";
import type { App } from "../../src/vscode/app.ts";

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

export async function closeEditors(): Promise<void> {
  await commands.executeCommand("workbench.action.files.revert");
  await commands.executeCommand("workbench.action.closeAllEditors");
}

export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`never true: ${String(condition)}`);
}
