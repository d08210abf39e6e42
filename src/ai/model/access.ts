import { StoryDirectorError } from "../../core/errors.ts";
import { OPENAI_BASE_URL, parseEndpoint, type Endpoint } from "./endpoint.ts";

export interface AccessOptions {
  /** Of OpenAI or of any server that speaks like it; OpenAI's own where absent. No environment is read. */
  readonly baseUrl?: string | undefined;
  /** Sent to the origin of `baseUrl` only. Local servers want none. */
  readonly apiKey?: string | undefined;
}

/** @throws {StoryDirectorError} where the base URL or the key cannot be right; nothing has been sent then */
export function readAccess({ baseUrl = OPENAI_BASE_URL, apiKey }: AccessOptions): { endpoint: Endpoint; apiKey: string | undefined } {
  const key = apiKey?.trim();
  // Said without the key: fetch would quote it.
  if (key && !/^[\x21-\x7e]+$/.test(key)) throw new StoryDirectorError("The API key holds characters that no key has", { hint: "Copy it once more, without blanks or line breaks." });
  return { endpoint: parseEndpoint(baseUrl), apiKey: key || undefined };
}
