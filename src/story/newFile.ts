import { resolve } from "node:path";
import { StorageError } from "../core/errors.ts";
import { writeFileAtomic } from "./atomicFile.ts";
import { nodeFiles, unlessMissing, type Files } from "./files.ts";
import { explained } from "./storageError.ts";

/** Whether a file may be written there, asked before its content is worked for. @throws {StorageError} */
export async function requireNewFile(path: string, files: Files = nodeFiles): Promise<void> {
  const entry = await explained(path, "read", () => unlessMissing(files.lstat(resolve(path))));
  if (entry) throw taken(path);
}

/** Writes a file that a person named, and replaces none. @throws {StorageError} Nothing is written then. */
export async function saveNewFile(path: string, bytes: Uint8Array, files: Files = nodeFiles): Promise<void> {
  const outcome = await writeFileAtomic(resolve(path), bytes, { files, name: path, onlyNew: true });
  if (outcome === "changed") throw taken(path);
}

function taken(path: string): StorageError {
  return new StorageError(`${path} is there already`, { hint: "Name a new file; nothing is overwritten." });
}
