import type { Clause } from "../language/clauses.ts";
import { weatherOfWord } from "../lexicons/times.ts";
import type { ReadSegment } from "../narration.ts";

/** What a segment tells of the weather: that one comes, or that the one there was goes. */
export interface WeatherChange {
  readonly began: string | undefined;
  readonly isEnded: boolean;
  /** Whether the narration shows it coming, rather than somebody in it. */
  readonly isShown: boolean;
}

const COMING = new Set(["come", "fall", "roll", "creep", "drift", "rise", "gather", "begin", "start", "set", "pour", "beat", "break", "swallow", "cover", "fill", "keep", "hang", "lie", "stand", "blow"]);
const GOING = new Set(["go", "lift", "clear", "stop", "vanish", "fade", "end", "thin", "melt", "disappear", "pass", "burn"]);
const WITHIN = new Set(["in", "through", "into", "under"]);
const NO_WEATHER: WeatherChange = { began: undefined, isEnded: false, isShown: false };

/** How many segments back `it` may mean the weather that was spoken of. */
const MEMORY_SEGMENTS = 2;

/** Per segment, what changes; talk of weather, and weather as a figure of speech, changes nothing. */
export function weatherChanges(read: readonly ReadSegment[]): WeatherChange[] {
  let spoken: { readonly weather: string; readonly index: number } | undefined;
  return read.map((segment) => {
    const clauses = segment.sentences.flatMap((sentence) => sentence.clauses).filter(({ isQuoted }) => !isQuoted);
    const before = spoken && segment.index - spoken.index <= MEMORY_SEGMENTS ? spoken.weather : undefined;
    const named = segment.words.map(weatherOfWord).findLast((weather) => weather !== undefined);
    if (named) spoken = { weather: named, index: segment.index };
    return clauses.map((clause) => changeOf(clause, before)).find(({ began, isEnded }) => began !== undefined || isEnded) ?? NO_WEATHER;
  });
}

function changeOf({ subject, verbs, particle, complements, isUnreal, isCopula }: Clause, before: string | undefined): WeatherChange {
  if (isUnreal) return NO_WEATHER;
  const named = subject && weatherOfWord(subject.head);
  const weather = named ?? (subject?.head === "it" ? before : undefined);
  if (weather && verbs.some((verb) => GOING.has(verb)) && (named || particle !== undefined)) return { began: undefined, isEnded: true, isShown: false };
  if (weather && verbs.some((verb) => COMING.has(verb))) return { began: weather, isEnded: false, isShown: verbs.some((verb) => verb !== "keep") };
  // `it rained`, `snow fell`.
  const raining = subject?.head === "it" ? verbs.map(weatherOfWord).find((found) => found !== undefined) : undefined;
  if (raining) return { began: raining, isEnded: false, isShown: true };
  const around = isCopula ? undefined : complements.find(({ preposition, phrase }) => WITHIN.has(preposition) && !phrase.isPlural && phrase.determiner === "the" && weatherOfWord(phrase.head));
  return around ? { began: weatherOfWord(around.phrase.head), isEnded: false, isShown: false } : NO_WEATHER;
}
