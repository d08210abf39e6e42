import { messageOf } from "../../core/errors.ts";
import { AnswerFault } from "./answerFault.ts";
import { isAboutLength } from "./concessions.ts";
import type { Endpoint } from "./endpoint.ts";
import { ModelError, type ModelFault } from "./modelError.ts";
import type { Cleaner } from "./redact.ts";
import { isQuotaSpent } from "./retries.ts";
import { ConnectionFailure, ServerFailure } from "./serverFailure.ts";

export interface FaultContext {
  readonly endpoint: Endpoint;
  /** Absent where no model was asked. */
  readonly model?: string | undefined;
  readonly hasKey: boolean;
  readonly clean: Cleaner;
  /** Text had come before it broke. */
  readonly isResumable: boolean;
}

type Sentence = readonly [fault: ModelFault, what: string, hint: string];

export const TRY_AGAIN = "Run again: what is saved is kept, and only the rest is asked for.";

/**
 * The error for a person: host, model, what was answered, what to do. Anything that the transport
 * did not throw is a bug of ours and comes back as it is.
 */
export function describeFault(error: unknown, context: FaultContext): unknown {
  const sentence = sentenceFor(error, context);
  if (!sentence) return error;
  const [fault, what, hint] = sentence;
  return new ModelError(what, { fault, hint, isResumable: context.isResumable });
}

function sentenceFor(error: unknown, context: FaultContext): Sentence | undefined {
  if (error instanceof ServerFailure) return serverSentence(error, context);
  if (error instanceof ConnectionFailure) return connectionSentence(error, context);
  if (error instanceof AnswerFault) return answerSentence(error, context);
  return undefined;
}

function serverSentence(error: ServerFailure, context: FaultContext): Sentence {
  const { endpoint, model, hasKey } = context;
  const { host, origin, baseUrl } = endpoint;
  const asked = model === undefined ? host : `${host}, asked for "${model}",`;
  const answered = quoteServer(error, context);
  const words = messageOf(error).toLowerCase();
  if (isQuotaSpent(error)) return ["quota spent", `The quota at ${host} is spent${answered}`, "Add credit or raise the limit there, or choose another model. What is saved is kept."];
  switch (error.status ?? 0) {
    case 401:
      return hasKey
        ? ["key refused", `${host} did not accept the API key${answered}`, `Set the key for ${origin} anew; it is used for that address only.`]
        : ["key refused", `${host} wants an API key, and none is set${answered}`, `Set a key for ${origin}.`];
    case 403:
      return ["not allowed", `${asked} does not allow it${answered}`, `Look whether the key for ${origin} may use this model, or choose another.`];
    case 404:
      return ["not found", `${asked} did not find it${answered}`, `Look whether the base URL ${baseUrl} is right and the model is one that the server lists.`];
    case 413:
      return tooLong(asked, answered);
    case 429:
      return ["busy", `${asked} allows no more calls for now${answered}`, `Wait, or let fewer calls run side by side. ${TRY_AGAIN}`];
    default:
      if (error.code === "context_length_exceeded" || isAboutLength(words)) return tooLong(asked, answered);
      if (error.status !== undefined && error.status >= 500) return ["failed", `${asked} failed${answered}`, TRY_AGAIN];
      return ["rejected", `${asked} did not accept the request${answered}`, "Choose another model, or look at the server's log."];
  }
}

function tooLong(asked: string, answered: string): Sentence {
  return ["rejected", `The request is too long: ${asked} did not accept it${answered}`, "Choose a model with a larger context, or smaller batches."];
}

function connectionSentence({ code = "" }: ConnectionFailure, { endpoint, isResumable }: FaultContext): Sentence {
  const { host, baseUrl, isLoopback } = endpoint;
  switch (code) {
    case "REDIRECT":
      return ["redirected", `${host} sends the request on to another address`, "Neither key nor story is sent on. If you trust that address, set it as base URL."];
    case "FOREIGN_ORIGIN":
      return ["redirected", `A request was about to leave for another address than ${baseUrl}`, "It was not sent. Set the base URL anew."];
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return ["unreachable", `${host} was not found`, `Look whether the base URL ${baseUrl} is right and this machine is online.`];
    case "ECONNREFUSED":
      return ["unreachable", `Nothing answers at ${baseUrl}`, isLoopback ? "Start the model server, or set the port it listens on." : "Look whether the address is right and the server runs."];
    default:
      if (isResumable) return ["disconnected", `The connection to ${host} broke off in the middle of an answer`, TRY_AGAIN];
      return ["unreachable", `The connection to ${host} failed${code === "" ? "" : ` (${code})`}`, `Look whether the base URL ${baseUrl} is right and this machine is online. ${TRY_AGAIN}`];
  }
}

function answerSentence({ kind }: AnswerFault, { endpoint, model }: FaultContext): Sentence {
  const { host, baseUrl } = endpoint;
  const who = model === undefined ? host : `"${model}" at ${host}`;
  switch (kind) {
    case "disconnected":
      return ["disconnected", `${who} broke off in the middle of an answer`, TRY_AGAIN];
    case "stalled":
      return ["stalled", `${who} fell silent`, `Look whether the server is overloaded. ${TRY_AGAIN}`];
    case "endless":
      return ["failed", `${who} does not stop answering`, "Choose another model."];
    case "not json":
    case "schema ignored":
    case "unreadable":
      return ["unreadable", `${who} gave an answer that cannot be read`, `Look whether ${baseUrl} is the address of an OpenAI-compatible server, or choose another model.`];
  }
}

/** `: 401 "Incorrect API key"`, and the id that support asks for. */
export function quoteServer(error: ServerFailure, { clean }: Pick<FaultContext, "clean">): string {
  const status = error.status === undefined ? "" : ` ${error.status}`;
  const words = clean(error.message);
  const id = clean(error.headers?.get("x-request-id") ?? "");
  return `:${status}${words === "" ? "" : ` "${words}"`}${id === "" ? "" : ` (request ${id})`}`.replace(/^:$/, "");
}
