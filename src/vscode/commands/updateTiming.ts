import { Uri, window } from "vscode";
import type { RetimeReport } from "../../compose.ts";
import { ProblemsError } from "../../core/errors.ts";
import { isError } from "../../core/problem.ts";
import type { Cue, Transcript } from "../../import/transcript.ts";
import type { App } from "../app.ts";
import type { StoryHandle } from "../stories.ts";
import { takeDetail, takeDocument, type TakeSource } from "../timing/takeReport.ts";
import { shortTime } from "../timing/timeText.ts";
import { savedFirst } from "../unsaved.ts";
import { mayRun } from "./regenerateScript.ts";
import { pickStory } from "./targets.ts";
import { tellEdited, working } from "./timingDone.ts";

/** Pace of a text without times, as in the terminal. */
const WORDS_PER_MINUTE = 150;

const UPDATE = "Update Timing";
const SHOW_ALL = "Show All";
const LEAVE_OUT = "Leave Out";
const KEEP = "Keep";

/** Update Timing from New Voice-over…: tells what a take changes, and changes it when a person says so. */
export async function updateTiming(app: App, on: unknown): Promise<void> {
  const story = await pickStory(app, on);
  if (!story || !mayRun(app, story) || !(await savedFirst(story.folder))) return;
  const [file] = (await window.showOpenDialog({
    title: "Update Timing from New Voice-over",
    openLabel: "Compare with Story",
    defaultUri: story.folder,
    filters: { "Subtitles, transcripts, text": ["srt", "vtt", "ttml", "dfxp", "xml", "json", "txt", "md"], "All files": ["*"] },
  })) ?? [];
  if (!file) return;
  const source = await readTake(app, story, file);
  if (source) await app.failures.guard(() => retime(app, story, source), story.folder);
}

/** What the file says, without what a person does not take for narration. Undefined where there is no take. */
async function readTake(app: App, story: StoryHandle, file: Uri): Promise<TakeSource | undefined> {
  const name = file.path.split("/").at(-1)!;
  let transcript: Transcript | undefined;
  // Its problems are those of that file: their places are in its own folder.
  await app.failures.guard(async () => {
    const read = await working(story.readTake({ name, path: file.fsPath, wordsPerMinute: WORDS_PER_MINUTE }));
    if (!read.transcript) throw new ProblemsError(`${name} cannot be read as a take`, read.problems.filter(isError));
    transcript = await withoutDoubtful(read.transcript, name);
  }, Uri.joinPath(file, ".."));
  return transcript && { name, transcript, wordsPerMinute: WORDS_PER_MINUTE };
}

/** As many as a dialog shows without growing out of a small screen. */
const SHOWN_CUES = 8;

/** Asks where some of it may not be narration. */
async function withoutDoubtful(transcript: Transcript, name: string): Promise<Transcript | undefined> {
  const doubtful = transcript.cues.filter(({ doubt }) => doubt !== undefined);
  if (doubtful.length === 0) return transcript;
  const more = doubtful.length - SHOWN_CUES;
  const detail = [...doubtful.slice(0, SHOWN_CUES).map(cueLine), ...(more > 0 ? [`… and ${more} more`] : [])].join("\n");
  const what = doubtful.length === 1 ? "1 line that may not be narration" : `${doubtful.length} lines that may not be narration`;
  const chosen = await window.showWarningMessage(`${name} has ${what}.`, { modal: true, detail }, LEAVE_OUT, KEEP);
  if (chosen === undefined) return undefined;
  return chosen === KEEP ? transcript : { ...transcript, cues: transcript.cues.filter(({ doubt }) => doubt === undefined) };
}

const DOUBTS: Readonly<Record<NonNullable<Cue["doubt"]>, string>> = {
  "known-phrase": "often written into silence",
  "no-speech": "perhaps nobody speaks",
  repeated: "the same words again and again",
  sound: "a sound",
};

function cueLine({ start, text, doubt }: Cue): string {
  return `${shortTime(start)}  “${text}” (${DOUBTS[doubt!]})`;
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
