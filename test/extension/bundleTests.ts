import { rmSync } from "node:fs";
import { join, relative } from "node:path";
import { build } from "esbuild";
import { root, type Suite } from "./suites.ts";

const output = join(root, "out", "test", "extension");

/** The module that VS Code loads. */
export const testsModule = join(output, "index.cjs");

export function bundledTests(suite: Suite): string {
  return join(output, "suites", suite.name);
}

/** Makes of every test file, and of what it imports, one file that the extension host can load. */
export async function bundleTests(suites: readonly Suite[]): Promise<void> {
  rmSync(output, { recursive: true, force: true });
  const source = join(root, "test", "extension");
  await build({
    absWorkingDir: root,
    entryPoints: [join(source, "index.ts"), ...suites.flatMap(({ tests }) => tests)].map((path) => relative(root, path)),
    outbase: relative(root, source),
    outdir: output,
    outExtension: { ".js": ".cjs" },
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    mainFields: ["module", "main"],
    external: ["vscode", "mocha"],
    sourcemap: "inline",
    logLevel: "warning",
  });
}
