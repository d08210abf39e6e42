import { join } from "node:path";
import { storyPaths } from "../core/storyFolder.ts";
import type { StoryStore } from "../pipeline/ports.ts";
import { writeFileAtomic } from "./atomicFile.ts";
import { failurePath, oldFailures } from "./fileNames.ts";
import { listFolder } from "./readDocuments.ts";
import { explained } from "./storageError.ts";
import { pathToWrite, type StoryDisk } from "./storyDisk.ts";

/** More than anybody looks through; each may be as long as what a model wrote. */
export const KEPT_FAILURES = 20;

/** The part of the store that keeps what models answered before a run failed. */
export function failuresOf(disk: StoryDisk): Pick<StoryStore, "keepFailure"> {
  const { files, turns, clock } = disk;
  const keep = async (about: string, text: string): Promise<string> => {
    const now = clock.now();
    for (let attempt = 1; ; attempt++) {
      const path = failurePath(now, about, attempt);
      const full = await pathToWrite(disk, path);
      if ((await writeFileAtomic(full, text, { files, name: path, onlyNew: true })) !== "saved") continue;
      await forgetOld(disk, path);
      return path;
    }
  };
  return { keepFailure: (about, text) => turns.take(storyPaths.failures, () => explained(storyPaths.failures, "saved", () => keep(about, text))) };
}

/** One that cannot be deleted harms nobody. */
async function forgetOld({ folder, files }: StoryDisk, written: string): Promise<void> {
  const others = (await listFolder(folder, storyPaths.failures, files).catch(() => [])).filter(({ name }) => !written.endsWith(`/${name}`));
  const old = new Set(oldFailures(others.map(({ name }) => name), KEPT_FAILURES - 1));
  await Promise.all(others.filter(({ name }) => old.has(name)).map(({ name, parentPath }) => files.unlink(join(parentPath, name)).catch(() => undefined)));
}
