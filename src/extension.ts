import { commands, window, type ExtensionContext } from "vscode";

export function activate(context: ExtensionContext): void {
  const log = window.createOutputChannel("Story Director", { log: true });
  context.subscriptions.push(log, commands.registerCommand("storyDirector.showLog", () => log.show()));
}
