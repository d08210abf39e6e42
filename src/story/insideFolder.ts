import { basename, dirname, join, sep } from "node:path";
import { StorageError } from "../core/errors.ts";
import { unlessMissing, type Files } from "./files.ts";

/**
 * Where a path of the story really is, every link followed.
 * @param path Inside the story folder, with `/` between its parts; what does not exist yet may be
 * named, as long as its folder is there.
 * @returns Absolute; undefined where neither the file nor its folder exists.
 * @throws {StorageError} The path, or a link on its way, leads out of the story folder.
 */
export async function resolveInside(folder: string, path: string, files: Files): Promise<string | undefined> {
  if (!isPlainPath(path)) throw outside(path);
  const root = await files.realpath(folder);
  const full = join(root, path);
  const real = await unlessMissing(files.realpath(full));
  if (real !== undefined) return checked(real, root, path);
  const entry = await unlessMissing(files.lstat(full));
  // A link whose goal is gone: writing through it would make a file who knows where.
  if (entry?.isSymbolicLink()) throw outside(path);
  // Somebody made it between the two looks, as saves that run side by side make their folder.
  if (entry) return checked(await files.realpath(full), root, path);
  const parent = await unlessMissing(files.realpath(dirname(full)));
  return parent === undefined ? undefined : checked(join(parent, basename(full)), root, path);
}

/** Whether the real path is the real root, or inside it. */
export function isInside(real: string, root: string): boolean {
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
