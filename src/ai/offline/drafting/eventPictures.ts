import { eventRow, weatherEvent } from "../lexicons/verbs.ts";
import { isFeature } from "../lexicons/features.ts";
import { pluralVerb, sentenceCase } from "../language/inflection.ts";
import type { Beat, Deed } from "./beat.ts";
import { beatAt } from "./cutaway.ts";
import type { Memory } from "./memory.ts";
import { isMusicWord } from "./musicPictures.ts";
import type { Ranked } from "./actionPictures.ts";
import { nearView } from "./quietPictures.ts";
import { againWords, fill, objectKind, objectWords } from "./slots.ts";

/** `the bell rang`, `rain fell`: a thing as the subject. */
export function eventPictures(deed: Deed, told: Beat, memory: Memory): Ranked[] {
  const beat = told.topicPlace ? beatAt(told.topicPlace, told) : told;
  const { actor, subject, verb } = deed;
  const row = eventRow(verb);
  if (subject?.isPronoun || isPosition(verb) || (subject && memory.instrument && isMusicWord(subject.head))) return [];
  const isEnding = ["go", "stop", "lift", "clear", "vanish", "fade"].includes(verb);
  const weather = subject && weatherEvent(subject.head);
  if (weather && isEnding) return [];
  if (weather) return [{ picture: { purpose: "view", text: sentenceCase(`${beat.stage.place ? `${beat.stage.place.where}, ` : ""}${weather.action}.`), end: weather.end, actors: [], key: weather.action, stage: beat.stage }, weight: 2 }];
  if (!row || !subject || actor?.entity.kind === "location" || objectKind(subject, actor) !== "thing") return [];
  const words = objectWords(subject, actor, "its");
  if (!words) return [];
  const slots = { s: againWords(words), dir: "from left to right" };
  const [action, end] = [fill(row.action, slots), fill(row.end, slots)];
  if (!action || !end) return [];
  const isLarge = beat.stage.place?.kind === "out" && isFeature(subject.head) && !actor;
  const start = isLarge && beat.stage.place ? `${sentenceCase(beat.stage.place.where)}, ` : nearView(beat);
  const text = `${start}${subject.isPlural && row.action.startsWith("{s}") ? pluralAction(action, slots.s) : action}.`;
  return [{ picture: { purpose: isLarge ? "view" : "detail", text: sentenceCase(text), end, actors: actor ? [actor] : [], key: `${row.action}|${words}`, stage: beat.stage }, weight: /light slides/.test(row.action) ? 1 : 2 }];
}

/** How a thing hangs or lies is shown where it does. */
function isPosition(verb: string): boolean {
  return ["hang", "lie", "stand", "sit", "lean", "rest"].includes(verb);
}

function pluralAction(action: string, subject: string): string {
  const [verb = "", ...rest] = action.slice(subject.length + 1).split(" ");
  return [subject, pluralVerb(verb), ...rest].join(" ");
}
