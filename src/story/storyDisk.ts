import { basename, dirname, join } from "node:path";
import { StorageError } from "../core/errors.ts";
import { assetPath, kindOf, segmentPath } from "../core/storyFolder.ts";
import type { Clock } from "../pipeline/ports.ts";
import { syncFolder } from "./atomicFile.ts";
import type { FolderSyncs } from "./folderSyncs.ts";
import { codeOf, type Files } from "./files.ts";
import { findInside, resolveInside, type Place } from "./insideFolder.ts";
import type { Turns } from "./turns.ts";

/** What every part of the store on disk works with. */
export interface StoryDisk {
  /** The story folder, absolute. */
  readonly folder: string;
  readonly files: Files;
  readonly clock: Clock;
  readonly turns: Turns;
  readonly syncs: FolderSyncs;
}

/** The absolute path to write to; makes the folders inside the story that are missing. */
export async function pathToWrite(disk: StoryDisk, path: string): Promise<string> {
  return (await placeToWrite(disk, path)).path;
}

/** The same, and whether something stands there already. */
export async function placeToWrite({ folder, files }: StoryDisk, path: string): Promise<Place> {
  const place = await findInside(folder, path, files);
  if (place) return place;
  const parent = await makeFolder({ folder, files }, path.slice(0, path.lastIndexOf("/")));
  return { path: join(parent, basename(path)), isTaken: false };
}

/** Makes a folder inside the story, and those above it; gives its absolute path. */
export async function makeFolder({ folder, files }: Pick<StoryDisk, "folder" | "files">, path: string): Promise<string> {
  const slash = path.lastIndexOf("/");
  if (slash > 0) await makeFolder({ folder, files }, path.slice(0, slash));
  const real = await resolveInside(folder, path, files);
  if (real === undefined) throw new StorageError(`the folder of ${path} went away`, { hint: "Look whether the story folder was moved or deleted." });
  try {
    await files.mkdir(real);
  } catch (error) {
    if (codeOf(error) === "EEXIST") return real;
    throw error;
  }
  await syncFolder(dirname(real), files);
  return real;
}

/** The entry itself, even where it is a link; undefined where its folder is not there. */
export async function pathOfEntry({ folder, files }: StoryDisk, path: string): Promise<string | undefined> {
  const slash = path.lastIndexOf("/");
  const parent = slash < 0 ? await files.realpath(folder) : await resolveInside(folder, path.slice(0, slash), files);
  return parent === undefined ? undefined : join(parent, path.slice(slash + 1));
}

/** @throws {StorageError} The path is none of a story's. */
export function checkStoryFile(path: string): string {
  if (!kindOf(path)) throw noStoryFile(path);
  return path;
}

/** The path of an asset's or a segment's file. @throws {StorageError} The name is no id. */
export function pathOfId(kind: "asset" | "segment", id: string): string {
  try {
    return kind === "asset" ? assetPath(id) : segmentPath(id);
  } catch (error) {
    if (error instanceof RangeError) throw noStoryFile(id);
    throw error;
  }
}

function noStoryFile(path: string): StorageError {
  const hint = "Names are up to 63 of a-z, 0-9, _ and -, and stand in the folders of the story.";
  return new StorageError(`${JSON.stringify(path)} is no file of a story`, { hint });
}
