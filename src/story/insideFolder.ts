import { basename, dirname, join, sep } from "node:path";
import { StorageError } from "../core/errors.ts";
import { unlessMissing, type Files } from "./files.ts";

export interface Place {
  /** Absolute, and past the story folder without a link. */
  readonly path: string;
  /** Whether something stands there; only its folder does otherwise. */
  readonly isTaken: boolean;
}

/** The path that `findInside` finds. */
export async function resolveInside(folder: string, path: string, files: Files): Promise<string | undefined> {
  return (await findInside(folder, path, files))?.path;
}

/**
 * Where a path of the story leads to, which is never out of it.
 * @param path Inside the story folder, with `/` between its parts; what does not exist yet may be
 * named, as long as its folder is there.
 * @returns undefined where neither the file nor its folder exists.
 * @throws {StorageError} The path, or a link on its way, leads out of the story folder.
 */
export async function findInside(folder: string, path: string, files: Files): Promise<Place | undefined> {
  if (!isPlainPath(path)) throw outside(path);
  const parts = path.split("/");
  let full = folder;
  // What is entered step by step, each of them no link, cannot lead out: where it really is need not be asked.
  for (const [index, part] of parts.entries()) {
    full = join(full, part);
    const entry = await unlessMissing(files.lstat(full));
    if (entry?.isSymbolicLink()) return followLinks(folder, path, files);
    if (entry) continue;
    // A story folder that went away is no missing file.
    if (index === 0) await files.stat(folder);
    return index === parts.length - 1 ? { path: full, isTaken: false } : undefined;
  }
  return { path: full, isTaken: true };
}

/** The same where there is a link on the way: every one is followed, to see that they end inside. */
async function followLinks(folder: string, path: string, files: Files): Promise<Place | undefined> {
  const root = await files.realpath(folder);
  const full = join(root, path);
  const real = await unlessMissing(files.realpath(full));
  if (real !== undefined) return { path: checked(real, root, path), isTaken: true };
  const entry = await unlessMissing(files.lstat(full));
  // A link whose goal is gone: writing through it would make a file who knows where.
  if (entry?.isSymbolicLink()) throw outside(path);
  // Somebody made it between the two looks, as saves that run side by side make their folder.
  if (entry) return { path: checked(await files.realpath(full), root, path), isTaken: true };
  const parent = await unlessMissing(files.realpath(dirname(full)));
  return parent === undefined ? undefined : { path: checked(join(parent, basename(full)), root, path), isTaken: false };
}

/** Whether the real path is the real root, or inside it. */
function isInside(real: string, root: string): boolean {
  return real === root || real.startsWith(root.endsWith(sep) ? root : root + sep);
}

function isPlainPath(path: string): boolean {
  return !/[\0\\]/.test(path) && path.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}

function checked(real: string, root: string, path: string): string {
  if (!isInside(real, root)) throw outside(path);
  return real;
}

function outside(path: string): StorageError {
  const hint = "Only files inside the story folder are read and written; put the file itself there instead of a link.";
  return new StorageError(`${JSON.stringify(path)} leads out of the story folder`, { hint });
}
