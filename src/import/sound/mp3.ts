/** Kilobits a second of MPEG 1 and of MPEG 2 and 2.5, layer III, by their index. */
const BIT_RATES = [
  [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
] as const;
const SAMPLE_RATES = [44_100, 48_000, 32_000] as const;
/** How far behind the tag the first frame may be. */
const MOST_PADDING = 65_536;

interface Frame {
  readonly at: number;
  readonly bitsPerSecond: number;
  readonly sampleRate: number;
  readonly samples: number;
  /** Bytes between the frame's start and the place of a Xing header. */
  readonly sideBytes: number;
}

/**
 * How long an MP3 is: by the count of frames that encoders write into the first one (`Xing`, `Info`,
 * `VBRI`), or by the bit rate of the first, which all others have then.
 */
export function frameSeconds(bytes: Uint8Array, view: DataView): number | undefined {
  const frame = firstFrame(bytes, view);
  if (!frame) return undefined;
  const count = countedFrames(frame, view);
  if (count !== undefined) return (count * frame.samples) / frame.sampleRate;
  return ((bytes.length - frame.at) * 8) / frame.bitsPerSecond;
}

function countedFrames({ at, sideBytes }: Frame, view: DataView): number | undefined {
  const name = (place: number) => (place + 18 <= view.byteLength ? view.getUint32(place) : 0);
  const xing = at + sideBytes;
  // `Xing`, or `Info` where all frames have one rate; the lowest flag says that the count is there.
  if ((name(xing) === 0x58696e67 || name(xing) === 0x496e666f) && (view.getUint32(xing + 4) & 1) === 1) return view.getUint32(xing + 8);
  return name(at + 36) === 0x56425249 ? view.getUint32(at + 36 + 14) : undefined;
}

function firstFrame(bytes: Uint8Array, view: DataView): Frame | undefined {
  const from = endOfTag(bytes);
  for (let at = from; at + 4 <= Math.min(bytes.length, from + MOST_PADDING); at++) {
    const frame = bytes[at] === 0xff ? frameAt(at, view.getUint32(at)) : undefined;
    if (frame) return frame;
  }
  return undefined;
}

/** Behind an ID3 tag, whose length has seven bits in each byte (ID3 2.4, 3.1). */
function endOfTag(bytes: Uint8Array): number {
  if (bytes[0] !== 0x49 || bytes[1] !== 0x44 || bytes[2] !== 0x33) return 0;
  return 10 + [...bytes.subarray(6, 10)].reduce((sum, byte) => sum * 128 + (byte & 127), 0);
}

function frameAt(at: number, header: number): Frame | undefined {
  const bits = (from: number, count: number) => (header >>> from) & (2 ** count - 1);
  // 3 is MPEG 1, 2 is MPEG 2, 0 is MPEG 2.5; layer III is written as 1.
  const version = bits(19, 2);
  if (bits(21, 11) !== 0x7ff || version === 1 || bits(17, 2) !== 1) return undefined;
  const isFirst = version === 3;
  const kilobits = BIT_RATES[isFirst ? 0 : 1][bits(12, 4)];
  const rate = SAMPLE_RATES[bits(10, 2)];
  if (!kilobits || rate === undefined) return undefined;
  const isMono = bits(6, 2) === 3;
  const sideBytes = 4 + (isFirst ? (isMono ? 17 : 32) : isMono ? 9 : 17);
  const sampleRate = isFirst ? rate : version === 2 ? rate / 2 : rate / 4;
  return { at, bitsPerSecond: kilobits * 1000, sampleRate, samples: isFirst ? 1152 : 576, sideBytes };
}
