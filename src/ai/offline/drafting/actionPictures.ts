import { actionRows, eventRow, weatherEvent, type ActionRow } from "../lexicons/verbs.ts";
import { animalAction } from "../lexicons/gestures.ts";
import { isFeature } from "../lexicons/features.ts";
import { pluralVerb, sentenceCase } from "../language/inflection.ts";
import type { Actor, Beat, Deed } from "./beat.ts";
import type { Memory } from "./memory.ts";
import { perform, type Picture } from "./picture.ts";
import { nearView } from "./quietPictures.ts";
import { actorSlots, againWords, fill, isConcrete, objectKind, objectWords, pronounsOf, type Slots } from "./slots.ts";
import { otherSide, sideOf } from "./staging.ts";

interface Ranked {
  readonly picture: Picture;
  readonly weight: number;
}

/** Pictures of what the narration says that somebody does, the strongest first. */
export function actionPictures(beat: Beat, memory: Memory): Ranked[] {
  const ranked = beat.deeds.flatMap((deed) => deedPictures(deed, beat, memory));
  // Of equal ones the last is shown: it is what the next picture starts from.
  return ranked.reverse().sort((a, b) => b.weight - a.weight);
}

function deedPictures(deed: Deed, beat: Beat, memory: Memory): Ranked[] {
  const { actor } = deed;
  if (actor?.entity.kind !== "character") return eventPictures(deed, beat);
  if (actor.entity.isCreature && !hasClothes(actor)) return animalPictures(deed, { actor, beat, memory });
  if (isAtRest(deed)) return [];
  const hasGround = beat.stage.place?.kind !== "drop" && beat.stage.place?.kind !== "cabin";
  const { object, objectActor } = withInstrument({ ...deed, actor }, memory);
  const kind = objectKind(object, objectActor);
  const rows = memory.freshest(actionRows(deed.verb), ({ action }) => action).sort((a, b) => Number(b.objects.has(kind)) - Number(a.objects.has(kind)));
  const options = rows.filter(({ posture, action }) => hasGround || (posture === "" && !NEEDS_GROUND.test(action))).reverse().flatMap((row): Ranked[] => {
    const picture = rowPicture(row, { ...deed, actor }, { beat, memory });
    return picture ? [{ picture, weight: row.weight + (deed.objectActor ? 0.5 : 0) }] : [];
  });
  return options;
}

/** What cannot be done while falling, or without weight. */
const NEEDS_GROUND = /\b(?:ground|feet|heels?|palms|knees|footing|shoes|hand over hand|tiptoe|stance)\b/;

/** `stood in the doorway`: where somebody is, not what they do. */
export function isAtRest({ verb, particle, complements }: Deed): boolean {
  return ["stand", "sit", "lie", "kneel", "wait", "stay", "hang", "lean"].includes(verb) && particle === undefined && complements.length > 0;
}

function hasClothes({ description }: Actor): boolean {
  return /waistcoat|jacket|dress|shirt|cloak|robe/.test(description);
}

type ActiveDeed = Deed & { readonly actor: Actor };

interface Moment {
  readonly beat: Beat;
  readonly memory: Memory;
}

function rowPicture(row: ActionRow, told: ActiveDeed, { beat, memory }: Moment): Picture | undefined {
  const deed = withInstrument(told, memory);
  const { actor, object, objectActor } = deed;
  const isSelf = objectActor?.tag === actor.tag;
  const kind = isSelf ? "none" : objectKind(object, objectActor);
  const words = kind === "none" ? undefined : objectWords(object, objectActor, pronounsOf(actor).his);
  const usesObject = /\{o\}/.test(row.action + row.end);
  if (!row.objects.has(kind) && !(row.objects.has("any") && (kind === "none" ? !usesObject : true))) return undefined;
  const slots = { ...actorSlots(actor), ...placeSlots(deed, beat), ...(words ? { o: words, him2: objectActor ? pronounsOf(objectActor).him : "them" } : {}) };
  const action = fill(row.action, slots);
  const end = fill(row.end, words ? { ...slots, o: againWords(words) } : slots);
  if (!action || !end) return undefined;
  const usedObject = usesObject || row.action.includes("{at}");
  const shown = usedObject && objectActor && !isSelf ? objectActor : addressee(deed, row.action);
  const other = shown?.entity.kind === "character" ? shown : undefined;
  const props = mentionedIn(`${action} ${end}`, deed);
  const purpose = row.posture === "move" ? "move" : other ? "two" : row.weight >= 2 ? "action" : "face";
  return perform({ actor, other, props, action, end, posture: row.posture, purpose, key: `${row.action}|${actor.tag}|${words ?? ""}` }, beat, memory);
}

/** `played`, `blew one note`: on the instrument that was spoken of last. */
function withInstrument(deed: ActiveDeed, { instrument }: Memory): ActiveDeed {
  const isMusic = ["play", "blow"].includes(deed.verb) && (!deed.object || deed.object.isPronoun || ["note", "tune", "song", "melody", "music"].includes(deed.object.head));
  return isMusic && instrument ? { ...deed, objectActor: instrument } : deed;
}

/** `looked at him`: the one who is looked at stands in the picture. */
function addressee({ complements, actor }: ActiveDeed, action: string): Actor | undefined {
  if (!action.includes("{at}")) return undefined;
  const found = complements.find(({ preposition, actor: other }) => ["at", "to", "toward", "towards", "after"].includes(preposition) && other?.entity.kind === "character")?.actor;
  return found?.tag === actor.tag ? undefined : found;
}

function mentionedIn(text: string, { objectActor, complements }: Deed): Actor[] {
  const actors = [objectActor, ...complements.map(({ actor }) => actor)];
  return [...new Set(actors.filter((actor) => actor !== undefined))].filter(({ tag, entity }) => entity.kind === "prop" && text.includes(`@${tag}`));
}

const WAYS: ReadonlySet<string> = new Set(["across", "along", "through", "into", "toward", "towards", "to", "past", "under", "around", "over", "down", "up", "onto", "behind", "beside", "on", "out"]);

/** Where somebody looks and goes: what the narration says, if it can be seen, else the side of the screen. */
function placeSlots(deed: ActiveDeed, beat: Beat): Slots {
  const side = sideOf(deed.actor.tag, beat.stage);
  const place = beat.stage.place ? `@${beat.stage.place.tag}` : "the open space";
  const way = deed.complements.map((complement) => wayWords(complement, { deed, beat })).find((words) => words !== undefined);
  const at = atWords(deed);
  const on = onWords(deed);
  return {
    dir: `from ${otherSide(side)} to ${side}`,
    path: way ? (way.includes(place) ? way : `${way} ${beat.stage.place?.where ?? ""}`) : beat.stage.place?.kind === "in" || beat.stage.place?.kind === "cabin" ? `through ${place}` : `across ${place}`,
    at: at ?? `out to the ${side}, past the frame's edge`,
    at2: at ?? "",
    ...(on ? { on } : {}),
  };
}

interface WayContext {
  readonly deed: ActiveDeed;
  readonly beat: Beat;
}

function wayWords({ preposition, phrase, actor }: Deed["complements"][number], { deed, beat }: WayContext): string | undefined {
  if (!WAYS.has(preposition)) return undefined;
  if (actor?.entity.kind === "location") return actor.tag === beat.stage.place?.tag ? `${preposition} @${actor.tag}` : undefined;
  if (actor || !(isFeature(phrase.head) || isConcrete(phrase.head))) return undefined;
  const words = objectWords(phrase, undefined, pronounsOf(deed.actor).his);
  return words && !phrase.owner ? `${preposition} ${againWords(words)}` : undefined;
}

/** `on his lips`, `against the door`: where something is laid. */
function onWords({ complements, actor }: ActiveDeed): string | undefined {
  const target = complements.find(({ preposition, phrase, actor: other }) => ["on", "upon", "against", "over", "around", "in"].includes(preposition) && objectKind(phrase, other) !== "none");
  if (!target) return undefined;
  const words = objectWords(target.phrase, target.actor, pronounsOf(actor).his);
  return words && `${target.preposition} ${againWords(words)}`;
}

const PARTICLE_LOOKS: Readonly<Record<string, string>> = {
  up: "straight up, past the frame's upper edge", down: "down at the ground", back: "back over one shoulder", away: "away to the side", around: "slowly all around", round: "slowly all around", out: "out beyond the frame",
};

function atWords({ complements, particle, object, objectActor, actor }: ActiveDeed): string | undefined {
  const target = complements.find(({ preposition }) => ["at", "to", "toward", "towards", "into", "after", "through", "along", "on"].includes(preposition));
  const [phrase, seen] = target ? [target.phrase, target.actor] : [object, objectActor];
  if (seen && seen.tag !== actor.tag && seen.entity.kind !== "location") return `at @${seen.tag}`;
  if (!seen && phrase && objectKind(phrase, undefined) === "thing") return `at ${againWords(objectWords(phrase, undefined, pronounsOf(actor).his)!)}`;
  return particle ? PARTICLE_LOOKS[particle] : undefined;
}

interface AnimalMoment extends Moment {
  readonly actor: Actor;
}

function animalPictures(deed: Deed, { actor, beat, memory }: AnimalMoment): Ranked[] {
  const row = animalAction(deed.verb);
  if (!row) return [];
  const active = { ...deed, actor };
  const slots = { ...actorSlots(actor), ...placeSlots(active, beat) };
  const [action, end] = [fill(row.action, slots), fill(row.end, slots)];
  if (!action || !end) return [];
  const purpose = row.posture === "move" ? "move" : "action";
  return [{ picture: perform({ actor, action, end, posture: row.posture, purpose, key: `${row.action}|${actor.tag}` }, beat, memory), weight: 2.5 }];
}

/** `the bell rang`, `rain fell`: a thing as the subject. */
function eventPictures(deed: Deed, beat: Beat): Ranked[] {
  const { actor, subject, verb } = deed;
  const row = eventRow(verb);
  if (subject?.isPronoun) return [];
  const isEnding = ["go", "stop", "lift", "clear", "vanish", "fade"].includes(verb);
  const weather = subject && weatherEvent(subject.head);
  if (weather && isEnding) return [];
  if (weather) return [{ picture: { purpose: "view", text: sentenceCase(`${beat.stage.place ? `${beat.stage.place.where}, ` : ""}${weather.action}.`), end: weather.end, actors: [], key: weather.action }, weight: 2 }];
  if (!row || !subject || actor?.entity.kind === "location" || objectKind(subject, actor) !== "thing") return [];
  const words = objectWords(subject, actor, "its");
  if (!words) return [];
  const slots = { s: againWords(words), dir: "from left to right" };
  const [action, end] = [fill(row.action, slots), fill(row.end, slots)];
  if (!action || !end) return [];
  const text = `${nearView(beat)}${subject.isPlural && row.action.startsWith("{s}") ? pluralAction(action, slots.s) : action}.`;
  return [{ picture: { purpose: "detail", text: sentenceCase(text), end, actors: actor ? [actor] : [], key: `${row.action}|${words}` }, weight: /light slides/.test(row.action) ? 1 : 2 }];
}

function pluralAction(action: string, subject: string): string {
  const [verb = "", ...rest] = action.slice(subject.length + 1).split(" ");
  return [subject, pluralVerb(verb), ...rest].join(" ");
}
