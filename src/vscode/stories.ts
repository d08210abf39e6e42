import { EventEmitter, RelativePattern, Uri, workspace, type Disposable } from "vscode";
import type { EditTimingOptions, PictureRequest, RetimeReport, RetimeRequest, StatusReport, StoryDirector, TimingEditRequest, TimingReport } from "../compose.ts";
import { hashText } from "../core/canonical.ts";
import type { CastCommand } from "../core/cast/castCommands.ts";
import { parseTimingMap, type TimingMap } from "../core/documents/timingMapDocument.ts";
import { ProblemsError } from "../core/errors.ts";
import type { SegmentView, StoryOutline } from "../core/outline.ts";
import type { StorySettings } from "../core/documents/storyDocument.ts";
import type { Story } from "../core/story.ts";
import { kindOf, storyPaths } from "../core/storyFolder.ts";
import type { LoadEngine } from "./engine.ts";

/** Copies and machine folders that hold no story of their own. */
const EXCLUDED = "**/{node_modules,.git,.story-director}/**";

/** A run saves many files in a row; a story is looked at again when there is a pause. */
const PAUSE_MS = 300;

/** The timing map as it stands on disk. */
export interface TimingNow {
  readonly map: TimingMap;
  /** Its hash: what is decided by this map is not done to another one. */
  readonly basedOn: string;
}

/** A story of the workspace. The same object for as long as its folder is there. */
export class StoryHandle {
  readonly folder: Uri;
  /** Unique in the window. */
  readonly key: string;
  readonly #loadEngine: LoadEngine;
  #outline: Promise<StoryOutline> | undefined;
  readonly #segments = new Map<string, Promise<SegmentView>>();

  constructor(folder: Uri, loadEngine: LoadEngine) {
    this.folder = folder;
    this.key = folder.toString();
    this.#loadEngine = loadEngine;
  }

  /** Rejects with a ProblemsError where the story cannot be read. */
  outline(): Promise<StoryOutline> {
    return (this.#outline ??= this.#director().then((director) => director.outline()));
  }

  /** One segment, read when somebody looks at it. */
  async segment(id: string): Promise<SegmentView> {
    const outline = await this.outline();
    const known = this.#segments.get(id) ?? this.#director().then((director) => director.segment(outline, id));
    this.#segments.set(id, known);
    return known;
  }

  /** The story as it stands on disk, segments included. Rejects with a ProblemsError where it cannot be read. */
  async read(): Promise<Story> {
    return (await this.#director()).read();
  }

  /** The tag that an asset would get by that name; its own where the name has no letter for one. */
  async tagFor(name: string, id: string): Promise<string> {
    const others = [...(await this.outline()).story.assets.keys()].filter((other) => other !== id);
    return (await this.#loadEngine()).freeId(name, id, new Set(others));
  }

  /** @returns the paths that were changed */
  async editCast(command: CastCommand): Promise<string[]> {
    return (await this.#director()).editCast(command);
  }

  /** @returns the paths that were changed */
  async replacePicture(request: PictureRequest): Promise<string[]> {
    return (await this.#director()).replacePicture(request);
  }

  /** Every segment's state, read anew. */
  async status(): Promise<StatusReport> {
    return (await this.#director()).status();
  }

  /** Rejects with a ProblemsError where it cannot be read. */
  async timing(): Promise<TimingNow> {
    this.forgetAll();
    await this.outline();
    const bytes = await workspace.fs.readFile(Uri.joinPath(this.folder, storyPaths.timingMap));
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
    const { value, problems } = parseTimingMap(text);
    if (!value) throw new ProblemsError("The timing map cannot be read", problems);
    return { map: value, basedOn: hashText(text) };
  }

  /** Read anew. Rejects where its timing cannot be edited. */
  async requireEditable(): Promise<StorySettings> {
    return (await this.#director()).requireEditable();
  }

  async editTiming(edit: TimingEditRequest, options: EditTimingOptions): Promise<TimingReport> {
    return (await this.#director()).editTiming(edit, options);
  }

  async retime(request: RetimeRequest): Promise<RetimeReport> {
    return (await this.#director()).retime(request);
  }

  /** What was read of these paths (inside the story) is read again. A segment's own file concerns no other. */
  forget(paths: readonly string[]): void {
    for (const path of paths) {
      const file = kindOf(path);
      if (file?.kind === "segment") this.#segments.delete(file.id);
      else this.forgetAll();
    }
  }

  forgetAll(): void {
    this.#outline = undefined;
    this.#segments.clear();
  }

  async #director(): Promise<StoryDirector> {
    return (await this.#loadEngine()).openStoryDirector({ folder: this.folder.fsPath });
  }
}

export interface StoryChange {
  readonly story: StoryHandle;
  /** The segments whose files changed; undefined where anything else of the story did. */
  readonly segments: readonly string[] | undefined;
}

/** The stories of the workspace, wherever their folders are, followed as files change. */
export class Stories implements Disposable {
  readonly #loadEngine: LoadEngine;
  readonly #stories = new Map<string, StoryHandle>();
  readonly #listChanged = new EventEmitter<void>();
  readonly #storyChanged = new EventEmitter<StoryChange>();
  readonly #changedPaths = new Map<StoryHandle, Set<string>>();
  readonly #disposables: Disposable[];
  #timer: NodeJS.Timeout | undefined;
  #search: Promise<void> | undefined;

  readonly onDidChangeList = this.#listChanged.event;
  readonly onDidChangeStory = this.#storyChanged.event;

  constructor(loadEngine: LoadEngine) {
    this.#loadEngine = loadEngine;
    const watcher = workspace.createFileSystemWatcher("**/{story.yaml,style.md,timing-map.json,scene-plan.yaml,assets/*.md,segments/*.md}");
    const changed = (uri: Uri) => this.#onFile(uri);
    this.#disposables = [
      this.#listChanged,
      this.#storyChanged,
      watcher,
      watcher.onDidChange(changed),
      watcher.onDidCreate(changed),
      watcher.onDidDelete(changed),
      workspace.onDidChangeWorkspaceFolders(() => void this.refresh()),
    ];
  }

  /** Every story, by path. Searches the workspace the first time. */
  async list(): Promise<StoryHandle[]> {
    await (this.#search ??= this.#find());
    // Another search may have begun meanwhile.
    await this.#search;
    return this.known;
  }

  /** Looks for stories again: a folder that comes whole is not told of file by file. */
  async refresh(): Promise<void> {
    if (!this.#search) return;
    // One after the other: what an older search found must not take the place of what a newer one did.
    this.#search = this.#search.catch(() => undefined).then(() => this.#find());
    await this.#search;
  }

  /** The stories that were found so far. */
  get known(): StoryHandle[] {
    return [...this.#stories.values()].sort((a, b) => (a.folder.path < b.folder.path ? -1 : 1));
  }

  /** The story that a file or folder is, or is part of. */
  storyOf(uri: Uri): StoryHandle | undefined {
    const path = `${uri.path}/`;
    const owners = this.known.filter(({ folder }) => folder.scheme === uri.scheme && path.startsWith(`${folder.path}/`));
    return owners.sort((a, b) => b.folder.path.length - a.folder.path.length)[0];
  }

  /** After a change of our own: whoever shows the story reads it anew, without waiting for the files to be told of. */
  changed(story: StoryHandle): void {
    story.forgetAll();
    this.#storyChanged.fire({ story, segments: undefined });
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const disposable of this.#disposables) disposable.dispose();
  }

  async #find(): Promise<void> {
    const perFolder = (workspace.workspaceFolders ?? []).map((folder) =>
      workspace.findFiles(new RelativePattern(folder, `**/${storyPaths.story}`), EXCLUDED),
    );
    const found = (await Promise.all(perFolder)).flat().map((uri) => Uri.joinPath(uri, ".."));
    const keys = new Set(found.map(String));
    for (const key of this.#stories.keys()) if (!keys.has(key)) this.#stories.delete(key);
    for (const folder of found) {
      if (!this.#stories.has(folder.toString())) this.#stories.set(folder.toString(), new StoryHandle(folder, this.#loadEngine));
    }
    this.#listChanged.fire();
  }

  #onFile(uri: Uri): void {
    // The list is only kept up once somebody has asked for it.
    if (uri.path.endsWith(`/${storyPaths.story}`)) void this.refresh();
    const story = this.storyOf(uri);
    if (!story) return;
    const paths = this.#changedPaths.get(story) ?? new Set();
    this.#changedPaths.set(story, paths.add(uri.path.slice(story.folder.path.length + 1)));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#tell(), PAUSE_MS);
  }

  #tell(): void {
    for (const [story, paths] of this.#changedPaths) {
      story.forget([...paths]);
      const ids = [...paths].map((path) => kindOf(path)).map((file) => (file?.kind === "segment" ? file.id : undefined));
      this.#storyChanged.fire({ story, segments: ids.every((id) => id !== undefined) ? ids : undefined });
    }
    this.#changedPaths.clear();
  }
}
