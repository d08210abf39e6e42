import type { DrawnAnswer } from "./images.ts";

/** How a spoken answer ends. */
export type FakeEnding =
  | "completed"
  | "max_output_tokens"
  | "content_filter"
  | "refusal"
  /** `response.failed`, or an error chunk in a chat. */
  | "failed"
  | "error event"
  /** A clean end of the body, but no word that it is the end. */
  | "eof"
  /** The socket is cut. */
  | "cut"
  /** Nothing more, and the connection stays open. */
  | "stall";

/** What lesser servers do differently. */
export interface FakeQuirks {
  readonly noRole?: boolean;
  readonly noFinishReason?: boolean;
  readonly noDone?: boolean;
  /** No chunk with the usage, although it was asked for. */
  readonly noUsage?: boolean;
  /** Thoughts in `reasoning_content`, with null as content. */
  readonly reasoning?: string;
  readonly crlf?: boolean;
  /** Comments that keep the connection alive, before every event. */
  readonly comments?: boolean;
  /** Bytes per piece on the wire; it cuts characters and events in two. */
  readonly bytesPerPiece?: number;
  /** Not streamed, although it was asked for. */
  readonly wholeBody?: boolean;
  /** `/responses` sends the text at its end only. */
  readonly noDeltas?: boolean;
  /** The format that `/responses` says it will keep to. */
  readonly echoedFormat?: string;
}

export interface FakeUsage {
  readonly input: number;
  readonly cached: number;
  /** What was put into the cache; not told where absent. */
  readonly written?: number;
  readonly output: number;
}

export const DEFAULT_CHUNK_LENGTH = 7;
/** As English prose has them, about. */
export const CHARACTERS_A_TOKEN = 4;

export interface SpokenOptions {
  /** Characters in one event; all at once where 0. */
  readonly chunkLength?: number;
  /** Milliseconds before the first event. */
  readonly firstMs?: number;
  /** Milliseconds after every piece. */
  readonly delayMs?: number;
  /** The delay instead, for a text that comes in characters. */
  readonly tokensPerSecond?: number;
  readonly ending?: FakeEnding;
  /** Code of the error that `failed` and `error event` tell. */
  readonly code?: string;
  readonly usage?: FakeUsage;
  /** The model that the answer names; what was asked for otherwise. */
  readonly model?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly quirks?: FakeQuirks;
}

export interface SpokenAnswer extends SpokenOptions {
  readonly kind: "spoken";
  readonly text: string;
}

/** Bytes as they are. */
export interface RawAnswer {
  readonly kind: "raw";
  readonly status?: number;
  readonly type: string;
  readonly parts: readonly (string | Uint8Array)[];
  /** Nothing more comes, and the connection stays open. */
  readonly staysOpen?: boolean;
  /** The socket is cut after the parts. */
  readonly isCut?: boolean;
}

export type FakeAnswer =
  | SpokenAnswer
  | DrawnAnswer
  | { readonly kind: "status"; readonly status: number; readonly body: unknown; readonly headers?: Readonly<Record<string, string>> | undefined; readonly type?: string | undefined }
  /** Takes the request and never answers. */
  | { readonly kind: "hang" }
  /** Closes the connection without a word. */
  | { readonly kind: "drop" }
  | RawAnswer;

/** An answer in words, by default in events of 7 characters, without delay. */
export function says(text: string, options: SpokenOptions = {}): SpokenAnswer {
  return { kind: "spoken", text, ...options };
}

/** The text as models write it that think aloud first. */
export function withThoughts(text: string): string {
  return `<think>\nShe lifts it. {"segments": []} would be too short.\n</think>\n\n${text}`;
}

/** The text as models write it that take every JSON for an example. */
export function inFence(text: string): string {
  return `Here is the JSON:\n\n\`\`\`json\n${text}\n\`\`\`\n`;
}

/** @param error The message, or the whole error object. */
export function status(code: number, error: unknown, headers?: Readonly<Record<string, string>>): FakeAnswer {
  return { kind: "status", status: code, body: { error: typeof error === "string" ? { message: error } : error }, headers };
}

/** The answer of a server that does not know a parameter, as OpenAI words it. */
export function unsupported(param: string): FakeAnswer {
  return status(400, { message: `Unsupported parameter: '${param}' is not supported with this model.`, type: "invalid_request_error", param, code: "unsupported_parameter" });
}

export function modelList(...names: readonly string[]): FakeAnswer {
  return { kind: "status", status: 200, body: { object: "list", data: names.map((id) => ({ id, object: "model" })) } };
}

export function webPage(): FakeAnswer {
  return { kind: "status", status: 200, body: "<!doctype html><title>Hello</title>", type: "text/html" };
}

/** An answer each, the last one for all further calls. */
export function inTurn(...answers: readonly FakeAnswer[]): (call: { readonly index: number }) => FakeAnswer {
  return ({ index }) => answers[Math.min(index, answers.length - 1)]!;
}
