import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";

/** Values a hash may be taken of. Absent (`undefined`) fields change no hash. */
export type Canonical =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly Canonical[]
  | { readonly [key: string]: Canonical };

/**
 * The form of a text that is hashed: LF, NFC, no blanks at the ends of lines, runs of blanks
 * and of blank lines folded, so that neither a formatter nor CRLF is taken for an edit.
 */
export function canonicalText(text: string): string {
  // Most texts were written by us and are in this form: one look tells.
  if (!UNTIDY.test(text)) return text;
  return text
    .normalize("NFC")
    .replace(/\r\n?/g, "\n")
    .replace(/[ \t]+/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

/** Finds whatever the canonical form may change; other alphabets always count, since NFC may. */
const UNTIDY = /[^\n -~]| {2}| \n|\n |\n{3}|^\s|\s$/;

/** First 8 hex digits of SHA-256 over the canonical text. */
export function hashText(text: string): string {
  return digest(canonicalText(text));
}

/**
 * First 8 hex digits of SHA-256 over the value with its keys sorted and its texts canonical.
 *
 * An object is hashed as the list of its `[key, value]` pairs, so `{}` and `[]` share a hash. Files of
 * format 1 hold hashes of both forms (no aliases: `[]`; no states, no scene: `{}`), so neither can get another
 * one. No field that is hashed can be now a list and now an object: nothing is taken for something else by it.
 */
export function hashValue(value: Canonical): string {
  return digest(JSON.stringify(normalize(value)));
}

export function sameText(a: string, b: string): boolean {
  return a === b || canonicalText(a) === canonicalText(b);
}

function normalize(value: Canonical): unknown {
  if (typeof value === "string") return canonicalText(value);
  if (Array.isArray(value)) return value.map(normalize);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, field]) => field !== undefined);
  return entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, field]) => [key, normalize(field)]);
}

const encoder = new TextEncoder();
const CHUNK = new Uint8Array(4096);

/** In chunks of bytes that are used again: a run hashes every text of its story, and copies of them cost as much. */
function digest(text: string): string {
  const hash = sha256.create();
  for (let rest = text; rest !== ""; ) {
    const { read, written } = encoder.encodeInto(rest, CHUNK);
    hash.update(CHUNK.subarray(0, written));
    rest = rest.slice(read);
  }
  return bytesToHex(hash.digest().subarray(0, 4));
}
