// Runs the tests that need a real VS Code: inside its extension host, and on its workbench in a browser.
// Arguments: --counts=<file> for {passed, failed}, and words that the wanted suites' or files' names contain.
// Exit codes: 0, 1 where a test failed, 77 where VS Code or a browser cannot be had here (one line says which).
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ensureHost } from "./host.mjs";
import { binary, installPackages, root, run } from "./setup.mjs";

const CANNOT_RUN_HERE = 77;
// Longer than what is waited for inside, which then says what was missing.
const UI_TEST_TIMEOUT_MS = 300_000;

const args = process.argv.slice(2);
const words = args.filter((arg) => !arg.startsWith("--"));
const countsFile = args.find((arg) => arg.startsWith("--counts="))?.slice("--counts=".length);
const counts = { passed: 0, failed: 0 };

installPackages();
const host = ensureHost();
if ("missing" in host) {
  console.log(`Tests in a real VS Code did not run. ${host.missing}`);
  process.exit(CANNOT_RUN_HERE);
}
await import("./build.mjs");
runExtensionTests();
runUiTests();
if (countsFile) writeFileSync(countsFile, JSON.stringify(counts));
console.log(`In a real VS Code: ${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed === 0 ? 0 : 1;

function runExtensionTests() {
  const runner = join("test", "extension", "runExtensionTests.ts");
  count((file) => run(process.execPath, ["--import", "tsx", runner, `--counts=${file}`, ...words]));
}

function runUiTests() {
  const names = readdirSync(join(root, "test", "ui"), { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".test.ts"));
  const files = names.filter((name) => words.length === 0 || words.some((word) => name.includes(word))).map((name) => join("test", "ui", name));
  if (files.length === 0) return;
  console.log("VS Code's workbench in a browser …");
  count((file) => {
    const reporter = ["--reporter", join(root, "scripts", "counting-reporter.cjs"), "--reporter-option", `counts=${file}`];
    return run(process.execPath, ["--import", "tsx", binary("mocha"), "--timeout", String(UI_TEST_TIMEOUT_MS), ...reporter, ...files.sort()]);
  });
}

/** A runner that crashes, or that counts nothing, counts as one failure. */
function count(runTests) {
  const file = join(root, "out", "host-counts.json");
  mkdirSync(join(root, "out"), { recursive: true });
  rmSync(file, { force: true });
  const status = runTests(file);
  const { passed = 0, failed = 0 } = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  counts.passed += passed;
  counts.failed += failed === 0 && status !== 0 ? 1 : failed;
}
