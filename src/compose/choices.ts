import type { ReasoningEffort } from "../core/reasoningEffort.ts";
import type { TextModel } from "../pipeline/ports.ts";

/** Who directs: by rules, a language model behind OpenAI's API or one like it, or one that the editor has. */
export type DirectorChoice = { readonly provider: "offline" } | ModelChoice | EditorModelChoice;

export interface ModelChoice {
  readonly provider: "openai" | "compatible";
  /** OpenAI's own where absent. */
  readonly baseUrl?: string | undefined;
  /** Sent to the origin of the base URL only. */
  readonly apiKey?: string | undefined;
  readonly model?: string | undefined;
  /** Compiles final prompts; the model itself where absent, but for OpenAI's default. */
  readonly optimizerModel?: string | undefined;
  /** For OpenAI's thinking models; `low` where absent. */
  readonly reasoningEffort?: ReasoningEffort | undefined;
}

/** The editor keeps account, key and consent. */
export interface EditorModelChoice {
  readonly provider: "vscode";
  readonly director: TextModel;
  /** Compiles final prompts; the director's model where absent. */
  readonly optimizer?: TextModel | undefined;
}

/** Draws the images of assets, at the provider of the director and with its key. */
export interface ImageChoice {
  /** Every image is paid for, so nobody draws unless a model is named. */
  readonly model: string;
  /** `1536x1024`; the model's own where absent or `auto`. */
  readonly size?: string | undefined;
  /** `low`, `medium`, `high`; the model's own where absent or `auto`. */
  readonly quality?: string | undefined;
  /** Images that are drawn side by side. */
  readonly parallel?: number | undefined;
}
