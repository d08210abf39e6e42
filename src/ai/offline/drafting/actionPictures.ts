import { actionRows, type ActionRow } from "../lexicons/verbs.ts";
import type { ShotPurpose } from "../lexicons/setups.ts";
import { animalAction } from "../lexicons/gestures.ts";
import type { Actor, Beat, Deed } from "./beat.ts";
import { eventPictures } from "./eventPictures.ts";
import type { Memory } from "./memory.ts";
import { perform, type Picture } from "./picture.ts";
import { placeSlots, type ActiveDeed } from "./placeSlots.ts";
import { actorSlots, againWords, fill, hasClothes, objectKind, objectWords, pronounsOf } from "./slots.ts";

export interface Ranked {
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
  if (actor?.entity.kind !== "character") return eventPictures(deed, beat, memory);
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

interface Moment {
  readonly beat: Beat;
  readonly memory: Memory;
}

function rowPicture(row: ActionRow, told: ActiveDeed, { beat, memory }: Moment): Picture | undefined {
  const deed = withInstrument(told, memory);
  const { actor, object, objectActor } = deed;
  const isSelf = objectActor?.tag === actor.tag;
  const kind = isSelf ? "none" : objectKind(object, objectActor);
  const words = kind === "none" ? undefined : ownedWords(deed) ?? objectWords(object, objectActor, pronounsOf(actor).his);
  const usesObject = /\{o\}/.test(row.action + row.end);
  if (!row.objects.has(kind) && !(row.objects.has("any") && (kind === "none" ? !usesObject : true))) return undefined;
  const slots = { ...actorSlots(actor), ...placeSlots(deed, beat), ...(words ? { o: words, him2: objectActor ? pronounsOf(objectActor).him : "them" } : {}) };
  const action = fill(row.action, slots);
  const end = fill(row.end, words ? { ...slots, o: againWords(words) } : slots);
  if (!action || !end) return undefined;
  const usedObject = usesObject || row.action.includes("{at}");
  const shown = usedObject && objectActor && !isSelf ? objectActor : row.action.includes("{goal}") ? goalOwner(deed) : addressee(deed, row.action);
  const other = shown?.entity.kind === "character" ? shown : undefined;
  const props = mentionedIn(`${action} ${end}`, deed);
  const purpose = purposeOf(row, { hasOther: other !== undefined, isPair: actor.members !== undefined, isSmall: usesObject && kind === "thing" });
  return perform({ actor, other, props, action, end, posture: row.posture, purpose, key: `${row.action}|${actor.tag}|${words ?? ""}` }, beat, memory);
}

interface Company {
  readonly hasOther: boolean;
  readonly isPair: boolean;
  /** Whether it is done to a thing that hands can hold. */
  readonly isSmall: boolean;
}

/** A thing in somebody's hands is seen from near; what the whole body does is not. */
function purposeOf({ posture, weight, action }: ActionRow, { hasOther, isPair, isSmall }: Company): ShotPurpose {
  if (posture === "move") return "move";
  if (isPair) return "opening";
  if (hasOther) return "two";
  if (isSmall && posture === "" && /\b(?:fingers?|fingertips?|thumb|hands?|palm|pours|closes)\b/.test(action)) return "hands";
  return weight >= 2 ? "action" : "face";
}

/** `the cap of @jonas`, where the object is somebody else's. */
function ownedWords({ object, objectActor, objectOwner, actor }: ActiveDeed): string | undefined {
  const words = object && !objectActor && objectOwner?.entity.kind === "character" && objectOwner.tag !== actor.tag ? objectWords(object, undefined, "the") : undefined;
  return words && `${words} of @${objectOwner!.tag}`;
}

/** Whose cap it is that something is laid on. */
function goalOwner({ complements, actor }: ActiveDeed): Actor | undefined {
  return complements.find(({ preposition, owner }) => ["on", "onto", "upon", "of"].includes(preposition) && owner?.entity.kind === "character" && owner.tag !== actor.tag)?.owner;
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
