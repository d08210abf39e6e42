import { StorageError, StoryHeldError } from "../../src/core/errors.ts";
import { formatSegment } from "../../src/core/documents/segmentDocument.ts";
import { assetPath, imageName, imagePath, kindOf, segmentPath, storyPaths } from "../../src/core/storyFolder.ts";
import type { RunLog, SaveOutcome, StoryStore } from "../../src/pipeline/ports.ts";
import { KEPT_FAILURES } from "../../src/story/failures.ts";
import { damagedPath, failurePath, historyPath, isRunLogName, oldFailures, runLogName, sortRunLogs, timeStamp } from "../../src/story/fileNames.ts";
import { formatRunEvent, parseRunLog } from "../../src/story/runLog.ts";

/** The twin of the store on disk: same promises, all files in a map. */
export interface MemoryStore extends StoryStore {
  /** Every file by its path, an image with a character for each byte; tests change it as a person would. */
  readonly files: Map<string, string>;
  /** What was changed, in order: `saveSegment segment_1`, `keepCopy assets/maria.md`. Refused saves are in it too. */
  readonly calls: string[];
  /** Runs when the new text is ready, before it takes its place: to change a file meanwhile, or to throw. */
  beforeRename: ((path: string) => void) | undefined;
  /** Another run's lock: `lock` rejects while it is set, unless told to take over. */
  heldElsewhere: boolean;
}

/** @param files Texts by path inside the story folder. */
export function createMemoryStore(files: Record<string, string>): MemoryStore {
  const texts = new Map(Object.entries(files));
  const calls: string[] = [];
  let isLocked = false;

  const save = async (path: string, text: string, previousText: string | undefined): Promise<SaveOutcome> => {
    // Like a disk, this answers later, not within the call.
    await Promise.resolve();
    if (texts.get(path) === text) return "saved";
    if (texts.get(path) !== previousText) return "changed";
    store.beforeRename?.(path);
    if (texts.get(path) !== previousText) return "changed";
    texts.set(path, text);
    return "saved";
  };

  const store: MemoryStore = {
    location: "memory",
    files: texts,
    calls,
    beforeRename: undefined,
    heldElsewhere: false,
    async readAll(parts = "all") {
      const wanted = [...texts].filter(([path]) => isDocument(path) && (parts === "all" || !path.startsWith("segments/")));
      return { texts: new Map(wanted.sort(byPath)), problems: [] };
    },
    async readText(path) {
      return texts.get(storyFile(path));
    },
    async isReadable(path) {
      return texts.has(path);
    },
    async lock({ takeOver }) {
      if (isLocked || (store.heldElsewhere && !takeOver)) throw new StoryHeldError("the story is held", { hint: "Wait." });
      isLocked = true;
      store.heldElsewhere = false;
      texts.set(storyPaths.machineIgnore, "*\n");
      for (const path of texts.keys()) if (path.endsWith(".story-director-tmp")) texts.delete(path);
      return {
        async release() {
          isLocked = false;
        },
      };
    },
    async saveSegment({ id, writing, previousText }) {
      calls.push(`saveSegment ${id}`);
      return save(safely(segmentPath, id), formatSegment(writing, previousText), previousText);
    },
    async saveAsset(id, text, previousText) {
      calls.push(`saveAsset ${id}`);
      return save(safely(assetPath, id), text, previousText);
    },
    async saveImage(tag, { bytes, type }) {
      calls.push(`saveImage ${tag}`);
      // Like a disk, this answers later, not within the call.
      await Promise.resolve();
      const nextFree = () => freeName(texts, (attempt) => imagePath(safely(() => imageName(tag, type, attempt), tag)));
      store.beforeRename?.(nextFree());
      const path = nextFree();
      texts.set(path, Buffer.from(bytes).toString("latin1"));
      return path.slice(path.indexOf("/") + 1);
    },
    async readImage(file) {
      if (file.split("/").includes("..")) throw new StorageError(`${JSON.stringify(file)} leads out of the story folder`);
      const text = texts.get(imagePath(file));
      return text === undefined ? undefined : new Uint8Array(Buffer.from(text, "latin1"));
    },
    async saveScenePlan(text, previousText) {
      calls.push("saveScenePlan");
      return save(storyPaths.scenePlan, text, previousText);
    },
    async saveDocument(path, text, previousText) {
      calls.push(`saveDocument ${path}`);
      return save(storyFile(path), text, previousText);
    },
    async removeDocument(path, previousText) {
      calls.push(`removeDocument ${path}`);
      if (texts.get(storyFile(path)) !== previousText) return "changed";
      await store.keepCopy(path);
      texts.delete(path);
      return "saved";
    },
    async keepCopy(path) {
      calls.push(`keepCopy ${path}`);
      texts.set(freeName(texts, (attempt) => historyPath(path, timeStamp(0), attempt)), existing(texts, path));
    },
    async keepFailure(about, text) {
      const path = freeName(texts, (attempt) => failurePath(0, about, attempt));
      const others = [...texts.keys()].filter((other) => other.startsWith(`${storyPaths.failures}/`)).map(nameIn);
      for (const name of oldFailures(others, KEPT_FAILURES - 1)) texts.delete(`${storyPaths.failures}/${name}`);
      texts.set(path, text);
      return path;
    },
    async setAside(path) {
      calls.push(`setAside ${path}`);
      texts.set(freeName(texts, (attempt) => damagedPath(path, attempt)), existing(texts, path));
      texts.delete(path);
    },
    async startRunLog() {
      const name = nameIn(freeName(texts, (attempt) => `${storyPaths.runs}/${runLogName(timeStamp(0), attempt)}`));
      texts.set(`${storyPaths.runs}/${name}`, "");
      return memoryRunLog(texts, name);
    },
    async listRuns() {
      const names = [...texts.keys()].filter((path) => path.startsWith(`${storyPaths.runs}/`)).map(nameIn);
      return sortRunLogs(names);
    },
    async clearRuns() {
      for (const name of await store.listRuns()) texts.delete(`${storyPaths.runs}/${name}`);
    },
    async readRun(name) {
      if (!isRunLogName(name)) throw new StorageError(`${name} is no run log`);
      return parseRunLog(existingText(texts, `${storyPaths.runs}/${name}`));
    },
  };
  return store;
}

function memoryRunLog(texts: Map<string, string>, name: string): RunLog {
  const path = `${storyPaths.runs}/${name}`;
  let isOpen = true;
  return {
    name,
    append(event) {
      if (isOpen) texts.set(path, texts.get(path) + formatRunEvent(event));
    },
    async close() {
      isOpen = false;
    },
  };
}

/** What the disk's store reads: the six documents, and whatever ends in `.md` in the two folders. */
function isDocument(path: string): boolean {
  return kindOf(path) !== undefined || /^(?:assets|segments)\/[^./][^/]*\.md$/i.test(path);
}

/** The six documents come first, then the folders, each in its order; as the disk's store gives them. */
function byPath([a]: [string, string], [b]: [string, string]): number {
  const folders = Number(a.includes("/")) - Number(b.includes("/"));
  return folders || (a < b ? -1 : 1);
}

function storyFile(path: string): string {
  if (!kindOf(path)) throw new StorageError(`${JSON.stringify(path)} is no file of a story`);
  return path;
}

function safely(toPath: (id: string) => string, id: string): string {
  try {
    return toPath(id);
  } catch (error) {
    throw new StorageError(`${JSON.stringify(id)} is no file of a story`, { cause: error });
  }
}

function existing(texts: ReadonlyMap<string, string>, path: string): string {
  return existingText(texts, storyFile(path));
}

function existingText(texts: ReadonlyMap<string, string>, path: string): string {
  const text = texts.get(path);
  if (text === undefined) throw new StorageError(`${path} is not there`);
  return text;
}

function freeName(texts: ReadonlyMap<string, string>, nameOf: (attempt: number) => string): string {
  for (let attempt = 1; ; attempt++) if (!texts.has(nameOf(attempt))) return nameOf(attempt);
}

function nameIn(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
