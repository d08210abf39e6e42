import { commands, Uri, window, type Disposable } from "vscode";
import { segmentPath, storyPaths } from "../../core/storyFolder.ts";
import { describeFailure, isAbortError } from "../../core/errors.ts";
import { plural } from "../../core/words.ts";
import type { NewStory } from "../../import/newStory.ts";
import { formatEstimate } from "../../spending/runEstimate.ts";
import type { App } from "../app.ts";
import { Coalescer } from "../coalescer.ts";
import { reviewCast } from "../commands/reviewCast.ts";
import { closingWords, runStory } from "../commands/regenerateScript.ts";
import type { LoadEngine } from "../engine.ts";
import { COMMANDS, VIEWS } from "../ids.ts";
import type { Run } from "../runs.ts";
import { imageSettings, ownPrices, runSettings } from "../settings.ts";
import { StoryHandle } from "../stories.ts";
import type { RunProgress, StoryActions } from "./wizardPorts.ts";

interface Surroundings {
  readonly app: App;
  readonly loadEngine: LoadEngine;
  /** Whether a person sees the form; otherwise the end of a run is told by a notification. */
  readonly isInView: () => boolean;
}

/** Makes and directs stories as the commands do. */
export function createStoryActions({ app, loadEngine, isInView }: Surroundings): StoryActions {
  return {
    estimate: (story) => estimate(story, app, loadEngine),
    async create(path, story) {
      await (await loadEngine()).createStory(path, story);
      app.log.info(`Made ${path}`);
      await app.stories.refresh();
    },
    async direct(path, { images, script, onProgress }) {
      const folder = Uri.file(path);
      const listener = followRun(app, folder, onProgress);
      try {
        const story = new StoryHandle(folder, loadEngine);
        const request = images === undefined ? {} : { images };
        if (script === false) await runStory(app, story, { ...request, script });
        if (script === false || !(await reviewCast(app, story))) return await waitingWords(story);
        const summary = await runStory(app, story, request);
        if (!isInView()) void window.showInformationMessage(closingWords(summary));
        return closingWords(summary);
      } catch (error) {
        if (!isInView() && !isAbortError(error)) void app.failures.show(error, folder);
        throw error;
      } finally {
        listener.dispose();
      }
    },
    stop(path) {
      for (const run of app.runs.running.filter(({ folder }) => folder.fsPath === Uri.file(path).fsPath)) app.runs.stop(run);
    },
    async perform(action, path) {
      const folder = Uri.file(path);
      switch (action) {
        case "showProgress":
          return void (await commands.executeCommand(`${VIEWS.progress}.focus`));
        case "openStory":
          return void (await window.showTextDocument(Uri.joinPath(folder, storyPaths.story)));
        case "openFolder":
          return void (await commands.executeCommand("vscode.openFolder", folder, { forceNewWindow: true }));
        case "openScript":
          return openScript(app, folder, loadEngine);
      }
    },
  };
}

/** Said where the assets wait for a person. */
async function waitingWords(story: StoryHandle): Promise<string> {
  story.forgetAll();
  const { settings, assets } = (await story.outline()).story;
  return `“${settings.title}”: ${plural(assets.size, "asset")} found. Look through the cast in the Stories view; Regenerate Director's Script goes on.`;
}

/** In the words that the question before a run has; offline needs none. */
async function estimate(story: NewStory, app: App, loadEngine: LoadEngine): Promise<string> {
  try {
    const { choice } = await app.models.choose();
    if (choice.provider === "offline") return "offline: no calls, free";
    const { maxCalls, batchSize } = runSettings();
    const { enabled, choice: images } = imageSettings();
    const found = (await loadEngine()).estimateNewStory(story, { director: choice, images: enabled ? images : undefined, prices: ownPrices(), maxCalls, batchSize });
    return found ? formatEstimate(found) : "cost unknown";
  } catch (error) {
    return `cost unknown: ${describeFailure(error).message}`;
  }
}

/** The first segment, in the way that the Stories view opens it where it can. */
async function openScript(app: App, folder: Uri, loadEngine: LoadEngine): Promise<void> {
  await app.stories.list();
  const story = app.stories.storyOf(folder);
  const { story: read } = await (await loadEngine()).openStoryDirector({ folder: folder.fsPath }).outline();
  const [first] = read.timing.segments;
  if (!first) return;
  if (story) return void (await commands.executeCommand(COMMANDS.openSegment, { kind: "segment", story, id: first.id, index: 0 }));
  await window.showTextDocument(Uri.joinPath(folder, segmentPath(first.id)));
}

/** Tells how far the folder's run is, at most four times a second. */
function followRun(app: App, folder: Uri, onProgress: (progress: RunProgress) => void): Disposable {
  const coalescer = new Coalescer<Run>((runs) => {
    for (const run of runs) onProgress(progressOf(run));
  });
  const listener = app.runs.onDidChange(({ run }) => {
    if (run.folder.toString() === folder.toString()) coalescer.add(run);
  });
  return {
    dispose() {
      listener.dispose();
      coalescer.dispose();
    },
  };
}

function progressOf({ progress }: Run): RunProgress {
  const nodes = progress.nodes;
  const phase = nodes.flatMap(({ children }) => children).findLast(({ state }) => state === "running");
  return {
    settled: nodes.reduce((sum, { counts }) => sum + counts.settled, 0),
    total: nodes.reduce((sum, { counts }) => sum + counts.total, 0),
    message: phase?.label ?? "Directing",
  };
}
