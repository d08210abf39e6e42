import { FAR_VIEWS, PROP_INSERTS, SKY_VIEWS } from "../lexicons/inserts.ts";
import { isFeature } from "../lexicons/features.ts";
import { propLooks } from "../lexicons/props.ts";
import { isGarment, isMass } from "../lexicons/things.ts";
import { sentenceCase } from "../language/inflection.ts";
import type { NounPhrase } from "../language/nounPhrases.ts";
import type { Beat } from "./beat.ts";
import type { Memory } from "./memory.ts";
import type { Picture } from "./picture.ts";
import { againWords, fill, objectWords } from "./slots.ts";
import { spotOf } from "./staging.ts";

/**
 * What the narration names and a camera can see, although it is no asset: a leaf from near, a river from
 * afar, the sun above. Nobody of the scene is in it.
 */
export function thingPicture(beat: Beat, memory: Memory): Picture | undefined {
  for (const phrase of beat.things) {
    const kind = phrase.isPronoun || phrase.isName || phrase.isPlural || phrase.owner ? undefined : kindOf(phrase.head);
    const picture = kind && pictureOf(phrase, kind, { beat, memory });
    if (picture && !memory.wasUsedLately(picture.key, beat.index)) return picture;
  }
  return undefined;
}

type Kind = "near" | "far" | "sky";

const SKY = new Set(["sun", "moon", "star", "planet"]);
const FAR = new Set("sea ocean river lake mountain hill forest island desert beach coast valley village town city castle tower bridge lighthouse mill turbine factory ship train".split(" "));
/** Small things of nature and of the table, besides the props that every story may have. */
const SMALL = new Set("leaf seed feather stone pebble petal daisy thorn berry nut acorn grain egg bone fruit shell nail needle match matchbox brick tile ticket card arrow fish bee beetle spider ember twig root mushroom tooth parcel package toy".split(" "));

function kindOf(noun: string): Kind | undefined {
  if (SKY.has(noun)) return "sky";
  if (FAR.has(noun)) return "far";
  return (SMALL.has(noun) || propLooks(noun) !== undefined) && !isMass(noun) && !isFeature(noun) && !isGarment(noun) ? "near" : undefined;
}

function pictureOf(phrase: NounPhrase, kind: Kind, { beat, memory }: { readonly beat: Beat; readonly memory: Memory }): Picture | undefined {
  const { place } = beat.stage;
  const words = objectWords(phrase, undefined, "its");
  if (!words || !place || place.kind === "cabin" || place.kind === "drop") return undefined;
  const isOutside = place.kind === "out";
  const hasWindow = place.features.some(({ noun }) => noun.startsWith("window"));
  if (kind !== "near" && !isOutside && !hasWindow) return undefined;
  const [row] = memory.freshest(kind === "near" ? PROP_INSERTS : kind === "far" ? FAR_VIEWS : SKY_VIEWS, ({ action }) => action);
  if (!row) return undefined;
  const from = isOutside ? place.where : `through the window ${place.where}`;
  const slots = { o: againWords(words), O: sentenceCase(words), a: words, spot: spotOf(undefined, beat, memory), from, From: sentenceCase(from) };
  const [text, end] = [fill(row.action, slots), fill(row.end, slots)];
  return text && end ? { purpose: kind === "near" ? "detail" : "view", text: `${text}.`, end, actors: [], key: `${row.action}|${words}` } : undefined;
}
