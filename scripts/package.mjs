// Packs the extension into a .vsix that holds only what runs in VS Code, and prints where it is.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ensurePackager } from "./host.mjs";
import { root, run, stop } from "./setup.mjs";

/** What goes into the package, beside its manifest. */
const CONTENT = [
  "dist/extension.cjs",
  "dist/engine.cjs",
  "dist/THIRD-PARTY-NOTICES.txt",
  "dist/webview",
  "media/story-director.svg",
  "media/new-story-dark.svg",
  "media/new-story-light.svg",
  "media/looks",
  "media/walkthrough",
  "media/screenshots/run-dark.png",
  "media/screenshots/segment-light.png",
  "samples/the-trumpet-and-the-silence",
  "README.md",
  "CHANGELOG.md",
  "LICENSE",
];

/** Keys of package.json that say something to npm or to a checkout, and nothing to VS Code. */
const NOT_FOR_VSCODE = ["type", "bin", "files", "scripts", "devDependencies"];

await import("./build.mjs");
const packager = ensurePackager();
if ("missing" in packager) stop(packager.missing);

// The packer takes a whole folder, so it gets one with nothing else in it.
const stage = join(root, "out", "vsix");
rmSync(stage, { recursive: true, force: true });
mkdirSync(stage, { recursive: true });
for (const path of CONTENT) if (existsSync(join(root, path))) cpSync(join(root, path), join(stage, path), { recursive: true });
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
for (const key of NOT_FOR_VSCODE) delete manifest[key];
manifest.engines = { vscode: manifest.engines.vscode };
writeFileSync(join(stage, "package.json"), `${JSON.stringify(manifest, undefined, 2)}\n`);

const target = join(root, `${manifest.name}-${manifest.version}.vsix`);
const args = ["package", "--no-dependencies", "--allow-missing-repository", "--no-rewrite-relative-links", "--out", target];
const status = run(packager.node, [packager.vsce, ...args], { cwd: stage });
if (status !== 0) stop("The package could not be made (the packer says why above).");
console.log(`Packed ${target}`);
