import { EventEmitter, type Disposable, type Event, type Uri } from "vscode";
import type { AbilityMemory, DirectRequest, RunEstimate, RunSummary, SharedCalls } from "../compose.ts";
import type { Log, RunEvent } from "../pipeline/ports.ts";
import type { ProgressChange, ProgressNode } from "../progress/progressTree.ts";
import { ProgressManager } from "../progress/progressManager.ts";
import type { LoadEngine } from "./engine.ts";
import type { ChosenDirector } from "./models/chosenDirector.ts";
import { imageSettings, ownPrices, runSettings } from "./settings.ts";
import type { Spending } from "./spending.ts";

/** A run of this session. */
export interface Run {
  /** Unique in this session. */
  readonly id: string;
  readonly folder: Uri;
  readonly progress: ProgressManager;
  readonly isOver: boolean;
  /** When it began, as its log says; undefined before that. */
  readonly at: string | undefined;
  /** Where its story is sent and whose key goes with it; undefined where nothing is sent. */
  readonly told: string | undefined;
}

export interface RunChange {
  readonly run: Run;
  readonly change: ProgressChange;
}

interface LiveRun extends Run {
  readonly control: AbortController;
  isOver: boolean;
  at: string | undefined;
  told: string | undefined;
}

export interface RunParts {
  readonly log: Log;
  /** Who directs a run that begins now. */
  readonly chooseDirector: () => Promise<ChosenDirector>;
  /** What servers can do; kept between runs. */
  readonly abilities: AbilityMemory;
  readonly spending: Spending;
}

/** What runs, and what ran since the window opened, the newest first. One run for a story at a time. */
export class Runs implements Disposable {
  readonly #loadEngine: LoadEngine;
  readonly #heldBack: (folder: Uri, segmentId: string) => string | undefined;
  readonly #parts: RunParts;
  readonly #runs: LiveRun[] = [];
  readonly #started = new EventEmitter<Run>();
  readonly #changed = new EventEmitter<RunChange>();
  readonly #ended = new EventEmitter<Run>();
  readonly #cleared = new EventEmitter<void>();
  #count = 0;
  /** Stories that are directed side by side wait together where a server says so. */
  #shared: SharedCalls | undefined;

  readonly onDidStart: Event<Run> = this.#started.event;
  readonly onDidChange: Event<RunChange> = this.#changed.event;
  readonly onDidEnd: Event<Run> = this.#ended.event;
  readonly onDidClear: Event<void> = this.#cleared.event;

  /** @param heldBack Why a segment must not be written now, such as unsaved changes. */
  constructor(loadEngine: LoadEngine, heldBack: (folder: Uri, segmentId: string) => string | undefined, parts: RunParts) {
    this.#loadEngine = loadEngine;
    this.#heldBack = heldBack;
    this.#parts = parts;
  }

  get all(): readonly Run[] {
    return this.#runs;
  }

  get running(): readonly Run[] {
    return this.#runs.filter(({ isOver }) => !isOver);
  }

  isRunning(folder: Uri): boolean {
    return this.running.some((run) => run.folder.toString() === folder.toString());
  }

  runOf(node: ProgressNode): Run | undefined {
    let top = node;
    while (top.parent) top = top.parent;
    return this.#runs.find(({ progress }) => progress.nodes.includes(top));
  }

  /** Rejects as `direct` does: with the error, or an AbortError when it was stopped. */
  async direct(folder: Uri, request: DirectRequest): Promise<RunSummary> {
    const engine = await this.#loadEngine();
    this.#shared ??= engine.createSharedCalls();
    const control = new AbortController();
    const progress = new ProgressManager({ now: () => Date.now() });
    const run: LiveRun = { id: `run-${++this.#count}`, folder, progress, control, isOver: false, at: undefined, told: undefined };
    this.#runs.unshift(run);
    progress.onChange((change) => {
      if (change.changes.some(({ what, node }) => what === "planned" && !node)) this.#started.fire(run);
      else this.#changed.fire({ run, change });
    });
    try {
      const { log, chooseDirector, spending } = this.#parts;
      const { choice, told } = await chooseDirector();
      if (told) log.info((run.told = told));
      const heldBack = (id: string) => this.#heldBack(folder, id);
      const { maxCalls, ...settings } = runSettings();
      const prices = choice.provider === "offline" ? undefined : ownPrices();
      const images = imageSettings();
      const director = engine.openStoryDirector({ folder: folder.fsPath, maxCalls, director: choice, images: images.choice, prices, log, shared: this.#shared, abilities: this.#parts.abilities });
      let title = "";
      const onEvent = (event: RunEvent) => {
        if (event.event !== "run-start") return;
        run.at = String(event["at"]);
        title = String(event["title"]);
      };
      const approve = (estimate: RunEstimate) => spending.approve(estimate);
      const budget = spending.budget({ title: () => title, stop: () => control.abort() });
      return await director.direct({ ...settings, images: images.enabled, ...request }, { progress, signal: control.signal, heldBack, onEvent, approve, budget });
    } finally {
      run.isOver = true;
      this.#ended.fire(run);
    }
  }

  /** Stops one run, or all. Each says so itself when it has come to rest. */
  stop(run?: Run): void {
    for (const { control, id } of this.#runs) if (!run || run.id === id) control.abort();
  }

  /** Takes the runs that are over off the list. */
  clear(): void {
    this.#runs.splice(0, this.#runs.length, ...this.#runs.filter(({ isOver }) => !isOver));
    this.#cleared.fire();
  }

  dispose(): void {
    this.stop();
    for (const emitter of [this.#started, this.#changed, this.#ended, this.#cleared]) emitter.dispose();
  }
}
