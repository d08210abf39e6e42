import type { Asset } from "../../../core/documents/assetDocument.ts";
import type { Scene } from "../../../core/documents/scenePlanDocument.ts";
import { resolveTag, sceneRanges, segmentSeconds } from "../../../core/story.ts";
import { assetName } from "../../../core/tags.ts";
import type { StoryBrief } from "../../../pipeline/ports.ts";
import { entityOfAsset, usableTag } from "../extraction/entities.ts";
import { isBodyPart } from "../lexicons/things.ts";
import { placeInText, placeNoun, type PlaceKind } from "../lexicons/places.ts";
import { featuresIn, type Feature } from "../lexicons/features.ts";
import { knownVerb, SPEECH_VERBS } from "../lexicons/verbs.ts";
import { withParticle } from "../lexicons/phrasal.ts";
import type { Clause, NounPhrase } from "../language/clauses.ts";
import { MentionFinder } from "../language/mentionFinder.ts";
import { ReferenceTracker, type Entity } from "../language/references.ts";
import type { ReadSegment } from "../narration.ts";

/** An asset in a picture: its tag in the state that the scene wants. */
export interface Actor {
  readonly tag: string;
  readonly entity: Entity;
  readonly description: string;
}

export interface Setting {
  readonly tag: string;
  readonly description: string;
  readonly kind: PlaceKind;
  /** `in @street`, but `on @bank`. */
  readonly where: string;
  readonly features: readonly Feature[];
}

/** A scene as drafts need it; the same object for all of its segments. */
export interface Stage {
  readonly place: Setting | undefined;
  readonly time: string;
  readonly cast: readonly Actor[];
  readonly note: string | undefined;
  readonly look: string | undefined;
  readonly number: number;
  readonly first: number;
}

/** Who does what, as far as it can be seen. */
export interface Deed {
  readonly actor: Actor | undefined;
  readonly subject: NounPhrase | undefined;
  readonly verb: string;
  readonly particle: string | undefined;
  readonly object: NounPhrase | undefined;
  readonly objectActor: Actor | undefined;
  readonly complements: readonly { readonly preposition: string; readonly phrase: NounPhrase; readonly actor: Actor | undefined }[];
}

/** One segment, ready to be put into a picture. */
export interface Beat {
  readonly index: number;
  readonly id: string;
  readonly seconds: number;
  readonly stage: Stage;
  readonly isFirstOfScene: boolean;
  readonly words: readonly string[];
  readonly deeds: readonly Deed[];
  /** Characters and props that the narration mentions outside quotations, by first mention. */
  readonly mentioned: readonly Actor[];
  readonly phrases: readonly NounPhrase[];
  /** Somebody speaks; undefined where the narration does not say who. */
  readonly speech: { readonly speaker: Actor | undefined } | undefined;
  readonly direction: string | undefined;
}

/** Reads a story's segments in their order; keeps in mind whom pronouns mean and who spoke last. */
export class BeatReader {
  readonly #story: StoryBrief;
  readonly #read: readonly ReadSegment[];
  readonly #tracker: ReferenceTracker;
  readonly #finder: MentionFinder;
  readonly #stages: readonly (Stage | undefined)[];
  readonly #bare: Stage = { place: undefined, time: "day", cast: [], note: undefined, look: undefined, number: 0, first: 0 };
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
  }

  readBeat(index: number): Beat {
    const segment = this.#story.timing.segments[index]!;
    const read = this.#read[index]!;
    const stage = this.#stages[index] ?? this.#bare;
    if (stage !== this.#stage) [this.#stage, this.#actors] = [stage, new Map(stage.cast.map((actor) => [actor.entity.id, actor]))];
    this.#tracker.enterSegment(index);
    this.#owners = new Map();
    const resolved = this.#resolve(read);
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
      deeds: told.flatMap((clause) => deedOf(clause, resolved, this.#owners)),
      mentioned,
      phrases: read.sentences.flatMap(({ phrases }) => phrases),
      speech: this.#speech(read, resolved, segment.speaker),
      direction: this.#story.directions.get(segment.id)?.trim() || undefined,
    };
  }

  #resolve(read: ReadSegment): Map<NounPhrase, Actor | undefined> {
    const resolved = new Map<NounPhrase, Actor | undefined>();
    for (const { phrases, clauses } of read.sentences) {
      const subjects = new Map(clauses.flatMap(({ subject, object, complements }) => [object, ...complements.map(({ phrase }) => phrase)].map((phrase) => [phrase, subject] as const)));
      for (const phrase of phrases) {
        const subject = subjects.get(phrase);
        resolved.set(phrase, this.#actorOf(this.#tracker.resolve(phrase, subject && resolved.get(subject)?.entity)));
        if (isBodyPart(phrase.head) && phrase.owner) this.#owners.set(phrase, this.#actorOf(this.#tracker.owner(phrase)));
      }
    }
    return resolved;
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
    if (quoted === 0 || quoted < tokens.length / 3) return undefined;
    const saying = read.sentences.flatMap(({ clauses }) => clauses).find(({ isQuoted, verbs, subject }) => !isQuoted && subject && verbs.some((verb) => SPEECH_VERBS.has(verb)));
    const found = saying?.subject ? resolved.get(saying.subject) : undefined;
    return { speaker: found?.entity.kind === "character" ? found : undefined };
  }
}

type ActorsOf = ReadonlyMap<NounPhrase, Actor | undefined>;

/** @param owners Whose hand it is, where a part of a body is the subject. */
function deedOf(clause: Clause, resolved: ActorsOf, owners: ActorsOf): Deed[] {
  const verb = knownVerb(clause.verbs);
  if (!verb || clause.isUnreal || clause.object?.head === "nothing" || clause.isCopula && !["look"].includes(verb)) return [];
  const [subject, object] = clause.isPassive ? [undefined, clause.subject] : [clause.subject, clause.object];
  const objectActor = object && resolved.get(object);
  return [{
    actor: subject && (resolved.get(subject) ?? owners.get(subject)),
    subject,
    verb: withParticle(verb, clause.particle ?? clause.complements[0]?.preposition),
    particle: clause.particle,
    object,
    objectActor: objectActor === undefined ? undefined : objectActor,
    complements: clause.complements.map(({ preposition, phrase }) => ({ preposition, phrase, actor: resolved.get(phrase) })),
  }];
}

export function actorOf(assets: ReadonlyMap<string, Asset>, tag: string): Actor | undefined {
  const resolved = resolveTag(assets, tag);
  return resolved && { tag, entity: entityOfAsset(resolved.asset), description: resolved.description };
}

function stagesOf(story: StoryBrief): (Stage | undefined)[] {
  const { segments } = story.timing;
  const stages = segments.map((): Stage | undefined => undefined);
  sceneRanges(story.scenes, segments).forEach(({ scene, first, last }, number) => stages.fill(stageOf(story, scene, { number, first }), first, last + 1));
  return stages;
}

/** A square is a place to be in, a bank one to be on. */
function prepositionOf(description: string): string {
  const head = description.toLowerCase().split(/[,;.]|\b(?:with|of|above|between|below)\b/)[0]!;
  return /\b(?:bank|riverbank|shore|beach|coast|hill|hillside|hilltop|ridge|cliff|mountain|rooftop|roof|terrace|balcony|bridge|footbridge|deck|pier|jetty|quay|platform|stage|plain|island|sea|ocean|road)\b/.test(head) ? "on" : "in";
}

function stageOf(story: StoryBrief, scene: Scene, { number, first }: { readonly number: number; readonly first: number }): Stage {
  const place = resolveTag(story.assets, scene.place);
  const row = place && (placeNoun(place.asset.name.toLowerCase().replace(/ /g, "-")) ?? placeInText(`${place.asset.name} ${place.description}`));
  return {
    place: place && { tag: scene.place, description: place.description, kind: row?.kind ?? "out", where: `${prepositionOf(place.description)} @${scene.place}`, features: featuresIn(place.description) },
    time: scene.time,
    cast: scene.cast.flatMap((tag) => actorOf(story.assets, tag) ?? actorOf(story.assets, usableTag(assetName(tag), story.assets.get(assetName(tag)))) ?? []),
    note: scene.note,
    look: scene.look === undefined ? undefined : story.style.looks.get(scene.look),
    number,
    first,
  };
}
