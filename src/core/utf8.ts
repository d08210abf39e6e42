const strictDecoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Undefined where the bytes are no UTF-8. A byte order mark stays in the text, so that writing it gives the same bytes. */
export function strictUtf8(bytes: Uint8Array): string | undefined {
  try {
    return strictDecoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/** The first line (from 0) of bytes that are no UTF-8, and the first of its bytes that may be the reason. */
export function firstBadLine(bytes: Uint8Array): { readonly line: number; readonly byte: number | undefined } {
  // The byte of a line's end is part of no other character in UTF-8, so every line can be read alone.
  for (let start = 0, line = 0; start < bytes.length; line++) {
    const end = bytes.indexOf(0x0a, start);
    const stop = end < 0 ? bytes.length : end;
    const row = bytes.subarray(start, stop);
    if (strictUtf8(row) === undefined) return { line, byte: row.find((byte) => byte >= 0x80) };
    start = stop + 1;
  }
  return { line: 0, byte: undefined };
}
