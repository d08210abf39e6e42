import { isBodyPart } from "../lexicons/things.ts";
import { knownVerb } from "../lexicons/verbs.ts";
import { withParticle } from "../lexicons/phrasal.ts";
import type { Clause } from "../language/clauses.ts";
import type { NounPhrase } from "../language/nounPhrases.ts";
import type { Actor, Deed } from "./beat.ts";
import { idiomOf, isDrink } from "./idioms.ts";

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
  const verb = idiomOf(clause) ?? (joined && knownVerb([joined])) ?? knownVerb(clause.verbs);
  if (!verb || verb === "nothing" || clause.isUnreal || clause.object?.head === "nothing" || (clause.isCopula && verb !== "look")) return [];
  const isGoverned = joined === verb && !clause.object && clause.particle === undefined && WITH_OBJECT.has(verb);
  const { subject, object, complements } = isGoverned ? { ...clause, object: clause.complements[0]?.phrase, complements: clause.complements.slice(1) } : clause;
  const [doer, named] = clause.isPassive ? [undefined, subject] : [subject, object];
  // `gave herself advice and followed it`: no thing walks ahead.
  const done = verb === "follow" && named?.isPronoun && resolved.get(named)?.entity.kind !== "character" ? undefined : named;
  const isDrunk = done !== undefined && isDrink(verb, resolved.get(done)?.entity.names ?? [done.head]);
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

/** Joined verbs whose first complement is what they are done to. */
const WITH_OBJECT = new Set(["button", "tie", "put", "take", "pick", "pull", "eat", "blow", "write", "give"]);
