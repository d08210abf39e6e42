import { DEFAULT_CHUNK_LENGTH, type FakeEnding, type FakeUsage, type SpokenAnswer } from "./answers.ts";

export type FakeApi = "responses" | "chat";

const DEFAULT_USAGE: FakeUsage = { input: 100, cached: 0, output: 20 };

/** The pieces that go over the wire. */
export function renderStream(api: FakeApi, answer: SpokenAnswer, asked = "fake"): readonly (string | Uint8Array)[] {
  const { quirks = {}, model = asked } = answer;
  const events = api === "responses" ? responsesEvents(answer, model) : chatEvents(answer, model);
  const lineEnd = quirks.crlf ? "\r\n" : "\n";
  const pieces = events.map((event) => `${quirks.comments ? `: still here${lineEnd}` : ""}${event.replaceAll("\n", lineEnd)}`);
  return quirks.bytesPerPiece ? cutBytes(pieces.join(""), quirks.bytesPerPiece) : pieces;
}

/** The answer of a server that does not stream. */
export function renderWhole(api: FakeApi, answer: SpokenAnswer, asked = "fake"): unknown {
  const { model = asked, text, ending = "completed" } = answer;
  if (api === "responses") return response(answer, model, statusOf(ending));
  const message = ending === "refusal" ? { role: "assistant", content: null, refusal: text } : { role: "assistant", content: text };
  return { id: "chat_1", object: "chat.completion", model, choices: [{ index: 0, message, finish_reason: finishReason(ending) }], usage: chatUsage(answer) };
}

function responsesEvents(answer: SpokenAnswer, model: string): string[] {
  const { text, ending = "completed", quirks = {} } = answer;
  let sequence = 0;
  const event = (type: string, rest: object) => `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: sequence++, ...rest })}\n\n`;
  const echoed = { text: { format: { type: quirks.echoedFormat ?? "json_schema" } } };
  const opening = [
    event("response.created", { response: { id: "resp_1", object: "response", status: "in_progress", model, output: [], ...echoed } }),
    event("response.output_item.added", { output_index: 0, item: { type: "message", role: "assistant", content: [] } }),
  ];
  const kind = ending === "refusal" ? "response.refusal.delta" : "response.output_text.delta";
  const deltas = quirks.noDeltas ? [] : cutText(answer).map((delta) => event(kind, { item_id: "item_1", output_index: 0, content_index: 0, delta }));
  const closing = (): string[] => {
    switch (ending) {
      case "eof":
      case "cut":
      case "stall":
        return [];
      case "error event":
        return [event("error", { code: answer.code ?? "server_error", message: "The server had an error.", param: null })];
      case "failed":
      case "content_filter":
      case "max_output_tokens":
      case "completed":
      case "refusal": {
        const status = statusOf(ending);
        const done = ending === "completed" ? [event("response.output_text.done", { item_id: "item_1", text })] : [];
        return [...done, event(`response.${status}`, { response: response(answer, model, status) })];
      }
    }
  };
  return [...opening, ...deltas, ...closing()];
}

function response(answer: SpokenAnswer, model: string, status: string): object {
  const { text, ending = "completed", code = "server_error" } = answer;
  const { input, cached, written, output } = answer.usage ?? DEFAULT_USAGE;
  const part = ending === "refusal" ? { type: "refusal", refusal: text } : { type: "output_text", text, annotations: [] };
  return {
    id: "resp_1",
    object: "response",
    status,
    model,
    error: status === "failed" ? { code, message: "The model failed." } : null,
    incomplete_details: status === "incomplete" ? { reason: ending } : null,
    output: status === "failed" ? [] : [{ type: "message", role: "assistant", status, content: [part] }],
    usage: { input_tokens: input, input_tokens_details: { cached_tokens: cached, cache_write_tokens: written }, output_tokens: output, output_tokens_details: { reasoning_tokens: 0 }, total_tokens: input + output },
  };
}

function statusOf(ending: FakeEnding): "completed" | "incomplete" | "failed" {
  if (ending === "max_output_tokens" || ending === "content_filter") return "incomplete";
  return ending === "failed" ? "failed" : "completed";
}

function chatEvents(answer: SpokenAnswer, model: string): string[] {
  const { ending = "completed", quirks = {}, code = "server_error" } = answer;
  const event = (value: object) => `data: ${JSON.stringify(value)}\n\n`;
  const chunk = (delta: object, finish: string | null = null) =>
    event({ id: "chat_1", object: "chat.completion.chunk", model, choices: [{ index: 0, delta, ...(quirks.noFinishReason ? {} : { finish_reason: finish }) }] });
  const opening = quirks.noRole ? [] : [chunk({ role: "assistant", content: "" })];
  const thoughts = quirks.reasoning ? [chunk({ content: null, reasoning_content: quirks.reasoning })] : [];
  const key = ending === "refusal" ? "refusal" : "content";
  const deltas = cutText(answer).map((text) => chunk({ [key]: text }));
  const spoken = [...opening, ...thoughts, ...deltas];
  if (ending === "eof" || ending === "cut" || ending === "stall") return spoken;
  if (ending === "failed" || ending === "error event") return [...spoken, event({ error: { code, message: "The model failed." } })];
  const finish = quirks.noFinishReason ? [] : [chunk({}, finishReason(ending))];
  const usage = quirks.noUsage ? [] : [event({ id: "chat_1", object: "chat.completion.chunk", model, choices: [], usage: chatUsage(answer) })];
  return [...spoken, ...finish, ...usage, ...(quirks.noDone ? [] : ["data: [DONE]\n\n"])];
}

function chatUsage({ usage = DEFAULT_USAGE }: SpokenAnswer): object {
  return { prompt_tokens: usage.input, prompt_tokens_details: { cached_tokens: usage.cached, cache_write_tokens: usage.written }, completion_tokens: usage.output, total_tokens: usage.input + usage.output };
}

function finishReason(ending: FakeEnding): string {
  if (ending === "max_output_tokens") return "length";
  return ending === "content_filter" ? "content_filter" : "stop";
}

function cutText({ text, chunkLength = DEFAULT_CHUNK_LENGTH }: SpokenAnswer): string[] {
  const characters = Array.from(text);
  if (chunkLength === 0 || characters.length === 0) return text === "" ? [] : [text];
  return Array.from({ length: Math.ceil(characters.length / chunkLength) }, (_, index) => characters.slice(index * chunkLength, (index + 1) * chunkLength).join(""));
}

function cutBytes(text: string, size: number): Uint8Array[] {
  const bytes = new TextEncoder().encode(text);
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
}
