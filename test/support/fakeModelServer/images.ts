import { deflateSync } from "node:zlib";
import type { FakeBody } from "../fakeModelServer.ts";
import type { RawAnswer } from "./answers.ts";

export interface DrawnOptions {
  /** What is sent as the picture; a small PNG otherwise. */
  readonly bytes?: Uint8Array;
  /** As text, where even the Base64 is to be wrong. */
  readonly encoded?: string;
  /** Bytes per piece on the wire. */
  readonly bytesPerPiece?: number;
  readonly usage?: object;
  /** After so many pieces nothing more comes. */
  readonly stallsAfter?: number;
  /** After so many pieces the socket is cut. */
  readonly cutAfter?: number;
}

export interface DrawnAnswer extends DrawnOptions {
  readonly kind: "drawn";
}

const USAGE = { input_tokens: 60, output_tokens: 272, total_tokens: 332, input_tokens_details: { text_tokens: 50, image_tokens: 10 } };

/** An answer of the images API. */
export function draws(options: DrawnOptions = {}): DrawnAnswer {
  return { kind: "drawn", ...options };
}

/** The bytes that go over the wire. */
export function drawsAnswer(answer: DrawnOptions, body: FakeBody): RawAnswer {
  const { bytes = picture(), encoded = Buffer.from(bytes).toString("base64"), usage = USAGE, bytesPerPiece } = answer;
  const whole = Buffer.from(JSON.stringify({ created: 1_790_000_000, data: [{ b64_json: encoded }], usage, quality: body["quality"] ?? "auto" }));
  const pieces = bytesPerPiece ? cut(whole, bytesPerPiece) : [whole];
  const rest = { kind: "raw", type: "application/json" } as const;
  if (answer.stallsAfter !== undefined) return { ...rest, parts: pieces.slice(0, answer.stallsAfter), staysOpen: true };
  if (answer.cutAfter !== undefined) return { ...rest, parts: pieces.slice(0, answer.cutAfter), isCut: true };
  return { ...rest, parts: pieces };
}

/** The fields of a form, a list where one is given again, a file as `{ name, type, bytes }`; undefined where the body is no form. */
export async function readForm(bytes: Uint8Array, type = ""): Promise<FakeBody | undefined> {
  if (!type.startsWith("multipart/form-data")) return undefined;
  const form = await new Response(new Uint8Array(bytes), { headers: { "content-type": type } }).formData();
  const fields = new Map<string, unknown>();
  for (const [key, value] of form) {
    const field = typeof value === "string" ? value : { name: value.name, type: value.type, bytes: new Uint8Array(await value.arrayBuffer()) };
    fields.set(key, fields.has(key) ? [fields.get(key), field].flat() : field);
  }
  return Object.fromEntries(fields);
}

/** A PNG of one pixel in a shade of grey, whole and right to its check sums. */
export function picture(shade = 128): Uint8Array {
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
  const parts = [chunk("IHDR", header), chunk("IDAT", deflateSync(Buffer.from([0, shade]))), chunk("IEND", Buffer.alloc(0))];
  return new Uint8Array(Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), ...parts]));
}

function chunk(type: string, data: Buffer): Buffer {
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc(named));
  return Buffer.concat([length, named, sum]);
}

/** As the PNG specification computes it (annex D). */
function crc(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return (sum ^ 0xffffffff) >>> 0;
}

function cut(bytes: Uint8Array, size: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
}
