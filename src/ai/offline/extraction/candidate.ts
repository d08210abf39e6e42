import type { AssetKind } from "../../../core/documents/assetDocument.ts";
import type { Entity, Gender } from "../language/references.ts";

/** Something of the narration that is to become an asset, with what the narration says of its look. */
export interface Candidate {
  readonly kind: AssetKind;
  /** As people say it: `White Rabbit`, `old man`. */
  name: string;
  readonly aliases: Set<string>;
  /** The noun that decides on the look: `rabbit`, `man`, `square`. */
  noun: string;
  gender: Gender;
  readonly isCreature: boolean;
  readonly isGroup: boolean;
  /** Index of the segment that mentions it first. */
  readonly first: number;
  mentions: number;
  readonly facts: Facts;
}

/** What the narration says of a look; it wins over every palette. */
export interface Facts {
  readonly adjectives: Set<string>;
  readonly hair: Set<string>;
  readonly clothes: Set<string>;
  readonly features: Set<string>;
  age: number | undefined;
  /** How long ago a flashback shows them, in years. */
  yearsAgo: number | undefined;
  /** Hair in a flashback: `black braid`; `hair` where there was some then, and is none now. */
  readonly hairThen: Set<string>;
}

export function noFacts(): Facts {
  return { adjectives: new Set(), hair: new Set(), clothes: new Set(), features: new Set(), age: undefined, yearsAgo: undefined, hairThen: new Set() };
}

export function entityOf(candidate: Candidate, id: string): Entity {
  const { kind, gender, isCreature, isGroup } = candidate;
  return { id, kind, names: [candidate.name, ...candidate.aliases], gender, isCreature, isGroup };
}
