import { commands, window } from "vscode";
import type { DirectRequest, RunSummary } from "../../compose.ts";
import { formatBill } from "../../core/cost.ts";
import type { App } from "../app.ts";
import { COMMANDS, VIEWS } from "../ids.ts";
import type { StoryHandle } from "../stories.ts";
import { mayWrite } from "../trust.ts";
import { reviewCast } from "./reviewCast.ts";
import { pickStory } from "./targets.ts";

const ALL = "Regenerate All";
const OPEN = "Open Script";
const PROGRESS = "Show Progress";

/** Regenerate Director's Script: whatever is not made or out of date; all of it when there is nothing. */
export async function regenerateScript(app: App, on: unknown): Promise<void> {
  const story = await pickStory(app, on);
  if (!story || !mayRun(app, story)) return;
  await app.failures.guard(async () => {
    if (!(await reviewCast(app, story))) return;
    const summary = await runStory(app, story, {});
    const hadNothingToDo = summary.upToDate === summary.total;
    if (!hadNothingToDo) return void announce(app, story, summary);
    if (await confirmAll(summary.total)) void announce(app, story, await runStory(app, story, { all: true }));
  }, story.folder);
}

async function confirmAll(count: number): Promise<boolean> {
  const detail = "What you edited by hand is kept.";
  const message = `All ${count} segments are up to date. Regenerate them all?`;
  return (await window.showInformationMessage(message, { modal: true, detail }, ALL)) === ALL;
}

/** Whether a run may start: the workspace is trusted, and the story is not being directed already. */
export function mayRun(app: App, story: StoryHandle): boolean {
  if (!mayWrite()) return false;
  const isRunning = app.runs.isRunning(story.folder);
  if (isRunning) void tellThatItRuns();
  return !isRunning;
}

async function tellThatItRuns(): Promise<void> {
  const chosen = await window.showInformationMessage("This story is being directed already.", PROGRESS);
  if (chosen === PROGRESS) await commands.executeCommand(`${VIEWS.progress}.focus`);
}

/** Runs with the tree in view. Rejects as the run does. */
export async function runStory(app: App, story: Pick<StoryHandle, "folder">, request: DirectRequest): Promise<RunSummary> {
  await commands.executeCommand(`${VIEWS.progress}.focus`, { preserveFocus: true });
  app.log.info(`Regenerating ${story.folder.fsPath}`);
  const summary = await app.runs.direct(story.folder, request);
  app.log.info(closingWords(summary));
  return summary;
}

/** The one notification at the end of a run. */
export async function announce(app: App, story: StoryHandle, summary: RunSummary): Promise<void> {
  const chosen = await window.showInformationMessage(closingWords(summary), OPEN, PROGRESS);
  if (chosen === PROGRESS) await commands.executeCommand(`${VIEWS.progress}.focus`);
  if (chosen !== OPEN) return;
  await app.failures.guard(async () => {
    const [first] = (await story.outline()).story.timing.segments;
    if (first) await commands.executeCommand(COMMANDS.openSegment, { kind: "segment", story, id: first.id, index: 0 });
  }, story.folder);
}

/** `“The Trumpet”: 53/53 segments production-ready in 4.2 s.` */
export function closingWords({ ready, total, kept, warnings, ms, title, cost }: RunSummary): string {
  const left = kept.length ? ` ${kept.length} left as they are: ${[...new Set(kept.map(({ reason }) => reason))].join(", ")}.` : "";
  return `“${title}”: ${ready}/${total} segments production-ready in ${(ms / 1000).toFixed(1)} s.${cost ? ` ${formatBill(cost)}.` : ""}${left}${warnings.map(({ message, hint = "" }) => ` ${message}. ${hint}`).join("")}`;
}
