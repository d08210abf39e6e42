import pkg from "../../package.json" with { type: "json" };
import { createStory, openStoryDirector, readNarration, readSource, requireNewFile, requireNewFolder, saveNewFile } from "../compose.ts";
import { askOnTerminal } from "./askOnTerminal.ts";
import { EXIT } from "./host.ts";
import { runCli } from "./runCli.ts";

const interruptListeners = new Set<() => void>();
const interrupt = () => {
  if (interruptListeners.size === 0) process.exit(EXIT.interrupted);
  for (const listener of interruptListeners) listener();
};
process.on("SIGINT", interrupt);
process.on("SIGTERM", interrupt);
// Whoever read the output has gone (`… | head`): the run ends in order, and is told of it once.
let hasReader = true;
process.stdout.on("error", () => {
  if (hasReader) interrupt();
  hasReader = false;
});

const ended = runCli({
  argv: process.argv.slice(2),
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  platform: process.platform,
  cwd: process.cwd(),
  version: pkg.version,
  clock: { now: () => Date.now() },
  schedule(work, delayMs) {
    const timer = setTimeout(work, delayMs);
    return () => clearTimeout(timer);
  },
  openStoryDirector,
  createStory,
  readFile: readSource,
  readNarration,
  requireNewFolder,
  requireNewFile,
  saveNewFile,
  ask: process.stdin.isTTY && process.stdout.isTTY ? askOnTerminal : undefined,
  onInterrupt(listener) {
    interruptListeners.add(listener);
    return () => void interruptListeners.delete(listener);
  },
  exitNow: (code) => process.exit(code),
});
// A rejection here is a bug that runCli did not foresee: Node prints it and ends with 1.
void ended.then((code) => (process.exitCode = code));
