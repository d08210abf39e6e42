import { commands, StatusBarAlignment, window, type Disposable, type StatusBarItem } from "vscode";
import { Coalescer } from "./coalescer.ts";
import { CONTEXT_KEYS, VIEWS } from "./ids.ts";
import type { Run, Runs } from "./runs.ts";
import { statusText } from "./spendingWords.ts";

/** What runs now, in the status bar; a click leads to the tree. */
export class RunStatus implements Disposable {
  readonly #runs: Runs;
  readonly #item: StatusBarItem;
  readonly #coalescer = new Coalescer<Run>(() => this.#update());
  readonly #disposables: Disposable[];

  constructor(runs: Runs) {
    this.#runs = runs;
    this.#item = window.createStatusBarItem("storyDirector.progress", StatusBarAlignment.Left);
    this.#item.name = "Story Director Progress";
    this.#item.command = `${VIEWS.progress}.focus`;
    this.#disposables = [
      this.#item,
      this.#coalescer,
      runs.onDidStart(() => this.#update()),
      runs.onDidChange(({ run }) => this.#coalescer.add(run)),
      runs.onDidEnd(() => this.#update()),
    ];
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #update(): void {
    const running = this.#runs.running;
    void commands.executeCommand("setContext", CONTEXT_KEYS.running, running.length > 0);
    const nodes = running.flatMap(({ progress }) => progress.nodes);
    if (nodes.length === 0) return this.#item.hide();
    this.#item.text = statusText(nodes);
    const told = new Set(running.flatMap((run) => run.told ?? []));
    this.#item.tooltip = [...nodes.map(({ label }) => label), ...told].join("\n");
    this.#item.show();
  }
}
