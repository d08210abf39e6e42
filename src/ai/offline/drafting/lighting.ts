import { indoorLight, lampLight, outdoorLight, timeIn, weatherLight } from "../lexicons/times.ts";
import { hashText, pick } from "../hash.ts";
import type { Stage } from "./beat.ts";

/** The light of a scene: the same words for all of its segments, from its time, its place and its weather. */
export function lightingFor(stage: Stage, stylePhrase: string | undefined): string {
  const light = `${sceneLight(stage)}.`;
  return stylePhrase ? `${light} ${stylePhrase}` : light;
}

function sceneLight({ place, time, note }: Stage): string {
  const hour = timeIn(time);
  const side = hashText(place?.tag ?? "") % 2 === 0 ? "left" : "right";
  const seed = `${place?.tag ?? ""} ${hour}`;
  return rawLight({ place, time, note }, { hour, seed }).replace(/\{side\}/g, side);
}

interface Hour {
  readonly hour: string;
  readonly seed: string;
}

function rawLight({ place, time, note }: Pick<Stage, "place" | "time" | "note">, { hour, seed }: Hour): string {
  const lamp = place && lampLight(place.description);
  switch (place?.kind) {
    case "in": {
      const daylight = pick(indoorLight(hour), seed);
      if (hour === "night" || hour === "dusk") return lamp ? `${lamp}; ${daylight}` : `One low warm lamp from {side}, deep soft shade; ${daylight}`;
      return /window|pane/.test(place.description) || !lamp ? `Through the window, ${daylight}` : lamp;
    }
    case "under":
      return lamp ?? "Weak cool light from the entrance at {side}, soft, falling off into black";
    case "drop":
      return "Faint daylight from far above, soft and cold blue, warm glow passing along the wall from {side}";
    case "cabin":
      return lamp ?? "Hard white sunlight through one window from {side}, sharp-edged, black shade";
    case "out":
    case undefined:
      return weatherLight(`${time} ${note ?? ""}`, hour === "night" || hour === "dusk") ?? nightLight(hour, lamp) ?? pick(outdoorLight(hour), seed);
  }
}

/** At night out of doors a lamp is the key, the sky fills. */
function nightLight(hour: string, lamp: string | undefined): string | undefined {
  return hour === "night" && lamp ? `${lamp}; steel-blue night sky as dim fill` : undefined;
}

/** The first line of a style, word for word, as every picture carries it. */
export function stylePhraseOf(style: string): string | undefined {
  const line = style.split("\n").map((text) => text.trim()).find((text) => text !== "" && !text.startsWith("#") && !text.startsWith("<!--"));
  const plain = line?.replace(/^[-*+>]\s+/, "").replace(/[*_`@]/g, "").trim();
  if (!plain || /^(?:avoid|no |never|don't|do not)/i.test(plain)) return undefined;
  const short = plain.length <= 160 ? plain : plain.slice(0, 160).replace(/[\s,;][^\s,;]*$/, "");
  return /[.!?]$/.test(short) ? short : `${short}.`;
}
