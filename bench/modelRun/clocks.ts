/** Time as the model lives it, in milliseconds from 0. */
export interface BenchClock {
  now(): number;
  /** Resolves when it is that late; at once where it is later. */
  until(ms: number): Promise<void>;
  /** Work that takes no model time and that time must wait for, such as a file being written. */
  outside<T>(work: Promise<T>): Promise<T>;
  stop(): void;
}

/** The machine's own clock, so many times faster. */
export function fastClock(factor: number): BenchClock {
  const start = performance.now();
  const now = () => (performance.now() - start) * factor;
  return {
    now,
    until: (ms) => {
      const wait = (ms - now()) / factor;
      return wait <= 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, wait));
    },
    outside: (work) => work,
    stop: () => undefined,
  };
}

interface Sleeper {
  readonly ms: number;
  readonly wake: () => void;
}

/** A clock that goes on to the next thing that is waited for as soon as nothing else is left to do. */
export function virtualClock(): BenchClock {
  const sleepers = new SleeperQueue();
  const control = new AbortController();
  let now = 0;
  const busy = new Set<Promise<unknown>>();
  // Turning in place while nobody waits for a time would be counted as CPU of whoever is measured.
  let goOn = (): void => undefined;
  const somebodyWaits = () => new Promise<void>((resolve) => void (goOn = resolve));
  const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
  const drive = async () => {
    while (!control.signal.aborted) {
      await turn();
      if (busy.size > 0) {
        await Promise.race(busy);
        continue;
      }
      if (sleepers.length === 0) {
        await somebodyWaits();
        continue;
      }
      now = Math.max(now, sleepers.first.ms);
      while (sleepers.length > 0 && sleepers.first.ms <= now) sleepers.pop().wake();
    }
  };
  void drive();
  return {
    now: () => now,
    until: (ms) => {
      if (ms <= now) return Promise.resolve();
      goOn();
      return new Promise((resolve) => sleepers.push({ ms, wake: resolve }));
    },
    async outside(work) {
      busy.add(work);
      try {
        return await work;
      } finally {
        busy.delete(work);
      }
    },
    stop: () => {
      control.abort();
      goOn();
    },
  };
}

/** The earliest first; as many sleep as calls run side by side, so a sorted list is enough. */
class SleeperQueue {
  readonly #sorted: Sleeper[] = [];

  get length(): number {
    return this.#sorted.length;
  }

  get first(): Sleeper {
    return this.#sorted[0]!;
  }

  pop(): Sleeper {
    return this.#sorted.shift()!;
  }

  push(sleeper: Sleeper): void {
    const after = this.#sorted.findIndex(({ ms }) => ms > sleeper.ms);
    this.#sorted.splice(after < 0 ? this.#sorted.length : after, 0, sleeper);
  }
}
