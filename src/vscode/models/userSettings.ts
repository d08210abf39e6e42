import { ConfigurationTarget, workspace } from "vscode";
import { MODEL_SECTION, MODEL_SETTINGS, parseModelSettings, type ModelSettings } from "./modelSettings.ts";

/**
 * What the person set for themselves. The merged value is never asked for: a workspace must not be
 * able to say where a story and a key are sent. @throws {StoryDirectorError}
 */
export function modelSettings(): ModelSettings {
  const settings = workspace.getConfiguration(MODEL_SECTION);
  return parseModelSettings(Object.fromEntries(MODEL_SETTINGS.map((key) => [key, settings.inspect(key)?.globalValue])));
}

/** The provider comes last, so that nobody meets it with another one's model. */
export async function saveModelSettings(changes: Partial<ModelSettings>): Promise<void> {
  const keys = MODEL_SETTINGS.filter((key) => key in changes).sort((a, b) => Number(a === "provider") - Number(b === "provider"));
  const settings = workspace.getConfiguration(MODEL_SECTION);
  // What is empty stands for the default, and needs no line in a person's settings.
  for (const key of keys) await settings.update(key, changes[key] || undefined, ConfigurationTarget.Global);
}
