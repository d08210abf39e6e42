import type { Clause } from "../language/clauses.ts";

/**
 * What a clause shows where its verb alone would show something else: `phone` for `called the police`, `round`
 * for `turned a corner`, `look` for `her eye fell on a box`; `nothing` for `they called it radium`.
 */
export function idiomOf({ subject, verbs, object, complements }: Clause): "phone" | "round" | "look" | "nothing" | undefined {
  const does = (set: ReadonlySet<string>) => verbs.some((verb) => set.has(verb));
  if (subject && GLANCES.has(subject.head) && does(GLANCING)) return "look";
  if (!object) return undefined;
  if (object.head === "corner" && does(TURNING)) return "round";
  if (object.isQuoted) return undefined;
  if (!verbs.includes("call")) return PHONES.has(object.head) && does(ANSWERING) ? "phone" : undefined;
  if (CALLED.has(object.head) || complements.some(({ preposition, phrase }) => preposition === "on" && PHONES.has(phrase.head))) return "phone";
  return object.head === "it" ? "nothing" : undefined;
}

const GLANCES = new Set(["eye", "gaze", "glance"]);
const GLANCING = new Set(["fall", "rest", "wander", "drift", "stop", "land", "travel", "move"]);
const TURNING = new Set(["turn", "round"]);
const CALLED = new Set(["police", "ambulance", "hotline", "number", "operator", "switchboard"]);
const PHONES = new Set(["call", "phone", "telephone", "receiver"]);
const ANSWERING = new Set(["take", "make", "answer", "get", "pick", "receive", "return"]);

const EATING = new Set(["eat", "bite", "taste", "finish"]);
const VESSELS = new Set(["bottle", "flask", "vial", "cup", "mug", "glass", "goblet", "jug"]);

/** Who tastes a bottle drinks. @param names What the object goes by */
export function isDrink(verb: string, names: readonly string[]): boolean {
  return EATING.has(verb) && names.some((name) => VESSELS.has(name));
}
