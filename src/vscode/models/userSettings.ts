import { ConfigurationTarget, workspace } from "vscode";
import { ownSettings } from "../ownSettings.ts";
import { MODEL_SECTION, MODEL_SETTINGS, parseModelSettings, type ModelSettings } from "./modelSettings.ts";

/** What the person set for themselves. @throws {StoryDirectorError} */
export function modelSettings(): ModelSettings {
  return parseModelSettings(ownSettings(MODEL_SECTION, MODEL_SETTINGS));
}

/** The provider comes last, so that nobody meets it with another one's model. */
export async function saveModelSettings(changes: Partial<ModelSettings>): Promise<void> {
  const keys = MODEL_SETTINGS.filter((key) => key in changes).sort((a, b) => Number(a === "provider") - Number(b === "provider"));
  const settings = workspace.getConfiguration(MODEL_SECTION);
  // What is empty stands for the default, and needs no line in a person's settings.
  for (const key of keys) await settings.update(key, changes[key] || undefined, ConfigurationTarget.Global);
}
