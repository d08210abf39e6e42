import type { ImageRequest, MadeImage } from "../../pipeline/ports.ts";
import type { Cleaner } from "../model/redact.ts";
import { ServerFailure } from "../model/serverFailure.ts";
import { askWhole, type WholeCallDeps } from "../model/wholeCall.ts";
import { readImageAnswer } from "./imageAnswer.ts";
import { describeImageFault } from "./imageFault.ts";
import { toWireRequest, type WireRequest } from "./imageRequest.ts";

export interface PictureDeps extends WholeCallDeps {
  readonly model: string;
  readonly hasKey: boolean;
  readonly clean: Cleaner;
  /** Taken back for a server that does not know how to be asked. */
  asksForBytes: boolean;
}

/** Room for the largest picture that models make, 3840x2160 as PNG, written as Base64. */
const MAX_ANSWER_BYTES = 96 * 1024 * 1024;

/** Asks until there is a picture or a reason to give up. @throws {ImageError} */
export async function drawPicture(request: ImageRequest, signal: AbortSignal, deps: PictureDeps): Promise<MadeImage> {
  const { model, endpoint, hasKey, clean, log } = deps;
  let path: WireRequest["path"] = "/images/generations";
  // In the latest try: another drawing may have taken it back since.
  let askedForBytes = false;
  const call = {
    model,
    maxBytes: MAX_ANSWER_BYTES,
    request() {
      askedForBytes = deps.asksForBytes;
      const wire = toWireRequest(request, { model, asksForBytes: askedForBytes });
      path = wire.path;
      return wire;
    },
    read: (body: string) => readImageAnswer(body, model),
    concede(error: unknown) {
      if (!askedForBytes || !isAboutFormat(error)) return false;
      deps.asksForBytes = false;
      log?.info(`${endpoint.host} does not know response_format; asking without.`);
      return true;
    },
    describe: (error: unknown) => describeImageFault(error, { endpoint, model, path, hasKey, clean }),
  };
  return askWhole(call, signal, deps);
}

function isAboutFormat(error: unknown): boolean {
  if (!(error instanceof ServerFailure) || (error.status !== 400 && error.status !== 422)) return false;
  return error.param === "response_format" || error.message.includes("response_format");
}
