import { EventEmitter, Range, ThemeIcon, TreeItem, TreeItemCollapsibleState, Uri, window, type Disposable, type TreeDataProvider, type TreeView } from "vscode";
import type { Asset, AssetKind } from "../../core/documents/assetDocument.ts";
import { describeFailure, type Failure } from "../../core/errors.ts";
import type { SceneOutline, StoryOutline } from "../../core/outline.ts";
import { shorten } from "../../core/segmentLabel.ts";
import { segmentSeconds } from "../../core/story.ts";
import { assetPath, storyPaths } from "../../core/storyFolder.ts";
import { formatTime } from "../../core/times.ts";
import { plural } from "../../core/words.ts";
import { COMMANDS, VIEWS } from "../ids.ts";
import type { Stories, StoryHandle } from "../stories.ts";
import { PictureDrop } from "./pictureDrop.ts";
import { assetHover } from "./assetHover.ts";
import { segmentUri } from "./segmentDecorations.ts";

interface StoryRow {
  readonly kind: "story";
  readonly story: StoryHandle;
}

interface SceneRow {
  readonly kind: "scene";
  readonly story: StoryHandle;
  readonly scene: SceneOutline;
}

export interface SegmentRow {
  readonly kind: "segment";
  readonly story: StoryHandle;
  readonly id: string;
  /** Position in the story, from 0. */
  readonly index: number;
}

interface AssetsRow {
  readonly kind: "assets";
  readonly story: StoryHandle;
}

export interface AssetRow {
  readonly kind: "asset";
  readonly story: StoryHandle;
  readonly asset: Asset;
}

interface ProblemRow {
  readonly kind: "problem";
  readonly story: StoryHandle;
  /** Why the story cannot be read. */
  readonly failure: Failure;
}

export type StoriesElement = StoryRow | SceneRow | SegmentRow | AssetsRow | AssetRow | ProblemRow;

/** Stories, their scenes with segments, and their assets. Segment files are read when their scene is opened. */
export class StoriesTreeProvider implements TreeDataProvider<StoriesElement>, Disposable {
  readonly #stories: Stories;
  readonly #rows = new Map<StoryHandle, StoryRow>();
  readonly #segmentRows = new Map<string, SegmentRow>();
  readonly #emitter = new EventEmitter<StoriesElement | StoriesElement[] | undefined>();
  readonly #view: TreeView<StoriesElement>;
  readonly #disposables: Disposable[];

  readonly onDidChangeTreeData = this.#emitter.event;
  readonly drop = new PictureDrop();

  constructor(stories: Stories) {
    this.#stories = stories;
    this.#view = window.createTreeView(VIEWS.stories, { treeDataProvider: this, showCollapseAll: true, dragAndDropController: this.drop });
    this.#disposables = [
      this.#emitter,
      this.#view,
      this.drop,
      stories.onDidChangeList(() => this.#emitter.fire(undefined)),
      stories.onDidChangeStory(({ story, segments }) => {
        const shown = segments?.flatMap((id) => this.#segmentRows.get(`${story.key}/${id}`) ?? []);
        this.#emitter.fire(shown ?? this.#storyRow(story));
      }),
    ];
  }

  /** Words beside the view's title. */
  describe(text: string): void {
    this.#view.description = text;
  }

  get description(): string | undefined {
    return this.#view.description;
  }

  /** Selects the row of a segment where the view is in sight; opens nothing otherwise. */
  async reveal(story: StoryHandle, id: string): Promise<void> {
    if (!this.#view.visible) return;
    const index = (await story.outline()).story.timing.segments.findIndex((segment) => segment.id === id);
    if (index >= 0) await this.#view.reveal(this.#segmentRow(story, id, index), { select: true, focus: false });
  }

  /** The rows that are selected. */
  get selection(): readonly StoriesElement[] {
    return this.#view.selection;
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  async getChildren(element?: StoriesElement): Promise<StoriesElement[]> {
    if (!element) return (await this.#stories.list()).map((story) => this.#storyRow(story));
    switch (element.kind) {
      case "story":
        return this.#storyChildren(element.story);
      case "scene":
        return element.scene.segments.map(({ id, index }) => this.#segmentRow(element.story, id, index));
      case "assets": {
        const { assets } = (await element.story.outline()).story;
        return [...assets.values()].sort(compareAssets).map((asset) => ({ kind: "asset", story: element.story, asset }));
      }
      case "segment":
      case "asset":
      case "problem":
        return [];
    }
  }

  async getParent(element: StoriesElement): Promise<StoriesElement | undefined> {
    const { kind, story } = element;
    if (kind === "story") return undefined;
    if (kind === "asset") return { kind: "assets", story };
    if (kind !== "segment") return this.#storyRow(story);
    const scene = (await story.outline()).scenes.find(({ segments }) => segments.some(({ id }) => id === element.id));
    return scene && { kind: "scene", story, scene };
  }

  async getTreeItem(element: StoriesElement): Promise<TreeItem> {
    switch (element.kind) {
      case "story":
        return storyItem(element.story);
      case "scene":
        return sceneItem(element);
      case "segment":
        return segmentItem(element);
      case "assets": {
        const { assets } = (await element.story.outline()).story;
        return withId(`${element.story.key}/assets`, "Assets", { description: String(assets.size), icon: "library" });
      }
      case "asset":
        return assetItem(element);
      case "problem":
        return problemItem(element);
    }
  }

  async #storyChildren(story: StoryHandle): Promise<StoriesElement[]> {
    try {
      const { scenes, story: content } = await story.outline();
      const rows: StoriesElement[] = scenes.map((scene) => ({ kind: "scene", story, scene }));
      return content.assets.size ? [...rows, { kind: "assets", story }] : rows;
    } catch (error) {
      return [{ kind: "problem", story, failure: describeFailure(error) }];
    }
  }

  #storyRow(story: StoryHandle): StoryRow {
    const row = this.#rows.get(story) ?? { kind: "story", story };
    this.#rows.set(story, row);
    return row;
  }

  /** The same object for as long as the segment keeps its place, so that one row can be refreshed alone. */
  #segmentRow(story: StoryHandle, id: string, index: number): SegmentRow {
    const key = `${story.key}/${id}`;
    const known = this.#segmentRows.get(key);
    const row = known?.index === index ? known : ({ kind: "segment", story, id, index } as const);
    this.#segmentRows.set(key, row);
    return row;
  }
}

async function storyItem(story: StoryHandle): Promise<TreeItem> {
  const outline = await story.outline().catch((): StoryOutline | undefined => undefined);
  const folderName = story.folder.path.split("/").at(-1)!;
  const segments = outline?.story.timing.segments;
  const length = segments?.length ? `${plural(segments.length, "segment")} · ${formatTime(segments.at(-1)!.end)}` : "";
  const item = new TreeItem(outline?.story.settings.title ?? folderName, TreeItemCollapsibleState.Expanded);
  item.id = story.key;
  item.description = length;
  item.iconPath = new ThemeIcon("book");
  item.tooltip = story.folder.fsPath;
  item.contextValue = "story";
  return item;
}

function sceneItem({ story, scene }: SceneRow): TreeItem {
  const id = `${story.key}/scene/${scene.segments[0]!.id}`;
  return withId(id, scene.label, { description: scene.description, icon: "device-camera-video" });
}

async function segmentItem({ story, id, index }: SegmentRow): Promise<TreeItem> {
  const outline = await story.outline();
  const segment = outline.story.timing.segments.find((candidate) => candidate.id === id);
  // The timing map changed a moment ago: the rows are about to be made anew.
  if (!segment) return new TreeItem(id);
  const view = await story.segment(id);
  const said = shorten(segment.narration, 48) || "(no words)";
  const label = [index + 1, view.shotSize, view.summary ?? said].filter(Boolean).join(" · ");
  const item = new TreeItem(label);
  item.id = `${story.key}/segment/${id}`;
  item.description = `${formatTime(segment.start)} · ${segmentSeconds(segment).toFixed(1)} s`;
  item.tooltip = [id, `“${segment.narration}”`, view.why ? `${view.state}: ${view.why}` : view.state].join("\n");
  item.resourceUri = segmentUri(story.folder, id);
  item.iconPath = new ThemeIcon("note");
  item.contextValue = view.finalPrompts.size ? "segment.final" : "segment";
  item.command = { command: COMMANDS.openSegment, title: "Open Segment", arguments: [{ kind: "segment", story, id, index }] };
  item.accessibilityInformation = { label: `Segment ${label}, ${item.description}, ${view.state}` };
  return item;
}

/** What keeps the story from being read; it opens the place. */
function problemItem({ story, failure: { message, hint, problems } }: ProblemRow): TreeItem {
  const [problem] = problems;
  const item = new TreeItem(problem ? `${problem.file}: ${problem.message}` : message);
  item.iconPath = new ThemeIcon("warning");
  item.tooltip = [message, hint].filter(Boolean).join("\n");
  const { line, character } = problem?.range?.start ?? { line: 0, character: 0 };
  const selection = new Range(line, character, line, character);
  item.command = { command: "vscode.open", title: "Open", arguments: [Uri.joinPath(story.folder, problem?.file ?? storyPaths.story), { selection }] };
  return item;
}

function assetItem({ story, asset }: AssetRow): TreeItem {
  const item = new TreeItem(`@${asset.id}`);
  item.id = `${story.key}/asset/${asset.id}`;
  item.description = shorten(asset.description.replaceAll("\n", " "), 60);
  item.tooltip = assetHover(story.folder, asset);
  item.iconPath = new ThemeIcon(ASSET_ICONS[asset.kind]);
  item.contextValue = "asset";
  item.command = { command: "vscode.open", title: "Open Asset", arguments: [Uri.joinPath(story.folder, assetPath(asset.id))] };
  return item;
}

const ASSET_ICONS: Readonly<Record<AssetKind, string>> = { character: "person", location: "location", prop: "package" };

const KIND_ORDER: readonly AssetKind[] = ["character", "location", "prop"];

function compareAssets(a: Asset, b: Asset): number {
  return KIND_ORDER.indexOf(a.kind) - KIND_ORDER.indexOf(b.kind) || (a.id < b.id ? -1 : 1);
}

function withId(id: string, label: string, { description, icon }: { readonly description: string; readonly icon: string }): TreeItem {
  const item = new TreeItem(label, TreeItemCollapsibleState.Collapsed);
  item.id = id;
  item.description = description;
  item.iconPath = new ThemeIcon(icon);
  return item;
}
