import { describeFault, quoteServer, type FaultContext } from "../model/describeFault.ts";
import { ModelError, type ModelErrorDetails, type ModelFault } from "../model/modelError.ts";
import { isAboutLength } from "../model/concessions.ts";
import { isQuotaSpent } from "../model/retries.ts";
import { isMissingEndpoint, ServerFailure } from "../model/serverFailure.ts";
import { PictureFault } from "./imageAnswer.ts";
import type { WireRequest } from "./imageRequest.ts";

/** A call to an image model failed. */
export class ImageError extends ModelError {
  /** Every other image would fail as this one did. */
  readonly concernsAll: boolean;

  constructor(message: string, { concernsAll, ...details }: ModelErrorDetails & { readonly concernsAll: boolean }) {
    super(message, details);
    this.concernsAll = concernsAll;
  }
}

export interface ImageFaultContext extends Omit<FaultContext, "isResumable"> {
  readonly model: string;
  readonly path: WireRequest["path"];
}

const FOR_ALL: ReadonlySet<ModelFault> = new Set<ModelFault>(["key refused", "not allowed", "quota spent", "not found", "redirected", "unreachable"]);
const TURN_OFF = "turn asset images off (--no-images, or the setting storyDirector.images.enabled)";

/** The error for a person: host, model, what was answered, what to do. Bugs of ours come back as they are. */
export function describeImageFault(error: unknown, context: ImageFaultContext): unknown {
  if (error instanceof PictureFault) {
    const hint = "Choose another image model, or look at the server's log. Only a PNG, JPEG or WebP that comes along in the answer is taken.";
    return new ImageError(`"${context.model}" at ${context.endpoint.host} gave ${error.found}`, { fault: "unreadable", hint, concernsAll: false });
  }
  const own = error instanceof ServerFailure && !isQuotaSpent(error) ? serverError(error, context) : undefined;
  if (own) return own;
  const told = describeFault(error, { ...context, isResumable: false });
  if (!(told instanceof ModelError)) return told;
  return new ImageError(told.message, { fault: told.fault, hint: told.hint, concernsAll: FOR_ALL.has(told.fault) });
}

/** What servers say of pictures only. */
function serverError(error: ServerFailure, context: ImageFaultContext): ImageError | undefined {
  const { endpoint, model } = context;
  const answered = quoteServer(error, context);
  const asked = `${endpoint.host}, asked for "${model}",`;
  const make = (what: string, hint: string, rest: { readonly fault: ModelFault; readonly concernsAll: boolean }) => new ImageError(`${what}${answered}`, { hint, ...rest });
  if (isRefusal(error)) return make(`${asked} refuses to draw this`, "Reword the asset's description, or put a picture of your own beside it and name it in its images.", { fault: "rejected", concernsAll: false });
  if (isMissingEndpoint(error, model)) return endpointError(context, make);
  if (error.status === 404) return make(`${asked} did not find it`, `Name an image model that the server has (--image-model, or the setting storyDirector.images.model), or ${TURN_OFF}.`, { fault: "not found", concernsAll: true });
  if (error.status === 413 || isAboutLength(error.message.toLowerCase())) return make(`${asked} finds the prompt or the picture to draw from too large`, "Shorten the asset's description or style.md, or use a smaller picture.", { fault: "rejected", concernsAll: false });
  if (error.status !== 400 && error.status !== 422) return undefined;
  const isSetting = ["model", "size", "quality"].includes(error.param ?? "");
  return make(`${asked} did not accept the request`, isSetting ? `Choose another ${error.param} for asset images.` : "Choose another image model, size or quality, or look at the server's log.", { fault: "rejected", concernsAll: isSetting });
}

type Make = (what: string, hint: string, rest: { readonly fault: ModelFault; readonly concernsAll: boolean }) => ImageError;

function endpointError({ endpoint, path }: ImageFaultContext, make: Make): ImageError {
  if (path === "/images/generations") {
    return make(`${endpoint.host} makes no images: it has no ${endpoint.baseUrl}${path}`, `Choose a server that does, or ${TURN_OFF}.`, { fault: "not found", concernsAll: true });
  }
  const hint = "Choose a server that does, or put a picture of that state beside the asset and name it in its images.";
  return make(`${endpoint.host} draws nothing from a picture: it has no ${endpoint.baseUrl}${path}`, hint, { fault: "not found", concernsAll: false });
}

/** OpenAI says `moderation_blocked`; others answer 400 or 403 and say so in words. */
function isRefusal({ status, code, type, message }: ServerFailure): boolean {
  if (code === "moderation_blocked" || code === "content_policy_violation" || code === "content_filter" || type === "image_generation_user_error") return true;
  return (status === 400 || status === 403 || status === 422) && /safety system|content policy|moderation|flagged/i.test(message);
}
