import { Writable } from "node:stream";
import type { CliHost } from "../../../src/cli/host.ts";
import { runCli } from "../../../src/cli/runCli.ts";
import type { DirectRequest, NarrationRequest, RunContext, RunSummary, StoryDirector, OpenOptions } from "../../../src/compose.ts";
import { makeBatches } from "../../../src/core/batches.ts";
import { StorageError } from "../../../src/core/errors.ts";
import type { NewStory } from "../../../src/import/newStory.ts";
import { readNarration } from "../../../src/import/readNarration.ts";
import type { ProgressTask, Transcriber } from "../../../src/pipeline/ports.ts";
import { toRunEvents } from "../../../src/progress/runEvents.ts";
import { TITLE } from "./storyTree.ts";

/** A stream that keeps what is written to it; with a size it is a terminal. */
export class FakeStream extends Writable {
  text = "";
  columns: number | undefined;
  rows: number | undefined;
  readonly isTTY: boolean;

  constructor(size?: { readonly columns: number; readonly rows: number }) {
    super({ decodeStrings: false });
    this.isTTY = size !== undefined;
    this.columns = size?.columns;
    this.rows = size?.rows;
  }

  override write(text: unknown): boolean {
    this.text += String(text);
    return true;
  }

  get lines(): string[] {
    return this.text.trimEnd().split("\n");
  }
}

/** Timers that fire when the test says so. */
export class FakeTimers {
  #due = new Set<() => void>();

  readonly schedule = (work: () => void): (() => void) => {
    const entry = () => work();
    this.#due.add(entry);
    return () => void this.#due.delete(entry);
  };

  get count(): number {
    return this.#due.size;
  }

  fire(): void {
    const due = this.#due;
    this.#due = new Set();
    for (const work of due) work();
  }
}

export type Directing = (request: DirectRequest, context: RunContext) => Promise<RunSummary>;

export function summaryOf(changes: Partial<RunSummary> = {}): RunSummary {
  return { title: TITLE, location: "/stories/trumpet", total: 3, ready: 3, made: 3, upToDate: 0, kept: [], warnings: [], ms: 1840, ...changes };
}

/**
 * A run over segments in batches of ten, on the progress tree that it is given. What a segment
 * does is up to the test; the default is to be done at once.
 */
export function directing(options: {
  readonly segments: number;
  readonly atSegment?: (id: string, batch: ProgressTask) => Promise<void> | void;
  readonly summary?: Partial<RunSummary>;
}): Directing {
  const { segments, summary } = options;
  const atSegment = options.atSegment ?? ((id, batch) => batch.run(id, async (task) => task.say("Production-ready")));
  return async (_request, { progress, onEvent }) => {
    const emit = onEvent ?? (() => undefined);
    emit({ event: "run-start", director: "offline", title: TITLE });
    const unsubscribe = progress.onChange((change) => toRunEvents(change).forEach(emit));
    try {
      progress.root.plan([{ id: "story", label: `Regenerating: "${TITLE}"`, kind: "story" }]);
      await progress.root.run("story", (story) => runScript(story, segments, atSegment));
      emit({ event: "run-end", outcome: "done", ready: segments, total: segments });
    } catch (error) {
      const counts = progress.nodes[0]!.counts;
      emit({ event: "run-end", outcome: "failed", ready: counts.done + counts["up to date"], total: segments });
      throw error;
    } finally {
      unsubscribe();
    }
    return summaryOf({ total: segments, ready: segments, made: segments, ...summary });
  };
}

async function runScript(story: ProgressTask, segments: number, atSegment: (id: string, batch: ProgressTask) => Promise<void> | void): Promise<void> {
  const batches = makeBatches(Array.from({ length: segments }, (_, index) => ({ id: `segment_${index + 1}` })), 10);
  story.plan([
    { id: "assets", label: "Extract Assets", kind: "phase" },
    { id: "script", label: "Generate Director's Script", kind: "phase" },
  ]);
  story.mark("assets", "up to date", "9 assets");
  await story.run("script", async (script) => {
    script.plan(batches.map(({ id, label, segments: inside }) => ({ id, label, kind: "batch", children: inside.map((segment) => ({ ...segment, kind: "segment" })) })));
    for (const { id, segments: inside } of batches) {
      await script.run(id, async (batch) => {
        for (const segment of inside) await atSegment(segment.id, batch);
      });
    }
  });
}

export interface FakeRun {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly opened: readonly OpenOptions[];
  readonly requests: readonly DirectRequest[];
  readonly created: readonly { readonly folder: string; readonly story: NewStory }[];
  /** How narration was asked for. */
  readonly narrations: readonly NarrationRequest[];
  /** Files that were written, by path. */
  readonly saved: Readonly<Record<string, string>>;
  /** Codes of exits that did not wait. */
  readonly exits: readonly number[];
}

export interface FakeHostOptions {
  readonly direct?: Directing;
  readonly check?: StoryDirector["check"];
  readonly status?: StoryDirector["status"];
  readonly outline?: StoryDirector["outline"];
  readonly retime?: StoryDirector["retime"];
  readonly requireEditable?: StoryDirector["requireEditable"];
  /** Texts by path. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly transcribe?: Transcriber["transcribe"];
  readonly estimate?: StoryDirector["estimate"];
  readonly ask?: CliHost["ask"];
  readonly stdout?: FakeStream;
  readonly stderr?: FakeStream;
  readonly env?: CliHost["env"];
  readonly timers?: FakeTimers;
  /** Gets the function that is Ctrl+C. */
  readonly onListen?: (interrupt: () => void) => void;
}

const unexpected = () => Promise.reject(new Error("not part of this test"));

/** Runs the program as a shell would, with everything around it made up. */
export async function runFake(argv: readonly string[], options: FakeHostOptions = {}): Promise<FakeRun> {
  const { stdout = new FakeStream(), stderr = new FakeStream(), timers = new FakeTimers() } = options;
  const opened: OpenOptions[] = [];
  const requests: DirectRequest[] = [];
  const exits: number[] = [];
  const created: { folder: string; story: NewStory }[] = [];
  const narrations: NarrationRequest[] = [];
  const saved: Record<string, string> = {};
  let nowMs = 0;
  const code = await runCli({
    argv,
    stdout,
    stderr,
    env: { LANG: "en_US.UTF-8", ...options.env },
    platform: "linux",
    cwd: "/stories",
    version: "1.2.3",
    clock: { now: () => (nowMs += 100) },
    schedule: timers.schedule,
    openStoryDirector(storyOptions) {
      opened.push(storyOptions);
      const direct: Directing = (request, context) => {
        requests.push(request);
        return (options.direct ?? unexpected)(request, context);
      };
      return { direct, estimate: options.estimate ?? unexpected, check: options.check ?? unexpected, status: options.status ?? unexpected, retime: options.retime ?? unexpected, outline: options.outline ?? unexpected, requireEditable: options.requireEditable ?? unexpected };
    },
    async createStory(folder, story) {
      created.push({ folder, story });
    },
    async readFile(path) {
      const text = options.files?.[path];
      if (text === undefined) throw new StorageError(`${path} could not be read: it is not there`, { hint: "Look at its name." });
      return typeof text === "string" ? new TextEncoder().encode(text) : text;
    },
    readNarration(file, request) {
      narrations.push(request);
      return readNarration(file, { ...request, transcriber: () => ({ name: "fake/ear", transcribe: options.transcribe ?? unexpected }) });
    },
    async requireNewFolder(folder) {
      if (folder === "taken") throw new StorageError("taken is there already: it holds story.yaml", { hint: "Name a new folder." });
    },
    async requireNewFile(path) {
      if (options.files?.[path] !== undefined) throw new StorageError(`${path} is there already`, { hint: "Name a new file." });
    },
    async saveNewFile(path, bytes) {
      if (path.startsWith("full/")) throw new StorageError(`${path} could not be saved: the disk is full`, { hint: "Make room." });
      saved[path] = new TextDecoder().decode(bytes);
    },
    ask: options.ask,
    onInterrupt(listener) {
      options.onListen?.(listener);
      return () => undefined;
    },
    exitNow: (exitCode) => void exits.push(exitCode),
  });
  return { code, out: stdout.text, err: stderr.text, created, opened, requests, narrations, saved, exits };
}
