import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { writeFileAtomic } from "./atomicFile.ts";
import { nodeFiles, type Files } from "./files.ts";

/** Values of JSON by name, kept in a file of the user's. */
export interface MemoryFile {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
  /** Resolves when what was set is down, or has failed to be. */
  settled(): Promise<void>;
}

/** More than any such file holds; one that is longer is not ours. */
const MOST_BYTES = 1_000_000;

/**
 * Opens what an earlier process found out. It only saves time: a file that cannot be read is
 * forgotten, one that cannot be written is not, and nobody hears of it.
 */
export async function openMemoryFile(path: string, files: Files = nodeFiles): Promise<MemoryFile> {
  const values = await readValues(path, files);
  const changed = new Map<string, unknown>();
  let saving = Promise.resolve();

  const save = async (): Promise<void> => {
    await mkdir(dirname(path), { recursive: true });
    // Another process may have added to it in the meantime.
    const all = new Map([...(await readValues(path, files)), ...changed]);
    const sorted = [...all].sort(([a], [b]) => (a < b ? -1 : 1));
    await writeFileAtomic(path, `${JSON.stringify(Object.fromEntries(sorted), undefined, 2)}\n`, { files });
  };
  return {
    get: (key) => values.get(key),
    set(key, value) {
      values.set(key, value);
      changed.set(key, value);
      saving = saving.then(save).catch(() => undefined);
    },
    settled: () => saving,
  };
}

async function readValues(path: string, files: Files): Promise<Map<string, unknown>> {
  try {
    if ((await files.stat(path)).size > MOST_BYTES) return new Map();
    const value: unknown = JSON.parse(new TextDecoder().decode(await files.readFile(path)));
    return new Map(typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : []);
  } catch {
    return new Map();
  }
}
