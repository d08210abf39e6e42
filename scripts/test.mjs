// Checks types and style, runs every test, and ends with one line that counts them.
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { binary, installPackages, root, run } from "./setup.mjs";

installPackages();
const results = { passed: 0, failed: 0 };

check("Types", [binary("typescript", "tsc"), "--project", "."]);
check("Style", [binary("oxlint"), "--type-aware", "--deny-warnings"]);
check("Build", [join("scripts", "build.mjs")]);
test("Unit tests", "test/unit/**/*.test.ts");
test("Tests of the whole program", "test/program/**/*.test.ts");

console.log(`${results.passed} passed, ${results.failed} failed`);
process.exitCode = results.failed === 0 ? 0 : 1;

/** A step that counts only when it fails. */
function check(title, args) {
  console.log(`${title} …`);
  if (run(process.execPath, args) !== 0) results.failed++;
}

/** A suite that crashes, or that reports nothing, counts as failed. */
function test(title, files) {
  console.log(`${title} …`);
  const counts = join(root, "out", "test-counts.json");
  mkdirSync(join(root, "out"), { recursive: true });
  rmSync(counts, { force: true });
  const reporter = ["--reporter", join(root, "scripts", "counting-reporter.cjs"), "--reporter-option", `counts=${counts}`];
  const status = run(process.execPath, ["--import", "tsx", binary("mocha"), ...reporter, files]);
  const { passed = 0, failed = 0 } = existsSync(counts) ? JSON.parse(readFileSync(counts, "utf8")) : {};
  results.passed += passed;
  results.failed += failed + (failed === 0 && (status !== 0 || passed === 0) ? 1 : 0);
}
