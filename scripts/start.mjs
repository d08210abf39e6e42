// The main job on a fresh machine: the sample story, directed from beginning to end.
import { cpSync, existsSync } from "node:fs";
import { join } from "node:path";
import { root, run } from "./setup.mjs";

const SAMPLE = "the-trumpet-and-the-silence";
const folder = join("playground", SAMPLE);

await import("./build.mjs");
if (!existsSync(join(root, folder))) cpSync(join(root, "samples", SAMPLE), join(root, folder), { recursive: true });
process.exitCode = run(process.execPath, [join("dist", "cli.cjs"), "regenerate", folder]);
