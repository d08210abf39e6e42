// Runs VS Code's server, and ends it with all its children when whoever started it is gone: the pipe closes then.
import { pathToFileURL } from "node:url";

const [serverMain] = process.argv.splice(2, 1);
process.stdin.on("end", () => process.kill(-process.pid, "SIGKILL")).resume();
await import(pathToFileURL(serverMain).href);
