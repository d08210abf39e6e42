import { commands, window, type Disposable, type ExtensionContext } from "vscode";
import type { App } from "./app.ts";
import { openSampleStory } from "./commands/openSampleStory.ts";
import { regenerateScript } from "./commands/regenerateScript.ts";
import { copyFinalPrompt, openSegment, regenerateSegment } from "./commands/segments.ts";
import type { LoadEngine } from "./engine.ts";
import { Failures } from "./failures.ts";
import { COMMANDS, CONTEXT_KEYS } from "./ids.ts";
import { Runs } from "./runs.ts";
import { RunStatus } from "./runStatus.ts";
import { Stories } from "./stories.ts";
import { unsavedChanges } from "./unsaved.ts";
import { EarlierRuns } from "./views/earlierRuns.ts";
import { ProgressTreeProvider } from "./views/progressTree.ts";
import { SegmentDecorations } from "./views/segmentDecorations.ts";
import { StoriesTreeProvider } from "./views/storiesTree.ts";

/** Puts the parts together and registers them. Nothing is read before a view or a command asks. */
export function activateStoryDirector(context: ExtensionContext, loadEngine: LoadEngine): App {
  const log = window.createOutputChannel("Story Director", { log: true });
  const stories = new Stories(loadEngine);
  const runs = new Runs(loadEngine, unsavedChanges);
  const earlierRuns = new EarlierRuns(loadEngine, runs, () => stories.known.map(({ folder }) => folder));
  const storiesTree = new StoriesTreeProvider(stories);
  const progressTree = new ProgressTreeProvider(runs, earlierRuns);
  const app: App = { context, log, stories, runs, earlierRuns, storiesTree, progressTree, failures: new Failures(log) };
  context.subscriptions.push(
    log,
    stories,
    runs,
    earlierRuns,
    new RunStatus(runs),
    new SegmentDecorations(stories),
    storiesTree,
    progressTree,
    stories.onDidChangeList(() => shareFolders(stories)),
    ...registerCommands(app),
  );
  return app;
}

function registerCommands(app: App): Disposable[] {
  const table: Readonly<Record<keyof typeof COMMANDS, (on: unknown) => unknown>> = {
    regenerateScript: (on) => regenerateScript(app, on),
    regenerateSegment: (on) => regenerateSegment(app, on),
    stop: () => app.runs.stop(),
    openSegment: (on) => openSegment(app, on),
    copyFinalPrompt: (on) => copyFinalPrompt(app, on),
    openSampleStory: () => openSampleStory(app),
    clearEarlierRuns: () => app.failures.guard(async () => {
      app.runs.clear();
      await app.earlierRuns.clear();
    }),
    showLog: () => app.log.show(),
  };
  return Object.entries(table).map(([name, work]) => commands.registerCommand(COMMANDS[name as keyof typeof COMMANDS], work));
}

/** Menus on folders of the explorer need to know which of them are stories. */
function shareFolders(stories: Stories): void {
  const folders = Object.fromEntries(stories.known.map(({ folder }) => [folder.fsPath, true]));
  void commands.executeCommand("setContext", CONTEXT_KEYS.storyFolders, folders);
}
