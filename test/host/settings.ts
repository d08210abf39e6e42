import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export type Settings = Readonly<Record<string, unknown>>;

/** A workbench that says and does nothing by itself, so that what a test sees comes from the extension. */
const QUIET: Settings = {
  "chat.disableAIFeatures": true,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "git.enabled": false,
  "remote.autoForwardPorts": false,
  "security.workspace.trust.banner": "never",
  "security.workspace.trust.startupPrompt": "never",
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "update.showReleaseNotes": false,
  "window.autoDetectColorScheme": false,
  "window.autoDetectHighContrast": false,
  "window.menuBarVisibility": "classic",
  "workbench.enableExperiments": false,
  "workbench.reduceMotion": "on",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.welcomePage.walkthroughs.openOnInstall": false,
};

/** Writes a person's settings where both VS Code on the desktop and its server build read them. */
export function writeSettings(userDataFolder: string, settings: Settings): void {
  const folder = join(userDataFolder, "User");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "settings.json"), JSON.stringify({ ...QUIET, ...settings }, undefined, 2));
}
