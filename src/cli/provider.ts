import type { DirectorChoice } from "../compose.ts";
import { ProviderError } from "./host.ts";
import type { Environment } from "./terminal.ts";

export interface ProviderFlags {
  readonly provider?: DirectorChoice["provider"] | undefined;
  readonly baseUrl?: string | undefined;
  readonly model?: string | undefined;
  readonly optimizerModel?: string | undefined;
}

export interface ChosenDirector {
  readonly choice: DirectorChoice;
  /** Where the story goes and whose key goes with it, in one line for people; absent for the offline director. */
  readonly told?: string | undefined;
}

/**
 * Who directs, by the arguments and the environment; a story's own files have no say. A key goes
 * only where it was meant to go: OPENAI_API_KEY to OpenAI itself, STORY_DIRECTOR_API_KEY to the
 * server of --base-url.
 * @throws {ProviderError} where the arguments do not fit together
 */
export function chooseDirector({ provider, baseUrl, model, optimizerModel }: ProviderFlags, env: Environment): ChosenDirector {
  const chosen = provider ?? (baseUrl === undefined ? "offline" : "compatible");
  switch (chosen) {
    case "offline":
      if (model ?? optimizerModel ?? baseUrl) throw new ProviderError("--model, --optimizer-model and --base-url go with --provider openai or compatible.");
      return { choice: { provider: "offline" } };
    case "openai": {
      if (baseUrl !== undefined) throw new ProviderError("--base-url goes with --provider compatible; openai always means OpenAI's own address.");
      const apiKey = env["OPENAI_API_KEY"];
      if (!apiKey) throw new ProviderError("--provider openai needs a key: put it into the environment variable OPENAI_API_KEY.");
      return { choice: { provider: "openai", apiKey, model, optimizerModel }, told: "The story is sent to OpenAI, with the key of OPENAI_API_KEY." };
    }
    case "compatible": {
      if (baseUrl === undefined) throw new ProviderError("--provider compatible needs --base-url, such as http://localhost:11434/v1.");
      if (model === undefined) throw new ProviderError("--provider compatible needs --model: the name by which the server knows its model.");
      const apiKey = env["STORY_DIRECTOR_API_KEY"] || undefined;
      const key = apiKey ? "with the key of STORY_DIRECTOR_API_KEY" : "without a key";
      return { choice: { provider: "compatible", baseUrl, apiKey, model, optimizerModel }, told: `The story is sent to ${shownUrl(baseUrl)}, ${key}.` };
    }
  }
}

/** What is printed holds no password that somebody put into the address. */
function shownUrl(baseUrl: string): string {
  return baseUrl.replace(/\/\/[^/@]*@/, "//");
}
