import type { AssetKind } from "../../../core/documents/assetDocument.ts";
import { singular } from "./inflection.ts";
import type { NounPhrase } from "./nounPhrases.ts";

export type Gender = "male" | "female" | "neutral";

/** Something that the narration can mention: an asset, or what may become one. */
export interface Entity {
  readonly id: string;
  readonly kind: AssetKind;
  /** Name and aliases, with or without an article. */
  readonly names: readonly string[];
  readonly gender: Gender;
  /** An animal or a machine: the narration calls it `it`. */
  readonly isCreature: boolean;
  readonly isGroup: boolean;
}

interface Name {
  readonly entity: Entity;
  /** Words before the last one, lower case. */
  readonly rest: readonly string[];
  readonly isCapital: boolean;
}

/** Finds the entity that a phrase names. A name counts as whole words: `Ann` is not in `planning`. */
export class NameIndex {
  readonly #byLastWord = new Map<string, Name[]>();

  constructor(entities: readonly Entity[]) {
    for (const entity of entities) for (const name of entity.names) this.#add(entity, name);
  }

  find(phrase: NounPhrase): Entity | undefined {
    if (phrase.isPronoun) return undefined;
    const raw = phrase.lastWord.toLowerCase();
    const isCapital = /^\p{Lu}/u.test(phrase.lastWord);
    const before = new Set([...phrase.modifiers, ...phrase.head.toLowerCase().split(" ").slice(0, -1)]);
    const names = [...(this.#byLastWord.get(raw) ?? []), ...(phrase.isPlural ? [] : (this.#byLastWord.get(singular(raw)) ?? []))];
    const fits = names.filter((name) => (!name.isCapital || isCapital) && name.rest.every((word) => before.has(word)));
    return fits.reduce<Name | undefined>((best, name) => (!best || name.rest.length > best.rest.length ? name : best), undefined)?.entity;
  }

  #add(entity: Entity, name: string): void {
    const words = name.replace(/^(?:the|a|an|his|her|my|their)\s+/i, "").split(/[\s-]+/).filter(Boolean);
    const last = words.at(-1);
    if (!last) return;
    const entry = { entity, rest: words.slice(0, -1).map((word) => word.toLowerCase()), isCapital: /^\p{Lu}/u.test(last) };
    const key = last.toLowerCase();
    this.#byLastWord.set(key, [...(this.#byLastWord.get(key) ?? []), entry]);
  }
}

/** How many segments back a pronoun may point. */
const MEMORY_SEGMENTS = 8;

interface Recent {
  readonly entity: Entity;
  readonly segment: number;
}

/** Follows the narration from phrase to phrase and knows whom `he`, `she`, `it` and `they` mean. */
export class ReferenceTracker {
  readonly #names: NameIndex;
  readonly #speakers: ReadonlyMap<string, Entity>;
  #segment = 0;
  /** Who was meant before the latest. */
  readonly #before = new Map<"male" | "female", Recent>();
  readonly #recent = new Map<"male" | "female" | "it" | "thing" | "group", Recent>();

  constructor(entities: readonly Entity[]) {
    this.#names = new NameIndex(entities);
    this.#speakers = new Map(
      ["i", "we", "thou", "you"].flatMap((pronoun) => {
        const entity = entities.find(({ names }) => names.some((name) => name.toLowerCase() === pronoun));
        return entity ? [[pronoun, entity] as const] : [];
      }),
    );
  }

  enterSegment(index: number): void {
    this.#segment = index;
  }

  /** Whom or what a phrase means; a name is remembered for the pronouns that follow. @param subject Who acts, where the phrase is whom it is done to. */
  resolve(phrase: NounPhrase, subject?: Entity): Entity | undefined {
    const pronoun = phrase.isPronoun ? phrase.head : undefined;
    if (pronoun && subject && ["him", "her", "them", "it"].includes(pronoun)) return this.#other(pronoun, subject, phrase.isQuoted);
    if (pronoun) return this.#pronoun(pronoun, phrase.isQuoted);
    const entity = this.#names.find(phrase);
    if (entity && !phrase.isQuoted) this.#remember(entity, subject);
    return entity;
  }

  /** Whose something is: `his`, `Maria`. */
  owner({ owner, isQuoted }: NounPhrase): Entity | undefined {
    if (owner === undefined) return undefined;
    const pronoun = OWNERS[owner];
    if (pronoun) return this.#pronoun(pronoun, isQuoted);
    return this.#names.find(namePhrase(owner));
  }

  /** Who acts is spoken of further, rather than who is beside them. */
  #remember(entity: Entity, subject: Entity | undefined): void {
    const recent = { entity, segment: this.#segment };
    if (entity.kind === "prop") this.#recent.set("thing", recent);
    if (entity.kind !== "character") return;
    if (entity.isGroup) this.#recent.set("group", recent);
    else if (entity.isCreature) this.#recent.set("it", recent);
    if (entity.isGroup) return;
    for (const kind of ["male", "female"] as const) {
      const isOther = entity.gender === (kind === "male" ? "female" : "male");
      if (isOther) continue;
      if (subject && subject.id !== entity.id && subject.id === this.#recent.get(kind)?.entity.id) this.#before.set(kind, recent);
      else this.#keep(kind, recent);
    }
  }

  #pronoun(pronoun: string, isQuoted: boolean): Entity | undefined {
    if (isQuoted) return undefined;
    switch (pronoun) {
      case "he": case "him": case "himself":
        return this.#lately("male");
      case "she": case "her": case "herself":
        return this.#lately("female");
      case "it": case "itself":
        return this.#newer("it", "thing");
      case "they": case "them": case "themselves":
        return this.#lately("group");
      case "i": case "me": case "myself":
        return this.#speakers.get("i");
      case "we": case "us":
        return this.#speakers.get("we") ?? this.#speakers.get("i");
      case "thou": case "thee": case "thyself":
        return this.#speakers.get("thou");
      case "you":
        return this.#speakers.get("you");
      default:
        return undefined;
    }
  }

  /** `Tomas looked at him`: somebody else than Tomas. */
  #other(pronoun: string, subject: Entity, isQuoted: boolean): Entity | undefined {
    const found = this.#pronoun(pronoun, isQuoted);
    if (found?.id !== subject.id) return found;
    const kind = pronoun === "him" ? "male" : pronoun === "her" ? "female" : undefined;
    const before = kind && this.#before.get(kind);
    return before && before.entity.id !== subject.id && this.#segment - before.segment <= MEMORY_SEGMENTS ? before.entity : undefined;
  }

  #keep(kind: "male" | "female", recent: Recent): void {
    const now = this.#recent.get(kind);
    if (now && now.entity !== recent.entity) this.#before.set(kind, now);
    this.#recent.set(kind, recent);
  }

  #lately(kind: "male" | "female" | "it" | "thing" | "group"): Entity | undefined {
    const recent = this.#recent.get(kind);
    return recent && this.#segment - recent.segment <= MEMORY_SEGMENTS ? this.#stay(recent.entity, kind) : undefined;
  }

  /** Who is spoken of by pronouns stays in memory. */
  #stay(entity: Entity, kind: "male" | "female" | "it" | "thing" | "group"): Entity {
    this.#recent.set(kind, { entity, segment: this.#segment });
    return entity;
  }

  #newer(a: "it", b: "thing"): Entity | undefined {
    const [first, second] = [this.#recent.get(a), this.#recent.get(b)];
    if (first && second) return this.#lately(first.segment >= second.segment ? a : b);
    return this.#lately(first ? a : b);
  }
}

const OWNERS: Readonly<Record<string, string>> = { his: "he", her: "she", its: "it", their: "they", my: "i", our: "we", thy: "thou", thine: "thou", your: "you" };

function namePhrase(name: string): NounPhrase {
  const lastWord = name.split(" ").at(-1)!;
  return { head: name, lastWord, modifiers: [], isPlural: false, isName: true, isPronoun: false, isQuoted: false, determiner: "", owner: undefined, start: 0, end: 0 };
}
