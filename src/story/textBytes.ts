import { firstBadLine, strictUtf8 } from "../core/utf8.ts";

/** What is said of a file whose bytes are no UTF-8. */
export interface BadText {
  readonly message: string;
  readonly hint: string;
  /** The first line that cannot be read, zero-based; undefined for UTF-16, which has no lines to us. */
  readonly line: number | undefined;
}

const HINT = "Save the file as UTF-8: most editors offer it under Save As or Save with Encoding.";

/** Strict UTF-8; a byte order mark stays in the text, so that writing it gives the same bytes. */
export function decodeText(bytes: Uint8Array): string | BadText {
  const text = strictUtf8(bytes);
  if (text !== undefined) return text;
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (isUtf16) return { message: "the file is UTF-16, not UTF-8", hint: HINT, line: undefined };
  const { line } = firstBadLine(bytes);
  return { message: `line ${line + 1} is not UTF-8`, hint: HINT, line };
}

export function encodeText(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Undefined stands for a file that is not there. */
export function sameBytes(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a === undefined || b === undefined ? a === b : Buffer.compare(a, b) === 0;
}
