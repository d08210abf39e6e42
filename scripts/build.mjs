// Bundles what runs into dist/, and gathers the licences of what went into it.
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { installPackages, root } from "./setup.mjs";

installPackages();
const { build } = await import("esbuild");

rmSync(join(root, "dist"), { recursive: true, force: true });
const shared = {
  absWorkingDir: root,
  outdir: "dist",
  outExtension: { ".js": ".cjs" },
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  // Some packages name a UMD file as main, whose inner requires a bundle cannot follow.
  mainFields: ["module", "main"],
  minify: true,
  // Errors are told apart by their names, and stacks are read by people.
  keepNames: true,
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
};
/** The one dynamic import leads to a bundle of its own. */
const engineApart = {
  name: "engine-apart",
  setup({ onResolve }) {
    onResolve({ filter: /\/compose\.ts$/ }, ({ kind }) => (kind === "dynamic-import" ? { path: "./engine.cjs", external: true } : undefined));
  },
};
const bundles = await Promise.all([
  build({ ...shared, entryPoints: { cli: "src/cli/main.ts" }, banner: { js: "#!/usr/bin/env node" } }),
  build({ ...shared, entryPoints: { engine: "src/compose.ts" } }),
  build({
    ...shared,
    entryPoints: { extension: "src/extension.ts" },
    external: ["vscode"],
    plugins: [engineApart],
    // The engine is loaded by require: an extension host need not know import() from CommonJS.
    supported: { "dynamic-import": false },
  }),
  // Pages run in VS Code's browser, by the one script that their policy lets in.
  build({
    ...shared,
    platform: "browser",
    target: "chrome128",
    format: "iife",
    outdir: "dist/webview",
    outExtension: {},
    entryPoints: [
      { in: "src/webview/newStory/main.ts", out: "newStory" },
      { in: "src/webview/newStory/newStory.css", out: "newStory" },
    ],
  }),
]);
writeFileSync(join(root, "dist", "THIRD-PARTY-NOTICES.txt"), notices(bundles.map(({ metafile }) => metafile)));

function notices(metafiles) {
  const inputs = metafiles.flatMap(({ inputs }) => Object.keys(inputs));
  const folders = inputs.flatMap((path) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []);
  return [...new Set(folders)].sort((a, b) => (a < b ? -1 : 1)).map(notice).join(`\n${"-".repeat(72)}\n\n`);
}

function notice(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
  const file = readdirSync(join(root, folder)).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? readFileSync(join(root, folder, file), "utf8").trim() : `Licence: ${license}`;
  return `${name} ${version} (${license})\n\n${text}\n`;
}
