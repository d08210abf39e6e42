import { addressOf, type DirectorChoice, type ModelChoice } from "../compose.ts";
import { messageOf, StoryDirectorError } from "../core/errors.ts";
import { ProviderError } from "./host.ts";
import { NAMES, saidAccess, saidModels, type Provider, type ProviderFlags, type Said, type SaidAccess } from "./providerWords.ts";
import type { Environment } from "./terminal.ts";

export interface ChosenDirector {
  readonly choice: DirectorChoice;
  /** Where the story goes and whose key goes with it, in one line for people; absent for the offline director. */
  readonly told?: string | undefined;
}

/**
 * Who directs, by the arguments and otherwise by the environment; a story's own files have no say.
 * @throws {ProviderError} where they do not fit together
 */
export function chooseDirector(flags: ProviderFlags, env: Environment): ChosenDirector {
  const access = chooseAccess(flags, env);
  if (!access) {
    refuseModels(flags, env);
    return { choice: { provider: "offline" } };
  }
  const { provider } = access.choice;
  const { model, optimizerModel, reasoningEffort } = saidModels(flags, env, provider);
  if (provider === "compatible" && model === undefined) throw new ProviderError(`--provider compatible needs --model or ${NAMES.model.variable}: the name by which the server knows its model.`);
  return { choice: { ...access.choice, model, optimizerModel, reasoningEffort }, told: `The story is sent to ${access.told}.` };
}

/** Whoever names a model wants it to direct, and is not to wonder why it does not. */
function refuseModels(flags: ProviderFlags, env: Environment): void {
  const { model, optimizerModel, reasoningEffort, baseUrl } = flags;
  if (model ?? optimizerModel ?? reasoningEffort ?? baseUrl) throw new ProviderError("--model, --optimizer-model, --reasoning-effort and --base-url go with --provider openai or compatible.");
  // Who says "offline" in so many words may keep the rest for another time.
  if (saidAccess(flags, env).provider) return;
  const { model: itsModel, optimizerModel: itsOptimizer } = saidModels(flags, env, "offline");
  const name = itsModel !== undefined ? NAMES.model.variable : itsOptimizer !== undefined ? NAMES.optimizerModel.variable : undefined;
  if (name) throw new ProviderError(`${name} goes with ${NAMES.provider.variable} or ${NAMES.baseUrl.variable}, or with --provider or --base-url; none of them is given.`);
}

/** Whose server is asked. */
export interface ChosenAccess {
  readonly choice: Pick<ModelChoice, "provider" | "baseUrl" | "apiKey">;
  /** `OpenAI, with the key of OPENAI_API_KEY` */
  readonly told: string;
}

/**
 * Undefined for nobody's. A key goes only where it was meant to go: OPENAI_API_KEY to OpenAI itself,
 * STORY_DIRECTOR_API_KEY to the server of the base URL, which an argument or the environment gives.
 * @throws {ProviderError} where arguments and environment do not fit together
 */
export function chooseAccess(flags: Pick<ProviderFlags, "provider" | "baseUrl">, env: Environment): ChosenAccess | undefined {
  const said = saidAccess(flags, env);
  switch (said.provider?.value ?? (said.baseUrl ? "compatible" : "offline")) {
    case "offline":
      return undefined;
    case "openai":
      return openAi(said, env);
    case "compatible":
      return compatible(said, env);
  }
}

function openAi({ provider, baseUrl }: SaidAccess, env: Environment): ChosenAccess {
  if (baseUrl) throw new ProviderError(`${sourceOf("baseUrl", baseUrl)} goes with ${shown(provider, "compatible")}; openai always means OpenAI's own address.`);
  const apiKey = env["OPENAI_API_KEY"];
  if (!apiKey) throw new ProviderError(`${shown(provider, "openai")} needs a key: put it into the environment variable OPENAI_API_KEY.`);
  return { choice: { provider: "openai", apiKey }, told: `OpenAI${byVariable("provider", provider)}, with the key of OPENAI_API_KEY` };
}

function compatible({ provider, baseUrl }: SaidAccess, env: Environment): ChosenAccess {
  if (!baseUrl) throw new ProviderError(`${shown(provider, "compatible")} needs --base-url or ${NAMES.baseUrl.variable}, such as http://localhost:11434/v1.`);
  refuseUnsafe(baseUrl);
  const apiKey = env["STORY_DIRECTOR_API_KEY"] || undefined;
  const key = apiKey ? "with the key of STORY_DIRECTOR_API_KEY" : "without a key";
  return { choice: { provider: "compatible", baseUrl: baseUrl.value, apiKey }, told: `${baseUrl.value}${byVariable("baseUrl", baseUrl)}, ${key}` };
}

/** What is wrong with an address is said with the place where it stands. */
function refuseUnsafe(baseUrl: Said<string>): void {
  try {
    addressOf(baseUrl.value);
  } catch (error) {
    if (!(error instanceof StoryDirectorError)) throw error;
    throw new ProviderError(`${sourceOf("baseUrl", baseUrl)}: ${messageOf(error)}`, { hint: error.hint, cause: error });
  }
}

function sourceOf(key: keyof ProviderFlags, { isVariable }: Said<unknown>): string {
  return isVariable ? NAMES[key].variable : NAMES[key].flag;
}

/** ` (STORY_DIRECTOR_PROVIDER)`, where nobody wrote it into this command. */
function byVariable(key: keyof ProviderFlags, said: Said<unknown> | undefined): string {
  return said?.isVariable ? ` (${NAMES[key].variable})` : "";
}

/** As it is to be written where it stands: `--provider compatible` or `STORY_DIRECTOR_PROVIDER=compatible`. */
function shown(said: Said<Provider> | undefined, provider: Provider): string {
  return said?.isVariable ? `${NAMES.provider.variable}=${provider}` : `${NAMES.provider.flag} ${provider}`;
}
