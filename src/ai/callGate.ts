/** Who goes first when a slot is free: finishing a segment comes before starting others. */
export type CallKind = "optimize" | "draft";

/**
 * Slots for calls to a model. One gate serves a whole run; it is apart from the limit on open
 * batches, since a batch that waits for its own calls in one queue would wait forever.
 */
export interface CallGate {
  /** Resolves to the function that gives the slot back. Rejects when aborted while waiting. */
  enter(kind: CallKind, signal: AbortSignal): Promise<() => void>;
}

interface Waiting {
  readonly start: () => void;
}

export function createCallGate(slots: number): CallGate {
  const queues: Record<CallKind, Set<Waiting>> = { optimize: new Set(), draft: new Set() };
  let free = slots;

  const startNext = () => {
    for (const queue of [queues.optimize, queues.draft]) {
      const [next] = queue;
      if (!next || free === 0) continue;
      queue.delete(next);
      free--;
      next.start();
      return;
    }
  };
  const leaveOnce = () => {
    let left = false;
    return () => {
      if (left) return;
      left = true;
      free++;
      startNext();
    };
  };
  return {
    enter(kind, signal) {
      return new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const abort = () => {
          queues[kind].delete(waiting);
          reject(signal.reason);
        };
        const waiting: Waiting = {
          start: () => {
            signal.removeEventListener("abort", abort);
            resolve(leaveOnce());
          },
        };
        signal.addEventListener("abort", abort, { once: true });
        queues[kind].add(waiting);
        startNext();
      });
    },
  };
}
