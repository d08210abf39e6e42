import { randomUUID } from "node:crypto";
import { basename, dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { StorageError } from "../core/errors.ts";
import type { SaveOutcome } from "../pipeline/ports.ts";
import type { FolderSyncs } from "./folderSyncs.ts";
import { codeOf, nodeFiles, unlessMissing, type Files } from "./files.ts";
import { explained, type Action } from "./storageError.ts";
import { encodeText } from "./textBytes.ts";

const TEMPORARY_END = ".story-director-tmp";

export interface AtomicOptions {
  readonly files?: Files;
  /** What people call the file: its path inside the story folder. */
  readonly name?: string;
  readonly action?: Action;
  /** Refuses to replace: where something stands at the path already, nothing is written. */
  readonly onlyNew?: boolean;
  /** Makes the new name outlast a power cut, for those who share that; of its own where absent. */
  readonly syncs?: FolderSyncs;
  /** Asked when the new bytes are down, just before they take their place; `false` leaves the file as it is. */
  readonly mayReplace?: (() => Promise<boolean>) | undefined;
}

/**
 * Writes a whole file in one step: whatever happens, the old content or the new one stands there,
 * never a part. Node's own writeFile and the package write-file-atomic 8.0.0 both leave a part
 * behind on a full disk.
 * @returns `changed` where `onlyNew` or `mayReplace` said no; nothing was written then.
 * @throws {StorageError} The new content is not in place, unless the last step fails: that the folder
 * was not confirmed by the disk, so a power cut might still bring the old content back.
 */
export async function writeFileAtomic(path: string, content: string | Uint8Array, options: AtomicOptions = {}): Promise<SaveOutcome> {
  const { files = nodeFiles, name = basename(path), action = "saved" } = options;
  const bytes = typeof content === "string" ? encodeText(content) : content;
  return await explained(name, action, async () => {
    const temporary = temporaryPath(path);
    let placed: Placed = "changed";
    try {
      await writeNew(temporary, bytes, { files, name });
      if (!options.mayReplace || (await options.mayReplace())) placed = await putInPlace(temporary, path, options);
    } finally {
      // What cannot be removed now is swept when the lock is next taken.
      if (placed !== "renamed") await files.unlink(temporary).catch(() => undefined);
    }
    if (placed === "changed") return placed;
    await (options.syncs?.sync(dirname(path)) ?? syncFolder(dirname(path), files));
    return "saved";
  });
}

/** A name beside the file, unlike any that a story reads, and ours for certain. */
export function temporaryPath(path: string): string {
  return join(dirname(path), `.${basename(path)}.${randomUUID().slice(0, 8)}${TEMPORARY_END}`);
}

/** Whether a file of this name is one that a dead process of ours left behind. */
export function isTemporary(name: string): boolean {
  return name.startsWith(".") && name.endsWith(TEMPORARY_END);
}

/** Makes a file, with every byte on the disk when this resolves. */
export async function writeNew(path: string, bytes: Uint8Array, { files, name }: { readonly files: Files; readonly name: string }): Promise<void> {
  const file = await files.open(path, "wx");
  try {
    await writeAll(file, bytes, name);
    if ((await file.size()) !== bytes.length) throw incomplete(name);
    await file.sync();
  } catch (error) {
    await file.close().catch(() => undefined);
    throw error;
  }
  await file.close();
}

/** One write may put down fewer bytes than it was given, and some disks put down none without an error. */
export async function writeAll(file: { write(bytes: Uint8Array, offset: number): Promise<number> }, bytes: Uint8Array, name: string): Promise<void> {
  for (let offset = 0; offset < bytes.length; ) {
    const written = await file.write(bytes, offset);
    if (written <= 0) throw incomplete(name);
    offset += written;
  }
}

function incomplete(name: string): StorageError {
  const hint = "Look whether the disk is full or its connection broken, then run again: what is saved stays saved.";
  return new StorageError(`${name} could not be saved: the disk did not take all of it`, { hint });
}

/** `linked`: the temporary name is left; `renamed`: it is not. */
type Placed = "changed" | "linked" | "renamed";

async function putInPlace(temporary: string, path: string, { files = nodeFiles, onlyNew = false }: AtomicOptions): Promise<Placed> {
  if (onlyNew) {
    const isLinked = await linkNew(temporary, path, files);
    if (isLinked !== undefined) return isLinked ? "linked" : "changed";
    if (await unlessMissing(files.lstat(path))) return "changed";
  }
  await renameOver(temporary, path, files);
  return "renamed";
}

const NO_LINKS: ReadonlySet<string> = new Set(["EPERM", "EACCES", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EINVAL", "EXDEV", "UNKNOWN"]);

/** Gives the file a second name that must be free; undefined where the disk knows no second names, such as exFAT. */
export async function linkNew(from: string, to: string, files: Files): Promise<boolean | undefined> {
  try {
    await files.link(from, to);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    if (NO_LINKS.has(codeOf(error))) return undefined;
    throw error;
  }
}

const HELD: ReadonlySet<string> = new Set(["EPERM", "EBUSY", "EACCES"]);

export async function renameOver(from: string, to: string, files: Files): Promise<void> {
  for (const pauseMs of files.renamePausesMs) {
    try {
      return await files.rename(from, to);
    } catch (error) {
      if (!HELD.has(codeOf(error))) throw error;
      await pause(pauseMs);
    }
  }
  await files.rename(from, to);
}

/** What systems and disks answer that cannot sync a folder; Windows is one of them. */
const NO_FOLDER_SYNC: ReadonlySet<string> = new Set(["EPERM", "EACCES", "EISDIR", "EINVAL", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EBADF"]);

/** Makes new names in a folder outlast a power cut. */
export async function syncFolder(folder: string, files: Files): Promise<void> {
  try {
    const handle = await files.open(folder, "r");
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!NO_FOLDER_SYNC.has(codeOf(error))) throw error;
  }
}
