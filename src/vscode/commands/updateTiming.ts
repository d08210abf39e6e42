import { window } from "vscode";
import type { RetimeReport } from "../../compose.ts";
import type { App } from "../app.ts";
import { NARRATION_FILTERS } from "../narrationFiles.ts";
import type { StoryHandle } from "../stories.ts";
import { takeDetail, takeDocument, type TakeSource } from "../timing/takeReport.ts";
import { savedFirst } from "../unsaved.ts";
import { readTake } from "./readTake.ts";
import { mayRun } from "./regenerateScript.ts";
import { pickStory } from "./targets.ts";
import { tellEdited, working } from "./timingDone.ts";

const UPDATE = "Update Timing";
const SHOW_ALL = "Show All";

/** Update Timing from New Voice-over…: tells what a take changes, and changes it when a person says so. */
export async function updateTiming(app: App, on: unknown): Promise<void> {
  const story = await pickStory(app, on);
  if (!story || !mayRun(app, story) || !(await savedFirst(story.folder))) return;
  await app.failures.guard(async () => {
    // A story that cannot be edited is told of before a recording is chosen and sent.
    const { language } = await story.requireEditable();
    const [file] = (await window.showOpenDialog({
      title: "Update Timing from New Voice-over",
      openLabel: "Compare with Story",
      defaultUri: story.folder,
      filters: NARRATION_FILTERS,
    })) ?? [];
    const source = file && (await readTake(app, file, language));
    // A transcript takes its time: a run may have begun since, and a file may have been edited.
    if (source && mayRun(app, story) && (await savedFirst(story.folder))) await retime(app, story, source);
  }, story.folder);
}

async function retime(app: App, story: StoryHandle, source: TakeSource): Promise<void> {
  const { transcript } = source;
  const planned = await working(story.retime({ transcript, dryRun: true }));
  const { summary, changes } = planned;
  if (changes.length === 0) return void window.showInformationMessage(`${source.name} changes nothing: the story has these words at these times.`);
  if (!(await confirm(app, story, { planned, source }))) return;
  await working(story.retime({ transcript, basedOn: planned.basedOn }));
  const touched = changes.filter(({ what }) => what !== "unused").map(({ id }) => id);
  await tellEdited(app, story, { reveal: touched[0], touched, words: `Timing is updated: ${summary}.` });
}

async function confirm(app: App, story: StoryHandle, { planned, source }: { readonly planned: RetimeReport; readonly source: TakeSource }): Promise<boolean> {
  const { summary } = planned;
  const chosen = await window.showInformationMessage(summary, { modal: true, detail: takeDetail(planned, source) }, UPDATE, SHOW_ALL);
  if (chosen !== SHOW_ALL) return chosen === UPDATE;
  const { title } = (await story.outline()).story.settings;
  await app.reports.show(`Timing Changes: ${title.replaceAll(/[\\/]/g, "-")}`, takeDocument(planned, source));
  // A dialog would hide the list, and a notification would not wait until it is read.
  const items = [{ label: `$(check) ${UPDATE}`, isYes: true }, { label: "$(close) Leave Everything as It Is", isYes: false }];
  const decided = await window.showQuickPick(items, { title: summary, placeHolder: "Read the list below, then decide.", ignoreFocusOut: true });
  return decided?.isYes ?? false;
}
