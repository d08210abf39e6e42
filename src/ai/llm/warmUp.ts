/** The right to call. Whoever is first says when the model has begun to answer. */
export interface WarmUpTicket {
  /** The first token is there: the model's cache holds the shared beginning, so all others may go. */
  begun(): void;
  /** The call is over. If it never began, the next one is first. */
  over(): void;
}

/**
 * Lets one call of a run go alone until its first token, and then all others at once: a provider
 * that caches the shared beginning of requests writes it once instead of once a batch.
 */
export interface WarmUp {
  /** @param run Stands for the run; calls with the same object share their beginning. Rejects when aborted. */
  enter(run: object, signal: AbortSignal): Promise<WarmUpTicket>;
}

interface RunState {
  isWarm: boolean;
  hasFirst: boolean;
  readonly waiting: Set<() => void>;
}

export function createWarmUp(): WarmUp {
  const runs = new WeakMap<object, RunState>();
  return {
    async enter(run, signal) {
      signal.throwIfAborted();
      const state = runs.get(run) ?? { isWarm: false, hasFirst: false, waiting: new Set() };
      runs.set(run, state);
      while (!state.isWarm && state.hasFirst) await nextTurn(state, signal);
      if (state.isWarm) return { begun: () => undefined, over: () => undefined };
      state.hasFirst = true;
      return firstTicket(state);
    },
  };
}

function firstTicket(state: RunState): WarmUpTicket {
  let isOver = false;
  const wakeAll = () => {
    for (const wake of state.waiting) wake();
  };
  return {
    begun() {
      state.isWarm = true;
      wakeAll();
    },
    over() {
      if (isOver) return;
      isOver = true;
      state.hasFirst = false;
      // All wake; the first of them goes on alone, and the others wait for it.
      wakeAll();
    },
  };
}

function nextTurn({ waiting }: RunState, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = () => {
      waiting.delete(wake);
      signal.removeEventListener("abort", abort);
    };
    const wake = () => {
      leave();
      resolve();
    };
    const abort = () => {
      leave();
      reject(signal.reason);
    };
    waiting.add(wake);
    signal.addEventListener("abort", abort, { once: true });
  });
}
