import nlp from "compromise/two";

export type WordKind =
  | "noun" | "name" | "pronoun" | "verb" | "adjective" | "adverb" | "determiner"
  | "preposition" | "conjunction" | "particle" | "number" | "negation" | "other";

/** A word of the narration with what the tagger says of it, mistakes that we know of put right. */
export interface Token {
  /** As written, without punctuation and without `'s`. */
  readonly text: string;
  readonly lower: string;
  readonly kind: WordKind;
  readonly tags: ReadonlySet<string>;
  /** `Maria's`. */
  readonly isPossessive: boolean;
  /** Said by somebody in the story, not by the narrator. */
  readonly isQuoted: boolean;
  readonly isSentenceStart: boolean;
  /** Punctuation that follows. */
  readonly after: string;
}

export type Sentence = readonly Token[];

export interface ReadText {
  readonly sentences: readonly Sentence[];
  /** Whether a quotation goes on after the text. */
  readonly endsQuoted: boolean;
}

export interface TextBefore {
  /** Whether a quotation was open before the text. */
  readonly isQuoted: boolean;
  /** Words that are names wherever they stand, also at the start of a sentence. */
  readonly names: ReadonlySet<string>;
}

/** The words of one segment. */
export function readText(text: string, { isQuoted: startsQuoted, names }: TextBefore): ReadText {
  const document = nlp(plainText(text)) as unknown as { readonly document: readonly (readonly Term[])[] };
  let isQuoted = startsQuoted;
  let isAfterQuote = false;
  const sentences = document.document.map((terms) => {
    const tokens: Token[] = [];
    for (const term of terms) {
      isQuoted = quoteState(term.pre, isQuoted);
      if (term.text !== "") tokens.push(token(term, { isQuoted, isSentenceStart: tokens.length === 0 || isAfterQuote || opensQuote(term.pre), names }));
      else if (term.tags.has("Negative")) tokens.push(negation(isQuoted));
      isAfterQuote = closesQuote(term.post);
      isQuoted = quoteState(term.post, isQuoted);
    }
    return corrected(joinHyphens(tokens));
  });
  return { sentences, endsQuoted: isQuoted };
}

/** What the tagger gives; only what is read here. */
interface Term {
  readonly text: string;
  readonly pre: string;
  readonly post: string;
  readonly normal: string;
  readonly tags: ReadonlySet<string>;
}

/** The tagger takes `three-legged` apart; here it is one word. */
function joinHyphens(tokens: readonly Token[]): Token[] {
  const result: Token[] = [];
  for (const token of tokens) {
    const before = result.at(-1);
    if (before?.after !== "-") result.push(token);
    else result[result.length - 1] = { ...token, text: `${before.text}-${token.text}`, lower: `${before.lower}-${token.lower}`, isSentenceStart: before.isSentenceStart };
  }
  return result;
}

function plainText(text: string): string {
  return withSmallLetters(text).normalize("NFC").replace(/[*_#]+/g, " ").replace(/\bSt\. (?=\p{Lu})/gu, "St ").replace(/\s*[—–]\s*/g, " — ").replace(/’/g, "'").replace(/\s+/g, " ");
}

/** The words of a narration that have a capital in the middle of a sentence, and never a small letter. */
export function namesIn(texts: readonly string[]): ReadonlySet<string> {
  const small = new Set(texts.flatMap((text) => text.match(/(?<![\p{L}'’])\p{Ll}[\p{L}]*/gu) ?? []));
  const capital = texts.flatMap((text) => text.match(/(?<=[\p{Ll},;] )\p{Lu}\p{Ll}+/gu) ?? []);
  return new Set(capital.filter((word) => !small.has(word.toLowerCase())));
}

/** Captions in capitals would be one long name. */
function withSmallLetters(text: string): string {
  const isLoud = !/\p{Ll}/u.test(text) && (text.match(/\p{Lu}{2,}/gu) ?? []).length >= 3;
  return isLoud ? text.toLowerCase().replace(/(^|[.!?…]["”’)]?\s+|["“])(\p{Ll})/gu, (_, before: string, letter: string) => before + letter.toUpperCase()).replace(/\bi\b/g, "I") : text;
}

function quoteState(punctuation: string, before: boolean): boolean {
  let isQuoted = before;
  for (const mark of punctuation) {
    if (mark === "“" || mark === "«") isQuoted = true;
    else if (mark === "”" || mark === "»") isQuoted = false;
    else if (mark === '"') isQuoted = !isQuoted;
  }
  return isQuoted;
}

function opensQuote(punctuation: string): boolean {
  return /["“«]/.test(punctuation);
}

function closesQuote(punctuation: string): boolean {
  return /["”»]/.test(punctuation);
}

function negation(isQuoted: boolean): Token {
  return { text: "not", lower: "not", kind: "negation", tags: new Set(), isPossessive: false, isQuoted, isSentenceStart: false, after: "" };
}

interface TokenPlace {
  readonly isQuoted: boolean;
  readonly isSentenceStart: boolean;
  readonly names: ReadonlySet<string>;
}

function token(term: Term, place: TokenPlace): Token {
  const { isQuoted, isSentenceStart } = place;
  const isPossessive = /['’]s?$/.test(term.text) && term.tags.has("Possessive");
  const text = isPossessive ? term.text.replace(/['’]s?$/, "") : term.text;
  return { text, lower: text.toLowerCase(), kind: kindOf(term, place), tags: term.tags, isPossessive, isQuoted, isSentenceStart, after: term.post };
}

export const NEGATIONS: ReadonlySet<string> = new Set(["not", "never", "no", "neither", "nor"]);

function kindOf({ tags, text }: Term, { isSentenceStart, names }: TokenPlace): WordKind {
  const lower = text.toLowerCase();
  if (NEGATIONS.has(lower)) return "negation";
  if (lower === "a" || lower === "an") return "determiner";
  if (tags.has("Pronoun")) return "pronoun";
  if (tags.has("Determiner")) return "determiner";
  if (tags.has("Particle")) return "particle";
  if (tags.has("Value")) return "number";
  const isCapital = /^\p{Lu}/u.test(text) && (!isSentenceStart || names.has(text.replace(/['’]s?$/, ""))) && lower !== "i";
  // `at dawn Signe stood`: a small letter begins no name.
  if ((tags.has("Person") && !/^\p{Ll}/u.test(text)) || (isCapital && !tags.has("Date")) || (tags.has("Place") && isCapital)) return "name";
  if (tags.has("Verb")) return "verb";
  if (tags.has("Noun")) return "noun";
  if (tags.has("Adjective")) return "adjective";
  if (tags.has("Adverb")) return "adverb";
  if (tags.has("Preposition")) return "preposition";
  if (tags.has("Conjunction")) return "conjunction";
  return "other";
}

const PREPOSITIONS = new Set(
  "at in on into onto upon across through along over under below beneath above behind beside near by to toward towards from past around inside outside between against beyond among amid within before after off with of without".split(" "),
);

const STARTS_PHRASE: ReadonlySet<WordKind> = new Set(["determiner", "adjective", "number"]);
const GOES_ON: ReadonlySet<WordKind> = new Set(["noun", "adjective", "name", "verb"]);

/** A verb where only a noun or an adjective can stand: `the dented trumpet`, `her watch`. */
function corrected(tokens: readonly Token[]): Token[] {
  const result: Token[] = [];
  tokens.forEach((token, index) => {
    const before = result.at(-1);
    const next = tokens[index + 1];
    const kind = isSecondInfinitive(tokens, index) ? "verb" : correctedKind(token, before, next);
    result.push({ ...token, kind });
  });
  return result;
}

function correctedKind(token: Token, before: Token | undefined, next: Token | undefined): WordKind {
  if (isPastAfterNoun(token, before) || BE.has(token.lower)) return "verb";
  const isAfterStart = before !== undefined && (STARTS_PHRASE.has(before.kind) || before.isPossessive || POSSESSIVES.has(before.lower)) && before.after.trim() === "";
  if (token.kind === "verb" && isAfterStart && !token.tags.has("Auxiliary")) {
    const goesOn = next !== undefined && GOES_ON.has(next.kind) && !next.tags.has("Auxiliary") && token.after.trim() === "";
    return goesOn && /(?:ed|en|ing|wn|ken|ht)$/.test(token.lower) ? "adjective" : "noun";
  }
  const isEnd = next === undefined || /[.,;:!?]/.test(token.after);
  if (PREPOSITIONS.has(token.lower)) return !isEnd && startsNounPhrase(next) ? "preposition" : "particle";
  if (token.kind === "preposition" && (isEnd || (PARTICLES.has(token.lower) && !startsNounPhrase(next)))) return "particle";
  if (PARTICLES.has(token.lower) && token.kind !== "verb" && token.kind !== "preposition" && !isAfterStart) return "particle";
  if (token.lower === "like" && before?.kind === "verb" && !before.tags.has("Auxiliary")) return "preposition";
  if (token.lower === "well" && before && STARTS_PHRASE.has(before.kind)) return "noun";
  if (next?.kind === "name" && token.isSentenceStart && SPEECH.has(token.lower)) return "verb";
  return token.kind;
}

/** `to stand on the roof and play`: the verb that the second one is. */
function isSecondInfinitive(tokens: readonly Token[], index: number): boolean {
  const { lower, after } = tokens[index]!;
  if (!BARE_VERBS.has(lower) || tokens[index - 1]?.lower !== "and" || !(/[.,;:!?]/.test(after) || index === tokens.length - 1)) return false;
  return tokens.slice(Math.max(0, index - 8), index).some((token, place, all) => token.lower === "to" && all[place + 1]?.kind === "verb");
}

const BARE_VERBS = new Set("play sing wait listen watch sleep dance drink run walk work rest talk laugh pray".split(" "));

/** `the letter lay folded`, `the third one held`. */
function isPastAfterNoun({ lower }: Token, before: Token | undefined): boolean {
  if (!PLAIN_PASTS.has(lower) || before === undefined || before.after.trim() !== "") return false;
  return before.kind === "noun" || before.kind === "name" || before.kind === "pronoun" || before.lower === "one";
}

const BE = new Set(["was", "were", "is", "are", "am"]);

/** Words that belong to the verb before them: `took it down`. */
const PARTICLES = new Set(["up", "down", "away", "back", "aside", "apart"]);

/** Past forms that are hardly ever anything else, where a noun stands before them: `the letter lay folded`. */
const PLAIN_PASTS = new Set("lay hung stood sat held kept fell went came took gave ran swung slid sank drew threw broke caught stuck split leant knelt slept flew blew grew spoke began sang rang".split(" "));

/** Words that stand before a name after a quotation: `thought Alice`. */
const SPEECH = new Set("said thought asked cried replied answered whispered muttered shouted called murmured added".split(" "));

export const POSSESSIVES: ReadonlySet<string> = new Set(["his", "her", "its", "their", "my", "our", "your", "thy", "thine"]);

function startsNounPhrase({ kind, lower }: Token): boolean {
  return STARTS_PHRASE.has(kind) || kind === "noun" || kind === "name" || POSSESSIVES.has(lower) || kind === "pronoun";
}
