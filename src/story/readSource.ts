import { resolve } from "node:path";
import { StorageError } from "../core/errors.ts";
import { nodeFiles, unlessMissing, type Files } from "./files.ts";
import { explained } from "./storageError.ts";

/** Sound of several hours fits; more is no source of a story, and would not fit into memory beside the rest. */
const MAX_BYTES = 512 * 2 ** 20;

/** A file that a story is to be made from, wherever it is. @throws {StorageError} */
export async function readSource(path: string, files: Files = nodeFiles): Promise<Uint8Array> {
  return explained(path, "read", async () => {
    const full = resolve(path);
    const stats = await unlessMissing(files.stat(full));
    if (!stats) throw new StorageError(`There is no file ${path}`, { hint: "Look at its name, and at the folder you are in." });
    if (!stats.isFile()) throw new StorageError(`${path} could not be read: it is no file`, { hint: "Name the file that holds the narration." });
    if (stats.size > MAX_BYTES) throw new StorageError(`${path} could not be read: it has ${Math.round(stats.size / 2 ** 20)} MB`, { hint: `Give a file of ${MAX_BYTES / 2 ** 20} MB at most.` });
    return files.readFile(full);
  });
}
