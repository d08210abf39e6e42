import { syncFolder } from "./atomicFile.ts";
import type { Files } from "./files.ts";

/**
 * Syncs of folders that are asked for side by side, shared: one that has not begun yet serves
 * everybody who asks until it does. One that has begun serves no one else, since it may have
 * passed the new name already.
 */
export class FolderSyncs {
  readonly #files: Files;
  /** By folder: what ends last, and whether it can still be joined. */
  readonly #last = new Map<string, { readonly done: Promise<void>; hasBegun: boolean }>();

  constructor(files: Files) {
    this.#files = files;
  }

  /** Resolves when every name that stands in the folder now outlasts a power cut. */
  sync(folder: string): Promise<void> {
    const last = this.#last.get(folder);
    if (last && !last.hasBegun) return last.done;
    const begin = async (): Promise<void> => {
      next.hasBegun = true;
      try {
        await syncFolder(folder, this.#files);
      } finally {
        if (this.#last.get(folder) === next) this.#last.delete(folder);
      }
    };
    // How the one before ended is for those who asked for it.
    const before = last?.done.catch(() => undefined) ?? Promise.resolve();
    const next = { done: before.then(begin), hasBegun: false };
    this.#last.set(folder, next);
    return next.done;
  }
}
