import type { Transcript } from "../../import/transcript.ts";

/**
 * What was heard in the last recording of this window. Who reads the changes and decides later, or
 * has to save a file first, does not pay for the same transcript again.
 */
export class HeardTakes {
  #last: { readonly key: string; readonly transcript: Transcript } | undefined;

  find(key: string): Transcript | undefined {
    return this.#last?.key === key ? this.#last.transcript : undefined;
  }

  keep(key: string, transcript: Transcript): void {
    this.#last = { key, transcript };
  }
}
