import type { DirectorChoice } from "../../compose.ts";
import type { TextModel } from "../../pipeline/ports.ts";
import type { Engine } from "../engine.ts";
import { tellKey, type Keys } from "./keys.ts";
import type { ModelSettings } from "./modelSettings.ts";
import { ModelChoiceError } from "./offers.ts";

/** Who directs a run. */
export interface ChosenDirector {
  readonly choice: DirectorChoice;
  /** Where the story goes and whose key goes with it, in one sentence; absent for the offline director. */
  readonly told: string | undefined;
  /** The server that is asked, if any: keys are kept by it. */
  readonly origin: string | undefined;
}

export interface ChoosingDeps {
  readonly engine: Pick<Engine, "addressOf">;
  readonly keys: Pick<Keys, "find">;
  /** A model that VS Code has, by `vendor/id`. */
  readonly findTextModel: (name: string) => Promise<TextModel | undefined>;
}

/**
 * Makes of a person's settings who directs. Each key goes only to the origin that it was set for.
 * @throws {ModelChoiceError} where a key or a model is missing; {StoryDirectorError} for a base URL that cannot be right
 */
export async function chooseDirector(settings: ModelSettings, deps: ChoosingDeps): Promise<ChosenDirector> {
  switch (settings.provider) {
    case "offline":
      return { choice: { provider: "offline" }, told: undefined, origin: undefined };
    case "openai":
      return openAiDirector(settings, deps);
    case "compatible":
      return compatibleDirector(settings, deps);
    case "vscode":
      return editorDirector(settings, deps);
  }
}

async function openAiDirector({ director, optimizer, reasoningEffort }: ModelSettings, { engine, keys }: ChoosingDeps): Promise<ChosenDirector> {
  const { baseUrl, origin, host } = engine.addressOf();
  const key = await keys.find(origin);
  if (!key) throw new ModelChoiceError("no key", `No API key is set for ${origin}`, "Set it, or choose another model: the offline director needs none.");
  const models = { model: director || undefined, optimizerModel: optimizer || undefined };
  return {
    choice: { provider: "openai", baseUrl, apiKey: key.value, reasoningEffort, ...models },
    told: `The story is sent to OpenAI (${host}), ${tellKey(key, origin)}.`,
    origin,
  };
}

async function compatibleDirector({ baseUrl, director, optimizer, reasoningEffort }: ModelSettings, { engine, keys }: ChoosingDeps): Promise<ChosenDirector> {
  if (baseUrl === "") throw new ModelChoiceError("no model", "No server is set for the OpenAI-compatible model", "Choose one, such as http://localhost:11434/v1.");
  const address = engine.addressOf(baseUrl);
  if (director === "") throw new ModelChoiceError("no model", `No model is set for ${address.host}`, "Choose one of its models.");
  const key = await keys.find(address.origin);
  return {
    choice: { provider: "compatible", baseUrl: address.baseUrl, apiKey: key?.value, model: director, optimizerModel: optimizer || undefined, reasoningEffort },
    told: `The story is sent to ${address.baseUrl}, ${tellKey(key, address.origin)}.`,
    origin: address.origin,
  };
}

async function editorDirector({ director, optimizer }: ModelSettings, { findTextModel }: ChoosingDeps): Promise<ChosenDirector> {
  if (director === "") throw new ModelChoiceError("no model", "No language model of VS Code is set", "Choose one.");
  const find = async (name: string) => {
    const model = await findTextModel(name);
    if (!model) throw new ModelChoiceError("no model", `VS Code has no language model "${name}" now`, "Look whether its extension is there and you are signed in, or choose another model.");
    return model;
  };
  const model = await find(director);
  const choice = { provider: "vscode", director: model, optimizer: optimizer === "" ? undefined : await find(optimizer) } as const;
  return { choice, told: `The story is sent to ${model.label} through VS Code, with the account that you use there.`, origin: undefined };
}
