import type { OutputProfile } from "../../../core/outputs.ts";
import { plural, sentenceCase, singular, withArticle } from "../language/inflection.ts";

/** How a profile words the parts of a prompt. */
export interface Wording {
  readonly camera: (text: string) => string;
  readonly subjects: (looks: readonly string[]) => string;
  readonly end: (text: string) => string;
  readonly place: (look: string) => string;
  readonly light: (text: string) => string;
  readonly mood: (text: string) => string;
  readonly sound: (text: string) => string;
}

const ended = (text: string) => (/[.!?]["”']?$/.test(text) ? text : `${text}.`);
const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
const sentences = (looks: readonly string[]) => looks.map((look) => ended(sentenceCase(introduced(look)))).join(" ");

/** `woman, 62` → `a woman, 62`; a look that starts in the plural or with a capital stays as it is. */
function introduced(look: string): string {
  const head = look.split(",")[0]!.split(/\bwith\b/)[0]!.trim().split(" ").at(-1)!.toLowerCase();
  const isPlural = singular(head) !== head && plural(singular(head)) === head && !/^(?:group|crowd|band)/.test(look);
  return isPlural || /^\p{Lu}/u.test(look) || !/^\p{L}/u.test(look) ? look : withArticle(look);
}

const VEO: Wording = {
  camera: (text) => ended(text),
  subjects: sentences,
  end: (text) => `Ends on: ${ended(text)}`,
  place: (look) => `The place: ${ended(look)}`,
  light: (text) => ended(text),
  mood: (text) => `The mood is ${ended(lower(text))}`,
  sound: (text) => `Ambient: ${ended(text)}`,
};

const KLING: Wording = {
  camera: (text) => `Camera: ${ended(lower(text))}`,
  subjects: (looks) => `Who and what: ${ended(looks.map(introduced).join("; "))}`,
  end: (text) => `Final frame: ${ended(text)}`,
  place: (look) => `Setting: ${ended(look)}`,
  light: (text) => `Light: ${ended(lower(text))}`,
  mood: (text) => `Atmosphere: ${ended(lower(text))}`,
  sound: (text) => `Audio: ${ended(text)}`,
};

const SEEDANCE: Wording = {
  camera: (text) => `Shot as: ${ended(lower(text))}`,
  subjects: sentences,
  end: (text) => `At the end: ${ended(text)}`,
  place: (look) => `All of it happens here: ${ended(look)}`,
  light: (text) => `Lighting: ${ended(lower(text))}`,
  mood: (text) => `Mood: ${ended(lower(text))}`,
  sound: (text) => `Sound: ${ended(text)}`,
};

const GENERAL: Wording = {
  camera: (text) => ended(text),
  subjects: sentences,
  end: (text) => `End state: ${ended(text)}`,
  place: (look) => `Location: ${ended(look)}`,
  light: (text) => `Lighting: ${ended(lower(text))}`,
  mood: (text) => `Mood: ${ended(lower(text))}`,
  sound: (text) => `Sound: ${ended(text)}`,
};

const WORDINGS: ReadonlyMap<string, Wording> = new Map([["veo-3.1", VEO], ["kling-3", KLING], ["seedance-2", SEEDANCE]]);

export function wordingOf({ id }: OutputProfile): Wording {
  return WORDINGS.get(id) ?? GENERAL;
}
