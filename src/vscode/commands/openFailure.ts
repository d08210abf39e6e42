import { describeFailure } from "../../core/errors.ts";
import type { ProgressNode } from "../../progress/progressTree.ts";
import type { App } from "../app.ts";
import { openFailure } from "../failures.ts";

/** Opens what led to the failure of a row in the progress tree. */
export async function openFailureOf(app: App, on: unknown): Promise<void> {
  const node = on as ProgressNode | undefined;
  const bundle = node && describeFailure(node.error).bundle;
  const folder = node && (app.runs.runOf(node)?.folder ?? app.earlierRuns.folderOf(node));
  if (bundle && folder) await app.failures.guard(() => openFailure(bundle, folder), folder);
}
