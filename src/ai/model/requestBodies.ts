import type { ReasoningEffort } from "../../core/reasoningEffort.ts";
import type { ModelRequest } from "../../pipeline/ports.ts";
import type { Ability } from "./ability.ts";
import { answerSchema, inWords, type JsonSchema } from "./answerSchema.ts";
import type { Endpoint } from "./endpoint.ts";

export interface BodyOptions {
  readonly endpoint: Endpoint;
  readonly model: string;
  readonly effort: ReasoningEffort;
  readonly ability: Ability;
}

export type Body = Readonly<Record<string, unknown>>;

/** Thinking counts as output, so that a limit meant for the answer alone would cut it short. */
const THINKING_TOKENS: Readonly<Record<ReasoningEffort, number>> = { none: 0, minimal: 1_024, low: 4_096, medium: 16_384, high: 32_768, xhigh: 65_536, max: 65_536 };
const MAX_OUTPUT_TOKENS = 128_000;

/** The body of `POST /responses`: what never changes comes first, byte for byte. */
export function responsesBody(request: ModelRequest, options: BodyOptions): Body {
  const { endpoint, model, ability } = options;
  const { without } = ability;
  const marks = marksCache(options);
  const effort = effortFor(options);
  const { kind } = endpoint;
  return {
    model,
    stream: true,
    input: marks ? markedInput(request) : plainMessages(request, request.system),
    text: { format: { type: "json_schema", name: request.answer.name, strict: true, schema: schemaFor(request, endpoint) } },
    ...(without.has("limit") ? {} : { max_output_tokens: outputLimit(request, options) }),
    // Kept for 30 days otherwise: the story is its author's.
    ...((kind === "openai" || kind === "azure") && !without.has("store") ? { store: false } : {}),
    ...(kind === "openai" && !without.has("obfuscation") ? { stream_options: { include_obfuscation: false } } : {}),
    ...(effort ? { reasoning: { effort } } : {}),
    ...(kind === "openai" && !without.has("cache") ? { prompt_cache_key: cacheKey(request) } : {}),
    // No implicit mark: it would be paid for at the end of every message, and never be met again.
    ...(marks ? { prompt_cache_options: { mode: "explicit" } } : {}),
  };
}

/** The body of `POST /chat/completions`, for the steps below `responses`. */
export function chatBody(request: ModelRequest, options: BodyOptions): Body {
  const { endpoint, model, ability } = options;
  const { step, without } = ability;
  const { kind } = endpoint;
  const effort = effortFor(options);
  const limit = outputLimit(request, options);
  const system = step === "chat" ? request.system : `${request.system}\n\n${schemaInWords(request, endpoint)}`;
  return {
    model,
    stream: true,
    messages: plainMessages(request, system),
    ...responseFormat(request, options),
    ...(without.has("usage") ? {} : { stream_options: { include_usage: true, ...(kind === "openai" && !without.has("obfuscation") ? { include_obfuscation: false } : {}) } }),
    // Older servers know `max_tokens` only; OpenAI's newer models know only the other.
    ...(without.has("limit") ? {} : kind === "openai" || kind === "azure" ? { max_completion_tokens: limit } : { max_tokens: limit }),
    ...(kind === "openai" && !without.has("store") ? { store: false } : {}),
    ...(effort ? { reasoning_effort: effort } : {}),
    ...(kind === "openai" && !without.has("cache") ? { prompt_cache_key: cacheKey(request) } : {}),
    // Or OpenRouter may route to a provider that ignores the schema.
    ...(kind === "openrouter" && step !== "text" && !without.has("requireParameters") ? { provider: { require_parameters: true } } : {}),
  };
}

/** Tokens that a call may take from a rate limit: what goes in, at four characters each, and what may come out. */
export function tokensAsked(request: ModelRequest, options: BodyOptions): number {
  return Math.ceil((request.system.length + request.context.length + request.instruction.length) / 4) + outputLimit(request, options);
}

function outputLimit({ maxOutputTokens }: ModelRequest, options: BodyOptions): number {
  const effort = effortFor(options);
  return Math.min(MAX_OUTPUT_TOKENS, maxOutputTokens + (effort ? THINKING_TOKENS[effort] : 0));
}

/** Undefined where the model would not know what is meant. */
function effortFor({ endpoint, model, effort, ability: { without } }: BodyOptions): ReasoningEffort | undefined {
  if (endpoint.kind !== "openai" || without.has("effort") || !/^(?:gpt-(?:[5-9]|\d\d)|o\d)/.test(model)) return undefined;
  return effort === "none" && without.has("effort:none") ? "low" : effort;
}

/** Cache breakpoints came with gpt-5.6; older models answer 400 (openai 7.57, PromptCacheOptions). */
function marksCache({ endpoint, model, ability }: BodyOptions): boolean {
  const [, major, minor] = /^gpt-(\d+)(?:\.(\d+))?/.exec(model) ?? [];
  const version = Number(major) * 100 + Number(minor ?? 0);
  return endpoint.kind === "openai" && !ability.without.has("cache") && version >= 506;
}

function markedInput({ system, context, instruction }: ModelRequest): unknown[] {
  const mark = { prompt_cache_breakpoint: { mode: "explicit" } };
  const block = (text: string, extra = {}) => ({ type: "input_text", text, ...extra });
  const user = context === "" ? [block(instruction)] : [block(context, mark), block(instruction)];
  return [
    { role: "system", content: [block(system, context === "" ? mark : {})] },
    { role: "user", content: user },
  ];
}

/** One message of the user's: many templates of local models want roles to alternate. */
function plainMessages({ context, instruction }: ModelRequest, system: string): unknown[] {
  return [
    { role: "system", content: system },
    { role: "user", content: [context, instruction].filter((part) => part !== "").join("\n\n") },
  ];
}

function responseFormat(request: ModelRequest, { endpoint, ability }: BodyOptions): Body {
  switch (ability.step) {
    case "responses":
    case "chat":
      return { response_format: { type: "json_schema", json_schema: { name: request.answer.name, strict: true, schema: schemaFor(request, endpoint) } } };
    case "json":
      return { response_format: { type: "json_object" } };
    case "text":
      return {};
  }
}

function schemaFor({ answer }: ModelRequest, { kind }: Endpoint): JsonSchema {
  const { strict, portable } = answerSchema(answer.schema);
  return kind === "openai" || kind === "azure" ? strict : portable;
}

function schemaInWords(request: ModelRequest, endpoint: Endpoint): string {
  return inWords(schemaFor(request, endpoint));
}

/** OpenAI takes 64 characters. */
function cacheKey({ cacheKey }: ModelRequest): string {
  return cacheKey.slice(0, 64);
}
