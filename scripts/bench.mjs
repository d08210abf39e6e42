// Runs the benchmarks one after the other; each prints a table of what it measured.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { installPackages, root, run } from "./setup.mjs";

installPackages();
await import("./build.mjs");
const wanted = process.argv[2] ?? "";
for (const file of readdirSync(join(root, "bench")).filter((name) => name.endsWith(".bench.ts") && name.includes(wanted))) {
  const status = run(process.execPath, ["--import", "tsx", join("bench", file)]);
  if (status !== 0) process.exitCode = status;
}
