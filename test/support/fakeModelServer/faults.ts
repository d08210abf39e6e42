import { says, status, type FakeAnswer, type SpokenOptions } from "./answers.ts";

/** Makes of what a model would have answered what a test asks for. */
export type FakeFault = (text: string) => FakeAnswer;

/** What goes wrong before there is an answer. */
export const SERVER_FAULTS = {
  "429 with Retry-After": () => status(429, { message: "Slow down.", code: "rate_limit_exceeded" }, { "retry-after": "2" }),
  "429 without Retry-After": () => status(429, { message: "Slow down.", code: "rate_limit_exceeded" }),
  "500": () => status(500, "The server had an error."),
  "503": () => status(503, "Overloaded."),
  "no answer at all": () => ({ kind: "hang" }),
  "a closed connection": () => ({ kind: "drop" }),
} as const satisfies Record<string, FakeFault>;

/** Faults that are about the answer come in longer pieces, so that whole runs of them take no time. */
const QUICK = { chunkLength: 60 };

/** What breaks an answer off, at two thirds of it. */
export const BROKEN_ANSWERS = {
  stall: (text) => part(text, "stall"),
  "cut mid-object": (text) => part(text, "cut"),
  "a body that just ends": (text) => part(text, "eof"),
  truncation: (text) => part(text, "max_output_tokens"),
  "content filter": (text) => part(text, "content_filter"),
  refusal: () => says("I cannot help with that.", { ending: "refusal" }),
  "an error in the stream": (text) => part(text, "error event"),
  "failed at the end": (text) => part(text, "failed"),
} as const satisfies Record<string, FakeFault>;

/** Answers that are whole, and of no use or of little. */
export const WRONG_ANSWERS = {
  "invalid JSON": (text) => says(text.replaceAll('":', '"'), QUICK),
  prose: () => says("I would rather talk about something else."),
  nothing: () => says(""),
  "wrong schema": (text) => says(changed(text, numbersForWords), QUICK),
  "unknown tag": (text) => says(changed(text, withGhost), QUICK),
  duplicate: (text) => says(doubled(text), QUICK),
  missing: (text) => says(changed(text, withoutLast), QUICK),
  reordered: (text) => says(changed(text, backwards), QUICK),
  "2 MB of braces": () => says("{".repeat(2 * 1024 * 1024), { chunkLength: 64 * 1024 }),
} as const satisfies Record<string, FakeFault>;

/** Ways of sending that harm nothing. */
export const HARMLESS: Readonly<Record<string, SpokenOptions>> = {
  "cut in the middle of characters": { quirks: { bytesPerPiece: 5 } },
  "byte by byte": { quirks: { bytesPerPiece: 1 }, chunkLength: 200 },
  "all at once": { chunkLength: 0 },
  "with CRLF": { quirks: { crlf: true, bytesPerPiece: 61 } },
  "with comments": { quirks: { comments: true } },
  "without [DONE]": { quirks: { noDone: true } },
  "unstreamed": { quirks: { wholeBody: true } },
  "with the text at its end only": { quirks: { noDeltas: true } },
};

function part(text: string, ending: NonNullable<SpokenOptions["ending"]>): FakeAnswer {
  return says(text.slice(0, Math.ceil((text.length * 2) / 3)), { ...QUICK, ending });
}

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

function changed(text: string, change: (value: Json, key: string) => Json): string {
  return JSON.stringify(change(JSON.parse(text) as Json, ""));
}

/** Names and places in the story stay, so that it is known whose words are wrong. */
function numbersForWords(value: Json, key: string): Json {
  if (typeof value === "string") return key === "id" || key === "from" ? value : 7;
  return mapped(value, key, numbersForWords);
}

const GHOST = "@ghost";

function withGhost(value: Json, key: string): Json {
  if (key === "place") return GHOST;
  if (typeof value === "string" && (key === "visualPrompt" || key === "finalPrompt" || key === "description")) return `${value} ${GHOST} waits.`;
  return mapped(value, key, withGhost);
}

/** Every element of a list twice; where there is none, the whole answer. */
function doubled(text: string): string {
  const twice = changed(text, function twice(value, key): Json {
    return Array.isArray(value) ? (value as Json[]).flatMap((item) => [twice(item, key), twice(item, key)]) : mapped(value, key, twice);
  });
  return twice === text ? text + text : twice;
}

/** The lists of an answer without their last element; an answer without lists loses its last texts. */
function withoutLast(value: Json): Json {
  const entries = Object.entries(value as Record<string, Json>);
  const lists = entries.filter(([, entry]) => Array.isArray(entry) && typeof (entry as Json[])[0] === "object");
  if (lists.length === 0) return Object.fromEntries(entries.slice(0, -2));
  return Object.fromEntries(entries.map(([key, entry]) => [key, Array.isArray(entry) ? (entry as Json[]).slice(0, -1) : entry]));
}

function backwards(value: Json): Json {
  if (Array.isArray(value)) return (value as Json[]).map(backwards).reverse();
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, entry]): [string, Json] => [name, backwards(entry)]).reverse());
}

function mapped(value: Json, key: string, change: (value: Json, key: string) => Json): Json {
  if (Array.isArray(value)) return (value as Json[]).map((item) => change(item, key));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, change(entry, name)]));
}
