import { segmentSeconds } from "../../../core/story.ts";
import type { StoryBrief } from "../../../pipeline/ports.ts";
import { entityOfAsset, usableTag } from "../extraction/entities.ts";
import { weatherChanges } from "../extraction/weather.ts";
import { SPEECH_VERBS } from "../lexicons/verbs.ts";
import { phrasesBehind } from "../language/clauses.ts";
import { MentionFinder } from "../language/mentionFinder.ts";
import type { NounPhrase } from "../language/nounPhrases.ts";
import { ReferenceTracker, type Entity } from "../language/references.ts";
import type { ReadSegment } from "../narration.ts";
import type { Actor, Beat, Deed, Setting, Stage } from "./beat.ts";
import { deedOf } from "./deeds.ts";
import { actorOf, settingOf, stagesOf } from "./stages.ts";
import { topicPlaceOf } from "./topicPlace.ts";

/** `they`, where no group is meant: the first two of the scene. */
function withPair(deed: Deed, { cast }: Stage): Deed {
  const [first, second] = cast.filter(({ entity }) => entity.kind === "character" && !entity.isGroup && !entity.isCreature);
  if (deed.actor || !["they", "both"].includes(deed.subject?.head ?? "") || !first || !second) return deed;
  const entity = { ...first.entity, isGroup: true };
  return { ...deed, actor: { tag: `${first.tag} and @${second.tag}`, entity, description: "", members: [first, second] } };
}

/** Reads a story's segments in their order; keeps in mind whom pronouns mean and who spoke last. */
export class BeatReader {
  readonly #story: StoryBrief;
  readonly #read: readonly ReadSegment[];
  readonly #tracker: ReferenceTracker;
  readonly #finder: MentionFinder;
  readonly #stages: readonly (Stage | undefined)[];
  readonly #bare: Stage = { place: undefined, time: "day", cast: [], note: undefined, look: undefined, number: 0, first: 0 };
  readonly #weather: ReturnType<typeof weatherChanges>;
  readonly #settings = new Map<string, Setting | undefined>();
  #actors = new Map<string, Actor | undefined>();
  #stage: Stage | undefined;
  #owners = new Map<NounPhrase, Actor | undefined>();

  constructor(story: StoryBrief, read: readonly ReadSegment[]) {
    this.#story = story;
    this.#read = read;
    const entities = [...story.assets.values()].map(entityOfAsset);
    this.#tracker = new ReferenceTracker(entities);
    this.#finder = new MentionFinder(entities);
    this.#stages = stagesOf(story);
    this.#weather = weatherChanges(read);
  }

  readBeat(index: number): Beat {
    const segment = this.#story.timing.segments[index]!;
    const read = this.#read[index]!;
    const stage = this.#stages[index] ?? this.#bare;
    if (stage !== this.#stage) [this.#stage, this.#actors] = [stage, new Map(stage.cast.map((actor) => [actor.entity.id, actor]))];
    this.#tracker.enterSegment(index);
    this.#owners = new Map();
    const resolved = this.#resolve(read);
    const denied = new Set(read.sentences.flatMap(({ clauses }) => clauses.filter(({ isUnreal }) => isUnreal)).flatMap((clause) => [clause.subject, ...phrasesBehind(clause)]));
    const told = read.sentences.flatMap(({ clauses }) => clauses.filter(({ isQuoted }) => !isQuoted));
    const named = read.sentences.length === 0 ? this.#finder.find(read).flatMap((entity) => this.#actorOf(entity) ?? []) : [];
    const mentioned = [...named.filter(({ entity }) => entity.kind !== "location"), ...new Set([...resolved].flatMap(([phrase, actor]) => (actor && !phrase.isQuoted && actor.entity.kind !== "location" ? [actor] : [])))];
    return {
      index,
      id: segment.id,
      seconds: segmentSeconds(segment),
      stage,
      isFirstOfScene: index === stage.first,
      words: read.words,
      deeds: told.flatMap((clause) => deedOf(clause, { resolved, owners: this.#owners })).map((deed) => withPair(deed, stage)),
      mentioned,
      phrases: read.sentences.flatMap(({ phrases }) => phrases),
      things: read.sentences.flatMap(({ tokens, phrases }) => phrases.filter((phrase) => !phrase.isQuoted && !resolved.get(phrase) && !denied.has(phrase) && tokens[phrase.start - 1]?.kind !== "negation")),
      speech: this.#speech(read, resolved, segment.speaker),
      direction: this.#story.directions.get(segment.id)?.trim() || undefined,
      topicPlace: this.#topicPlace(read, { resolved, stage }),
      topic: told.flatMap(({ subject, object }) => (subject && !(subject.head === "it" && object?.isName) && resolved.get(subject)) || []).find(({ entity }) => entity.kind !== "location"),
      weather: this.#weather[index]?.isShown ? this.#weather[index].began : undefined,
    };
  }

  #resolve(read: ReadSegment): Map<NounPhrase, Actor | undefined> {
    const resolved = new Map<NounPhrase, Actor | undefined>();
    for (const { phrases, clauses } of read.sentences) {
      const subjects = new Map(clauses.flatMap((clause) => phrasesBehind(clause).map((phrase) => [phrase, clause.subject] as const)));
      for (const phrase of phrases) {
        const subject = subjects.get(phrase);
        resolved.set(phrase, this.#actorOf(this.#tracker.resolve(phrase, subject && resolved.get(subject)?.entity)));
        if (phrase.owner) this.#owners.set(phrase, this.#actorOf(this.#tracker.owner(phrase)));
      }
    }
    return resolved;
  }

  #topicPlace(read: ReadSegment, { resolved, stage }: { readonly resolved: ReadonlyMap<NounPhrase, Actor | undefined>; readonly stage: Stage }): Setting | undefined {
    const tag = topicPlaceOf(read, resolved, stage.place?.tag);
    if (tag === undefined) return undefined;
    if (!this.#settings.has(tag)) this.#settings.set(tag, settingOf(this.#story, tag));
    return this.#settings.get(tag);
  }

  #actorOf(entity: Entity | undefined): Actor | undefined {
    if (!entity) return undefined;
    if (!this.#actors.has(entity.id)) this.#actors.set(entity.id, actorOf(this.#story.assets, usableTag(entity.id, this.#story.assets.get(entity.id))));
    return this.#actors.get(entity.id);
  }

  #speech(read: ReadSegment, resolved: ReadonlyMap<NounPhrase, Actor | undefined>, speaker: string | undefined): Beat["speech"] {
    const tokens = read.sentences.flatMap(({ tokens }) => tokens);
    const quoted = tokens.filter(({ isQuoted }) => isQuoted).length;
    const named = speaker ? this.#stage?.cast.find(({ entity }) => entity.names.some((name) => name.toLowerCase() === speaker.toLowerCase())) : undefined;
    if (named) return { speaker: named };
    if (quoted === 0 || quoted < tokens.length / 4) return undefined;
    const saying = read.sentences.flatMap(({ clauses }) => clauses).find(({ isQuoted, verbs, subject }) => !isQuoted && subject && verbs.some((verb) => SPEECH_VERBS.has(verb)));
    const found = saying?.subject ? resolved.get(saying.subject) : undefined;
    return { speaker: found?.entity.kind === "character" ? found : undefined };
  }
}
