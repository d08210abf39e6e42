import { firstBadLine, strictUtf8 } from "../../../core/utf8.ts";
import { formatOfBytes } from "./binaryFormats.ts";

/** What keeps bytes from being read as text. */
export interface BadBytes {
  readonly code: "empty-file" | "too-large" | "binary-file" | "not-utf-8";
  readonly message: string;
  readonly hint: string;
  /** Zero-based; undefined where the file has no lines to speak of. */
  readonly line?: number | undefined;
}

/** Ten hours of Whisper JSON with words and tokens. */
export const MOST_BYTES = 20 * 1024 * 1024;

const SAVE_AS_UTF8 = "Open the file in an editor and save it as UTF-8 (Save As or Save with Encoding), then try again.";

/**
 * Reads UTF-8 (with or without byte order mark) and UTF-16 with one; anything else is named, never guessed.
 * whisper.cpp cuts characters in two when it writes its tokens; where a text looks like its JSON,
 * bytes that are no UTF-8 become U+FFFD.
 * @returns Text without byte order mark, every line end a LF.
 */
export function decodeBytes(bytes: Uint8Array): string | BadBytes {
  if (bytes.length === 0) return { code: "empty-file", message: "the file is empty", hint: "Export or save it again." };
  if (bytes.length > MOST_BYTES) return tooLarge(bytes.length);
  const binary = formatOfBytes(bytes);
  if (binary) return { code: "binary-file", message: `this is ${binary.name}, not text`, hint: binary.hint };
  const decoded = decode(bytes);
  if (typeof decoded !== "string") return decoded;
  return /\S/.test(decoded) ? controlsIn(decoded) : { code: "empty-file", message: "the file holds nothing but blanks", hint: "Export or save it again." };
}

function tooLarge(length: number): BadBytes {
  const megabytes = (count: number) => Math.ceil(count / 1024 / 1024);
  return {
    code: "too-large",
    message: `the file has ${megabytes(length)} MB; at most ${megabytes(MOST_BYTES)} MB are read`,
    hint: "Cut it into parts, or export the transcript without tokens and confidences.",
  };
}

function decode(bytes: Uint8Array): string | BadBytes {
  const mark = (first: number, second: number) => bytes[0] === first && bytes[1] === second;
  if (mark(0xff, 0xfe)) return decodeUtf16(bytes, "utf-16le");
  if (mark(0xfe, 0xff)) return decodeUtf16(swapPairs(bytes), "utf-16le");
  const text = strictUtf8(bytes);
  if (text !== undefined) return plainLines(text);
  const lossy = plainLines(new TextDecoder("utf-8").decode(bytes));
  if (/^\s*\{/.test(lossy) && /"transcription"\s*:/.test(lossy)) return lossy;
  return notUtf8(bytes);
}

function decodeUtf16(bytes: Uint8Array, encoding: string): string | BadBytes {
  try {
    return plainLines(new TextDecoder(encoding, { fatal: true }).decode(bytes));
  } catch {
    return { code: "not-utf-8", message: "the file is marked as UTF-16 but is damaged or cut off", hint: SAVE_AS_UTF8 };
  }
}

/** Not every JavaScript engine knows the other byte order. */
function swapPairs(bytes: Uint8Array): Uint8Array {
  const swapped = new Uint8Array(bytes.length);
  for (let at = 0; at < bytes.length; at += 2) {
    swapped[at] = bytes[at + 1] ?? 0;
    if (at + 1 < bytes.length) swapped[at + 1] = bytes[at]!;
  }
  return bytes.length % 2 === 0 ? swapped : swapped.subarray(0, bytes.length);
}

function plainLines(text: string): string {
  return text.replace(/^\uFEFF+/, "").replace(/\r\n?/g, "\n");
}

function notUtf8(bytes: Uint8Array): BadBytes {
  if (bytes.includes(0)) return { code: "binary-file", message: "this is no text: it holds bytes that no text has", hint: "Choose a text, a subtitle file or the transcript of a recording." };
  const { line, byte } = firstBadLine(bytes);
  const found = byte === undefined ? "" : ` (byte 0x${byte.toString(16).toUpperCase().padStart(2, "0")})`;
  return { code: "not-utf-8", message: `this line is not UTF-8${found}; it may be Windows-1252 or another old encoding`, hint: SAVE_AS_UTF8, line };
}

/** Text holds tabs and line ends, and hardly any other control character. */
function controlsIn(text: string): string | BadBytes {
  const nul = text.indexOf("\0");
  // Lines that a program wrote may hold a stray one; a file full of them is no text.
  const controls = text.slice(0, 100_000).match(/(?!\s)\p{Cc}/gu)?.length ?? 0;
  if (nul < 0 && controls <= Math.max(8, Math.min(text.length, 100_000) / 50)) return text;
  const isUtf16 = nul >= 0 && (text.slice(0, 1000).match(/\0/g)?.length ?? 0) > Math.min(text.length, 1000) / 4;
  if (isUtf16) return { code: "not-utf-8", message: "the file seems to be UTF-16 without a byte order mark", hint: SAVE_AS_UTF8 };
  const line = nul < 0 ? undefined : text.slice(0, nul).split("\n").length - 1;
  return { code: "binary-file", message: "this is no text: it holds characters that no text has", hint: "Choose a text, a subtitle file or the transcript of a recording; a damaged file has to be exported again.", line };
}
