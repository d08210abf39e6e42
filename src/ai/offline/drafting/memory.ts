import type { Actor, Stage } from "./beat.ts";

/** So long no picture comes again, as long as there is another one to be had. */
const REMEMBERED_SEGMENTS = 120;

/** What the pictures so far have shown: keeps places and postures steady, and actions from coming again. */
export class Memory {
  readonly #lastUse = new Map<string, number>();
  readonly #postures = new Map<string, string>();
  readonly #spots = new Map<string, number>();
  readonly #toldSpots = new Map<string, string>();
  #stage: Stage | undefined;
  #speaker: Actor | undefined;
  feeling = "calm";
  /** Index of the segment whose words spoke for the feeling. */
  feltAt = 0;
  cameraText = "";
  /** What can be played, since it was last spoken of. */
  instrument: Actor | undefined;

  /** A new scene forgets who stood where. */
  enter(stage: Stage): void {
    if (stage === this.#stage) return;
    this.#stage = stage;
    this.#postures.clear();
    this.#spots.clear();
    this.#toldSpots.clear();
    this.#speaker = undefined;
    this.feeling = "calm";
  }

  /** @param key What was done, and after a `|` who did it: both are remembered. */
  use(key: string, index: number): void {
    this.#lastUse.set(key, index);
    this.#lastUse.set(key.split("|")[0]!, index);
  }

  wasUsed(key: string): boolean {
    return this.#lastUse.has(key);
  }

  /** Whether it stood in one of the last pictures. */
  wasUsedLately(key: string, index: number): boolean {
    const last = this.#lastUse.get(key);
    return last !== undefined && index - last <= REMEMBERED_SEGMENTS;
  }

  /** The options, those that were never used or longest ago first. */
  freshest<T>(options: readonly T[], keyOf: (option: T) => string): T[] {
    const age = (option: T) => this.#lastUse.get(keyOf(option)) ?? -1;
    return [...options].sort((a, b) => age(a) - age(b));
  }

  posture(tag: string): string | undefined {
    return this.#postures.get(tag);
  }

  setPosture(tag: string, posture: string): void {
    this.#postures.set(tag, posture);
  }

  /** Where the narration put somebody: `on the bench`. */
  get toldSpots(): Map<string, string> {
    return this.#toldSpots;
  }

  spot(tag: string): number | undefined {
    return this.#spots.get(tag);
  }

  setSpot(tag: string, spot: number): void {
    this.#spots.set(tag, spot);
  }

  get speaker(): Actor | undefined {
    return this.#speaker;
  }

  set speaker(actor: Actor | undefined) {
    this.#speaker = actor;
  }
}
