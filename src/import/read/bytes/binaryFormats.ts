export interface BinaryFormat {
  /** With its article: `a PDF`. */
  readonly name: string;
  readonly hint: string;
  /** The ending of files with this kind of sound or video, without its dot. */
  readonly sound?: string | undefined;
}

const TRANSCRIBE = "Let a model transcribe it (in the terminal with --provider openai), or transcribe it on this machine, with Whisper for example, and choose the subtitle file or JSON that comes out.";
const SAVE_AS_TEXT = "Save its text as plain text (.txt) or Markdown (.md) and choose that file.";
const UNPACK = "Unpack it and choose the file inside.";
const NO_WORDS = "Choose a text, a subtitle file or the transcript of a recording.";

export interface SoundFormat {
  /** With its article: `an MP3 recording`. */
  readonly name: string;
  /** Of files that hold it, without the dot: `mp3`. */
  readonly ending: string;
}

interface Signature extends BinaryFormat {
  readonly at: number;
  /** Latin-1: one character for each byte. */
  readonly bytes: string;
  /** Formats that are text themselves; all others have bytes that no text has, and `ID3 is a tag.` is a sentence. */
  readonly isText?: true;
}

/** What files begin with: the registered magic numbers of the formats that people pick by mistake. */
const SIGNATURES: readonly Signature[] = [
  { at: 0, bytes: "ID3", name: "an MP3 recording", hint: TRANSCRIBE, sound: "mp3" },
  { at: 0, bytes: "fLaC", name: "a FLAC recording", hint: TRANSCRIBE, sound: "flac" },
  { at: 0, bytes: "OggS", name: "an Ogg recording", hint: TRANSCRIBE, sound: "ogg" },
  { at: 8, bytes: "WAVE", name: "a WAV recording", hint: TRANSCRIBE, sound: "wav" },
  { at: 8, bytes: "AVI ", name: "an AVI video", hint: TRANSCRIBE, sound: "avi" },
  { at: 8, bytes: "WEBP", name: "a picture", hint: NO_WORDS },
  { at: 8, bytes: "AIFF", name: "an AIFF recording", hint: TRANSCRIBE, sound: "aiff" },
  { at: 4, bytes: "ftyp", name: "an MP4 or QuickTime file (video or sound)", hint: TRANSCRIBE, sound: "mp4" },
  { at: 4, bytes: "moov", name: "a QuickTime video", hint: TRANSCRIBE, sound: "mov" },
  { at: 0, bytes: "\x1a\x45\xdf\xa3", name: "a Matroska or WebM video", hint: TRANSCRIBE, sound: "webm" },
  { at: 0, bytes: "%PDF", name: "a PDF", hint: SAVE_AS_TEXT, isText: true },
  { at: 0, bytes: "{\\rtf", name: "a rich text document (RTF)", hint: SAVE_AS_TEXT, isText: true },
  { at: 0, bytes: "\xd0\xcf\x11\xe0", name: "an old Microsoft Office document", hint: SAVE_AS_TEXT },
  { at: 0, bytes: "\x1f\x8b", name: "a gzip archive", hint: UNPACK },
  { at: 0, bytes: "7z\xbc\xaf", name: "a 7-Zip archive", hint: UNPACK },
  { at: 0, bytes: "Rar!", name: "a RAR archive", hint: UNPACK },
  { at: 0, bytes: "\x89PNG", name: "a picture", hint: NO_WORDS },
  { at: 0, bytes: "\xff\xd8\xff", name: "a picture", hint: NO_WORDS },
  { at: 0, bytes: "GIF8", name: "a picture", hint: NO_WORDS },
  { at: 0, bytes: "\x7fELF", name: "a program", hint: NO_WORDS },
  { at: 0, bytes: "SQLite format 3\0", name: "a database", hint: NO_WORDS },
];

export function formatOfBytes(bytes: Uint8Array): BinaryFormat | undefined {
  if (hasAt(bytes, 0, "PK\x03\x04")) return zipContent(bytes);
  // Sound without a tag: a frame of MPEG layer III begins with eleven set bits; UTF-16's mark is ff fe.
  if (bytes[0] === 0xff && (bytes[1] === 0xfb || bytes[1] === 0xf3 || bytes[1] === 0xf2)) return { name: "an MP3 recording", hint: TRANSCRIBE, sound: "mp3" };
  const found = SIGNATURES.find(({ at, bytes: signature }) => hasAt(bytes, at, signature));
  if (!found || !(found.isText || hasControls(bytes))) return undefined;
  return found.sound === "mp4" && hasAt(bytes, 8, "M4A") ? { ...found, name: "an M4A recording", sound: "m4a" } : found;
}

/** Undefined where the bytes are no sound, nor a video that may hold some. */
export function soundIn(bytes: Uint8Array): SoundFormat | undefined {
  const format = formatOfBytes(bytes);
  return format?.sound === undefined ? undefined : { name: format.name, ending: format.sound };
}

/** Office documents and e-books are archives whose first names say what they are. */
function zipContent(bytes: Uint8Array): BinaryFormat {
  const start = new TextDecoder("latin1").decode(bytes.subarray(0, 4096));
  if (start.includes("word/") || start.includes("[Content_Types].xml")) return { name: "a Microsoft Office document", hint: SAVE_AS_TEXT };
  if (start.includes("opendocument")) return { name: "an OpenDocument file", hint: SAVE_AS_TEXT };
  if (start.includes("epub")) return { name: "an e-book", hint: SAVE_AS_TEXT };
  return { name: "a ZIP archive", hint: UNPACK };
}

function hasControls(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 512).some((byte) => byte < 0x09 || (byte > 0x0d && byte < 0x20));
}

function hasAt(bytes: Uint8Array, at: number, signature: string): boolean {
  for (let index = 0; index < signature.length; index++) {
    if (bytes[at + index] !== signature.charCodeAt(index)) return false;
  }
  return true;
}
