import { isBodyPart } from "../lexicons/things.ts";
import { knownVerb } from "../lexicons/verbs.ts";
import { withParticle } from "../lexicons/phrasal.ts";
import type { Clause } from "../language/clauses.ts";
import type { NounPhrase } from "../language/nounPhrases.ts";
import type { Actor, Deed } from "./beat.ts";

export type ActorsOf = ReadonlyMap<NounPhrase, Actor | undefined>;

export interface Known {
  readonly resolved: ActorsOf;
  /** Whose a thing or a hand is. */
  readonly owners: ActorsOf;
}

/** What a clause shows somebody do; nothing where it is not done, or cannot be seen. */
export function deedOf(clause: Clause, { resolved, owners }: Known): Deed[] {
  const link = clause.particle ?? clause.complements[0]?.preposition;
  // `doing up the buttons`: only the two words together are something to be seen.
  const joined = clause.verbs.map((verb) => withParticle(verb, link)).find((verb, index) => verb !== clause.verbs[index]);
  const verb = isPhoneCall(clause) ? "phone" : isCorner(clause) ? "round" : isGlance(clause) ? "look" : ((joined && knownVerb([joined])) ?? knownVerb(clause.verbs));
  // `They called it radium`: nobody shouts.
  const isNaming = verb === "call" && clause.object?.head === "it";
  if (!verb || isNaming || clause.isUnreal || clause.object?.head === "nothing" || (clause.isCopula && verb !== "look")) return [];
  const isGoverned = joined === verb && !clause.object && clause.particle === undefined && WITH_OBJECT.has(verb);
  const { subject, object, complements } = isGoverned ? { ...clause, object: clause.complements[0]?.phrase, complements: clause.complements.slice(1) } : clause;
  const [doer, named] = clause.isPassive ? [undefined, subject] : [subject, object];
  // `gave herself advice and followed it`: no thing walks ahead.
  const done = verb === "follow" && named?.isPronoun && resolved.get(named)?.entity.kind !== "character" ? undefined : named;
  const isDrunk = ["eat", "bite", "taste", "finish"].includes(verb) && done !== undefined && (resolved.get(done)?.entity.names ?? [done.head]).some((name) => VESSELS.has(name));
  return [{
    actor: doer && (resolved.get(doer) ?? (isBodyPart(doer.head) ? owners.get(doer) : undefined)),
    subject: doer,
    verb: isDrunk ? "drink" : verb,
    particle: clause.particle,
    object: done,
    objectActor: done && resolved.get(done),
    objectOwner: done && owners.get(done),
    complements: complements.map(({ preposition, phrase }) => ({ preposition, phrase, actor: resolved.get(phrase), owner: owners.get(phrase) })),
    state: clause.predicate[0],
  }];
}

/** `called the police`, `took the call`: nobody shouts. */
function isPhoneCall({ verbs, object, complements }: Clause): boolean {
  if (!object || object.isQuoted) return false;
  if (verbs.includes("call")) return CALLED.has(object.head) || complements.some(({ preposition, phrase }) => preposition === "on" && PHONES.has(phrase.head));
  return PHONES.has(object.head) && verbs.some((verb) => ANSWERING.has(verb));
}

/** `turned a corner`: nobody turns it over. */
function isCorner({ verbs, object }: Clause): boolean {
  return object?.head === "corner" && verbs.some((verb) => verb === "turn" || verb === "round");
}

/** `her eye fell on a box`: nobody falls. */
function isGlance({ subject, verbs }: Clause): boolean {
  return ["eye", "gaze", "glance"].includes(subject?.head ?? "") && verbs.some((verb) => ["fall", "rest", "wander", "drift", "stop", "land", "travel", "move"].includes(verb));
}

const VESSELS = new Set(["bottle", "flask", "vial", "cup", "mug", "glass", "goblet", "jug"]);

const CALLED = new Set(["police", "ambulance", "hotline", "number", "operator", "switchboard", "911", "fire department"]);
const PHONES = new Set(["call", "phone", "telephone", "receiver"]);
const ANSWERING = new Set(["take", "make", "answer", "get", "pick", "receive", "return"]);

/** Joined verbs whose first complement is what they are done to. */
const WITH_OBJECT = new Set(["button", "tie", "put", "take", "pick", "pull", "eat", "blow", "write", "give"]);
