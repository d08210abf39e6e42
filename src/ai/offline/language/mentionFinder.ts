import type { ReadSegment } from "../narration.ts";
import type { Entity } from "./references.ts";

const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** Finds names by their letters alone, for languages whose sentences are not read. */
export class MentionFinder {
  readonly #byWord = new Map<string, Entity>();
  /** Names of several words, and names in scripts without spaces: looked for inside the line. */
  readonly #inside: { readonly name: string; readonly entity: Entity }[] = [];

  constructor(entities: readonly Entity[]) {
    for (const entity of entities) {
      for (const name of entity.names) {
        const lower = name.toLowerCase();
        if (UNSPACED.test(lower) || lower.includes(" ")) this.#inside.push({ name: lower, entity });
        else if (!this.#byWord.has(lower)) this.#byWord.set(lower, entity);
      }
    }
  }

  find({ text, words }: ReadSegment): Entity[] {
    const found = new Set(words.flatMap((word) => this.#byWord.get(word) ?? []));
    const lower = text.toLowerCase();
    for (const { name, entity } of this.#inside) if (lower.includes(name)) found.add(entity);
    return [...found];
  }
}
