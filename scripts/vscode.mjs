// Opens VS Code on the sample story, with the extension as it is in the sources now: the desktop's where `code` is
// installed, otherwise VS Code's server build, to be opened in a browser.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync } from "node:fs";
import { join } from "node:path";
import { root, run, stop } from "./setup.mjs";

const SAMPLE = "the-trumpet-and-the-silence";
const folder = join(root, "playground", SAMPLE);
const shell = process.platform === "win32";

await import("./build.mjs");
if (!existsSync(folder)) cpSync(join(root, "samples", SAMPLE), folder, { recursive: true });
process.exitCode = spawnSync("code", ["--version"], { shell }).status === 0 ? openDesktop() : await openServer();

function openDesktop() {
  console.log(`Opening ${folder} in VS Code.`);
  const quoted = (path) => (shell ? `"${path}"` : path);
  return run("code", [`--extensionDevelopmentPath=${quoted(root)}`, "--new-window", quoted(folder)], { shell });
}

async function openServer() {
  const { ensureServer } = await import("./host.mjs");
  const host = ensureServer();
  if ("missing" in host) stop(`${host.missing} Install VS Code and its command "code", and run the same command again.`);
  const { tsImport } = await import("tsx/esm/api");
  const { serve } = await tsImport("../test/host/serve.ts", import.meta.url);
  await serve(host, folder);
  return 0;
}
