import { basename, dirname, join, resolve } from "node:path";
import { StorageError } from "../core/errors.ts";
import type { StoryTexts } from "../core/loadStory.ts";
import { storyPaths } from "../core/storyFolder.ts";
import { linkNew, renameOver, syncFolder, temporaryPath, writeNew } from "./atomicFile.ts";
import { codeOf, nodeFiles, unlessMissing, type Files } from "./files.ts";
import { explained } from "./storageError.ts";
import { encodeText } from "./textBytes.ts";

/**
 * Makes a story folder with these documents in one step: they are written beside it first, and
 * whoever looks sees no folder or the whole story. A folder that is there already is taken only
 * when it is empty; `story.yaml` comes into it last.
 * @param texts By path; all in the story's own folder.
 * @throws {StorageError} Nothing new stands there then.
 */
export async function createStoryFolder(folder: string, texts: StoryTexts, files: Files = nodeFiles): Promise<void> {
  const target = resolve(folder);
  await explained(target, "made", async () => {
    const exists = await requireFree(target, files);
    await makeParents(dirname(target), files);
    const draft = temporaryPath(target);
    await files.mkdir(draft);
    try {
      for (const [path, text] of texts) await writeNew(join(draft, path), encodeText(text), { files, name: path });
      await syncFolder(draft, files);
      if (exists) await moveInto(target, draft, { texts, files });
      else await placeWhole(target, draft, files);
    } finally {
      await clear(draft, [...texts.keys()], files);
    }
    await syncFolder(exists ? target : dirname(target), files);
  });
}

/** Whether a story may be made there; @returns whether an empty folder is there already. @throws {StorageError} */
export async function requireFree(folder: string, files: Files = nodeFiles): Promise<boolean> {
  return explained(folder, "read", async () => {
    if ((await unlessMissing(files.lstat(folder))) === undefined) return false;
    const entry = await unlessMissing(files.stat(folder));
    if (!entry?.isDirectory()) throw taken(folder, "it is no folder");
    const [first] = await files.readdir(folder);
    if (first) throw taken(folder, `it holds ${first.name}`);
    return true;
  });
}

function taken(folder: string, why: string): StorageError {
  return new StorageError(`${folder} is there already: ${why}`, { hint: "Name a new folder, or an empty one; nothing is overwritten." });
}

async function makeParents(folder: string, files: Files): Promise<void> {
  try {
    await files.mkdir(folder);
  } catch (error) {
    if (codeOf(error) === "ENOENT" && dirname(folder) !== folder) {
      await makeParents(dirname(folder), files);
      return makeParents(folder, files);
    }
    if (await unlessMissing(files.stat(folder)).then((entry) => entry?.isDirectory())) return;
    throw error;
  }
}

/** Somebody may have made the folder since we looked: a rename replaces an empty one at most. */
async function placeWhole(target: string, draft: string, files: Files): Promise<void> {
  try {
    await renameOver(draft, target, files);
  } catch (error) {
    if ((await unlessMissing(files.lstat(target))) !== undefined) await requireFree(target, files);
    throw error;
  }
}

/** What was moved is taken back where a later one cannot be. */
async function moveInto(target: string, draft: string, { texts, files }: { readonly texts: StoryTexts; readonly files: Files }): Promise<void> {
  const names = [...texts.keys()].sort((a, b) => Number(a === storyPaths.story) - Number(b === storyPaths.story));
  const moved: string[] = [];
  try {
    for (const name of names) {
      const isLinked = await linkNew(join(draft, name), join(target, name), files);
      if (isLinked === false) throw taken(target, `it holds ${name}`);
      if (isLinked === undefined) await renameOver(join(draft, name), join(target, name), files);
      moved.push(name);
    }
  } catch (error) {
    for (const name of moved) await files.unlink(join(target, name)).catch(() => undefined);
    throw error;
  }
}

/** The draft's own files, then the draft; after a rename there is nothing left to clear. */
async function clear(draft: string, names: readonly string[], files: Files): Promise<void> {
  for (const name of names) await files.unlink(join(draft, basename(name))).catch(() => undefined);
  await files.rmdir(draft).catch(() => undefined);
}
