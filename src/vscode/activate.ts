import { commands, window, type Disposable, type ExtensionContext } from "vscode";
import { abilityMemory } from "./abilityMemory.ts";
import type { App } from "./app.ts";
import { addState, deleteAsset, dropPicture, editDescription, mergeAsset, renameAsset, replacePicture } from "./commands/cast.ts";
import { chooseModel, clearApiKey, setApiKey, testConnection } from "./commands/models.ts";
import { newStory, newStoryFromFile } from "./commands/newStory.ts";
import { openSampleStory } from "./commands/openSampleStory.ts";
import { openFailureOf } from "./commands/openFailure.ts";
import { regenerateScript } from "./commands/regenerateScript.ts";
import { copyFinalPrompt, openSegment, regenerateSegment } from "./commands/segments.ts";
import { mergeSegmentWithNext, retimeSegmentTo, splitSegmentHere } from "./commands/timing.ts";
import { updateTiming } from "./commands/updateTiming.ts";
import type { LoadEngine } from "./engine.ts";
import { Failures } from "./failures.ts";
import { COMMANDS, CONTEXT_KEYS } from "./ids.ts";
import { Models } from "./models/models.ts";
import { ModelStatus } from "./models/modelStatus.ts";
import { Runs } from "./runs.ts";
import { RunStatus } from "./runStatus.ts";
import { Spending } from "./spending.ts";
import { Stories } from "./stories.ts";
import { HeardTakes } from "./timing/heardTakes.ts";
import { Reports } from "./timing/reports.ts";
import { mayWrite } from "./trust.ts";
import { unsavedChanges } from "./unsaved.ts";
import { EarlierRuns } from "./views/earlierRuns.ts";
import { ProgressTreeProvider } from "./views/progressTree.ts";
import { SegmentDecorations } from "./views/segmentDecorations.ts";
import { StoriesTreeProvider } from "./views/storiesTree.ts";
import { NewStoryPanel } from "./wizard/panel.ts";

/** Puts the parts together and registers them. Nothing is read before a view or a command asks. */
export function activateStoryDirector(context: ExtensionContext, loadEngine: LoadEngine): App {
  const log = window.createOutputChannel("Story Director", { log: true });
  const stories = new Stories(loadEngine);
  const models = new Models(loadEngine, context.secrets);
  const spending = new Spending((line) => log.info(line));
  const runs = new Runs(loadEngine, unsavedChanges, { log, abilities: abilityMemory(context.globalState), chooseDirector: () => models.choose(), spending });
  const earlierRuns = new EarlierRuns(loadEngine, runs, () => stories.known.map(({ folder }) => folder));
  const storiesTree = new StoriesTreeProvider(stories);
  const progressTree = new ProgressTreeProvider(runs, earlierRuns);
  const app: App = { context, log, stories, runs, earlierRuns, storiesTree, progressTree, failures: new Failures(log), models, reports: new Reports(), heardTakes: new HeardTakes() };
  const newStoryPanel = new NewStoryPanel(app, loadEngine);
  context.subscriptions.push(
    log,
    stories,
    models,
    runs,
    earlierRuns,
    new RunStatus(runs),
    new SegmentDecorations(stories),
    storiesTree,
    progressTree,
    new ModelStatus(app),
    app.reports,
    stories.onDidChangeList(() => shareFolders(stories)),
    storiesTree.drop.onDidDrop(({ row, uri }) => void app.failures.guard(() => dropPicture(app, row, uri))),
    newStoryPanel,
    ...registerCommands(app, newStoryPanel),
  );
  return app;
}

function registerCommands(app: App, newStoryPanel: NewStoryPanel): Disposable[] {
  const table: Readonly<Record<keyof typeof COMMANDS, (on: unknown) => unknown>> = {
    regenerateScript: (on) => regenerateScript(app, on),
    regenerateSegment: (on) => regenerateSegment(app, on),
    stop: () => app.runs.stop(),
    openSegment: (on) => openSegment(app, on),
    openFailure: (on) => openFailureOf(app, on),
    copyFinalPrompt: (on) => copyFinalPrompt(app, on),
    openSampleStory: () => openSampleStory(app),
    newStory: () => newStory(app, newStoryPanel),
    newStoryFromFile: (on) => newStoryFromFile(app, newStoryPanel, on),
    clearEarlierRuns: () => clearEarlierRuns(app),
    renameAsset: (on) => renameAsset(app, on),
    editDescription: (on) => editDescription(app, on),
    mergeAsset: (on) => mergeAsset(app, on),
    deleteAsset: (on) => deleteAsset(app, on),
    addState: (on) => addState(app, on),
    replacePicture: (on) => replacePicture(app, on),
    splitSegment: (on) => splitSegmentHere(app, on),
    mergeSegment: (on) => mergeSegmentWithNext(app, on),
    retimeSegment: (on) => retimeSegmentTo(app, on),
    updateTiming: (on) => updateTiming(app, on),
    chooseModel: () => chooseModel(app),
    setApiKey: () => setApiKey(app),
    clearApiKey: () => clearApiKey(app),
    testConnection: () => testConnection(app),
    showLog: () => app.log.show(),
  };
  return Object.entries(table).map(([name, work]) => {
    // What a command does not tell by itself is told here, with its way out.
    const guarded = (on: unknown) => app.failures.guard(async () => void (await work(on)));
    return commands.registerCommand(COMMANDS[name as keyof typeof COMMANDS], guarded);
  });
}

async function clearEarlierRuns(app: App): Promise<void> {
  if (!mayWrite()) return;
  app.runs.clear();
  await app.earlierRuns.clear();
}

/** Menus on folders of the explorer need to know which of them are stories. */
function shareFolders(stories: Stories): void {
  const folders = Object.fromEntries(stories.known.map(({ folder }) => [folder.fsPath, true]));
  void commands.executeCommand("setContext", CONTEXT_KEYS.storyFolders, folders);
}
