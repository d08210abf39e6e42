import { Uri, window } from "vscode";
import type { App } from "../app.ts";
import type { NewStoryPanel } from "../wizard/panel.ts";

/** New Story…: the form, as it was left. */
export async function newStory(app: App, panel: NewStoryPanel): Promise<void> {
  await app.failures.guard(() => panel.show());
}

/** New Story from This File: the form, with the explorer's or the editor's file in it. */
export async function newStoryFromFile(app: App, panel: NewStoryPanel, on: unknown): Promise<void> {
  const file = on instanceof Uri ? on : window.activeTextEditor?.document.uri;
  await app.failures.guard(() => panel.show(file));
}
