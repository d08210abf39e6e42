import { imageTypeOf } from "../../core/imageType.ts";
import type { ImageUsage, MadeImage } from "../../pipeline/ports.ts";
import { listIn, numberIn, objectIn, parseJson, textIn } from "../model/json.ts";
import { ServerFailure } from "../model/serverFailure.ts";

/** The server answered, but not with a picture. */
export class PictureFault extends Error {
  /** What came instead, e.g. `no picture`. */
  readonly found: string;

  constructor(found: string) {
    super(found);
    this.found = found;
  }
}

/**
 * The picture in the whole body of an answer of the images API.
 * @throws {PictureFault} where there is none; {ServerFailure} where a server tells of a failure with status 200
 */
export function readImageAnswer(text: string, model: string): MadeImage {
  const answer = objectIn(parseJson(text));
  if (!answer) throw new PictureFault("an answer that is not JSON");
  if (answer["error"]) throw new ServerFailure({ body: answer });
  const [first] = listIn(answer, "data");
  const encoded = textIn(first, "b64_json");
  // It is not fetched: an address from outside may lead anywhere.
  if (!encoded) throw new PictureFault(textIn(first, "url") ? "the address of a picture instead of the picture" : "no picture");
  const bytes = decode(encoded);
  const type = bytes && imageTypeOf(bytes);
  if (!bytes || !type) throw new PictureFault("bytes that are no PNG, JPEG or WebP");
  return { bytes, type, model: textIn(answer, "model") ?? model, usage: readUsage(answer) };
}

/** Undefined where it is no Base64. Some servers write it as a data URL. */
function decode(text: string): Uint8Array | undefined {
  try {
    const characters = atob(text.replace(/^data:[^,]{0,100},/, ""));
    return Uint8Array.from(characters, (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

function readUsage(answer: unknown): ImageUsage | undefined {
  const usage = objectIn(answer, "usage");
  const inputTokens = numberIn(usage, "input_tokens");
  const outputTokens = numberIn(usage, "output_tokens");
  if (inputTokens === undefined || outputTokens === undefined) return undefined;
  const details = objectIn(usage, "input_tokens_details");
  const imageInputTokens = numberIn(details, "image_tokens");
  return { inputTokens, outputTokens, cachedInputTokens: numberIn(details, "cached_tokens") ?? 0, ...(imageInputTokens === undefined ? {} : { imageInputTokens }) };
}
