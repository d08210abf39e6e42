import { resolve } from "node:path";

export interface AddressOptions {
  readonly port: number;
  /** A folder or a .code-workspace file; absent: an empty window. */
  readonly workspace?: string | undefined;
  /** The folder of an extension under development; of several the server build would load only the last. */
  readonly extension?: string | undefined;
  /** The module whose run() is called inside the extension host. */
  readonly tests?: string | undefined;
}

/** The address that opens the workbench. */
export function workbenchAddress({ port, workspace, extension, tests }: AddressOptions): string {
  const remote = (path: string) => `vscode-remote://127.0.0.1:${port}${resolve(path)}`;
  const payload = extension ? [["extensionDevelopmentPath", remote(extension)]] : [];
  if (tests) payload.push(["extensionTestsPath", remote(tests)]);
  const address = new URL(`http://127.0.0.1:${port}/`);
  if (workspace) address.searchParams.set(workspace.endsWith(".code-workspace") ? "workspace" : "folder", resolve(workspace));
  else address.searchParams.set("ew", "true");
  if (payload.length > 0) address.searchParams.set("payload", JSON.stringify(payload));
  return address.href;
}
