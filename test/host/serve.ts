import { once } from "node:events";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ServerHost } from "../../scripts/host.mjs";
import { workbenchAddress } from "./address.ts";
import { startServer } from "./server.ts";
import { writeSettings } from "./settings.ts";
import { temporaryFolder } from "./temporary.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
// A person's settings are kept from one time to the next; what VS Code remembers of the extension is not.
const userDataFolder = join(root, ".vscode-test", "user");

/** Serves VS Code with this extension to a browser on the same machine, until the process is told to end. */
export async function serve(host: ServerHost, folder: string): Promise<void> {
  rmSync(join(userDataFolder, "CachedProfilesData"), { recursive: true, force: true });
  if (!existsSync(join(userDataFolder, "User", "settings.json"))) writeSettings(userDataFolder, {});
  const { path: dataFolder, remove } = temporaryFolder();
  const server = await startServer(host, { dataFolder, userDataFolder, restricted: false, installed: [root] });
  console.log(`Open ${workbenchAddress({ port: server.port, workspace: folder })} in a browser on this machine; Ctrl+C ends it.`);
  await Promise.race(["SIGINT", "SIGTERM", "SIGHUP"].map((signal) => once(process, signal)));
  await server.end();
  remove();
}
