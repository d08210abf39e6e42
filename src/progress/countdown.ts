import type { Clock, ModelWait, ProgressTask, Schedule } from "../pipeline/ports.ts";

export interface CountdownOptions {
  readonly clock: Clock;
  readonly schedule: Schedule;
  /** Is told of each wait once, however many calls share it. */
  readonly onWait: (wait: ModelWait) => void;
}

/** Tells a person why nothing happens, and for how long still. */
export interface Countdown {
  wait(wait: ModelWait): void;
  /** Notes at the task what is waited for, every second anew, for as long as the work lasts. */
  showIn<T>(task: Pick<ProgressTask, "note">, work: () => Promise<T>): Promise<T>;
}

/** The longest wait of each host counts: others that end sooner change nothing for a person. */
export function createCountdown({ clock, schedule, onWait }: CountdownOptions): Countdown {
  const waits = new Map<string, ModelWait>();
  const told = new Set<string>();
  let task: Pick<ProgressTask, "note"> | undefined;
  let cancel: () => void = () => undefined;

  const tick = () => {
    cancel();
    const now = clock.now();
    for (const [host, { untilMs }] of waits) if (untilMs <= now) waits.delete(host);
    const [longest] = [...waits.values()].sort((a, b) => b.untilMs - a.untilMs);
    task?.note(longest && noteOf(longest, now));
    // Just when the number of whole seconds changes.
    if (longest) cancel = schedule(tick, (longest.untilMs - now) % SECOND_MS || SECOND_MS);
  };
  return {
    wait(wait) {
      const { host, why, untilMs } = wait;
      const key = `${host} ${why} ${untilMs}`;
      if (told.has(key)) return;
      told.add(key);
      onWait(wait);
      if (untilMs <= (waits.get(host)?.untilMs ?? 0)) return;
      waits.set(host, wait);
      tick();
    },
    async showIn(shown, work) {
      task = shown;
      try {
        return await work();
      } finally {
        cancel();
        task.note(undefined);
        task = undefined;
      }
    },
  };
}

const SECOND_MS = 1000;

/** `waiting 12 s for api.openai.com (rate limit)` */
function noteOf({ host, why, untilMs }: ModelWait, now: number): string {
  const seconds = Math.ceil((untilMs - now) / SECOND_MS);
  const minutes = Math.floor(seconds / 60);
  const time = [minutes ? `${minutes} min` : "", seconds % 60 || !minutes ? `${seconds % 60} s` : ""].filter(Boolean).join(" ");
  return `waiting ${time} for ${host} (${why})`;
}
