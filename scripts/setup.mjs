// Shared by the scripts that people call: it runs before anything is installed, on Node's own modules only.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

const OLDEST_NODE = [20, 19];

/** Says in one sentence what is wrong, and ends. */
export function stop(sentence) {
  console.error(sentence);
  process.exit(1);
}

export function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  stop(`Story Director needs Node ${OLDEST_NODE.join(".")} or newer, and this is ${process.versions.node}: install a newer Node and run the same command again.`);
}

/** Installs the packages of the lock file, unless the very same ones are there already. */
export function installPackages() {
  checkNode();
  const wanted = createHash("sha256").update(readFileSync(join(root, "package-lock.json"))).digest("hex");
  const stamp = join(root, "node_modules", ".installed-lock");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  console.error("Installing packages (once) …");
  // What npm says goes to standard error: standard output belongs to the command that was asked for.
  const npm = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (npm.status !== 0) stop("The packages could not be installed (npm says why above): check the connection to the npm registry and run the same command again.");
  writeFileSync(stamp, wanted);
}

/** Runs a command in the project's folder; its output is the script's own. */
export function run(command, args, options = {}) {
  const { status, signal, error } = spawnSync(command, args, { cwd: root, stdio: "inherit", ...options });
  if (error) stop(`${command} could not be started: ${error.message}`);
  return signal ? 128 : (status ?? 1);
}

/** The main file of a package's command, to be run with this very Node. */
export function binary(packageName, name = packageName) {
  const manifest = JSON.parse(readFileSync(join(root, "node_modules", packageName, "package.json"), "utf8"));
  const bin = typeof manifest.bin === "string" ? manifest.bin : manifest.bin[name];
  return join(root, "node_modules", packageName, bin);
}
