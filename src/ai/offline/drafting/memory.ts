import type { Actor, Setting, Stage } from "./beat.ts";

/** So long no picture comes again, as long as there is another one to be had. */
const REMEMBERED_SEGMENTS = 120;

/** A thing or a hand alone looks the same each time, so it waits longer than what people do. */
export const INSERT_SEGMENTS = 600;

/** What the pictures so far have shown: keeps places and postures steady, and actions from coming again. */
export class Memory {
  readonly #lastUse = new Map<string, number>();
  readonly #postures = new Map<string, string>();
  readonly #spots = new Map<string, number>();
  readonly #toldSpots = new Map<string, string>();
  /** Where a thing was put, by its tag: `hanging behind the door`, and in which place. */
  readonly propSpots = new Map<string, { readonly place: string | undefined; readonly words: string }>();
  #stage: Stage | undefined;
  readonly #held = new Map<string, Actor>();
  #speaker: Actor | undefined;
  feeling = "calm";
  /** Index of the segment whose words spoke for the feeling. */
  feltAt = 0;
  cameraText = "";
  /** What can be played, since it was last spoken of. */
  instrument: Actor | undefined;
  /** Who played it last. */
  player: Actor | undefined;
  /** The place that the narration last spoke of besides. */
  elsewhere: Setting | undefined;
  /** Whether the story has no things of its own that could be shown. */
  isBare = false;
  /** Index of the last picture that showed music. */
  musicAt: number | undefined;
  /** How many pictures of the scene showed somebody speak. */
  exchanges = 0;

  /** A new scene forgets who stood where. */
  enter(stage: Stage): void {
    if (stage === this.#stage) return;
    // By another time of day nobody holds what they held.
    if (hourOf(stage) !== hourOf(this.#stage)) this.#held.clear();
    this.#stage = stage;
    this.#postures.clear();
    this.#spots.clear();
    this.#toldSpots.clear();
    this.#speaker = undefined;
    this.exchanges = 0;
    this.feeling = "calm";
  }

  /** @param key What was done, and after a `|` who did it: both are remembered. */
  use(key: string, index: number): void {
    this.#lastUse.set(key, index);
    this.#lastUse.set(key.split("|")[0]!, index);
  }

  /** Whether the picture before was of music. */
  wasMusic(index: number): boolean {
    return this.musicAt !== undefined && index - this.musicAt === 1;
  }

  /** Whether it stood in one of the last pictures. */
  wasUsedLately(key: string, index: number): boolean {
    return this.wasUsedWithin(key, index, REMEMBERED_SEGMENTS);
  }

  wasUsedWithin(key: string, index: number, segments: number): boolean {
    const last = this.#lastUse.get(key);
    return last !== undefined && index - last <= segments;
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

  /** What is in whose hand, by the tag of who holds it; it goes with them from scene to scene. */
  get held(): ReadonlyMap<string, Actor> {
    return this.#held;
  }

  take(actor: Actor, prop: Actor): void {
    this.release(prop);
    this.#held.set(actor.tag, prop);
    this.propSpots.delete(prop.tag);
  }

  release(prop: Actor): void {
    for (const [tag, held] of this.#held) if (held.tag === prop.tag) this.#held.delete(tag);
  }

  /** Who of the scene holds it. */
  holderOf(prop: Actor): Actor | undefined {
    return this.#stage?.cast.find(({ tag }) => this.#held.get(tag)?.tag === prop.tag);
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

function hourOf(stage: Stage | undefined): string | undefined {
  return stage?.time.split(",")[0];
}
