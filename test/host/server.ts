import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ServerHost } from "../../scripts/host.mjs";

const START_TIMEOUT_MS = 90_000;
const END_TIMEOUT_MS = 3000;
const MOST_CHARACTERS_KEPT = 20_000;

export interface ServerOptions {
  /** For everything the server keeps; its sockets and temporary files go there too. */
  readonly dataFolder: string;
  /** Has the same shape as the desktop's: settings are in User/settings.json. */
  readonly userDataFolder: string;
  /** In Restricted Mode folders are untrusted until the person says otherwise. */
  readonly restricted: boolean;
  /** Folders of extensions that are there as if they had been installed. */
  readonly installed: readonly string[];
  /**
   * The address names an extension under development. For that the workbench wants its test driver, with which it
   * shows no notifications as pop-ups.
   */
  readonly development?: boolean;
}

export interface Server {
  readonly port: number;
  /** Ends the server with everything it started. */
  end(): Promise<void>;
}

/** Starts VS Code's server on the loopback address; rejects where it does not come up. */
export async function startServer(host: ServerHost, options: ServerOptions): Promise<Server> {
  linkExtensions(options.dataFolder, options.installed);
  const server = spawn(host.node, [fileURLToPath(new URL("keepServer.mjs", import.meta.url)), host.serverMain, ...serverFlags(options)], {
    // Its own group, so that its children can be ended with it.
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, ...serverEnvironment(options.dataFolder) },
  });
  // Before the folders are deleted, which happens at the exit too.
  const endNow = () => signalGroup(server.pid!, "SIGKILL");
  process.prependListener("exit", endNow);
  server.once("exit", () => process.removeListener("exit", endNow));
  return { port: await portOf(server), end: () => endGroup(server) };
}

function serverFlags({ dataFolder, userDataFolder, restricted, development }: ServerOptions): string[] {
  const flags = ["--host=127.0.0.1", "--port=0", "--without-connection-token", "--accept-server-license-terms", "--telemetry-level=off"];
  flags.push(`--server-data-dir=${dataFolder}`, `--user-data-dir=${userDataFolder}`, `--extensions-dir=${join(dataFolder, "extensions")}`);
  if (development) flags.push("--enable-smoke-test-driver");
  if (!restricted) flags.push("--disable-workspace-trust");
  return flags;
}

/** VS Code takes every folder here for an extension that was installed before it kept a list of them. */
function linkExtensions(dataFolder: string, folders: readonly string[]): void {
  mkdirSync(join(dataFolder, "extensions"), { recursive: true });
  for (const folder of folders) {
    const { publisher, name, version }: Record<string, string> = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    symlinkSync(folder, join(dataFolder, "extensions", `${publisher}.${name}-${version}`), "dir");
  }
}

/** Nobody's files are read or written, and no marketplace is asked. */
function serverEnvironment(dataFolder: string): NodeJS.ProcessEnv {
  const temporary = join(dataFolder, "tmp");
  const home = join(dataFolder, "home");
  for (const folder of [temporary, home]) mkdirSync(folder, { recursive: true });
  return { HOME: home, TMPDIR: temporary, XDG_RUNTIME_DIR: temporary, EXTENSIONS_GALLERY: "{}" };
}

function portOf(server: ChildProcess): Promise<number> {
  let said = "";
  return new Promise((resolve, reject) => {
    const fail = (what: string) => reject(new Error(`VS Code's server ${what}.\n${said}`));
    const timer = setTimeout(() => void endGroup(server).then(() => fail("did not start in time")), START_TIMEOUT_MS);
    // Both pipes go on being read after the start, or the server would wait for them to be emptied.
    const listen = (chunk: Buffer) => {
      said = (said + String(chunk)).slice(-MOST_CHARACTERS_KEPT);
      const port = /agent listening on (\d+)/.exec(said)?.[1];
      if (!port) return;
      clearTimeout(timer);
      resolve(Number(port));
    };
    server.stdout?.on("data", listen);
    server.stderr?.on("data", listen);
    server.once("error", (error) => fail(`could not be started: ${error.message}`));
    server.once("exit", () => fail("ended"));
  });
}

async function endGroup(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null || server.pid === undefined) return;
  const exited = new Promise((resolve) => server.once("exit", resolve));
  signalGroup(server.pid, "SIGTERM");
  const timer = setTimeout(() => signalGroup(server.pid!, "SIGKILL"), END_TIMEOUT_MS);
  await exited;
  clearTimeout(timer);
  // A child that outlives the server would keep the folders busy.
  signalGroup(server.pid, "SIGKILL");
}

function signalGroup(groupId: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-groupId, signal);
  } catch {
    // The group is gone already.
  }
}
