import { infinitives } from "./inflection.ts";
import { phraseAt, type NounPhrase } from "./nounPhrases.ts";
import type { Sentence, Token } from "./tokens.ts";
import { chainAt, type VerbChain } from "./verbChains.ts";

export interface Complement {
  readonly preposition: string;
  readonly phrase: NounPhrase;
}

/** Who does what: one verb with what belongs to it. */
export interface Clause {
  readonly subject: NounPhrase | undefined;
  /** Infinitive forms that the verb may be of, the likeliest first. */
  readonly verbs: readonly string[];
  readonly particle: string | undefined;
  readonly object: NounPhrase | undefined;
  readonly complements: readonly Complement[];
  /** `not`, `would`, `wanted to`: told, but not happening. */
  readonly isUnreal: boolean;
  readonly isPassive: boolean;
  readonly isCopula: boolean;
  readonly isQuoted: boolean;
  /** Adjective or noun after a copula: `was empty`. */
  readonly predicate: readonly string[];
}

/** What is done something to, and what stands behind the prepositions. */
export function phrasesBehind({ object, complements }: Clause): (NounPhrase | undefined)[] {
  return [object, ...complements.map(({ phrase }) => phrase)];
}

type Element =
  | { readonly type: "phrase"; readonly phrase: NounPhrase }
  | { readonly type: "verb"; readonly verb: VerbChain }
  | { readonly type: "word"; readonly token: Token };

const WISHES = new Set(["want", "wish", "long", "hope", "wonder", "plan", "intend", "dream", "promise", "ask", "tell", "allow", "forget", "refuse", "pretend"]);

/** The phrases of a sentence in their order, and its clauses in the order of their verbs. */
export function parse(sentence: Sentence): { readonly phrases: NounPhrase[]; readonly clauses: Clause[] } {
  const list = elements(sentence);
  return { phrases: list.flatMap((element) => (element.type === "phrase" ? [element.phrase] : [])), clauses: clausesOf(list, sentence) };
}

function clausesOf(list: readonly Element[], sentence: Sentence): Clause[] {
  const result: Clause[] = [];
  let subject: NounPhrase | undefined;
  // `Maria, whose braid was black then, ran`: Maria runs.
  let paused: NounPhrase | undefined;
  list.forEach((element, index) => {
    if (element.type === "word" && element.token.lower === "whose") paused = nameBefore(list, index);
    // `saw a box that was lying there, and took it`: the box lies, and who saw it takes it.
    const told = isRelative(list, index) ? nameBefore(list, index) : undefined;
    if (told && !told.isQuoted) [subject, paused] = [told, subject];
    if (paused && element.type === "verb" && sentence[sentence.indexOf(element.verb.main) - 1]?.after.includes(",")) [subject, paused] = [paused, undefined];
    if (element.type === "phrase" && !isGoverned(list, index) && !isListed(list, { index, sentence }) && !isApposition(list, index)) subject = element.phrase;
    if (element.type === "word" && /[;:]/.test(element.token.after)) subject = undefined;
    if (element.type !== "verb") return;
    // What is said within quotation marks does not do the saying.
    if (subject?.isQuoted && !element.verb.main.isQuoted) subject = undefined;
    const clause = readClause(list, { index, subject: (isInfinitive(list, index) && sentTo(result)) || subject, previous: result.at(-1) });
    result.push(clause);
    // What was the object of this verb is not the subject of the next: the subject is carried on.
    subject = clause.subject;
  });
  return result;
}

function elements(sentence: Sentence): Element[] {
  const result: Element[] = [];
  let index = 0;
  while (index < sentence.length) {
    const phrase = phraseAt(sentence, index);
    if (phrase) {
      result.push({ type: "phrase", phrase });
      index = phrase.end;
      continue;
    }
    const chain = chainAt(sentence, index);
    if (chain) {
      result.push({ type: "verb", verb: chain.verb });
      index = chain.end;
      continue;
    }
    result.push({ type: "word", token: sentence[index]! });
    index++;
  }
  return result;
}

interface ClausePlace {
  readonly index: number;
  readonly subject: NounPhrase | undefined;
  readonly previous: Clause | undefined;
}

function readClause(list: readonly Element[], { index, subject, previous }: ClausePlace): Clause {
  const element = list[index] as Extract<Element, { type: "verb" }>;
  const { main, isUnreal, isPassive, isCopula, state } = element.verb;
  const rest = readRest(list, index + 1);
  // `for going`, `without looking`: named, not done.
  const isNamedOnly = main.lower.endsWith("ing") && (isAfterPreposition(list, index) || isIntended(list, { index, previous }));
  const isWished = isNamedOnly || (isInfinitive(list, index) && previous !== undefined && (previous.isUnreal || previous.verbs.some((verb) => WISHES.has(verb))));
  const inverted = !subject && rest.object && !isPassive ? rest.object : undefined;
  return {
    subject: inverted ?? subject,
    verbs: infinitives(main.lower),
    particle: rest.particle,
    object: inverted ? undefined : rest.object,
    complements: rest.complements,
    isUnreal: isUnreal || isWished,
    isPassive,
    isCopula,
    isQuoted: main.isQuoted,
    predicate: state ? [state, ...rest.predicate] : rest.predicate,
  };
}

interface Rest {
  particle: string | undefined;
  object: NounPhrase | undefined;
  complements: Complement[];
  predicate: string[];
}

/** `gave the girl a comb`: the comb is given, to the girl. */
const GIVING = new Set(["give", "hand", "offer", "show", "bring", "send", "pass", "lend", "buy", "throw"]);

function isReceived(list: readonly Element[], index: number): boolean {
  const [verb, receiver] = [list[index - 2], list[index - 1]];
  return verb?.type === "verb" && receiver?.type === "phrase" && infinitives(verb.verb.main.lower).some((form) => GIVING.has(form));
}

/** What follows a verb, up to the next verb or conjunction. */
function readRest(list: readonly Element[], from: number): Rest {
  const rest: Rest = { particle: undefined, object: undefined, complements: [], predicate: [] };
  for (let index = from; index < list.length; index++) {
    const element = list[index]!;
    if (element.type === "verb") break;
    if (element.type === "phrase") {
      const preposition = governor(list, index);
      if (preposition) rest.complements.push({ preposition, phrase: element.phrase });
      else if (!rest.object && rest.complements.length === 0) rest.object = element.phrase;
      else if (rest.object && rest.complements.length === 0 && isReceived(list, index)) {
        rest.complements.push({ preposition: "to", phrase: rest.object });
        rest.object = element.phrase;
      } else break;
      continue;
    }
    const { token } = element;
    if (token.kind === "conjunction" || /[;:]/.test(token.after)) break;
    if (token.kind === "particle") rest.particle ??= token.lower;
    if (token.kind === "adjective") rest.predicate.push(token.lower);
  }
  return rest;
}

function governor(list: readonly Element[], index: number): string | undefined {
  const before = list[index - 1];
  return before?.type === "word" && before.token.kind === "preposition" ? before.token.lower : undefined;
}

function isGoverned(list: readonly Element[], index: number): boolean {
  if (governor(list, index)) return true;
  const before = list[index - 1];
  // `lifted the trumpet`: an object, unless another verb follows (`said Alice went`).
  return (before?.type === "verb" && list[index + 1]?.type !== "verb") || isReceived(list, index);
}

function nameBefore(list: readonly Element[], index: number): NounPhrase | undefined {
  const before = list[index - 1];
  return before?.type === "phrase" ? before.phrase : undefined;
}

/** `lifted the trumpet, took a breath`: an object that a comma parts from the next verb. */
function isListed(list: readonly Element[], { index, sentence }: { readonly index: number; readonly sentence: Sentence }): boolean {
  const [before, here] = [list[index - 1], list[index]];
  return before?.type === "verb" && !SAYING.has(before.verb.main.lower) && here?.type === "phrase" && /,/.test(sentence[here.phrase.end - 1]?.after ?? "");
}

const SAYING = new Set(["said", "thought", "asked", "cried", "replied", "answered", "whispered", "shouted", "called"]);

/** `paid Maria to stand`: the one who was paid stands. */
function sentTo(clauses: readonly Clause[]): NounPhrase | undefined {
  const sending = clauses.slice(-2).find(({ verbs, object }) => object !== undefined && verbs.some((verb) => SENDING.has(verb)));
  return sending?.object?.isName || sending?.object?.isPronoun ? sending.object : undefined;
}

const SENDING = new Set(["pay", "send", "help", "teach", "force", "lead", "invite"]);

/** `a box that was lying`. */
function isRelative(list: readonly Element[], index: number): boolean {
  const [here, next] = [list[index], list[index + 1]];
  return here?.type === "word" && ["that", "which", "who"].includes(here.token.lower) && next?.type === "verb";
}

/** `Tomas, the old player, sat`: the second phrase is the first one again; `Rome, a monk named Jerome` tells of somebody else. */
function isApposition(list: readonly Element[], index: number): boolean {
  const [before, here, next] = [list[index - 1], list[index], list[index + 1]];
  if (next?.type === "verb" && NAMED.has(next.verb.main.lower)) return false;
  return before?.type === "phrase" && before.phrase.isName && here?.type === "phrase" && (/^(?:a|an|the)$/.test(here.phrase.determiner) || here.phrase.owner !== undefined);
}

/** `a monk named Jerome`. */
export const NAMED: ReadonlySet<string> = new Set(["named", "called"]);

function isAfterPreposition(list: readonly Element[], index: number): boolean {
  const before = list[index - 1];
  return before?.type === "word" && before.token.kind === "preposition";
}

/** `decided on going`: the tagger takes the preposition for a particle there. */
function isIntended(list: readonly Element[], { index, previous }: Pick<ClausePlace, "index" | "previous">): boolean {
  const before = list[index - 1];
  return before?.type === "word" && before.token.kind === "particle" && (previous?.verbs.some((verb) => INTENDING.has(verb)) ?? false);
}

const INTENDING = new Set([...WISHES, "decide", "insist", "think", "talk", "count", "set"]);

function isInfinitive(list: readonly Element[], index: number): boolean {
  const before = list[index - 1];
  return before?.type === "word" && before.token.lower === "to";
}
