import type { Disposable } from "vscode";
import type { Runs } from "../runs.ts";
import type { ProgressTreeProvider } from "../views/progressTree.ts";
import type { StoriesTreeProvider } from "../views/storiesTree.ts";
import { shortChoice } from "./modelItems.ts";
import type { Models } from "./models.ts";

export interface ModelStatusParts {
  readonly models: Models;
  readonly runs: Runs;
  readonly storiesTree: StoriesTreeProvider;
  readonly progressTree: ProgressTreeProvider;
}

/** Says in the views, and nowhere else, who directs and where the stories that run now are sent. */
export class ModelStatus implements Disposable {
  readonly #parts: ModelStatusParts;
  readonly #disposables: Disposable[];

  constructor(parts: ModelStatusParts) {
    this.#parts = parts;
    const { models, runs } = parts;
    const tell = () => this.#tellRuns();
    this.#disposables = [models.onDidChange(() => this.#tellChoice()), runs.onDidStart(tell), runs.onDidClear(tell)];
    this.#tellChoice();
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #tellChoice(): void {
    this.#parts.storiesTree.describe(shortChoice(this.#parts.models.settings));
  }

  /** It stays when a run is over, so that no row moves under the pointer. */
  #tellRuns(): void {
    const { runs, progressTree } = this.#parts;
    const told = runs.running.flatMap((run) => run.told ?? []);
    progressTree.say([...new Set(told)].join("\n"));
  }
}
