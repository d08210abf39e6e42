import { join, resolve } from "node:path";
import { formatSegment } from "../core/documents/segmentDocument.ts";
import { StorageError } from "../core/errors.ts";
import { storyPaths } from "../core/storyFolder.ts";
import type { Clock, LockOptions, SaveOutcome, StoryStore } from "../pipeline/ports.ts";
import { isTemporary, renameOver, syncFolder, writeFileAtomic } from "./atomicFile.ts";
import { failuresOf } from "./failures.ts";
import { damagedPath, historyPath, timeStamp } from "./fileNames.ts";
import { FolderSyncs } from "./folderSyncs.ts";
import { nodeFiles, unlessMissing, type Files } from "./files.ts";
import { imagesOf } from "./images.ts";
import { resolveInside } from "./insideFolder.ts";
import { ALL_FOLDERS, listFolder, OUTLINE_FOLDERS, readDocuments } from "./readDocuments.ts";
import { runLogsOf } from "./runLogs.ts";
import { explained } from "./storageError.ts";
import { checkStoryFile, makeFolder, pathOfEntry, pathOfId, pathToWrite, placeToWrite, type StoryDisk } from "./storyDisk.ts";
import { acquireLock, type StoryLock } from "./storyLock.ts";
import { decodeText, encodeText, sameBytes } from "./textBytes.ts";
import { Turns } from "./turns.ts";

export interface DiskStoreOptions {
  readonly files?: Files;
  readonly clock?: Clock;
}

/**
 * The files of a story in a folder. No method leaves the folder: ids pass an allow-list, and links
 * are followed only to see that they end inside. Nothing here can be aborted: a save that has begun
 * is finished.
 */
export function createDiskStore(folder: string, { files = nodeFiles, clock = { now: Date.now } }: DiskStoreOptions = {}): StoryStore {
  const disk: StoryDisk = { folder: resolve(folder), files, clock, turns: new Turns(), syncs: new FolderSyncs(files) };
  return {
    location: disk.folder,
    readAll: (parts = "all") => readDocuments(disk.folder, parts === "all" ? ALL_FOLDERS : OUTLINE_FOLDERS, files),
    readText: (path) => readText(disk, path),
    isReadable: (path) => isReadable(disk, path),
    lock: (options) => lock(disk, options),
    async saveSegment({ id, writing, previousText }) {
      return save(disk, pathOfId("segment", id), { text: formatSegment(writing, previousText), previousText });
    },
    async saveAsset(id, text, previousText) {
      return save(disk, pathOfId("asset", id), { text, previousText });
    },
    saveScenePlan: (text, previousText) => save(disk, storyPaths.scenePlan, { text, previousText }),
    saveDocument: async (path, text, previousText) => save(disk, checkStoryFile(path), { text, previousText }),
    removeDocument: (path, previousText) => remove(disk, path, previousText),
    ...imagesOf(disk),
    keepCopy: (path) => keepCopy(disk, path),
    setAside: (path) => setAside(disk, path),
    ...failuresOf(disk),
    ...runLogsOf(disk),
  };
}

async function readText({ folder, files }: StoryDisk, path: string): Promise<string | undefined> {
  checkStoryFile(path);
  return explained(path, "read", async () => {
    const full = await resolveInside(folder, path, files);
    const bytes = full === undefined ? undefined : await unlessMissing(files.readFile(full));
    const text = bytes && decodeText(bytes);
    if (text === undefined || typeof text === "string") return text;
    throw new StorageError(`${path} could not be read: ${text.message}`, { hint: text.hint });
  });
}

/** Whether the path is a file inside the story folder that opens for reading. */
async function isReadable({ folder, files }: StoryDisk, path: string): Promise<boolean> {
  try {
    const full = await resolveInside(folder, path, files);
    // Asked first, since opening a pipe would wait for its other end.
    if (full === undefined || !(await files.stat(full)).isFile()) return false;
    await (await files.open(full, "r")).close();
    return true;
  } catch {
    return false;
  }
}

interface Change {
  readonly text: string;
  /** What the run read; undefined where there was no file. */
  readonly previousText: string | undefined;
}

function save(disk: StoryDisk, path: string, { text, previousText }: Change): Promise<SaveOutcome> {
  const { files, syncs, turns } = disk;
  const bytes = encodeText(text);
  const previous = previousText === undefined ? undefined : encodeText(previousText);
  const work = async (): Promise<SaveOutcome> => {
    const { path: full, isTaken } = await placeToWrite(disk, path);
    const read = () => unlessMissing(files.readFile(full));
    const current = isTaken ? await read() : undefined;
    if (sameBytes(current, bytes)) return "saved";
    if (!sameBytes(current, previous)) return "changed";
    // Where nothing stood, the last step itself refuses to replace what came since.
    const mayReplace = previous && (async () => sameBytes(await read(), previous));
    return writeFileAtomic(full, bytes, { files, syncs, name: path, onlyNew: previous === undefined, mayReplace });
  };
  return turns.take(path, () => explained(path, "saved", work));
}

async function remove(disk: StoryDisk, path: string, previousText: string): Promise<SaveOutcome> {
  const { files, turns } = disk;
  if ((await readText(disk, path)) !== previousText) return "changed";
  await keepCopy(disk, path);
  const work = async (): Promise<SaveOutcome> => {
    const full = await pathOfEntry(disk, path);
    const current = full === undefined ? undefined : await unlessMissing(files.readFile(full));
    if (full === undefined || !sameBytes(current, encodeText(previousText))) return "changed";
    await files.unlink(full);
    await syncFolder(resolve(full, ".."), files);
    return "saved";
  };
  return turns.take(path, () => explained(path, "removed", work));
}

function keepCopy(disk: StoryDisk, path: string): Promise<void> {
  const { folder, files, turns } = disk;
  const action = "copied to the history";
  const work = async (): Promise<void> => {
    const full = await resolveInside(folder, checkStoryFile(path), files);
    const bytes = full === undefined ? undefined : await unlessMissing(files.readFile(full));
    if (!bytes) throw notThere(path, action);
    const stamp = timeStamp(disk.clock.now());
    for (let attempt = 1; ; attempt++) {
      const target = await pathToWrite(disk, historyPath(path, stamp, attempt));
      if ((await writeFileAtomic(target, bytes, { files, name: path, action, onlyNew: true })) === "saved") return;
    }
  };
  return turns.take(path, () => explained(path, action, work));
}

function setAside(disk: StoryDisk, path: string): Promise<void> {
  const { files, turns } = disk;
  const work = async (): Promise<void> => {
    const full = await pathOfEntry(disk, checkStoryFile(path));
    if (full === undefined || !(await unlessMissing(files.lstat(full)))) throw notThere(path, "set aside");
    let attempt = 1;
    while (await unlessMissing(files.lstat(damagedPath(full, attempt)))) attempt++;
    await renameOver(full, damagedPath(full, attempt), files);
    await syncFolder(resolve(full, ".."), files);
  };
  return turns.take(path, () => explained(path, "set aside", work));
}

function notThere(path: string, action: string): StorageError {
  return new StorageError(`${path} could not be ${action}: it is not there`, { hint: "Run again: the story is read anew then." });
}

async function lock(disk: StoryDisk, { takeOver }: LockOptions): Promise<StoryLock> {
  const { files } = disk;
  const machine = await explained(storyPaths.machine, "made", () => makeFolder(disk, storyPaths.machine));
  const held = await acquireLock(join(machine, "lock"), { takeOver, files });
  try {
    // The folder is the machine's own; a story under version control does not show it.
    await writeFileAtomic(join(machine, ".gitignore"), "*\n", { files, name: storyPaths.machineIgnore, onlyNew: true });
    await sweep(disk);
    return held;
  } catch (error) {
    await held.release().catch(() => undefined);
    throw error;
  }
}

/** Where saves put their temporary files. */
const SWEPT = [storyPaths.assets, storyPaths.segments, storyPaths.machine, storyPaths.history, storyPaths.failures] as const;

/** Removes the temporary files that dead runs left. One that cannot be removed harms nobody. */
async function sweep({ folder, files }: StoryDisk): Promise<void> {
  const sweepFolder = async (list: () => Promise<readonly { readonly name: string; readonly parentPath: string }[]>) => {
    const left = (await list().catch(() => [])).filter(({ name }) => isTemporary(name));
    await Promise.all(left.map(({ name, parentPath }) => files.unlink(join(parentPath, name)).catch(() => undefined)));
  };
  await sweepFolder(() => files.readdir(folder));
  for (const path of SWEPT) await sweepFolder(() => listFolder(folder, path, files));
}
