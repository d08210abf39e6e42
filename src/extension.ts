import type { ExtensionContext } from "vscode";
import { activateStoryDirector } from "./vscode/activate.ts";

/** VS Code calls this when a view is shown or a command is called. The engine is a file of its own. */
export function activate(context: ExtensionContext): void {
  activateStoryDirector(context, () => import("./compose.ts"));
}
