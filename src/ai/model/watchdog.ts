import type { Timing } from "./timing.ts";

/** How long an answer may be silent, in milliseconds. */
export interface Patience {
  /** Before the first text. A local model may have to be loaded first. */
  readonly firstMs: number;
  /** Between two pieces, once there is text. */
  readonly nextMs: number;
  /** Without any text, though the server gives signs of life. */
  readonly textMs: number;
}

/** Stops a call that nothing comes from any more: the SDK's timeout ends when the headers are there. */
export interface Watchdog {
  readonly hasStalled: boolean;
  /** Something came from the server. */
  sawBytes(): void;
  sawText(): void;
  /** The answer has ended; what is left of the stream is waited for only shortly. */
  sawEnd(): void;
  stop(): void;
}

export interface WatchdogOptions {
  readonly timing: Timing;
  readonly patience: Patience;
  readonly onStall: () => void;
}

/** A stream that is read to its end leaves its connection to the next call. */
const AFTER_END_MS = 500;

export function createWatchdog({ timing, patience, onStall }: WatchdogOptions): Watchdog {
  let limitMs = patience.firstMs;
  let hasStalled = false;
  const stall = () => {
    hasStalled = true;
    stop();
    onStall();
  };
  let cancelIdle = timing.after(limitMs, stall);
  let cancelQuiet = timing.after(patience.textMs, stall);
  const stop = () => {
    cancelIdle();
    cancelQuiet();
  };
  const restart = () => {
    cancelIdle();
    cancelIdle = timing.after(limitMs, stall);
  };
  return {
    get hasStalled() {
      return hasStalled;
    },
    sawBytes: restart,
    sawText() {
      limitMs = patience.nextMs;
      cancelQuiet();
      cancelQuiet = timing.after(patience.textMs, stall);
      restart();
    },
    sawEnd() {
      limitMs = AFTER_END_MS;
      cancelQuiet();
      restart();
    },
    stop,
  };
}
