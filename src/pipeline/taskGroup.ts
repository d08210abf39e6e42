import { endsRun, isAbortError, StoryDirectorError } from "../core/errors.ts";

/** Stops the work of a run. An AbortController is one. */
export interface RunControl {
  readonly signal: AbortSignal;
  abort(): void;
}

/**
 * Work that runs side by side. Each promise has a handler from birth, so that no rejection goes
 * unhandled; the first failure stops the run (unless it is to keep going and can), all are awaited, and
 * the first failure is thrown with the others in `also`.
 */
export interface TaskGroup {
  add(work: Promise<unknown>): void;
  /** @throws the first failure, or an AbortError where there was nothing worse */
  settle(): Promise<void>;
}

export interface TaskGroupOptions {
  readonly control: RunControl;
  /** Let the others finish what does not depend on the failure. */
  readonly keepGoing: boolean;
}

export function createTaskGroup({ control, keepGoing }: TaskGroupOptions): TaskGroup {
  const all: Promise<void>[] = [];
  const failures: unknown[] = [];
  const onFailure = (error: unknown) => {
    failures.push(error);
    if (!keepGoing || isAbortError(error) || endsRun(error)) control.abort();
  };
  return {
    add: (work) => void all.push(work.then(() => undefined, onFailure)),
    async settle() {
      // Work may add more work while it runs; the loop sees what was added.
      for (const work of all) await work;
      if (failures.length) throw mergeFailures(failures);
    },
  };
}

/** The first real failure, carrying the rest; aborts are only what followed from it. */
function mergeFailures(failures: readonly unknown[]): unknown {
  const [first, ...others] = failures.filter((error) => !isAbortError(error));
  if (first === undefined) return failures[0];
  if (first instanceof StoryDirectorError) {
    const nested = others.flatMap((error) => [error, ...(error instanceof StoryDirectorError ? error.also : [])]);
    first.also = [...new Set([...first.also, ...nested])].filter((error) => error !== first);
  }
  return first;
}
