import { StorageError, StoryHeldError } from "../../src/core/errors.ts";
import { formatSegment } from "../../src/core/documents/segmentDocument.ts";
import { assetPath, kindOf, segmentPath, storyPaths } from "../../src/core/storyFolder.ts";
import type { RunLog, SaveOutcome, StoryStore } from "../../src/pipeline/ports.ts";
import { damagedPath, historyPath, isRunLogName, runLogName, sortRunLogs, timeStamp } from "../../src/story/fileNames.ts";
import { formatRunEvent, parseRunLog } from "../../src/story/runLog.ts";

/** The twin of the store on disk: same promises, all files in a map. */
export interface MemoryStore extends StoryStore {
  /** Every file by its path; tests change it as a person would. */
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
    async saveScenePlan(text, previousText) {
      calls.push("saveScenePlan");
      return save(storyPaths.scenePlan, text, previousText);
    },
    async keepCopy(path) {
      calls.push(`keepCopy ${path}`);
      texts.set(freeName(texts, (attempt) => historyPath(path, timeStamp(0), attempt)), existing(texts, path));
    },
    async setAside(path) {
      calls.push(`setAside ${path}`);
      texts.set(freeName(texts, (attempt) => damagedPath(path, attempt)), existing(texts, path));
      texts.delete(path);
    },
    async startRunLog() {
      const name = runName(freeName(texts, (attempt) => `${storyPaths.runs}/${runLogName(timeStamp(0), attempt)}`));
      texts.set(`${storyPaths.runs}/${name}`, "");
      return memoryRunLog(texts, name);
    },
    async listRuns() {
      const names = [...texts.keys()].filter((path) => path.startsWith(`${storyPaths.runs}/`)).map(runName);
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

function runName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
