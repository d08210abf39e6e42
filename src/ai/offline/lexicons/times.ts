import { choices, indexRows, readTable, words } from "./table.ts";

/** Times of day, the words of the narration that name them, and what a scene plan calls them. */
const TIMES = readTable<"time" | "words">(["time", "words"], `
dawn | dawn sunrise daybreak
morning | morning breakfast
noon | noon midday
day | day daylight daytime afternoon-sun
afternoon | afternoon tea-time
dusk | dusk sunset twilight evening
night | night nightfall midnight moonlight moon stars tonight
`);

const TIMES_BY_WORD = indexRows(TIMES, (row) => words(row.words));

/** The time of day that a word names. */
export function timeOfWord(word: string): string | undefined {
  return TIMES_BY_WORD.get(word)?.time;
}

/** The time that free words speak of, `just before dawn`; `day` where they name none. */
export function timeIn(text: string): string {
  const found = (text.toLowerCase().match(/[\p{L}-]+/gu) ?? []).map(timeOfWord).filter((time) => time !== undefined);
  return found.at(-1) ?? "day";
}

/** Light from outside: source and direction, quality, colour, in ways to choose from. {side} is left or right. */
const OUTDOOR = readTable<"time" | "light">(["time", "light"], `
dawn | First light from low behind {side}, soft and even, cold blue ground shade with a thin rose rim; Pale dawn glow from {side}, hardly any shadow, blue-grey air, a faint warm edge on outlines
morning | Low morning sun from {side}, long clear shadows, fresh pale gold against cool shade; Slanting morning light from front {side}, crisp edges, light gold highlights
noon | High sun almost overhead, short hard shadows, bright neutral white; Hard noon sun from slightly behind {side}, strong contrast, bleached highlights
day | Daylight through thin cloud from {side}, soft shadows, neutral colour; Clear day sun from high {side}, clean shadows, natural colour with cool shade
afternoon | Afternoon sun from {side} at shoulder height, long soft shadows, warm straw colour; Low warm sun from behind {side}, gold rim on outlines, soft fill on the near side
dusk | Low dusk sun from behind {side}, warm amber rim, cool blue shade on the near side; Last light along the horizon at {side}, soft and dim, violet air, faint orange edges
night | Moonlight from high {side}, hard-edged and dim, steel blue, black shade; Weak night sky glow from above, blue-grey, one warm light far at {side}
`);

/** Daylight that comes into a room. */
const INDOOR = readTable<"time" | "light">(["time", "light"], `
dawn | grey-blue dawn light entering from {side}, very soft, deep shade in the room
morning | clear morning light entering low from {side}, sharp bright patches, cool shade between
noon | flat bright daylight from {side}, soft shadows, neutral white
day | even daylight from {side}, soft falloff into the depth, neutral colour
afternoon | slanting afternoon light from {side}, long warm patches, brown shade
dusk | last dusk light from {side}, dim amber, cool shade filling the corners
night | almost no light from outside, blue-black shade beyond the lit area
`);

const OUTDOOR_BY_TIME = new Map(OUTDOOR.map(({ time, light }) => [time, choices(light)]));
const INDOOR_BY_TIME = new Map(INDOOR.map(({ time, light }) => [time, choices(light)]));

export function outdoorLight(time: string): readonly string[] {
  return OUTDOOR_BY_TIME.get(time) ?? OUTDOOR_BY_TIME.get("day")!;
}

export function indoorLight(time: string): readonly string[] {
  return INDOOR_BY_TIME.get(time) ?? INDOOR_BY_TIME.get("day")!;
}

/** Lamps and fires that a description may speak of, and the light that they give. */
const SOURCES = readTable<"nouns" | "light">(["nouns", "light"], `
lamps | Row of lamps overhead, soft warm pools with shade between them
lamp | One lamp from above {side}, warm and soft, quick falloff into brown shade
lantern lanterns | Lantern light from low {side}, warm and flickering, long unsteady shadows
candle candles candlelight | Candlelight from {side}, small warm glow, deep soft shade all round
torch torches | Torchlight from high {side}, restless orange, black shade in the corners
fire hearth fireplace embers | Firelight from low {side}, moving orange, long shadows behind
tubes fluorescent | Cool even light from ceiling tubes, greenish white, hardly any shadow
screens | Pale green glow of screens from the front, cool even ceiling light above
panels dashboard | Hard white beam through one window from {side}, sharp-edged, faint green panel glow in the shade
bulbs bulb | Bare bulbs from above, warm yellow, hard small shadows
`);

const SOURCES_BY_NOUN = indexRows(SOURCES, (row) => words(row.nouns));

/** The light of the first lamp or fire that a description speaks of. */
export function lampLight(description: string): string | undefined {
  for (const word of description.toLowerCase().match(/\p{L}+/gu) ?? []) {
    const row = SOURCES_BY_NOUN.get(word);
    if (row) return row.light;
  }
  return undefined;
}

/** Weather words of the narration or a note, and what they do to a place out of doors. */
const WEATHER = readTable<"words" | "light">(["words", "light"], `
rain raining rainy drizzle | Rain: flat grey overcast from above, wet reflections, no hard shadows
snow snowing snowy snowfall | Snow: bright overcast from above, cold white, pale blue shade
fog mist misty foggy | Fog: soft diffuse grey from all sides, no shadows, outlines fading within a few steps
storm thunder lightning | Storm: dark overcast, low contrast, short cold flashes from {side}
`);

const WEATHER_BY_WORD = indexRows(WEATHER, (row) => words(row.words));

export function weatherOfWord(word: string): string | undefined {
  return WEATHER_BY_WORD.get(word)?.words.split(" ")[0];
}

/** Light in a fog after dark: each lamp has its halo. */
const FOG_AT_NIGHT = "Fog by night: every lamp a soft glowing halo, diffuse grey-blue fill from all sides, outlines gone within a few steps";

/** @param isDark Whether lamps give the light. */
export function weatherLight(text: string, isDark = false): string | undefined {
  for (const word of text.toLowerCase().match(/\p{L}+/gu) ?? []) {
    const row = WEATHER_BY_WORD.get(word);
    if (row) return isDark && row.words.startsWith("fog") ? FOG_AT_NIGHT : row.light;
  }
  return undefined;
}
