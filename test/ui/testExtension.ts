import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { root } from "./workbench.ts";

export interface TestExtension {
  /** The source whose `activate` stands in for the extension's own, by its path in the repository. */
  readonly source: string;
  /** Folders of the repository that it needs beside it. */
  readonly content: readonly string[];
}

/** Builds an extension with this repository's manifest and a part of its own. @returns its folder */
export async function buildTestExtension(name: string, { source, content }: TestExtension): Promise<string> {
  const folder = join(root, "out", "test-extensions", name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const path of content) cpSync(join(root, path), join(folder, path), { recursive: true });
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Record<string, unknown>;
  writeFileSync(join(folder, "package.json"), JSON.stringify({ ...manifest, type: "commonjs", main: "extension.cjs" }));
  await build({
    absWorkingDir: root,
    entryPoints: { extension: source },
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

/** The extension with a director that takes its time. */
export function buildPacedExtension(): Promise<string> {
  return buildTestExtension("paced", { source: "test/ui/fixtures/paced-extension/extension.ts", content: ["media", "samples"] });
}
