import type { Frame } from "../host/browser.ts";

declare function requestAnimationFrame(draw: () => void): number;

/** Resolves when what was to be drawn is drawn, and a motion of less than 300 ms that was under way has come to rest. */
export function drawn(frame: Frame): Promise<void> {
  return frame.evaluate(() => new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(() => requestAnimationFrame(() => resolve()), 300))));
}
