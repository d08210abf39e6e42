import { onAbort } from "./onAbort.ts";

/** Time and chance, handed in so that tests need neither. */
export interface Timing {
  /** Milliseconds since 1970. */
  now(): number;
  /** From 0 up to 1. */
  random(): number;
  /** @throws an AbortError when stopped */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** Calls back once after so many milliseconds, unless the function that it gives is called before. */
  after(ms: number, callback: () => void): () => void;
}

export function systemTiming(): Timing {
  const after = (ms: number, callback: () => void) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  };
  return {
    now: () => Date.now(),
    random: () => Math.random(),
    after,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        const wake = after(ms, () => {
          unlisten();
          resolve();
        });
        const unlisten = onAbort(signal, (reason) => {
          wake();
          reject(reason);
        });
      }),
  };
}
