import type { ScenePlanning } from "./planScenes.ts";
import type { Stage } from "./stages.ts";

/** Where a scene starts, and what is the same until the next one. */
export interface Cut {
  readonly at: number;
  readonly place: string;
  readonly time: string;
  readonly isPast: boolean;
}

const SHORTEST_SCENE = 3;
const LONGEST_SCENE = 12;

/** How many segments the narration may leave somebody, who is then still where they were. */
const HOME_SEGMENTS = 30;

/** The cuts of a story: a change of place, time, weather or company, and both ends of a flashback. */
export function findCuts(stages: readonly Stage[], planning: ScenePlanning): Cut[] {
  const cutter = new Cutter(stages, planning);
  stages.forEach((_stage, index) => {
    if (index > 0) cutter.read(index);
  });
  return cutter.cuts;
}

/** Reads stage after stage; knows what runs on from the one before. */
class Cutter {
  readonly cuts: Cut[];
  readonly #stages: readonly Stage[];
  readonly #planning: ScenePlanning;
  readonly #hasNamedPlaces: boolean;
  readonly #starts: ReadonlySet<number>;
  readonly #ends: ReadonlySet<number>;
  readonly #homes = new Map<string, { readonly place: string; readonly index: number }>();
  #cast: Set<string>;
  #weather: string | undefined;
  /** What the flashback that runs has left. */
  #present: { readonly cut: Cut; readonly weather: string | undefined } | undefined;

  constructor(stages: readonly Stage[], planning: ScenePlanning) {
    [this.#stages, this.#planning] = [stages, planning];
    const { defaultPlaces, defaultTime, flashbacks } = planning;
    const firstNamed = stages.slice(0, flashbacks[0] ? Math.min(LONGEST_SCENE, flashbacks[0].from) : LONGEST_SCENE).find(({ place }) => place)?.place;
    const firstTime = stages.slice(0, SHORTEST_SCENE + 1).find(({ time }) => time)?.time;
    this.#weather = stages[0]?.weather.began;
    this.cuts = [{ at: 0, place: stages[0]?.place ?? firstNamed ?? defaultPlaces[0]!, time: withWeather(firstTime ?? defaultTime, this.#weather), isPast: false }];
    this.#cast = new Set(stages[0]?.cast);
    this.#hasNamedPlaces = stages.some(({ place }) => place);
    this.#starts = new Set(flashbacks.map(({ from }) => from));
    this.#ends = new Set(flashbacks.map(({ to }) => to));
  }

  read(index: number): void {
    const stage = this.#stages[index]!;
    const time = this.#timeAt(stage);
    // After days and months nobody need be where the narration left them.
    if (stage.isJump) this.#homes.clear();
    if (this.#ends.has(index) && this.#present) this.#returnToPresent(index, stage);
    else if (this.#starts.has(index)) this.#enterPast(index, stage);
    else this.#goOn(index, { stage, time });
    for (const id of stage.cast) {
      this.#cast.add(id);
      if (stage.isArrival || !this.#homes.has(id)) this.#homes.set(id, { place: this.#now.place, index });
    }
  }

  get #now(): Cut {
    return this.cuts.at(-1)!;
  }

  #timeAt({ time, weather }: Stage): string {
    const before = this.#now.time.split(",")[0]!;
    // What the weather does next day the narration would have to say.
    if (time !== undefined && time !== before && ["dawn", "morning"].includes(time) && !weather.began) this.#weather = undefined;
    if (weather.isEnded) this.#weather = undefined;
    this.#weather = weather.began ?? this.#weather;
    return time ?? before;
  }

  #enterPast(index: number, stage: Stage): void {
    this.#present = { cut: this.#now, weather: this.#weather };
    this.#weather = undefined;
    this.#homes.clear();
    this.#cut({ at: index, place: stage.place ?? stage.named ?? this.#now.place, time: stage.time ?? "day", isPast: true });
  }

  #returnToPresent(index: number, stage: Stage): void {
    const { cut, weather } = this.#present!;
    [this.#present, this.#weather] = [undefined, stage.weather.began ?? weather];
    this.#homes.clear();
    this.#cut({ at: index, place: stage.place ?? cut.place, time: withWeather(stage.time ?? cut.time.split(",")[0]!, this.#weather), isPast: false });
  }

  #goOn(index: number, { stage, time }: { readonly stage: Stage; readonly time: string }): void {
    const now = this.#now;
    const length = index - now.at;
    const { defaultPlaces } = this.#planning;
    const elsewhere = this.#homeOf(stage, index);
    const isPlaced = stage.isArrival || length >= SHORTEST_SCENE - 1;
    const place = stage.place !== undefined && isPlaced ? stage.place : (elsewhere ?? now.place);
    const isNewTime = stage.time !== undefined && !now.time.startsWith(stage.time) && length >= (stage.weather.isEnded ? 1 : 2);
    const isNewWeather = !now.isPast && (stage.weather.isEnded || stage.weather.began !== undefined) && withWeather(time, this.#weather) !== now.time;
    const isNewCompany = length >= SHORTEST_SCENE * 2 && stage.cast.some((id) => !this.#cast.has(id));
    const isTooLong = !stage.isSilent && (length >= LONGEST_SCENE || (length >= LONGEST_SCENE - 4 && stage.isNewBeat));
    const isTurn = !this.#hasNamedPlaces && defaultPlaces.length > 1 && length >= 4;
    if (place === now.place && !isNewTime && !isNewWeather && !isNewCompany && !isTooLong && !isTurn) return;
    const turned = isTurn ? defaultPlaces[(defaultPlaces.indexOf(now.place) + 1) % defaultPlaces.length]! : now.place;
    this.#cut({ at: index, place: place === now.place ? turned : place, time: now.isPast ? (stage.time ?? now.time) : withWeather(time, this.#weather), isPast: now.isPast });
  }

  #cut(cut: Cut): void {
    this.cuts.push(cut);
    this.#cast = new Set();
  }

  /** Where those are who act, if the narration left them elsewhere and they are with nobody of the scene. */
  #homeOf({ cast, isComing, place }: Stage, index: number): string | undefined {
    if (place !== undefined || isComing || cast.length === 0 || cast.some((id) => this.#cast.has(id))) return undefined;
    const homes = new Set(cast.map((id) => {
      const home = this.#homes.get(id);
      return home && index - home.index <= HOME_SEGMENTS ? home.place : undefined;
    }));
    return homes.size === 1 ? [...homes][0] : undefined;
  }
}

function withWeather(time: string, weather: string | undefined): string {
  return weather ? `${time}, ${weather}` : time;
}
