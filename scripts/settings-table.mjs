// Writes the table of settings into the README, from package.json; --check only compares, for the tests.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, stop } from "./setup.mjs";

const START = "<!-- settings: made by scripts/settings-table.mjs -->";
const END = "<!-- /settings -->";

const { contributes } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const rows = Object.entries(contributes.configuration.properties)
  .sort(([, a], [, b]) => a.order - b.order)
  .map(([name, { default: value, markdownDescription }]) => `| \`${name}\` | \`${JSON.stringify(value)}\` | ${markdownDescription} |`);
const table = ["| setting | default | meaning |", "|---|---|---|", ...rows].join("\n");

const path = join(root, "README.md");
const readme = readFileSync(path, "utf8");
const [before, rest] = readme.split(START);
const after = rest?.split(END)[1];
if (after === undefined) stop(`README.md has no place for the settings: it needs the lines ${START} and ${END}.`);
const wanted = `${before}${START}\n${table}\n${END}${after}`;
if (!process.argv.includes("--check")) writeFileSync(path, wanted);
else if (wanted !== readme) stop("The settings in README.md are not those of package.json: run node scripts/settings-table.mjs.");
