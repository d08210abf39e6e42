// Runs every suite in a VS Code of its own, one after the other: in the server build without a display, or, with
// --desktop, in a downloaded desktop VS Code. Arguments: --counts=<file>, --desktop, and words that suites' names contain.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { downloadAndUnzipVSCode, runTests, TestRunFailedError } from "@vscode/test-electron";
import { writeSettings } from "../host/settings.ts";
import { prepareWorkspace, temporaryFolder } from "../host/temporary.ts";
import { bundledTests, bundleTests, testsModule } from "./bundleTests.ts";
import { toEnvironment, type TestResult } from "./environment.ts";
import { readSuites, root, type Suite } from "./suites.ts";

const args = process.argv.slice(2);
const desktop = args.includes("--desktop");
const countsFile = args.find((arg) => arg.startsWith("--counts="))?.slice("--counts=".length);
const words = args.filter((arg) => !arg.startsWith("--"));
const suites = readSuites().filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));

process.once("SIGTERM", () => process.exit(1));
await bundleTests(suites);
const program = desktop ? await downloadDesktop() : undefined;
const counts = { passed: 0, failed: 0 };
for (const suite of suites) {
  const result = await runSuite(suite);
  console.log(result.report);
  counts.passed += result.passed;
  counts.failed += result.failed;
}
if (countsFile) writeFileSync(countsFile, JSON.stringify(counts));
process.exitCode = counts.failed === 0 ? 0 : 1;

async function runSuite(suite: Suite): Promise<TestResult> {
  if (desktop && suite.trust === "restricted") {
    return { passed: 0, failed: 0, report: `Suite "${suite.name}" is left out: the desktop's test runner cannot start Restricted Mode.` };
  }
  console.log(`VS Code, suite "${suite.name}" …`);
  const { path, remove } = temporaryFolder();
  const resultFile = join(path, "result.json");
  const logFile = join(bundledTests(suite), "vscode.log");
  try {
    await runTests({
      vscodeExecutablePath: program ?? writeStandIn(path),
      extensionDevelopmentPath: [root, ...(suite.extensions ?? []).map((folder) => join(root, folder))],
      extensionTestsPath: testsModule,
      launchArgs: [...launchArguments(suite, path), ...(desktop ? [] : [`--log-file=${logFile}`])],
      extensionTestsEnv: toEnvironment({ testsFolder: bundledTests(suite), resultFile }),
    });
  } catch (error) {
    // What failed is in the result; where there is none, VS Code itself did.
    if (!(error instanceof TestRunFailedError)) throw error;
  }
  const result = existsSync(resultFile) ? readResult(resultFile) : undefined;
  remove();
  if (result && result.failed === 0) return result;
  const log = desktop ? "" : ` What VS Code said is in ${relative(root, logFile)}.`;
  if (result) return { ...result, report: `${result.report}\n${log}` };
  return { passed: 0, failed: 1, report: `  The suite ended before its tests had run.${log}` };
}

function readResult(file: string): TestResult {
  const result: TestResult = JSON.parse(readFileSync(file, "utf8"));
  if (result.passed + result.failed > 0) return result;
  return { ...result, failed: 1, report: `${result.report}\n  The suite has no tests.` };
}

function launchArguments(suite: Suite, folder: string): string[] {
  const userData = join(folder, "user");
  writeSettings(userData, suite.settings ?? {});
  const flags = [`--user-data-dir=${userData}`, `--extensions-dir=${join(folder, "extensions")}`];
  if (suite.trust === "restricted") flags.push("--restricted");
  if (suite.emptyWindow) return flags;
  const fixture = suite.workspace && join(root, suite.workspace);
  return [prepareWorkspace(join(folder, "story"), { fixture, files: suite.files }), ...flags];
}

/** @vscode/test-electron starts one program with VS Code's flags: this one hands them to the stand-in. */
function writeStandIn(folder: string): string {
  const program = join(folder, "code");
  const script = fileURLToPath(new URL("../host/headlessCode.ts", import.meta.url));
  const command = [process.execPath, "--import", import.meta.resolve("tsx"), script];
  writeFileSync(program, `#!/bin/sh\nexec ${command.map((word) => `'${word}'`).join(" ")} "$@"\n`, { mode: 0o755 });
  return program;
}

async function downloadDesktop(): Promise<string> {
  try {
    return await downloadAndUnzipVSCode({ cachePath: join(root, ".vscode-test") });
  } catch (error) {
    console.error(`VS Code for the desktop could not be downloaded (${String(error)}): check the connection, or run the same tests without it by npm test.`);
    process.exit(1);
  }
}
