import { DEFAULT_TRANSCRIPTION_MODEL } from "../../core/defaultModels.ts";
import { StoryDirectorError } from "../../core/errors.ts";
import { REASONING_EFFORTS, type ReasoningEffort } from "../../core/reasoningEffort.ts";

export const PROVIDERS = ["offline", "openai", "compatible", "vscode"] as const;

/** What a person set about models. Nothing of it is ever taken from a workspace. */
export interface ModelSettings {
  readonly provider: (typeof PROVIDERS)[number];
  /** Of the compatible server; empty for none. */
  readonly baseUrl: string;
  /** Empty: OpenAI's default. In VS Code `vendor/id`. */
  readonly director: string;
  /** Empty: OpenAI's default, or the director's model. */
  readonly optimizer: string;
  readonly reasoningEffort: ReasoningEffort;
  /** Transcribes recordings. */
  readonly transcription: string;
}

export const MODEL_SECTION = "storyDirector.model";
export const MODEL_SETTINGS = ["provider", "baseUrl", "director", "optimizer", "reasoningEffort", "transcription"] as const satisfies readonly (keyof ModelSettings)[];

const DEFAULTS: ModelSettings = { provider: "offline", baseUrl: "", director: "", optimizer: "", reasoningEffort: "low", transcription: DEFAULT_TRANSCRIPTION_MODEL };

/**
 * Checks settings as they were written by hand.
 * @throws {StoryDirectorError} that names the setting, what it holds and what it may hold
 */
export function parseModelSettings(values: Readonly<Partial<Record<keyof ModelSettings, unknown>>>): ModelSettings {
  const textOf = (key: keyof ModelSettings): string => {
    const value = values[key] ?? DEFAULTS[key];
    if (typeof value !== "string") throw wrong(key, value, "a text");
    return value.trim();
  };
  const oneOf = <Name extends string>(key: keyof ModelSettings, names: readonly Name[]): Name => {
    const text = textOf(key);
    const found = names.find((name) => name === text);
    if (found === undefined) throw wrong(key, text, `one of ${names.join(", ")}`);
    return found;
  };
  return {
    provider: oneOf("provider", PROVIDERS),
    baseUrl: textOf("baseUrl"),
    director: textOf("director"),
    optimizer: textOf("optimizer"),
    reasoningEffort: oneOf("reasoningEffort", REASONING_EFFORTS),
    transcription: textOf("transcription") || DEFAULTS.transcription,
  };
}

function wrong(key: keyof ModelSettings, value: unknown, expected: string): StoryDirectorError {
  const found = JSON.stringify(value) ?? "nothing";
  return new StoryDirectorError(`The setting ${MODEL_SECTION}.${key} is ${found.slice(0, 60)}, and must be ${expected}`, { hint: "Change it in your settings, or run Choose AI Model." });
}
