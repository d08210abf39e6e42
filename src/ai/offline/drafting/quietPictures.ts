import { featuresIn } from "../lexicons/features.ts";
import { ANIMAL_GESTURES, PERSON_GESTURES, RADIO_GESTURES, TALKING_GESTURES, type Gesture } from "../lexicons/gestures.ts";
import { BODY_INSERTS, PLACE_VIEWS, PROP_INSERTS } from "../lexicons/inserts.ts";
import { isGarment } from "../lexicons/things.ts";
import { motifOf } from "../lexicons/motifs.ts";
import { sentenceCase, singular } from "../language/inflection.ts";
import type { Actor, Beat } from "./beat.ts";
import type { Memory } from "./memory.ts";
import { perform, type Picture } from "./picture.ts";
import { actorSlots, fill, hasClothes } from "./slots.ts";
import { isAtConsoles, otherSide, postureOf, sideOf, spotOf } from "./staging.ts";

/** Somebody speaks: seen from the front, with what the body does to the words. */
export function speechPicture(speaker: Actor, beat: Beat, memory: Memory): Picture | undefined {
  const named = beat.mentioned.find(({ tag, entity }) => tag !== speaker.tag && entity.kind === "character");
  const listener = isSingle(beat, memory) ? undefined : (named ?? partnerOf(speaker, beat));
  memory.exchanges++;
  const fits = TALKING_GESTURES.filter(({ action }) => !listener || !action.includes("{himself}"));
  return gesture(speaker, fits, { beat, memory, other: listener, purpose: "speech" });
}

/** Of three pictures of a talk two show both, and one the speaker alone; the first of a scene shows both. */
function isSingle({ isFirstOfScene }: Beat, { exchanges }: Memory): boolean {
  return !isFirstOfScene && exchanges % 3 === 1;
}

/** Who of the scene is spoken to. */
function partnerOf(speaker: Actor, { stage }: Beat): Actor | undefined {
  if (!stage.cast.some(({ tag }) => tag === speaker.tag)) return undefined;
  return stage.cast.find(({ tag, entity }) => tag !== speaker.tag && entity.kind === "character" && !entity.isGroup && !entity.isCreature);
}

/** Somebody who does nothing that the narration names: a small movement that fits posture and feeling. */
export function gesturePicture(actor: Actor, beat: Beat, memory: Memory): Picture | undefined {
  if (actor.entity.isCreature && !hasClothes(actor)) return gesture(actor, ANIMAL_GESTURES, { beat, memory, other: undefined, purpose: "action" });
  if (isAtConsoles(actor, beat.stage)) return gesture(actor, RADIO_GESTURES, { beat, memory, other: undefined, purpose: "face" });
  const posture = postureOf(actor, beat, memory);
  const able = PERSON_GESTURES.filter(({ postures }) => postures.includes(posture));
  const feeling = GESTURE_FEELINGS[memory.feeling] ?? memory.feeling;
  const fresh = able.filter(({ action }) => !memory.wasUsedLately(action, beat.index));
  const pool = fresh.length > 0 ? fresh : able;
  const felt = pool.filter((row) => row.feeling === feeling);
  const fits = felt.length > 0 ? felt : pool.filter((row) => row.feeling === "any");
  return gesture(actor, fits.length > 0 ? fits : pool, { beat, memory, other: undefined, purpose: "face" });
}

/** Which gestures speak of a feeling that has none of its own. */
const GESTURE_FEELINGS: Readonly<Record<string, string>> = { watchful: "tense", attentive: "curious", wistful: "tender", resolute: "hopeful" };

interface GestureContext {
  readonly beat: Beat;
  readonly memory: Memory;
  readonly other: Actor | undefined;
  readonly purpose: "speech" | "face" | "action";
}

function gesture(actor: Actor, rows: readonly Gesture[], { beat, memory, other, purpose }: GestureContext): Picture | undefined {
  const [row] = memory.freshest(rows, ({ action }) => action);
  if (!row) return undefined;
  const side = sideOf(actor.tag, beat.stage);
  const slots = { ...actorSlots(actor), dir: `from ${otherSide(side)} to ${side}` };
  const [action, end] = [fill(row.action, slots), fill(row.end, slots)];
  if (!action || !end) return undefined;
  return perform({ actor, other, action, end, posture: "", purpose: other ? "two" : purpose, key: `${row.action}|${actor.tag}` }, beat, memory);
}

/** What an abstract word of the narration looks like; the freshest of its words. */
export function motifPicture(beat: Beat, memory: Memory): Picture | undefined {
  const { place } = beat.stage;
  // Without weight, or among machines, the things of these pictures would be out of place.
  if (place?.kind === "cabin" || place?.kind === "drop" || place?.features.some(({ noun }) => noun.startsWith("console"))) return undefined;
  const isOutside = place?.kind === "out";
  const motifs = beat.words.flatMap((word) => motifOf(word, isOutside) ?? motifOf(singular(word), isOutside) ?? []);
  const motif = motifs.find(({ picture }) => !memory.wasUsedLately(picture, beat.index));
  if (!motif) return undefined;
  return { purpose: "detail", text: `${nearView(beat)}${motif.picture}.`, end: motif.end, actors: [], key: motif.picture };
}

/** One thing that the narration names, alone. */
export function propPicture(prop: Actor, beat: Beat, memory: Memory): Picture | undefined {
  const [row] = memory.freshest(PROP_INSERTS, ({ action }) => action);
  if (!row || isWorn(prop, beat)) return undefined;
  const o = `@${prop.tag}`;
  const { place } = beat.stage;
  const isAloft = place?.kind === "drop" || place?.kind === "cabin";
  const slots = { o, O: o, spot: isAloft ? place.where : spotOf(undefined, beat, memory) };
  const [filled, end] = [fill(row.action, slots), fill(row.end, slots)];
  const text = isAloft ? filled?.replace(/\b(?:stands out sharply|stands small at the far end of a long clear line|lies alone|lies|leans at an angle|rests)\b/, "hangs in the air,") : filled;
  memory.use(row.action, beat.index);
  return text && end ? { purpose: "detail", text: `${text}.`, end, actors: [prop], key: `${row.action}|${prop.tag}` } : undefined;
}

/** A coat that somebody of the scene has on does not lie about. */
function isWorn({ entity }: Actor, { stage, mentioned }: Beat): boolean {
  return entity.names.some((name) => isGarment(name) && [...stage.cast, ...mentioned].some(({ entity: wearer, description }) => wearer.kind === "character" && description.includes(name)));
}

/** Something that stands in the place: first what the narration names, then what was not shown for longest. */
export function detailPicture(beat: Beat, memory: Memory, onlyNamed: boolean): Picture | undefined {
  const { place } = beat.stage;
  const named = featuresIn(beat.words.join(" "));
  const all = onlyNamed ? named : [...named, ...(place?.features ?? [])];
  const feature = memory.freshest(all, ({ detail }) => detail).find(({ detail }) => !memory.wasUsedLately(detail, beat.index));
  if (!feature) return undefined;
  return { purpose: "detail", text: `${nearView(beat)}${feature.detail}.`, end: feature.end, actors: [], key: feature.detail };
}

/** The place itself, wide; somebody of the scene may be small in it. */
export function placePicture(beat: Beat, memory: Memory): Picture | undefined {
  const { place, cast } = beat.stage;
  if (!place) return undefined;
  const [lead] = cast;
  const isPeopled = beat.isFirstOfScene && lead !== undefined;
  if (place.kind === "cabin" || place.kind === "drop") return undefined;
  const [row] = memory.freshest(PLACE_VIEWS.filter((view) => !isPeopled || !isEmptyView(view)), ({ action }) => action);
  if (!row) return undefined;
  const tag = `@${place.tag}`;
  const slots = { p: tag, P: tag, dir: "from left to right" };
  const [text, end] = [fill(row.action, slots), fill(row.end, slots)];
  if (!text || !end) return undefined;
  const key = `${row.action}|${place.tag}`;
  if (!isPeopled) return { purpose: beat.isFirstOfScene ? "establish" : "view", text: `${text}.`, end, actors: [], key };
  const side = sideOf(lead.tag, beat.stage);
  return { purpose: "establish", text: `${text}. @${lead.tag}, small in the frame, faces ${side}.`, end, actors: [lead], key };
}

function isEmptyView({ action, end }: (typeof PLACE_VIEWS)[number]): boolean {
  return /empty|nobody|everyone has gone/.test(action + end);
}

/** Hands, back, shadow of somebody. */
export function bodyPicture(actor: Actor, beat: Beat, memory: Memory): Picture | undefined {
  const [row] = memory.freshest(BODY_INSERTS, ({ action }) => action);
  const slots = actorSlots(actor);
  const [text, end] = row ? [fill(row.action, slots), fill(row.end, slots)] : [];
  if (!row || !text || !end || actor.entity.isCreature || actor.entity.isGroup) return undefined;
  const place = beat.stage.place ? `${sentenceCase(beat.stage.place.where)}, close: ` : "Close: ";
  return { purpose: "detail", text: `${place}${text.charAt(0).toLowerCase()}${text.slice(1)}.`, end, actors: [actor], key: `${row.action}|${actor.tag}` };
}

const NEAR_VIEWS: readonly string[] = ["Close view {in}: ", "A detail of {p}: ", "Very near, {in}: ", "{In}, filling the frame: "];

/** How a picture of something small begins. */
export function nearView({ stage, index }: Beat): string {
  return stage.place ? NEAR_VIEWS[index % NEAR_VIEWS.length]!.replace("{p}", `@${stage.place.tag}`).replace("{in}", stage.place.where).replace("{In}", sentenceCase(stage.place.where)) : "Close view: ";
}
