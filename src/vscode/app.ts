import type { ExtensionContext, LogOutputChannel } from "vscode";
import type { Failures } from "./failures.ts";
import type { Runs } from "./runs.ts";
import type { Stories } from "./stories.ts";
import type { EarlierRuns } from "./views/earlierRuns.ts";

/** What commands work with. Each command is a function of it. */
export interface App {
  readonly context: ExtensionContext;
  readonly log: LogOutputChannel;
  readonly stories: Stories;
  readonly runs: Runs;
  readonly earlierRuns: EarlierRuns;
  readonly failures: Failures;
}
