import { POSITION_MOTIONS, TOLD_INSERTS } from "../lexicons/quiet.ts";
import { words } from "../lexicons/table.ts";
import { isVisual } from "../lexicons/things.ts";
import { pluralVerb, sentenceCase, withArticle } from "../language/inflection.ts";
import type { NounPhrase } from "../language/nounPhrases.ts";
import type { Actor, Beat, Deed, DeedComplement } from "./beat.ts";
import { beatAt, shownAt } from "./cutaway.ts";
import { INSERT_SEGMENTS, type Memory } from "./memory.ts";
import { leaksNarration } from "./narrationRuns.ts";
import type { Picture } from "./picture.ts";
import { againWords, fill, isConcrete, objectKind, objectWords } from "./slots.ts";

const VERBS: Readonly<Record<string, readonly [finite: string, participle: string]>> = {
  hang: ["hangs", "hanging"], lie: ["lies", "lying"], stand: ["stands", "standing"], lean: ["leans", "leaning"], sit: ["sits", "standing"], rest: ["rests", "lying"],
};

const WHERE = new Set(["on", "in", "at", "under", "behind", "from", "against", "over", "beside", "by", "above", "below", "beneath", "between", "near", "inside", "upon", "before"]);

/** `the trumpet hung on a nail behind the door`: the thing is seen where the narration puts it. */
export function positionPictures(beat: Beat, memory: Memory): Picture[] {
  const there = beat.topicPlace ? beatAt(beat.topicPlace, beat) : beat;
  return beat.deeds.flatMap((deed) => shownAt(positionPicture(deed, there, memory), there) ?? []);
}

function positionPicture(deed: Deed, beat: Beat, memory: Memory): Picture | undefined {
  const { subject, actor, verb, state } = deed;
  const forms = VERBS[verb];
  if (!forms || !subject || subject.isPlural && actor || objectKind(subject, actor) !== "thing") return undefined;
  const thing = objectWords(subject, actor, "its");
  const spots = deed.complements.flatMap((complement) => spotWords(complement) ?? []);
  if (!thing || spots.length === 0) return undefined;
  const motions = POSITION_MOTIONS.filter((row) => words(row.verbs).includes(verb));
  const [motion] = memory.freshest(motions, ({ action }) => action);
  if (!motion) return undefined;
  const o = againWords(thing);
  const end = fill(motion.end, { o });
  const finite = subject.isPlural ? pluralVerb(forms[0]) : forms[0];
  const shown = shownState(state);
  const told = placed(spots, { start: `${sentenceCase(thing)} ${finite}${shown}`, beat });
  if (!told || !end) return undefined;
  memory.use(motion.action, beat.index);
  if (actor) memory.propSpots.set(actor.tag, { place: beat.stage.place?.tag, words: `${forms[1]}${shown} ${spots.at(-1)}` });
  return { purpose: "detail", text: `${told}. ${subject.isPlural ? motion.action.replace(/\b[Ii]t\b/g, (it) => (it === "It" ? "They" : "them")) : motion.action}.`, end, actors: actor ? [actor] : [], key: `${verb} ${told}|${thing}` };
}

interface Sentence {
  readonly start: string;
  readonly beat: Beat;
}

/** All spots, the nearest to the thing last, so that no long run of the narration comes again. */
function placed(spots: readonly string[], { start, beat }: Sentence): string | undefined {
  const where = beat.stage.place?.where ?? "";
  const [first = "", second] = spots;
  const choices = second ? [`${start} ${second} ${where}, ${first}`, `${start} ${first} ${where}`] : [`${start} ${first} ${where}`, `${sentenceCase(where)}, ${start.replace(/^[AT](?=he? )/, (letter) => letter.toLowerCase())} ${first}`];
  return choices.map((text) => text.replace(/\s+/g, " ").trim()).find((text) => !leaksNarration(text, beat.words));
}

function shownState(state: string | undefined): string {
  return state !== undefined && (isVisual(state) || /[^i]ed$/.test(state)) ? ` ${state}` : "";
}

/** `on a nail`, `under the short leg of the table`; nothing for what cannot be seen. */
function spotWords({ preposition, phrase, actor }: DeedComplement): string | undefined {
  if (!WHERE.has(preposition) || phrase.isPronoun || actor?.entity.kind === "location") return undefined;
  if (actor) return `${preposition} @${actor.tag}`;
  const adjective = phrase.modifiers.find(isVisual);
  const noun = [adjective, phrase.isPlural ? phrase.lastWord.toLowerCase() : phrase.head].filter(Boolean).join(" ");
  const owner = ownerThing(phrase);
  if (owner) return `${preposition} the ${noun} of the ${owner}`;
  if (phrase.isName || (phrase.determiner === "" && !phrase.isPlural && !phrase.owner) || !isConcrete(phrase.head)) return undefined;
  return `${preposition} ${phrase.determiner === "a" || phrase.determiner === "an" ? withArticle(noun) : `the ${noun}`}`;
}

/** `the kitchen table's leg`: the table. */
function ownerThing({ owner }: NounPhrase): string | undefined {
  const last = owner?.split(" ").at(-1);
  return last && isConcrete(last) ? last : undefined;
}

/** A thing whose place is known: near, where it hangs or lies, or in the hands that hold it. */
export function toldPropPicture(prop: Actor, beat: Beat, memory: Memory): Picture | undefined {
  const holder = memory.holderOf(prop);
  const spot = memory.propSpots.get(prop.tag);
  const isHere = spot !== undefined && spot.place === beat.stage.place?.tag;
  // A thing is not looked at twice in a row.
  if ((!holder && !isHere) || memory.wasUsedWithin(`near ${prop.tag}`, beat.index, 2)) return undefined;
  const told = holder ? `in the hands of @${holder.tag}` : `${spot?.words ?? ""} ${beat.stage.place?.where ?? ""}`.trim();
  // Only the thing differs from one to the next, so each is used once in a long while.
  const [row] = TOLD_INSERTS.filter(({ action }) => !memory.wasUsedWithin(action, beat.index, INSERT_SEGMENTS));
  const slots = { o: `@${prop.tag}`, O: `@${prop.tag}`, told };
  const [text, end] = row ? [fill(row.action, slots), fill(row.end, slots)] : [];
  if (!row || !text || !end) return undefined;
  memory.use(`near ${prop.tag}`, beat.index);
  return { purpose: "detail", text: `${text}.`, end, actors: holder ? [prop, holder] : [prop], key: `${row.action}|${prop.tag}` };
}
