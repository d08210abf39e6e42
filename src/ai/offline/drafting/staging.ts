import { hashText } from "../hash.ts";
import { listOf, sentenceCase } from "../language/inflection.ts";
import type { Actor, Beat, Stage } from "./beat.ts";
import type { Memory } from "./memory.ts";
import { agreed } from "./slots.ts";

/** Left or right of the screen. Who comes first in the cast faces right, the next one left, for the whole scene. */
export type Side = "left" | "right";

export function sideOf(tag: string, { cast }: Stage): Side {
  const place = Math.max(0, cast.findIndex((actor) => actor.tag === tag));
  return place % 2 === 0 ? "right" : "left";
}

export function otherSide(side: Side): Side {
  return side === "left" ? "right" : "left";
}

const POSTURE_VERBS: Readonly<Record<string, string>> = { stand: "stands", sit: "sits", kneel: "kneels", lie: "lies", float: "floats", fall: "sinks slowly" };

export function postureOf(actor: Actor, { stage }: Beat, memory: Memory): string {
  const kept = memory.posture(actor.tag);
  if (stage.place?.kind === "cabin") return "float";
  if (stage.place?.kind === "drop") return "fall";
  if (kept) return kept;
  return isAtConsoles(actor, stage) ? "sit" : "stand";
}

/** Somebody who works by radio, in a room of consoles. */
export function isAtConsoles({ description }: Actor, { place }: Stage): boolean {
  return /headset/.test(description) && (place?.features.some(({ noun }) => noun.startsWith("console")) ?? false);
}

/** `by the bench in @square`; the same one for a character until they walk away. */
export function spotOf(actor: Actor | undefined, beat: Beat, memory: Memory): string {
  const { stage } = beat;
  const { place } = stage;
  if (!place) return "in the middle of an open space";
  const inPlace = place.where;
  if (place.kind === "drop") {
    const passed = place.features[beat.index % Math.max(1, place.features.length)];
    return passed ? `past the ${passed.noun} through @${place.tag}` : `through @${place.tag}`;
  }
  if (actor && isAtConsoles(actor, stage)) return `at the consoles ${inPlace}`;
  const told = actor && memory.toldSpots.get(actor.tag);
  if (told) return `${told} ${inPlace}`;
  if (place.features.length === 0) return inPlace;
  const tag = actor?.tag ?? "";
  const start = hashText(`${place.tag} ${tag}`);
  const step = memory.spot(tag) ?? 0;
  return `${place.features[(start + step) % place.features.length]!.spot} ${inPlace}`;
}

export function moveOn(actor: Actor, memory: Memory): void {
  memory.toldSpots.delete(actor.tag);
  memory.setSpot(actor.tag, (memory.spot(actor.tag) ?? 0) + 1);
}

/** Who is where, facing which way, before anything happens. */
export function staging(actors: readonly Actor[], beat: Beat, memory: Memory): string {
  const [first, second] = actors;
  if (!first) return "";
  const spot = spotOf(first, beat, memory);
  const side = sideOf(first.tag, beat.stage);
  const posture = postureOf(first, beat, memory);
  const verb = POSTURE_VERBS[posture] ?? "stands";
  if (second) return pairStaging([first, second], { spot, side, verb });
  const finite = agreed(verb, first);
  const name = `@${first.tag}`;
  switch (beat.index % 5) {
    case 0:
      return `${name} ${finite} ${spot}, facing ${side}.`;
    case 1:
      return `${sentenceCase(spot)}, ${name} ${finite} ${posture === "stand" ? "with the body " : ""}turned to the ${side}.`;
    case 2:
      return `${name} is seen in three-quarter view, ${POSTURE_ADJECTIVES[posture] ?? "upright"} ${spot}, looking ${side}.`.replace(" is seen", first.entity.isGroup ? " are seen" : " is seen");
    case posture === "fall" ? -1 : 3:
      return `${sentenceCase(spot)}, facing ${side}, ${finite} ${name}.`;
    default:
      return `${name}, seen from the ${otherSide(side)}, ${finite} ${spot}, facing ${side}.`;
  }
}

const POSTURE_ADJECTIVES: Readonly<Record<string, string>> = { stand: "standing", sit: "seated", kneel: "kneeling", lie: "lying", float: "weightless", fall: "sinking" };

const POSTURE_WORDS: Readonly<Record<string, string>> = { sit: "seated, ", kneel: "kneeling, ", lie: "lying down, ", float: "weightless, ", fall: "sinking slowly, " };

/** The same in few words, before a verb: `By the bench in @square, @maria, facing left,`. */
export function shortStaging(actor: Actor, beat: Beat, memory: Memory): string {
  const posture = POSTURE_WORDS[postureOf(actor, beat, memory)] ?? "";
  return `${sentenceCase(spotOf(actor, beat, memory))}, @${actor.tag}, ${posture}facing ${sideOf(actor.tag, beat.stage)},`;
}

interface PairPlace {
  readonly spot: string;
  readonly side: Side;
  readonly verb: string;
}

function pairStaging([first, second]: readonly [Actor, Actor], { spot, side, verb }: PairPlace): string {
  const left = side === "right" ? first : second;
  const right = side === "right" ? second : first;
  const names = listOf([`@${left.tag}`, `@${right.tag}`]);
  const posture = verb === "stands" ? "face each other" : verb === "floats" ? "float face to face" : verb === "sinks slowly" ? "sink side by side" : "are close together, face to face,";
  return `${names} ${posture} ${spot}, @${left.tag} on the left, @${right.tag} on the right.`.replace(",,", ",");
}
