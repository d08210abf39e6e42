// The terminal command in a checkout: built from the sources as they are now, then run.
import { join } from "node:path";
import { root, run } from "./setup.mjs";

await import("./build.mjs");
// Arguments name folders relative to where npm was called.
const cwd = process.env.INIT_CWD ?? process.cwd();
process.exitCode = run(process.execPath, [join(root, "dist", "cli.cjs"), ...process.argv.slice(2)], { cwd });
