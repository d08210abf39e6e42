import type { DirectorChoice, ModelChoice } from "../compose.ts";
import type { ReasoningEffort } from "../core/reasoningEffort.ts";
import { ProviderError } from "./host.ts";
import type { Environment } from "./terminal.ts";

export interface ProviderFlags {
  readonly provider?: Exclude<DirectorChoice["provider"], "vscode"> | undefined;
  readonly baseUrl?: string | undefined;
  readonly model?: string | undefined;
  readonly optimizerModel?: string | undefined;
  readonly reasoningEffort?: ReasoningEffort | undefined;
}

export interface ChosenDirector {
  readonly choice: DirectorChoice;
  /** Where the story goes and whose key goes with it, in one line for people; absent for the offline director. */
  readonly told?: string | undefined;
}

/**
 * Who directs, by the arguments and the environment; a story's own files have no say.
 * @throws {ProviderError} where the arguments do not fit together
 */
export function chooseDirector({ provider, baseUrl, ...models }: ProviderFlags, env: Environment): ChosenDirector {
  const { model, optimizerModel, reasoningEffort } = models;
  const access = chooseAccess({ provider, baseUrl }, env);
  if (!access) {
    if (model ?? optimizerModel ?? reasoningEffort ?? baseUrl) throw new ProviderError("--model, --optimizer-model, --reasoning-effort and --base-url go with --provider openai or compatible.");
    return { choice: { provider: "offline" } };
  }
  if (access.choice.provider === "compatible" && model === undefined) throw new ProviderError("--provider compatible needs --model: the name by which the server knows its model.");
  return { choice: { ...access.choice, ...models }, told: `The story is sent to ${access.told}.` };
}

/** Whose server is asked. */
export interface ChosenAccess {
  readonly choice: Pick<ModelChoice, "provider" | "baseUrl" | "apiKey">;
  /** `OpenAI, with the key of OPENAI_API_KEY` */
  readonly told: string;
}

/**
 * Undefined for nobody's. A key goes only where it was meant to go: OPENAI_API_KEY to OpenAI itself,
 * STORY_DIRECTOR_API_KEY to the server of --base-url.
 * @throws {ProviderError} where the arguments do not fit together
 */
export function chooseAccess({ provider, baseUrl }: Pick<ProviderFlags, "provider" | "baseUrl">, env: Environment): ChosenAccess | undefined {
  switch (provider ?? (baseUrl === undefined ? "offline" : "compatible")) {
    case "offline":
      return undefined;
    case "openai": {
      if (baseUrl !== undefined) throw new ProviderError("--base-url goes with --provider compatible; openai always means OpenAI's own address.");
      const apiKey = env["OPENAI_API_KEY"];
      if (!apiKey) throw new ProviderError("--provider openai needs a key: put it into the environment variable OPENAI_API_KEY.");
      return { choice: { provider: "openai", apiKey }, told: "OpenAI, with the key of OPENAI_API_KEY" };
    }
    case "compatible": {
      if (baseUrl === undefined) throw new ProviderError("--provider compatible needs --base-url, such as http://localhost:11434/v1.");
      const apiKey = env["STORY_DIRECTOR_API_KEY"] || undefined;
      const key = apiKey ? "with the key of STORY_DIRECTOR_API_KEY" : "without a key";
      return { choice: { provider: "compatible", baseUrl, apiKey }, told: `${shownUrl(baseUrl)}, ${key}` };
    }
  }
}

/** What is printed holds no password that somebody put into the address. */
function shownUrl(baseUrl: string): string {
  return baseUrl.replace(/\/\/[^/@]*@/, "//");
}
