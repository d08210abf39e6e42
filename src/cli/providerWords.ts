import type { Command } from "commander";
import { REASONING_EFFORTS, type ReasoningEffort } from "../core/reasoningEffort.ts";
import { ProviderError } from "./host.ts";
import type { Environment } from "./terminal.ts";

export const PROVIDERS = ["offline", "openai", "compatible"] as const;
export type Provider = (typeof PROVIDERS)[number];

/** Who is asked, and which models, as the arguments have it. */
export interface ProviderFlags {
  readonly provider?: Provider | undefined;
  readonly baseUrl?: string | undefined;
  readonly model?: string | undefined;
  readonly optimizerModel?: string | undefined;
  readonly reasoningEffort?: ReasoningEffort | undefined;
  readonly transcriptionModel?: string | undefined;
}

/** The argument, and the variable of the environment that counts where it is not given. */
export const NAMES = {
  provider: { flag: "--provider", variable: "STORY_DIRECTOR_PROVIDER" },
  baseUrl: { flag: "--base-url", variable: "STORY_DIRECTOR_BASE_URL" },
  model: { flag: "--model", variable: "STORY_DIRECTOR_MODEL" },
  optimizerModel: { flag: "--optimizer-model", variable: "STORY_DIRECTOR_OPTIMIZER_MODEL" },
  reasoningEffort: { flag: "--reasoning-effort", variable: "STORY_DIRECTOR_REASONING_EFFORT" },
  transcriptionModel: { flag: "--transcription-model", variable: "STORY_DIRECTOR_TRANSCRIPTION_MODEL" },
} as const satisfies Record<keyof ProviderFlags, { flag: string; variable: string }>;

/** Tells of the variables at the end of a command's help: those that stand for an option of it. */
export function addEnvironmentHelp(command: Command): Command {
  const flags = new Set(command.options.map(({ long }) => long));
  const options = [...Object.values(NAMES), { flag: "--prices", variable: "STORY_DIRECTOR_PRICES" }].filter(({ flag }) => flags.has(flag));
  const rows = [...options.map(({ flag, variable }) => [variable, flag] as const), ...KEYS];
  return command.addHelpText("after", ["", "Environment, where an option is not given:", ...rows.map(([name, meaning]) => `  ${name.padEnd(36)}${meaning}`)].join("\n"));
}

const KEYS = [
  ["OPENAI_API_KEY", "the key for OpenAI, sent to its own host only"],
  ["STORY_DIRECTOR_API_KEY", "the key for the server of the base URL"],
] as const;

/** A value, and whether the environment said it. */
export interface Said<Value> {
  readonly value: Value;
  readonly isVariable: boolean;
}

export interface SaidAccess {
  readonly provider?: Said<Provider> | undefined;
  readonly baseUrl?: Said<string> | undefined;
}

/** Whoever names a server by an argument means that one, whatever the environment says of another. @throws {ProviderError} */
export function saidAccess(flags: ProviderFlags, env: Environment): SaidAccess {
  const { provider, baseUrl } = flags;
  if (provider === undefined && baseUrl !== undefined) return { baseUrl: flag(baseUrl) };
  if (provider === "compatible") return { provider: flag(provider), baseUrl: baseUrl === undefined ? variable("baseUrl", env) : flag(baseUrl) };
  if (provider !== undefined) return { provider: flag(provider), baseUrl: flag(baseUrl) };
  return { provider: named("provider", PROVIDERS, env), baseUrl: variable("baseUrl", env) };
}

export type ModelWords = Pick<ProviderFlags, "model" | "optimizerModel" | "reasoningEffort" | "transcriptionModel">;

/**
 * The environment's models are those of the environment's provider; another one does not know them.
 * @throws {ProviderError} where a variable holds what it cannot
 */
export function saidModels(flags: ProviderFlags, env: Environment, provider: Provider): ModelWords {
  const { provider: usual, baseUrl } = saidAccess({}, env);
  const itsOwn = usual?.value ?? (baseUrl ? "compatible" : provider);
  const isUsual = itsOwn === provider;
  const otherwise = (key: "model" | "optimizerModel" | "transcriptionModel") => flags[key] ?? (isUsual ? variable(key, env)?.value : undefined);
  return {
    model: otherwise("model"),
    optimizerModel: otherwise("optimizerModel"),
    reasoningEffort: flags.reasoningEffort ?? (isUsual ? named("reasoningEffort", REASONING_EFFORTS, env)?.value : undefined),
    transcriptionModel: otherwise("transcriptionModel"),
  };
}

function flag<Value>(value: Value | undefined): Said<Value> | undefined {
  return value === undefined ? undefined : { value, isVariable: false };
}

/** An empty variable is one that is not set. */
function variable(key: keyof ProviderFlags, env: Environment): Said<string> | undefined {
  const value = env[NAMES[key].variable]?.trim();
  return value ? { value, isVariable: true } : undefined;
}

function named<Name extends string>(key: keyof ProviderFlags, names: readonly Name[], env: Environment): Said<Name> | undefined {
  const said = variable(key, env);
  if (!said) return undefined;
  const value = names.find((name) => name === said.value);
  if (value === undefined) throw new ProviderError(`${NAMES[key].variable} is "${said.value.slice(0, 60)}", and must be one of ${names.join(", ")}.`);
  return { value, isVariable: true };
}
