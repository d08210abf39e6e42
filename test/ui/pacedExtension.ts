import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { root } from "./workbench.ts";

/** Builds the extension with a director that takes its time. @returns its folder */
export async function buildPacedExtension(): Promise<string> {
  const folder = join(root, "out", "test", "ui", "paced-extension");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const path of ["media", "samples"]) cpSync(join(root, path), join(folder, path), { recursive: true });
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Record<string, unknown>;
  writeFileSync(join(folder, "package.json"), JSON.stringify({ ...manifest, type: "commonjs", main: "extension.cjs" }));
  await build({
    absWorkingDir: root,
    entryPoints: { extension: "test/ui/fixtures/paced-extension/extension.ts" },
    outdir: folder,
    outExtension: { ".js": ".cjs" },
    bundle: true,
    platform: "node",
    format: "cjs",
    mainFields: ["module", "main"],
    external: ["vscode"],
    logLevel: "warning",
  });
  return folder;
}
