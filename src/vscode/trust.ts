import { commands, window, workspace } from "vscode";

const MANAGE = "Manage Trust";

/** Whether anything may be written. In Restricted Mode nothing is, and a person is told so. */
export function mayWrite(): boolean {
  if (!workspace.isTrusted) void tell();
  return workspace.isTrusted;
}

async function tell(): Promise<void> {
  const chosen = await window.showWarningMessage("Story Director only reads in Restricted Mode. Trust this workspace to make and change stories.", MANAGE);
  if (chosen === MANAGE) await commands.executeCommand("workbench.trust.manage");
}
