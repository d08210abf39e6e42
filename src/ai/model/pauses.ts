import { createPause, type Pause } from "./pause.ts";
import { systemTiming, type Timing } from "./timing.ts";

/**
 * The pauses of all hosts, by origin, and of the vendors whose models an editor has. A server counts the
 * calls of everybody who has the key, so one such object belongs to a whole program: stories that are
 * directed side by side hear of one "too many requests" together, as do the models of one run.
 */
export interface Pauses {
  of(origin: string): Pause;
}

export function createPauses(timing: Timing = systemTiming()): Pauses {
  const pauses = new Map<string, Pause>();
  return {
    of(origin) {
      const pause = pauses.get(origin) ?? createPause(timing);
      pauses.set(origin, pause);
      return pause;
    },
  };
}
