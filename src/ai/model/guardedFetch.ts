import type { Endpoint } from "./endpoint.ts";
import { ConnectionFailure } from "./serverFailure.ts";

export interface GuardOptions {
  readonly endpoint: Endpoint;
  readonly apiKey: string | undefined;
}

type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** What a request may carry of the SDK's own headers; the rest tells servers about the machine, or came from the environment. */
const PASSED_HEADERS = ["accept", "content-type", "user-agent"] as const;
const MAX_ERROR_CHARACTERS = 65_536;

/**
 * The one way out. It alone knows the key, gives it to the endpoint's own origin only, and follows
 * no redirect: fetch would take the story along (openai 7.57 forwards some headers, too).
 */
export function createGuardedFetch({ endpoint, apiKey }: GuardOptions): Fetch {
  return async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.origin !== endpoint.origin) throw new ConnectionFailure("FOREIGN_ORIGIN");
    const given = new Headers(init.headers);
    const headers = new Headers();
    for (const name of PASSED_HEADERS) if (given.has(name)) headers.set(name, given.get(name)!);
    if (apiKey) headers.set("authorization", `Bearer ${apiKey}`);
    const { method, body, signal } = init;
    const response = await fetch(url, { ...(method && { method }), ...(body && { body }), ...(signal && { signal }), headers, redirect: "error" }).catch(toConnectionFailure);
    return response.ok ? response : withShortBody(response);
  };
}

/** An AbortError stays what it is; of all else only the code is kept. */
export function toConnectionFailure(error: unknown): never {
  if (error instanceof Error && error.name === "AbortError") throw error;
  if (error instanceof ConnectionFailure) throw error;
  throw new ConnectionFailure(codeOf(error));
}

function codeOf(error: unknown, depth = 0): string | undefined {
  if (!(error instanceof Error) || depth > 3) return undefined;
  if (/unexpected redirect/i.test(error.message)) return "REDIRECT";
  const { code } = error as { code?: unknown };
  if (typeof code === "string") return code;
  return codeOf(error.cause, depth + 1) ?? codeOf(error instanceof AggregateError ? error.errors[0] : undefined, depth + 1);
}

/** The SDK reads the body of an error whole, however long it is. */
async function withShortBody(response: Response): Promise<Response> {
  if (!response.body) return response;
  const decoder = new TextDecoder();
  let text = "";
  const reader = response.body.getReader();
  while (text.length < MAX_ERROR_CHARACTERS) {
    const { done, value } = await reader.read();
    if (done) break;
    text += decoder.decode(value, { stream: true });
  }
  void reader.cancel().catch(() => undefined);
  return new Response(text.slice(0, MAX_ERROR_CHARACTERS), { status: response.status, statusText: response.statusText, headers: response.headers });
}
