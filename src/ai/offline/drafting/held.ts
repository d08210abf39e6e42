import type { Actor, Beat, Deed } from "./beat.ts";
import { isInstrument } from "./musicPictures.ts";
import type { Memory } from "./memory.ts";

const TAKING = new Set(["lift", "raise", "take", "grab", "seize", "snatch", "grasp", "pick", "fetch", "hold", "clutch", "grip", "keep", "carry", "bring", "pull", "lower", "play", "find", "draw", "blow"]);
const LEAVING = new Set(["put", "place", "set", "lay", "leave", "drop", "lose", "spill", "give", "hand", "offer", "pass", "throw", "fling", "toss", "hang", "hide", "bury", "rest"]);
const OFFERING = /\bout\b/;

/** Keeps who holds what, and who plays, from what the narration says is done. */
export function noteHands({ deeds, mentioned }: Beat, memory: Memory): void {
  memory.instrument = mentioned.find(isInstrument) ?? memory.instrument;
  for (const deed of deeds) {
    const { actor } = deed;
    const prop = handled(deed, memory);
    // `held out the lantern`: it is still in the hand.
    if (prop && LEAVING.has(deed.verb) && !(deed.verb === "give" && OFFERING.test(deed.particle ?? ""))) memory.release(prop);
    if (actor?.entity.kind !== "character" || actor.entity.isGroup) continue;
    if (prop && TAKING.has(deed.verb)) memory.take(actor, prop);
    if (["play", "blow"].includes(deed.verb) || (prop && isInstrument(prop) && TAKING.has(deed.verb))) memory.player = actor;
  }
}

/** `played it again`: the instrument that was spoken of last. */
function handled({ verb, objectActor }: Deed, { instrument }: Memory): Actor | undefined {
  if (verb === "play" && instrument) return instrument;
  return objectActor?.entity.kind === "prop" ? objectActor : undefined;
}

/** `with a lantern in his fist`: what somebody has in hand from the start. */
export function noteCarried({ deeds }: Beat, memory: Memory): void {
  for (const deed of deeds) {
    const carried = deed.complements.find(({ preposition, actor: thing }) => preposition === "with" && thing?.entity.kind === "prop")?.actor;
    if (deed.actor?.entity.kind === "character" && carried && hasHand(deed)) memory.take(deed.actor, carried);
  }
}

/** Whether it is in the hand. */
function hasHand({ complements }: Deed): boolean {
  return complements.some(({ preposition, phrase }) => preposition === "in" && ["hand", "fist", "palm", "arm", "grip"].includes(phrase.head));
}
