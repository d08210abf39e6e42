import { workspace, type Uri } from "vscode";

/** What a person set for runs. */
export interface RunSettings {
  readonly batchSize: number;
  readonly parallelBatches: number;
  readonly maxCalls: number;
  readonly keepGoing: boolean;
}

/** The defaults stand in package.json alone. */
export function runSettings(folder: Uri): RunSettings {
  const settings = workspace.getConfiguration("storyDirector.run", folder);
  return {
    batchSize: settings.get("batchSize")!,
    parallelBatches: settings.get("parallelBatches")!,
    maxCalls: settings.get("maxCalls")!,
    keepGoing: settings.get("keepGoing")!,
  };
}

export function collapsesCompletedBatches(): boolean {
  return workspace.getConfiguration("storyDirector.progress").get("collapseCompletedBatches")!;
}
