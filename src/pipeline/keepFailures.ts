import { StoryDirectorError } from "../core/errors.ts";
import { formatFailureBundle } from "../core/failureBundle.ts";
import type { Clock, Log, ProgressTask, StoryStore } from "./ports.ts";

export interface FailureKeeperDeps {
  readonly store: StoryStore;
  readonly clock: Clock;
  /** The story's title. */
  readonly title: string;
  /** Provenance: who directs. */
  readonly director: string;
  /** Takes out keys; all else stays word for word. */
  readonly redact: (text: string) => string;
  readonly log?: Log | undefined;
}

/** Writes down what led to an error, where a model's answer did, and leaves the file's path in it. Never rejects. */
export type FailureKeeper = (error: unknown) => Promise<void>;

export function createFailureKeeper(deps: FailureKeeperDeps): FailureKeeper {
  const kept = new WeakMap<StoryDirectorError, Promise<void>>();
  return async (error) => {
    if (!(error instanceof StoryDirectorError) || error.exchanges.length === 0) return;
    // The same error passes through every node above the one that failed.
    const keeping = kept.get(error) ?? keep(error, deps);
    kept.set(error, keeping);
    await keeping;
  };
}

async function keep(error: StoryDirectorError, { store, clock, title, director, redact, log }: FailureKeeperDeps): Promise<void> {
  const { exchanges } = error;
  const about = exchanges.at(-1)!.ids[0] ?? "run";
  try {
    const text = formatFailureBundle({ error, exchanges, title, director, atMs: clock.now() });
    error.bundle = await store.keepFailure(about, redact(text));
  } catch (failure) {
    // What failed first is what a person must hear of.
    log?.error("What the model answered could not be kept", failure);
  }
}

/** The task, below which every failure is kept before its node shows it. */
export function keepingFailures(task: ProgressTask, keep: FailureKeeper): ProgressTask {
  return {
    plan: (children) => task.plan(children),
    say: (step) => task.say(step),
    note: (text) => task.note(text),
    mark: (id, state, reason) => task.mark(id, state, reason),
    run: (id, work) =>
      task.run(id, async (child) => {
        try {
          return await work(keepingFailures(child, keep));
        } catch (error) {
          await keep(error);
          throw error;
        }
      }),
  };
}
