import { readFile, type Dirent, type Stats } from "node:fs";
import { link, lstat, mkdir, open, readdir, realpath, rename, rmdir, stat, unlink } from "node:fs/promises";
import { promisify } from "node:util";

/** A file that is open, and the four things that are done with it. */
export interface OpenFile {
  /** Writes what is left of the bytes from the offset on; gives how many got down, which may be fewer. */
  write(bytes: Uint8Array, offset: number): Promise<number>;
  /** In bytes, as the file system counts. */
  size(): Promise<number>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** Every call that a story makes to the disk, so that tests can let any one of them fail. Paths are absolute. */
export interface Files {
  /** `wx` makes a new file and follows no link; `r` also opens a folder where the system can. */
  open(path: string, flags: "wx" | "r"): Promise<OpenFile>;
  readFile(path: string): Promise<Uint8Array>;
  readdir(path: string): Promise<readonly Dirent[]>;
  lstat(path: string): Promise<Stats>;
  stat(path: string): Promise<Stats>;
  realpath(path: string): Promise<string>;
  mkdir(path: string): Promise<void>;
  /** Rejects where the folder is not empty. */
  rmdir(path: string): Promise<void>;
  /** A second name for a file; rejects with EEXIST rather than replace one. */
  link(from: string, to: string): Promise<void>;
  /** Replaces what stands at the new name in one step. */
  rename(from: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
  /** Pauses between tries of a rename that another program is in the way of; none where that cannot happen. */
  readonly renamePausesMs: readonly number[];
}

/**
 * The disk. Reading goes through the callback form: it needs no file handle object, which makes
 * thousands of small files about twice as fast as the promise form.
 */
export const nodeFiles: Files = {
  async open(path, flags) {
    const handle = await open(path, flags);
    return {
      write: async (bytes, offset) => (await handle.write(bytes, offset, bytes.length - offset)).bytesWritten,
      size: async () => (await handle.stat()).size,
      sync: () => handle.sync(),
      close: () => handle.close(),
    };
  },
  readFile: promisify(readFile),
  readdir: (path) => readdir(path, { withFileTypes: true }),
  lstat: (path) => lstat(path),
  stat: (path) => stat(path),
  realpath: (path) => realpath(path),
  mkdir: (path) => mkdir(path),
  rmdir: (path) => rmdir(path),
  link,
  rename,
  unlink,
  // On Windows a virus scanner or an indexer holds a new file for a moment.
  renamePausesMs: process.platform === "win32" ? [20, 80, 320, 1000] : [],
};

/** Node's name of what went wrong, such as `ENOSPC`; empty for what is no error of the system. */
export function codeOf(error: unknown): string {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return typeof code === "string" ? code : "";
}

/** Undefined where the work finds no such file or folder; every other error is passed on. */
export async function unlessMissing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}
