import { WEATHER_VIEWS } from "../lexicons/quiet.ts";
import { weatherOfWord } from "../lexicons/times.ts";
import type { Beat, Setting } from "./beat.ts";
import type { Memory } from "./memory.ts";
import type { Picture } from "./picture.ts";
import { placePicture } from "./quietPictures.ts";
import { fill } from "./slots.ts";

/** The beat as it looks from another place: nobody of the scene is there. */
export function beatAt(place: Setting, beat: Beat): Beat {
  if (place.tag === beat.stage.place?.tag) return beat;
  return { ...beat, isFirstOfScene: false, stage: { ...beat.stage, place, cast: [] } };
}

/** A picture that plays elsewhere keeps the place whose light it has. */
export function shownAt(picture: Picture | undefined, beat: Beat): Picture | undefined {
  return picture && { ...picture, stage: beat.stage };
}

/** The place that the sentence is about, in the weather of the scene. */
export function topicPicture(beat: Beat, memory: Memory): Picture | undefined {
  if (!beat.topicPlace) return undefined;
  const there = beatAt(beat.topicPlace, beat);
  return shownAt(weatherView(there, memory) ?? placePicture(there, memory), there);
}

/** Weather that comes up: over the place that is named, else where the scene plays. */
export function weatherPicture(beat: Beat, memory: Memory): Picture | undefined {
  if (!beat.weather) return undefined;
  const there = beat.topicPlace ? beatAt(beat.topicPlace, beat) : beat;
  return there.stage.place?.kind === "out" ? shownAt(weatherView(there, memory), there) : undefined;
}

/** A place out of doors in fog, rain or snow; undefined in fair weather. */
export function weatherView({ stage, weather }: Beat, memory: Memory): Picture | undefined {
  const now = weather ?? weatherIn(stage.time);
  const rows = WEATHER_VIEWS.filter((row) => row.weather === now);
  const [row] = memory.freshest(rows, ({ action }) => action);
  if (!row || stage.place?.kind !== "out") return undefined;
  const slots = { p: `@${stage.place.tag}`, P: `@${stage.place.tag}` };
  const [text, end] = [fill(row.action, slots), fill(row.end, slots)];
  return text && end ? { purpose: "view", text: `${text}.`, end, actors: [], key: `${row.action}|${stage.place.tag}` } : undefined;
}

function weatherIn(time: string): string | undefined {
  return (time.toLowerCase().match(/\p{L}+/gu) ?? []).map(weatherOfWord).find((weather) => weather !== undefined);
}
