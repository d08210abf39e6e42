import type { SpokenSound } from "../../pipeline/ports.ts";
import { describeFault, quoteServer, TRY_AGAIN, type FaultContext } from "../model/describeFault.ts";
import { ModelError, type ModelFault } from "../model/modelError.ts";
import { isQuotaSpent } from "../model/retries.ts";
import { isMissingEndpoint, ServerFailure } from "../model/serverFailure.ts";
import { HeardFault } from "./heardAnswer.ts";
import { SMALLER } from "./soundLimits.ts";

export interface HearingFaultContext extends Omit<FaultContext, "isResumable"> {
  readonly sound: SpokenSound;
  readonly model: string;
  /** Below the base URL. */
  readonly path: string;
}

const OTHERWISE = "or transcribe the sound on this machine, with Whisper for example, and give the JSON or SRT that comes out.";
const NAME_MODEL = "(--transcription-model, or the setting storyDirector.model.transcription)";

/** The error for a person: host, model, what was answered, what to do. Bugs of ours come back as they are. */
export function describeHearingFault(error: unknown, context: HearingFaultContext): unknown {
  const { endpoint, model } = context;
  if (error instanceof HeardFault) {
    return new ModelError(`"${model}" at ${endpoint.host} gave ${error.found} instead of a transcript`, { fault: "unreadable", hint: `Choose another transcription model ${NAME_MODEL}, ${OTHERWISE}` });
  }
  const own = error instanceof ServerFailure && !isQuotaSpent(error) ? serverError(error, context) : undefined;
  if (own) return own;
  const told = describeFault(error, { ...context, isResumable: false });
  if (!(told instanceof ModelError)) return told;
  const hint = told.fault === "stalled" ? `Split the sound into parts, ${OTHERWISE}` : told.hint?.replace(TRY_AGAIN, "Then try again; nothing was made yet.");
  return new ModelError(told.message, { fault: told.fault, hint });
}

/** What servers say of sound only. */
function serverError(error: ServerFailure, context: HearingFaultContext): ModelError | undefined {
  const { endpoint, model, path, sound } = context;
  const asked = `${endpoint.host}, asked for "${model}",`;
  const make = (what: string, fault: ModelFault, hint: string) => new ModelError(`${what}${quoteServer(error, context)}`, { fault, hint });
  if (isMissingEndpoint(error, model)) return make(`${endpoint.host} transcribes nothing: it has no ${endpoint.baseUrl}${path}`, "not found", `Choose a provider that does, ${OTHERWISE}`);
  if (error.status === 404 || error.code === "model_not_found") return make(`${asked} did not find it`, "not found", `Name a transcription model that the server has ${NAME_MODEL}, ${OTHERWISE}`);
  if (error.status !== 400 && error.status !== 413 && error.status !== 415 && error.status !== 422) return undefined;
  if (error.status === 413 || /too (?:long|large|big)|longer than|maximum (?:content|duration|size)|size limit/i.test(error.message)) return make(`${sound.name} is too large or too long for "${model}" at ${endpoint.host}`, "rejected", SMALLER);
  if (error.status === 415 || /file format|could not (?:be )?decode|decod(?:e|ing)|unsupported.*(?:file|format)|corrupt/i.test(error.message)) return make(`${endpoint.host} cannot read the sound of ${sound.name}`, "rejected", SMALLER);
  return make(`${asked} did not accept the request`, "rejected", `Choose another transcription model ${NAME_MODEL}, ${OTHERWISE}`);
}
