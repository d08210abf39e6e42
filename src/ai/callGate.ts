/** What a slot is for: `optimize` is whatever finishes a segment. */
export type CallKind = "optimize" | "draft";

/**
 * Slots for calls to a model. One gate serves a whole run; it is apart from the limit on open
 * batches, since a batch that waits for its own calls in one queue would wait forever.
 *
 * Finishing a segment comes before starting others, and the earlier segment before the later one:
 * so batches end one after the other, and the next ones start one after the other. Only half of the
 * slots can be filled by that; streams may always have the other half, or all of them would be
 * written out before the next is begun, and the slots that finish segments would have nothing to do.
 */
export interface CallGate {
  /**
   * Resolves to the function that gives the slot back. Rejects when aborted while waiting.
   * @param rank The lowest goes first among those that optimize, whoever came before among equals.
   */
  enter(kind: CallKind, signal: AbortSignal, rank?: number): Promise<() => void>;
}

interface Waiting {
  readonly rank: number;
  readonly start: () => void;
}

export function createCallGate(slots: number): CallGate {
  const queues: Record<CallKind, Waiting[]> = { optimize: [], draft: [] };
  const running: Record<CallKind, number> = { optimize: 0, draft: 0 };
  const streamsFirst = Math.floor(slots / 2);

  const nextKind = (): CallKind => {
    if (queues.optimize.length === 0) return "draft";
    return queues.draft.length > 0 && running.draft < streamsFirst ? "draft" : "optimize";
  };
  const startNext = () => {
    if (running.optimize + running.draft >= slots) return;
    const kind = nextKind();
    const next = queues[kind].shift();
    if (!next) return;
    running[kind]++;
    next.start();
  };
  const leaveOnce = (kind: CallKind) => {
    let left = false;
    return () => {
      if (left) return;
      left = true;
      running[kind]--;
      startNext();
    };
  };
  return {
    enter(kind, signal, rank = 0) {
      return new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const abort = () => {
          queues[kind].splice(queues[kind].indexOf(waiting), 1);
          reject(signal.reason);
        };
        const waiting: Waiting = {
          rank,
          start: () => {
            signal.removeEventListener("abort", abort);
            resolve(leaveOnce(kind));
          },
        };
        signal.addEventListener("abort", abort, { once: true });
        insert(queues[kind], waiting);
        startNext();
      });
    },
  };
}

function insert(queue: Waiting[], waiting: Waiting): void {
  const before = queue.findLastIndex(({ rank }) => rank <= waiting.rank);
  queue.splice(before + 1, 0, waiting);
}
