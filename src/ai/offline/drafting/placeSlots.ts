import { isFeature } from "../lexicons/features.ts";
import type { Actor, Beat, Deed, DeedComplement } from "./beat.ts";
import { againWords, isConcrete, objectKind, objectWords, pronounsOf, type Slots } from "./slots.ts";
import { otherSide, sideOf } from "./staging.ts";

export type ActiveDeed = Deed & { readonly actor: Actor };

const WAYS: ReadonlySet<string> = new Set(["across", "along", "through", "into", "toward", "towards", "to", "past", "under", "around", "over", "down", "up", "onto", "behind", "beside", "on", "out"]);

/** Where somebody looks and goes: what the narration says, if it can be seen, else the side of the screen. */
export function placeSlots(deed: ActiveDeed, beat: Beat): Slots {
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
    ...goalSlots(deed),
  };
}

interface WayContext {
  readonly deed: ActiveDeed;
  readonly beat: Beat;
}

function wayWords({ preposition, phrase, actor }: DeedComplement, { deed, beat }: WayContext): string | undefined {
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

/** `on top of Jonas's cap`: where it is put; `off its nail`: where it is taken from. */
function goalSlots({ complements, actor }: ActiveDeed): Slots {
  const off = complements.find(({ preposition, phrase }) => ["off", "from"].includes(preposition) && isConcrete(phrase.head) && !phrase.isName);
  const at = complements.find(({ preposition }) => ["on", "onto", "upon"].includes(preposition));
  // `on top of it`: the thing itself is named behind `of`.
  const goal = at?.phrase.head === "top" ? complements.find(({ preposition }) => preposition === "of") : at;
  const words = goal && goalWords(goal, actor);
  return { ...(off ? { off: `off the ${off.phrase.head}` } : {}), ...(words ? { goal: `on ${words}` } : {}) };
}

function goalWords({ phrase, actor, owner }: DeedComplement, doer: Actor): string | undefined {
  if (objectKind(phrase, actor) !== "thing") return undefined;
  const thing = `the ${phrase.isPlural ? phrase.lastWord.toLowerCase() : phrase.head}`;
  if (owner?.entity.kind === "character" && owner.tag !== doer.tag) return `${thing} of @${owner.tag}`;
  return actor ? `@${actor.tag}` : phrase.owner ? `${pronounsOf(doer).his} ${phrase.head}` : thing;
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

