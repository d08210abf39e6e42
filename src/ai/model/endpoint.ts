import { StoryDirectorError } from "../../core/errors.ts";

/** How an answer is asked for, best first. A server that lacks a step is asked by the next one. */
export const STEPS = ["responses", "chat", "json", "text"] as const;
export type Step = (typeof STEPS)[number];

/** Which parameters a host knows beyond the common ones. */
export type HostKind = "openai" | "azure" | "openrouter" | "other";

/** Where a model answers. Made by `parseEndpoint` only, so that no other address ever gets a key. */
export interface Endpoint {
  /** Without a slash at its end, e.g. `https://api.openai.com/v1`. */
  readonly baseUrl: string;
  /** Keys are kept by it and sent to it only, e.g. `https://api.openai.com`. */
  readonly origin: string;
  /** For people, e.g. `localhost:11434`. */
  readonly host: string;
  readonly kind: HostKind;
  readonly isLoopback: boolean;
  readonly firstStep: Step;
}

export const OPENAI_BASE_URL = "https://api.openai.com/v1";

const ENDPOINT_PATH = /\/(?:chat\/completions|completions|responses|models)\/*$/;
const VERSION_SEGMENT = /(?:^|\/)v\d+[a-z0-9]*(?:\/|$)/;
const METADATA_HOSTS: ReadonlySet<string> = new Set(["metadata", "metadata.google.internal", "metadata.goog", "instance-data", "100.100.100.200", "168.63.129.16", "[fd00:ec2::254]"]);

/**
 * Reads a base URL as people write it: with or without `http://`, `/v1` or an explicit endpoint.
 * @throws {StoryDirectorError} that says what is wrong with the address
 */
export function parseEndpoint(text: string): Endpoint {
  const url = parseUrl(text.trim());
  const name = url.hostname.replace(/\.$/, "");
  const isLoopback = name === "localhost" || /^127\.\d+\.\d+\.\d+$/.test(name) || name === "[::1]";
  refuseUnsafe(url, name, isLoopback);
  url.pathname = normalPath(url.pathname, name);
  const kind = hostKind(name);
  return {
    baseUrl: `${url.origin}${url.pathname}`.replace(/\/+$/, ""),
    origin: url.origin,
    host: url.host,
    kind,
    isLoopback,
    firstStep: firstStep(url, kind),
  };
}

/** Of a model in what people share, such as logs: without the host. */
export function nameInLogs({ kind }: Endpoint, model: string): string {
  return `${kind === "openai" ? "openai" : "compatible"}/${model}`;
}

function parseUrl(text: string): URL {
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
  const isLocal = /^(?:localhost|127\.[\d.]+|\[::1\])(?=[:/]|$)/i.test(text);
  const full = hasScheme ? text : `${isLocal ? "http" : "https"}://${text}`;
  if (text === "" || !URL.canParse(full)) throw refusal("is not an address", "Write it like https://api.openai.com/v1 or http://localhost:11434/v1.");
  return new URL(full);
}

function refuseUnsafe(url: URL, name: string, isLoopback: boolean): void {
  // What may hold a secret is named, never quoted.
  if (url.username || url.password) throw refusal("holds a user name or password", "Leave them out; the key is set apart from the address.");
  if (url.hash) throw refusal("holds a fragment", "Leave out everything from # on.");
  if (url.search) throw refusal("holds a query", "Leave out everything from ? on; the key is set apart from the address.");
  if (isLinkLocal(name) || METADATA_HOSTS.has(name)) throw refusal(`leads to ${name}, where machines keep secrets of their own`, "Give the address of a model server.");
  if (url.protocol === "https:" || (url.protocol === "http:" && isLoopback)) return;
  if (url.protocol === "http:") throw refusal(`would send the story to ${name} unencrypted`, "Use https, or a tunnel that ends on localhost: http is for this machine only.");
  throw refusal(`begins with ${url.protocol}//`, "Use https://, or http:// on this machine.");
}

/** 169.254/16 and fe80::/10, also written as an IPv4 address inside an IPv6 one. */
function isLinkLocal(name: string): boolean {
  return name.startsWith("169.254.") || /^\[fe[89ab][0-9a-f]:/i.test(name) || /^\[(?:::ffff:|64:ff9b::|::)a9fe:/i.test(name);
}

function normalPath(path: string, name: string): string {
  // Whoever names an endpoint has named what comes before it, too.
  if (ENDPOINT_PATH.test(path)) return path.replace(ENDPOINT_PATH, "").replace(/\/+$/, "");
  const trimmed = path.replace(/\/+$/, "");
  if (VERSION_SEGMENT.test(trimmed)) return trimmed;
  if (isAzure(name) && trimmed === "") return "/openai/v1";
  return `${trimmed}/v1`;
}

function isAzure(name: string): boolean {
  return name.endsWith(".openai.azure.com") || name.endsWith(".services.ai.azure.com");
}

function hostKind(name: string): HostKind {
  if (name === "api.openai.com" || name.endsWith(".api.openai.com")) return "openai";
  if (isAzure(name)) return "azure";
  return name === "openrouter.ai" ? "openrouter" : "other";
}

/**
 * Ollama's /responses takes `text.format` and forgets it, while its chat endpoint holds to schemas
 * (docs/api/openai-compatibility.mdx). OpenRouter's /responses is a beta; Gemini has none.
 */
function firstStep(url: URL, kind: HostKind): Step {
  if (kind === "openrouter" || url.port === "11434" || url.hostname === "generativelanguage.googleapis.com") return "chat";
  return "responses";
}

function refusal(what: string, hint: string): StoryDirectorError {
  return new StoryDirectorError(`The base URL ${what}`, { hint });
}
