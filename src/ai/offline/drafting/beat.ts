import type { PlaceKind } from "../lexicons/places.ts";
import type { Feature } from "../lexicons/features.ts";
import type { NounPhrase } from "../language/nounPhrases.ts";
import type { Entity } from "../language/references.ts";

/** An asset in a picture: its tag in the state that the scene wants. */
export interface Actor {
  readonly tag: string;
  readonly entity: Entity;
  readonly description: string;
  /** Two who act as one; their tags stand side by side. */
  readonly members?: readonly Actor[];
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
  /** Whose the object is, where that is somebody of the story. */
  readonly objectOwner: Actor | undefined;
  readonly complements: readonly DeedComplement[];
  /** `folded` of `lay folded`. */
  readonly state: string | undefined;
}

export interface DeedComplement {
  readonly preposition: string;
  readonly phrase: NounPhrase;
  readonly actor: Actor | undefined;
  readonly owner: Actor | undefined;
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
  /** What the narrator says is there: nothing that is denied, wished for, or an asset. */
  readonly things: readonly NounPhrase[];
  /** Somebody speaks; undefined where the narration does not say who. */
  readonly speech: { readonly speaker: Actor | undefined } | undefined;
  readonly direction: string | undefined;
  /** The place that the sentence is about, where that is not simply where the scene plays. */
  readonly topicPlace: Setting | undefined;
  /** Who or what the first sentence is about. */
  readonly topic: Actor | undefined;
  /** The weather that comes in this segment. */
  readonly weather: string | undefined;
}

