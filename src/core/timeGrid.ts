import { roundSeconds } from "./times.ts";

/**
 * The time as a timing map holds it: on the nearest frame where there is a frame rate, in milliseconds.
 * Every time is rounded by itself, from the start of the story, so that no error adds up.
 */
export function onGrid(seconds: number, frameRate: number | undefined): number {
  return roundSeconds(frameRate === undefined ? seconds : Math.round(seconds * frameRate) / frameRate);
}

/** The shortest time that the grid can tell from none; seconds. */
export function gridStep(frameRate: number | undefined): number {
  return frameRate === undefined ? 0.001 : 1 / frameRate;
}
