import { PERSON_GESTURES, TALKING_GESTURES } from "./gestures.ts";
import { ALL_ACTIONS } from "./verbs.ts";

const INNER = ["lets", "opens", "brings", "looks", "bows", "stops", "sets", "puts", "speaks", "shouts", "laughs", "moves", "laps", "smooths", "flattens", "uncovers", "points", "presses", "throws", "waves", "kisses", "begins", "grips", "glances", "pushes", "rests", "keeps", "brushes", "hangs", "pours", "whistles", "stares", "grows"];

const FORMS = new Set([...INNER, ...[...ALL_ACTIONS, ...PERSON_GESTURES, ...TALKING_GESTURES].map(({ action }) => action.split(" ")[0]!)]);

/** Whether a word is a finite verb of our own action texts: `lets`, not `hands`. */
export function isActionVerb(word: string): boolean {
  return FORMS.has(word);
}
