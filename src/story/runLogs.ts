import { join } from "node:path";
import { StorageError } from "../core/errors.ts";
import { storyPaths } from "../core/storyFolder.ts";
import type { RunLog, StoryStore } from "../pipeline/ports.ts";
import { isRunLogName, runLogName, sortRunLogs, timeStamp } from "./fileNames.ts";
import { codeOf, unlessMissing } from "./files.ts";
import { resolveInside } from "./insideFolder.ts";
import { listFolder } from "./readDocuments.ts";
import { createRunLog, droppedRunLog, parseRunLog } from "./runLog.ts";
import { explained } from "./storageError.ts";
import { makeFolder, type StoryDisk } from "./storyDisk.ts";

type RunLogs = Pick<StoryStore, "startRunLog" | "listRuns" | "readRun" | "clearRuns">;

/** The part of the store that keeps what runs did. */
export function runLogsOf({ folder, files, clock }: StoryDisk): RunLogs {
  return {
    async startRunLog() {
      const stamp = timeStamp(clock.now());
      try {
        return await makeRunLog({ folder, files }, stamp);
      } catch {
        // A run is worth more than its log.
        return droppedRunLog(runLogName(stamp, 1));
      }
    },
    listRuns: () =>
      explained(storyPaths.runs, "read", async () => {
        const entries = await listFolder(folder, storyPaths.runs, files);
        return sortRunLogs(entries.map(({ name }) => name));
      }),
    clearRuns: () =>
      explained(storyPaths.runs, "cleared", async () => {
        const logs = (await listFolder(folder, storyPaths.runs, files)).filter(({ name }) => isRunLogName(name));
        for (const { name, parentPath } of logs) await unlessMissing(files.unlink(join(parentPath, name)));
      }),
    async readRun(name) {
      const hint = "List the runs to see which ones are there.";
      if (!isRunLogName(name)) throw new StorageError(`${JSON.stringify(name)} is no run log`, { hint });
      const path = `${storyPaths.runs}/${name}`;
      return explained(path, "read", async () => {
        const full = await resolveInside(folder, path, files);
        if (full === undefined) throw new StorageError(`${path} could not be read: it is not there`, { hint });
        return parseRunLog(new TextDecoder().decode(await files.readFile(full)));
      });
    },
  };
}

async function makeRunLog(disk: Pick<StoryDisk, "folder" | "files">, stamp: string): Promise<RunLog> {
  const runs = await makeFolder(disk, storyPaths.runs);
  for (let attempt = 1; ; attempt++) {
    const name = runLogName(stamp, attempt);
    try {
      return createRunLog(name, await disk.files.open(join(runs, name), "wx"));
    } catch (error) {
      if (codeOf(error) !== "EEXIST") throw error;
    }
  }
}
