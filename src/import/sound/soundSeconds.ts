import { frameSeconds } from "./mp3.ts";

/**
 * How long a sound is, by what its file says of itself: WAV, FLAC, MP3, M4A and MP4, Ogg. Nothing is
 * decoded. Undefined where the file does not say, or is damaged.
 */
export function soundSeconds(bytes: Uint8Array): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const seconds = measure(bytes, view);
    return seconds !== undefined && Number.isFinite(seconds) && seconds > 0 ? seconds : undefined;
  } catch (error) {
    // A header that points behind the end of the file.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function measure(bytes: Uint8Array, view: DataView): number | undefined {
  if (nameAt(bytes, 8) === "WAVE") return wavSeconds(bytes, view);
  if (nameAt(bytes, 0) === "fLaC") return flacSeconds(view);
  if (nameAt(bytes, 0) === "OggS") return oggSeconds(bytes, view);
  if (nameAt(bytes, 4) === "ftyp" || nameAt(bytes, 4) === "moov") return mp4Seconds(bytes, view);
  return frameSeconds(bytes, view);
}

/** Chunks of a name, a length and that many bytes, to an even place. */
function wavSeconds(bytes: Uint8Array, view: DataView): number | undefined {
  let bytesPerSecond = 0;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const name = nameAt(bytes, at);
    const length = view.getUint32(at + 4, true);
    if (name === "fmt ") bytesPerSecond = view.getUint32(at + 16, true);
    // Programs that write to a pipe do not know the length beforehand.
    if (name === "data") return Math.min(length, bytes.length - at - 8) / bytesPerSecond;
    at += 8 + length + (length % 2);
  }
  return undefined;
}

/** STREAMINFO comes first: 20 bits of sample rate, 8 of channels and depth, 36 of samples (RFC 9639, 8.2). */
function flacSeconds(view: DataView): number {
  const rate = view.getUint32(18) >>> 12;
  return ((view.getUint8(21) & 15) * 2 ** 32 + view.getUint32(22)) / rate;
}

const OPUS_RATE = 48_000;
const LARGEST_PAGE = 65_307;

/** The last page tells how many samples there are; those of Opus are always counted at 48 kHz (RFC 7845, 4). */
function oggSeconds(bytes: Uint8Array, view: DataView): number | undefined {
  const isOpus = nameAt(bytes, 28) === "Opus";
  if (!isOpus && nameAt(bytes, 29) !== "vorb") return undefined;
  const rate = isOpus ? OPUS_RATE : view.getUint32(40, true);
  for (let at = bytes.length - 27; at >= Math.max(0, bytes.length - LARGEST_PAGE); at--) {
    if (nameAt(bytes, at) === "OggS") return Number(view.getBigInt64(at + 6, true)) / rate;
  }
  return undefined;
}

/** Boxes of a length, a name and what they hold; `mvhd` in `moov` has the length of the whole (ISO 14496-12, 8.2.2). */
function mp4Seconds(bytes: Uint8Array, view: DataView): number | undefined {
  for (let at = 0; at + 8 <= bytes.length; ) {
    const name = nameAt(bytes, at + 4);
    const short = view.getUint32(at);
    const length = short === 1 ? Number(view.getBigUint64(at + 8)) : short;
    if (name === "mvhd") return view.getUint8(at + 8) === 1 ? Number(view.getBigUint64(at + 32)) / view.getUint32(at + 28) : view.getUint32(at + 24) / view.getUint32(at + 20);
    // 0 is a box to the end of the file.
    if (length < 8) return undefined;
    at += name === "moov" ? 8 : length;
  }
  return undefined;
}

function nameAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}
