import type { TokenUsage } from "../../core/cost.ts";
import type { ModelOutcome } from "../../pipeline/ports.ts";
import { listIn, numberIn, objectIn, textIn, type JsonObject } from "./json.ts";
import { ServerFailure } from "./serverFailure.ts";

/** What an event of a stream says, whichever of the two APIs it comes from. */
export type AnswerPiece =
  | { readonly type: "text"; readonly text: string }
  /** The whole text once more; it counts only where none has come in pieces. */
  | { readonly type: "whole"; readonly text: string }
  | { readonly type: "refusal" }
  | { readonly type: "model"; readonly model: string }
  | { readonly type: "usage"; readonly usage: TokenUsage }
  /** The server says itself that it took no notice of the schema. */
  | { readonly type: "schema ignored" }
  | { readonly type: "ended"; readonly outcome: ModelOutcome }
  | { readonly type: "failed"; readonly failure: ServerFailure };

/** An event of `POST /responses`, or the whole response of a server that does not stream. */
export function responsesPieces(event: unknown): AnswerPiece[] {
  const type = textIn(event, "type");
  const response = objectIn(event, "response");
  switch (type) {
    case "response.output_text.delta":
      return textPieces(event, "delta");
    case "response.output_text.done":
      return textPieces(event, "text", "whole");
    case "response.refusal.delta":
    case "response.refusal.done":
      return [{ type: "refusal" }];
    case "response.created":
    case "response.in_progress":
      return [...modelPieces(response), ...echoPieces(response)];
    case "response.completed":
    case "response.incomplete":
    case "response.failed":
    case "response.cancelled":
      return responsePieces(response, type.slice("response.".length));
    case "error":
      return [{ type: "failed", failure: new ServerFailure({ body: objectIn(event, "error") ? event : { error: event } }) }];
    case undefined:
      return textIn(event, "object") === "response" ? responsePieces(objectIn(event), "completed") : errorPieces(event);
    default:
      return [];
  }
}

/** A chunk of `POST /chat/completions`, or the whole completion of a server that does not stream. */
export function chatPieces(chunk: unknown): AnswerPiece[] {
  const pieces: AnswerPiece[] = [...errorPieces(chunk), ...modelPieces(objectIn(chunk)), ...chatUsage(chunk)];
  const choice = listIn(chunk, "choices")[0];
  const delta = objectIn(choice, "delta") ?? objectIn(choice, "message");
  pieces.push(...contentPieces(delta));
  if (textIn(delta, "refusal")) pieces.push({ type: "refusal" });
  const reason = textIn(choice, "finish_reason");
  if (reason) pieces.push(finishPiece(reason, choice));
  return pieces;
}

function finishPiece(reason: string, choice: unknown): AnswerPiece {
  switch (reason) {
    case "length":
    case "max_tokens":
    case "model_length":
      return { type: "ended", outcome: "truncated" };
    case "content_filter":
      return { type: "ended", outcome: "filtered" };
    case "error":
      return { type: "failed", failure: new ServerFailure({ status: 500, body: objectIn(choice, "error") ? choice : { error: { message: "the model's provider failed" } } }) };
    default:
      return { type: "ended", outcome: "completed" };
  }
}

/** Most send a string, some a list of parts. */
function contentPieces(delta: unknown): AnswerPiece[] {
  const parts = listIn(delta, "content").map((part) => textIn(part, "text") ?? "");
  const text = textIn(delta, "content") ?? parts.join("");
  return text === "" ? [] : [{ type: "text", text }];
}

/** How a response ended, from its own status where it tells one, else from the event's name. */
function responsePieces(response: JsonObject | undefined, named: string): AnswerPiece[] {
  const parts = listIn(response, "output").flatMap((item) => listIn(item, "content"));
  const text = parts.map((part) => (textIn(part, "type") === "output_text" ? (textIn(part, "text") ?? "") : "")).join("");
  const status = textIn(response, "status") ?? named;
  return [
    ...modelPieces(response),
    ...(text === "" ? [] : [{ type: "whole", text } as const]),
    ...(parts.some((part) => textIn(part, "type") === "refusal") ? [{ type: "refusal" } as const] : []),
    ...responsesUsage(response),
    endPiece(response, named === "completed" ? status : named),
  ];
}

function endPiece(response: JsonObject | undefined, status: string): AnswerPiece {
  switch (status) {
    case "incomplete":
      return { type: "ended", outcome: textIn(objectIn(response, "incomplete_details"), "reason") === "content_filter" ? "filtered" : "truncated" };
    case "failed":
    case "cancelled": {
      const error = objectIn(response, "error") ?? { message: `the answer is marked as ${status}` };
      return { type: "failed", failure: new ServerFailure({ body: { error } }) };
    }
    default:
      return { type: "ended", outcome: "completed" };
  }
}

/** OpenAI repeats the format that it will keep to; a server that says "text" has not understood what was asked. */
function echoPieces(response: unknown): AnswerPiece[] {
  const format = textIn(objectIn(objectIn(response, "text"), "format"), "type");
  return format !== undefined && format !== "json_schema" ? [{ type: "schema ignored" }] : [];
}

function errorPieces(chunk: unknown): AnswerPiece[] {
  const error = objectIn(chunk)?.["error"];
  return error === undefined || error === null ? [] : [{ type: "failed", failure: new ServerFailure({ body: chunk }) }];
}

function textPieces(event: unknown, key: string, type: "text" | "whole" = "text"): AnswerPiece[] {
  const text = textIn(event, key);
  return text === undefined ? [] : [{ type, text }];
}

function modelPieces(holder: unknown): AnswerPiece[] {
  const model = textIn(holder, "model");
  return model === undefined ? [] : [{ type: "model", model }];
}

function responsesUsage(response: unknown): AnswerPiece[] {
  const usage = objectIn(response, "usage");
  return usagePieces(numberIn(usage, "input_tokens"), numberIn(usage, "output_tokens"), objectIn(usage, "input_tokens_details"));
}

function chatUsage(chunk: unknown): AnswerPiece[] {
  const usage = objectIn(chunk, "usage");
  return usagePieces(numberIn(usage, "prompt_tokens"), numberIn(usage, "completion_tokens"), objectIn(usage, "prompt_tokens_details"));
}

function usagePieces(inputTokens: number | undefined, outputTokens: number | undefined, details: JsonObject | undefined): AnswerPiece[] {
  if (inputTokens === undefined || outputTokens === undefined) return [];
  const cacheWriteTokens = numberIn(details, "cache_write_tokens");
  const usage = { inputTokens, cachedInputTokens: numberIn(details, "cached_tokens") ?? 0, ...(cacheWriteTokens === undefined ? {} : { cacheWriteTokens }), outputTokens };
  return [{ type: "usage", usage }];
}
