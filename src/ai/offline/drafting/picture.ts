import type { ShotPurpose } from "../lexicons/setups.ts";
import { pluralVerb, sentenceCase } from "../language/inflection.ts";
import type { Actor, Beat, Stage } from "./beat.ts";
import type { Memory } from "./memory.ts";
import { moveOn, shortStaging, staging } from "./staging.ts";
import { agreed, bodied, pronounsOf } from "./slots.ts";

/** One picture, before camera and light: what is seen, and the state it ends in. */
export interface Picture {
  readonly purpose: ShotPurpose;
  readonly text: string;
  readonly end: string;
  readonly actors: readonly Actor[];
  /** What may not come again soon. */
  readonly key: string;
  /** Posture that the first actor ends in; `move` for one who walked on. */
  readonly posture?: string;
  /** Where it plays, if that is not where the scene does. */
  readonly stage?: Stage;
}

export interface Performance {
  readonly actor: Actor;
  readonly other?: Actor | undefined;
  readonly props?: readonly Actor[];
  /** Starts with its finite verb; slots are filled. */
  readonly action: string;
  readonly end: string;
  readonly posture: string;
  readonly purpose: ShotPurpose;
  readonly key: string;
}

/** Shorter than this there is time for the action alone. */
const SHORT_SECONDS = 3.2;

/** The picture of somebody who does something: where they are, what they do, how it ends. */
export function perform(performance: Performance, beat: Beat, memory: Memory): Picture {
  const { actor, other, props = [], posture, purpose, key } = performance;
  const action = joined(bodied(agreed(performance.action, actor), actor), actor);
  const end = joined(bodied(performance.end, actor), actor).replace(/\bthey (\w+)/g, (_match, verb: string) => `they ${pluralVerb(verb)}`);
  const isMove = posture === "move";
  const text = isMove ? moving(actor, action, beat) : staged(performance, action, { beat, memory });
  const members = actor.members ?? [actor];
  return { purpose, text, end, actors: [...members, ...(other ? [other] : []), ...props], key, ...(posture ? { posture } : {}) };
}

/** What one hand does for one, hands do for two. */
function joined(text: string, { members }: Actor): string {
  return members ? text.replace(/\b(?:the|their) hand\b/g, "their hands") : text;
}

/** Somebody who crosses the picture; the place is named even where the way does not name it. */
function moving(actor: Actor, action: string, { stage }: Beat): string {
  const start = stage.place && !action.includes(`@${stage.place.tag}`) ? `${sentenceCase(stage.place.where)}, ` : "";
  return `${start}@${actor.tag} ${action}.`;
}

interface Moment {
  readonly beat: Beat;
  readonly memory: Memory;
}

function staged({ actor, other }: Performance, action: string, { beat, memory }: Moment): string {
  const start = staging(other ? [actor, other] : [actor], beat, memory);
  const isAmbiguous = other !== undefined && pronounsOf(other).he === pronounsOf(actor).he;
  const { he } = pronounsOf(actor);
  const held = other ? undefined : memory.held.get(actor.tag);
  const isCarried = held && !NEEDS_HANDS.test(action) && !action.includes(`@${held.tag}`);
  if (beat.seconds < SHORT_SECONDS && !other) return `${shortStaging(actor, beat, memory)}${isCarried ? ` @${held.tag} in one hand,` : ""} ${action}.`;
  const carried = isCarried ? start.replace(/\.$/, `, @${held.tag} in one hand.`) : start;
  return `${carried} ${isAmbiguous || he.startsWith("@") ? `@${actor.tag}` : sentenceCase(he)} ${action}.`;
}

/** What nobody does with a thing in one hand. */
const NEEDS_HANDS = /\b(?:both (?:hands|arms|palms)|own (?:hand|palm|wrist)s?|hands|palms|wrists?|fingers|folds|arms|fist|thigh)\b|@/;

/** Keeps what a picture changed: postures, places, what was shown. */
export function remember(picture: Picture, beat: Beat, memory: Memory): void {
  memory.use(picture.key, beat.index);
  const [actor] = picture.actors;
  if (!actor || !picture.posture) return;
  if (picture.posture === "move") moveOn(actor, memory);
  memory.setPosture(actor.tag, picture.posture === "move" ? "stand" : picture.posture);
}
