import { Uri, window } from "vscode";
import type { Asset } from "../../core/documents/assetDocument.ts";
import { describeFailure } from "../../core/errors.ts";
import { kindOf } from "../../core/storyFolder.ts";
import type { ProgressNode } from "../../progress/progressTree.ts";
import type { App } from "../app.ts";
import type { StoryHandle } from "../stories.ts";
import type { AssetRow, SegmentRow } from "../views/storiesTree.ts";

/** A segment of a story: what commands on segments work on. */
export interface SegmentTarget {
  readonly story: StoryHandle;
  readonly id: string;
}

/**
 * The story that a command is meant for: that of the row or file it was called on, the only one
 * there is, or the one a person picks. Undefined when nothing was picked.
 */
export async function pickStory(app: App, on: unknown): Promise<StoryHandle | undefined> {
  const stories = await app.stories.list();
  const meant = isStoryRow(on) ? on.story : on instanceof Uri ? app.stories.storyOf(on) : undefined;
  if (meant) return meant;
  if (stories.length <= 1) {
    if (stories.length === 0) void window.showInformationMessage("There is no story in this window: a story is a folder with a story.yaml.");
    return stories[0];
  }
  const items = await Promise.all(stories.map(async (story) => ({ label: await titleOf(story), description: story.folder.fsPath, story })));
  return (await window.showQuickPick(items, { placeHolder: "Which story?", matchOnDescription: true }))?.story;
}

/** The segment of a row, a progress node, or the file in the active editor. */
export async function segmentTarget(app: App, on: unknown): Promise<SegmentTarget | undefined> {
  await app.stories.list();
  if (isSegmentRow(on)) return { story: on.story, id: on.id };
  if (isProgressNode(on)) {
    const folder = app.runs.runOf(on)?.folder ?? app.earlierRuns.folderOf(on);
    const story = folder && app.stories.storyOf(folder);
    return story && { story, id: on.id };
  }
  const uri = on instanceof Uri ? on : window.activeTextEditor?.document.uri;
  const story = uri && app.stories.storyOf(uri);
  const file = uri && story && kindOf(uri.path.slice(story.folder.path.length + 1));
  if (story && file?.kind === "segment") return { story, id: file.id };
  void window.showInformationMessage("Open a segment, or choose one in the Stories view.");
  return undefined;
}

/** An asset of a story, with all of its cast. */
export interface AssetTarget {
  readonly story: StoryHandle;
  readonly asset: Asset;
  readonly assets: ReadonlyMap<string, Asset>;
}

/** The asset of a row, or that of the file in the active editor, as it stands now. */
export async function assetTarget(app: App, on: unknown): Promise<AssetTarget | undefined> {
  await app.stories.list();
  const uri = on instanceof Uri ? on : window.activeTextEditor?.document.uri;
  const story = isAssetRow(on) ? on.story : uri && app.stories.storyOf(uri);
  const file = uri && story && kindOf(uri.path.slice(story.folder.path.length + 1));
  const id = isAssetRow(on) ? on.asset.id : file?.kind === "asset" ? file.id : undefined;
  if (story && id !== undefined) {
    // Where the story cannot be read, that is what a person is told.
    const assets = await app.failures.guard(async () => (await story.outline()).story.assets, story.folder);
    if (!assets) return undefined;
    const asset = assets.get(id);
    if (asset) return { story, asset, assets };
  }
  void window.showInformationMessage("Open an asset, or choose one in the Stories view.");
  return undefined;
}

async function titleOf(story: StoryHandle): Promise<string> {
  return story.outline().then(
    ({ story: { settings } }) => settings.title,
    (error: unknown) => `${story.folder.path.split("/").at(-1)} (${describeFailure(error).message})`,
  );
}

function isStoryRow(on: unknown): on is { readonly story: StoryHandle } {
  return typeof on === "object" && on !== null && "story" in on;
}

function isAssetRow(on: unknown): on is AssetRow {
  return isStoryRow(on) && "kind" in on && on.kind === "asset" && "asset" in on;
}

function isSegmentRow(on: unknown): on is SegmentRow {
  return isStoryRow(on) && "kind" in on && on.kind === "segment" && "id" in on;
}

function isProgressNode(on: unknown): on is ProgressNode {
  return typeof on === "object" && on !== null && "path" in on && "state" in on && "kind" in on && on.kind === "segment";
}
