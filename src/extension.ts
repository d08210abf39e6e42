import { ExtensionMode, type ExtensionContext } from "vscode";
import { activateStoryDirector } from "./vscode/activate.ts";
import type { App } from "./vscode/app.ts";

/**
 * VS Code calls this when a view is shown or a command is called. The engine is a file of its own.
 * @returns what tests look into; nothing for other extensions
 */
export function activate(context: ExtensionContext): App | undefined {
  const app = activateStoryDirector(context, () => import("./compose.ts"));
  return context.extensionMode === ExtensionMode.Test ? app : undefined;
}
