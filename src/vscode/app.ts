import type { ExtensionContext, LogOutputChannel } from "vscode";
import type { Failures } from "./failures.ts";
import type { Models } from "./models/models.ts";
import type { Runs } from "./runs.ts";
import type { Stories } from "./stories.ts";
import type { HeardTakes } from "./timing/heardTakes.ts";
import type { Reports } from "./timing/reports.ts";
import type { EarlierRuns } from "./views/earlierRuns.ts";
import type { ProgressTreeProvider } from "./views/progressTree.ts";
import type { StoriesTreeProvider } from "./views/storiesTree.ts";

/** What commands work with. Each command is a function of it. */
export interface App {
  readonly context: ExtensionContext;
  readonly log: LogOutputChannel;
  readonly stories: Stories;
  readonly runs: Runs;
  readonly earlierRuns: EarlierRuns;
  readonly storiesTree: StoriesTreeProvider;
  readonly progressTree: ProgressTreeProvider;
  readonly failures: Failures;
  readonly models: Models;
  readonly reports: Reports;
  readonly heardTakes: HeardTakes;
}
