import { ProgressLocation, window } from "vscode";
import type { App } from "../app.ts";
import type { StoryHandle } from "../stories.ts";
import { afterEdit, afterEditWords } from "../timing/outOfDate.ts";
import { announce, mayRun, runStory } from "./regenerateScript.ts";

export interface Edited {
  /** The segment whose row is to be shown. */
  readonly reveal?: string | undefined;
  /** The segments that are other than before. */
  readonly touched: readonly string[];
  /** What was done, as a sentence. */
  readonly words: string;
}

const REGENERATE = "Regenerate";

/** With a word in the status bar for as long as it takes. */
export function working<Result>(work: Promise<Result>): Promise<Result> {
  return Promise.resolve(window.withProgress({ location: ProgressLocation.Window, title: "Changing the timing…" }, () => work));
}

/** After an edit of the timing map: the tree shows it, and what got out of date by it can be made anew. */
export async function tellEdited(app: App, story: StoryHandle, { reveal, touched, words }: Edited): Promise<void> {
  app.stories.changed(story);
  if (reveal !== undefined) await app.storiesTree.reveal(story, reveal);
  const after = afterEdit((await story.status()).segments, touched);
  const told = [words, afterEditWords(after)].filter(Boolean).join(" ");
  app.log.info(told);
  window.setStatusBarMessage(`$(check) ${told}`, 5000);
  if (after.outOfDate.length) void offerRun(app, story, { words: told, ids: after.outOfDate });
}

async function offerRun(app: App, story: StoryHandle, { words, ids }: { readonly words: string; readonly ids: readonly string[] }): Promise<void> {
  if ((await window.showInformationMessage(words, REGENERATE)) !== REGENERATE || !mayRun(app, story)) return;
  await app.failures.guard(async () => void announce(app, story, await runStory(app, story, { segments: ids })), story.folder);
}
