import { assetName } from "../../../core/tags.ts";
import { FOREIGN_TIMES } from "../lexicons/foreignWords.ts";
import { timeOfWord } from "../lexicons/times.ts";
import { phrasesBehind } from "../language/clauses.ts";
import { MentionFinder } from "../language/mentionFinder.ts";
import { ReferenceTracker, type Entity } from "../language/references.ts";
import type { ReadSegment } from "../narration.ts";
import { namedPlaces, placeSightings } from "./findPlaces.ts";
import type { ScenePlanning } from "./planScenes.ts";
import { weatherChanges, type WeatherChange } from "./weather.ts";

/** What the narration says of one segment's stage. */
export interface Stage {
  readonly place: string | undefined;
  /** Somebody goes there now: a cut even within a short scene. */
  readonly isArrival: boolean;
  readonly time: string | undefined;
  readonly weather: WeatherChange;
  /** The first place that it names at all; where a flashback opens. */
  readonly named: string | undefined;
  /** Somebody comes to where the others are. */
  readonly isComing: boolean;
  readonly cast: readonly string[];
  readonly isNewBeat: boolean;
  /** Days, months or years have passed. */
  readonly isJump: boolean;
  /** Music or silence: nothing is told. */
  readonly isSilent: boolean;
}

const NO_CHANGE: WeatherChange = { began: undefined, isEnded: false, isShown: false };

/** The stage of every segment, in order. */
export function readStages({ read, entities, placeTags }: ScenePlanning): Stage[] {
  const tracker = new ReferenceTracker(entities);
  const finder = new MentionFinder(entities);
  const tagOf = new Map([...placeTags.values()].map((tag) => [assetName(tag), tag]));
  const weather = weatherChanges(read);
  let recent: readonly string[] = [];
  let before: readonly string[] = [];
  return read.map((segment, index) => {
    if (segment.sentences.length === 0) return foreignStage(segment, finder.find(segment), tagOf);
    tracker.enterSegment(segment.index);
    const told = [...castOf(segment, { tracker, recent })];
    recent = [...new Set([...told, ...recent])].slice(0, 2);
    const sightings = placeSightings(segment).filter(({ noun }) => placeTags.has(noun));
    // Who arrives stands before the cut that goes through the words.
    const cast = told.length === 0 && segment.carried ? before : told;
    before = told;
    const visited = sightings.filter(({ isVisited }) => isVisited);
    // `in Warsaw, in a small apartment`: in the apartment.
    const arrival = visited.find(({ isCity }) => !isCity) ?? visited[0] ?? sightings[0];
    return {
      place: arrival && placeTags.get(arrival.noun),
      isArrival: arrival?.isVisited ?? false,
      time: timeOf(segment),
      weather: weather[index] ?? NO_CHANGE,
      named: namedPlaces(segment).flatMap((noun) => placeTags.get(noun) ?? [])[0],
      isComing: segment.sentences.some(({ clauses }) => clauses.some(({ subject, verbs }) => (subject?.isName || subject?.isPronoun) && verbs.some((verb) => COMING.has(verb)))),
      cast,
      isSilent: segment.text === "",
      isJump: JUMP.test(segment.text),
      isNewBeat: /^(?:\W*)(?:then|later|the next|next|after|meanwhile|one day|one night|one morning|at last|finally|suddenly|soon|years|when|but)\b/i.test(segment.text),
    };
  });
}

/** `the next day`, `for weeks`, `in January`. */
const JUMP =
  /\b(?:(?:the|that) (?:next|following) (?:day|morning|week|month|year|spring|summer|autumn|winter)|(?:days?|weeks?|months?|years?) (?:later|passed|went by)|for (?:days|weeks|months|years)|(?:one|that) (?:day|morning|spring|summer|autumn|winter)|in (?:january|february|march|april|may|june|july|august|september|october|november|december))\b/i;

/** What can be told of a segment whose language is not read: who and what is named in it. */
function foreignStage({ text }: ReadSegment, named: readonly Entity[], tagOf: ReadonlyMap<string, string>): Stage {
  const place = named.find(({ kind }) => kind === "location");
  return {
    place: place && tagOf.get(place.id),
    isArrival: place !== undefined,
    time: FOREIGN_TIMES.find(([pattern]) => pattern.test(text))?.[1],
    weather: NO_CHANGE,
    named: undefined,
    isComing: true,
    cast: named.filter(({ kind }) => kind === "character").map(({ id }) => id),
    isNewBeat: false,
    isJump: false,
    isSilent: text === "",
  };
}

const COMING = new Set(["come", "enter", "arrive", "return", "knock", "appear", "join", "meet"]);

interface Followed {
  readonly tracker: ReferenceTracker;
  /** Who acted lately, the latest first. */
  readonly recent: readonly string[];
}

/** Who acts or is acted on; `they` who are no group are the two who acted last. */
function castOf({ sentences }: ReadSegment, { tracker, recent }: Followed): ReadonlySet<string> {
  const cast = new Set<string>();
  for (const { phrases, clauses } of sentences) {
    const acting = clauses.filter(({ isCopula, isUnreal }) => !isCopula && !isUnreal);
    const present = new Set(acting.flatMap((clause) => [clause.subject, ...phrasesBehind(clause)]));
    for (const phrase of phrases) {
      const entity = tracker.resolve(phrase);
      if (phrase.isQuoted || !present.has(phrase)) continue;
      if (entity?.kind === "character") cast.add(entity.id);
      else if (!entity && ["they", "them", "both"].includes(phrase.head)) for (const id of recent) cast.add(id);
    }
  }
  return cast;
}

const LAMPS_LIT = /\b(?:lamps|streetlamps|lanterns|lights) (?:were|came|went|are) (?:\w+ ){0,2}?(?:lit|on)\b/;

/** The time of day that the narrator names, not somebody who speaks. */
function timeOf({ sentences }: ReadSegment): string | undefined {
  const told = sentences.flatMap(({ tokens }) => tokens.filter(({ isQuoted }) => !isQuoted).map(({ lower }) => lower));
  return told.map(timeOfWord).find((time) => time !== undefined) ?? (LAMPS_LIT.test(told.join(" ")) ? "dusk" : undefined);
}
