import type { Clock, Schedule } from "../pipeline/ports.ts";

/** How often a tree is told of changes. VS Code waits 200 ms after each event, so faster ones would starve it. */
const INTERVAL_MS = 250;

/** Time, handed in so that tests need none. */
export interface Pace {
  readonly clock: Clock;
  readonly schedule: Schedule;
}

export const SYSTEM_PACE: Pace = {
  clock: { now: () => Date.now() },
  schedule(work, delayMs) {
    const timer = setTimeout(work, delayMs);
    return () => clearTimeout(timer);
  },
};

/**
 * Collects things that changed and hands them on at most every 250 ms: the first at once, the
 * rest together. Nothing is lost: what comes in between goes with the next flush.
 */
export class Coalescer<T> {
  readonly #flush: (changed: ReadonlySet<T>) => void;
  readonly #pace: Pace;
  #changed = new Set<T>();
  #cancel: (() => void) | undefined;
  #lastFlush = 0;

  constructor(flush: (changed: ReadonlySet<T>) => void, pace: Pace = SYSTEM_PACE) {
    this.#flush = flush;
    this.#pace = pace;
  }

  add(changed: T): void {
    this.#changed.add(changed);
    this.#cancel ??= this.#pace.schedule(() => this.flush(), Math.max(0, this.#lastFlush + INTERVAL_MS - this.#pace.clock.now()));
  }

  flush(): void {
    this.#stopWaiting();
    if (this.#changed.size === 0) return;
    const changed = this.#changed;
    this.#changed = new Set();
    this.#lastFlush = this.#pace.clock.now();
    this.#flush(changed);
  }

  dispose(): void {
    this.#stopWaiting();
    this.#changed.clear();
  }

  #stopWaiting(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }
}
