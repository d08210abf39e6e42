// Checks types and style, runs every test, and ends with one line that counts them.
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { binary, installPackages, root, run } from "./setup.mjs";

/** How the tests in a real VS Code end where neither it nor a browser can be had. */
const CANNOT_RUN_HERE = 77;

installPackages();
const results = { passed: 0, failed: 0 };
const countsFile = join(root, "out", "test-counts.json");

check("Types", [binary("typescript", "tsc"), "--project", "."]);
check("Types of pages", [binary("typescript", "tsc"), "--project", join("src", "webview")]);
check("Style", [binary("oxlint"), "--type-aware", "--deny-warnings"]);
check("Build", [join("scripts", "build.mjs")]);
suite("Unit tests", mocha("test/unit/**/*.test.ts"));
suite("Tests of the whole program", mocha("test/program/**/*.test.ts"));
suite("Tests in a real VS Code", [join("scripts", "host-tests.mjs"), `--counts=${countsFile}`]);

console.log(`${results.passed} passed, ${results.failed} failed`);
process.exitCode = results.failed === 0 ? 0 : 1;

/** A step that counts only when it fails. */
function check(title, args) {
  console.log(`${title} …`);
  if (run(process.execPath, args) !== 0) results.failed++;
}

function mocha(files) {
  const reporter = ["--reporter", join(root, "scripts", "counting-reporter.cjs"), "--reporter-option", `counts=${countsFile}`];
  return ["--import", "tsx", binary("mocha"), "--require", "./test/support/steadySeeds.ts", ...reporter, files];
}

/** A suite that crashes, or that reports nothing, counts as failed; so does one that cannot run in CI. */
function suite(title, args) {
  console.log(`${title} …`);
  mkdirSync(join(root, "out"), { recursive: true });
  rmSync(countsFile, { force: true });
  const status = run(process.execPath, args);
  if (status === CANNOT_RUN_HERE && !process.env.CI) return;
  const { passed = 0, failed = 0 } = existsSync(countsFile) ? JSON.parse(readFileSync(countsFile, "utf8")) : {};
  results.passed += passed;
  results.failed += failed + (failed === 0 && (status !== 0 || passed === 0) ? 1 : 0);
}
