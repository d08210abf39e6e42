import { onAbort, throwIfAborted } from "./onAbort.ts";
import { msUntilLeft, readBuckets, takeFrom, type Bucket } from "./rateLimits.ts";
import type { Timing } from "./timing.ts";

export interface PlannedCall {
  readonly model: string;
  /** What it may take from a limit on tokens. */
  readonly tokens: number;
  /** Goes before the others when a place is free: finishing a segment comes before starting others. */
  readonly isUrgent: boolean;
  /** Is told whenever this call waits for a time: why, and until when (milliseconds since 1970). */
  readonly onWait?: ((why: string, untilMs: number) => void) | undefined;
}

/** A call under way. */
export interface Pass {
  readonly startedAt: number;
  /** @param wentWell More may go side by side from now on, where it had been less. */
  leave(wentWell: boolean): void;
}

/**
 * What all calls to one host share, so that one answer of "too many requests" is heard by all:
 * none starts before the pause is over, and then half as many side by side as there were. Every
 * call that goes well lets in one more.
 */
export interface Pause {
  /** Resolves when the call may start. Rejects when stopped while it waits. */
  enter(call: PlannedCall, signal: AbortSignal): Promise<Pass>;
  /** @param pass The call that was turned away. @param untilMs Milliseconds since 1970. */
  hold(pass: Pass, untilMs: number, why: string): void;
  /** Reads the rate limits that an answer tells of, to slow down before the wall. */
  learn(model: string, headers: Headers): void;
}

interface Limits {
  readonly requests?: Bucket;
  readonly tokens?: Bucket;
}

export function createPause(timing: Timing): Pause {
  const limits = new Map<string, Limits>();
  const queue = createQueue();
  let [heldUntil, heldWhy, heldAt, underWay, most] = [0, "", -1, 0, Number.POSITIVE_INFINITY];

  /** Takes a place in the very moment that it finds one, or two could take the same. */
  const takePlace = async (call: PlannedCall, signal: AbortSignal): Promise<number> => {
    for (;;) {
      throwIfAborted(signal);
      const now = timing.now();
      const limited = msUntilLimit(limits.get(call.model), call.tokens, now);
      if (now < heldUntil) {
        call.onWait?.(heldWhy, heldUntil);
        await timing.sleep(heldUntil - now, signal);
      } else if (underWay >= most) await queue.wait(call.isUrgent, signal);
      else if (limited > 0) {
        call.onWait?.("rate limit almost reached", now + limited);
        await timing.sleep(limited, signal);
      } else {
        limits.set(call.model, reserve(limits.get(call.model), call.tokens, now));
        underWay++;
        return now;
      }
    }
  };
  return {
    async enter(call, signal) {
      const startedAt = await takePlace(call, signal);
      let hasLeft = false;
      return {
        startedAt,
        leave(wentWell) {
          if (hasLeft) return;
          hasLeft = true;
          underWay--;
          if (wentWell) most++;
          queue.wake();
        },
      };
    },
    hold(pass, untilMs, why) {
      // Calls that were under way together hit the same wall; it counts once.
      if (pass.startedAt > heldAt) most = Math.max(1, Math.floor(Math.min(most, underWay) / 2));
      heldAt = timing.now();
      if (untilMs <= heldUntil) return;
      [heldUntil, heldWhy] = [untilMs, why];
    },
    learn: (model, headers) => void limits.set(model, { ...limits.get(model), ...readBuckets(headers, timing.now()) }),
  };
}

function msUntilLimit({ requests, tokens }: Limits = {}, needed: number, now: number): number {
  return Math.max(requests ? msUntilLeft(requests, 1, now) : 0, tokens ? msUntilLeft(tokens, needed, now) : 0);
}

function reserve({ requests, tokens }: Limits = {}, taken: number, now: number): Limits {
  return { ...(requests && { requests: takeFrom(requests, 1, now) }), ...(tokens && { tokens: takeFrom(tokens, taken, now) }) };
}

/** Who waits for a place. All are woken when one is free, the urgent first; who finds none waits on. */
function createQueue(): { wait(isUrgent: boolean, signal: AbortSignal): Promise<void>; wake(): void } {
  const waiting = { urgent: new Set<() => void>(), other: new Set<() => void>() };
  return {
    wait: (isUrgent, signal) =>
      new Promise((resolve, reject) => {
        const line = isUrgent ? waiting.urgent : waiting.other;
        const go = () => {
          line.delete(go);
          stop();
          resolve();
        };
        line.add(go);
        const stop = onAbort(signal, (reason) => {
          line.delete(go);
          reject(reason);
        });
      }),
    wake() {
      for (const go of [...waiting.urgent, ...waiting.other]) go();
    },
  };
}
