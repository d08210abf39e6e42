// Runs the suites of test/extension in a desktop VS Code, which is downloaded once. Arguments: words that suites' names contain.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { installPackages, run, stop } from "./setup.mjs";

installPackages();
await import("./build.mjs");
const command = [process.execPath, "--import", "tsx", join("test", "extension", "runExtensionTests.ts"), "--desktop", ...process.argv.slice(2)];
process.exitCode = hasDisplay() ? run(command[0], command.slice(1)) : run("xvfb-run", ["--auto-servernum", ...command]);

function hasDisplay() {
  if (process.platform !== "linux" || process.env.DISPLAY || process.env.WAYLAND_DISPLAY) return true;
  if (spawnSync("xvfb-run", ["--help"]).error) stop("VS Code for the desktop needs a display, and there is none: install xvfb, or run the same tests without it by npm test.");
  return false;
}
