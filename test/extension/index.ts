// Runs inside VS Code's extension host, which calls run() when everything is loaded.
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "node:util";
import Mocha from "mocha";
import { fromEnvironment, type TestResult } from "./environment.ts";

/** Longer than what is waited for inside, which then says what was missing. */
const TEST_TIMEOUT_MS = 180_000;

/** Runs the tests of one suite; rejects where one fails, which makes VS Code end with an error. */
export async function run(): Promise<void> {
  process.setSourceMapsEnabled(true);
  const { testsFolder, resultFile } = fromEnvironment(process.env);
  const result = await runMocha(testsFolder);
  writeFileSync(resultFile, JSON.stringify(result));
  if (result.failed > 0) throw new Error(`${result.failed} failed`);
}

async function runMocha(folder: string): Promise<TestResult> {
  const mocha = new Mocha({ ui: "bdd", color: false, timeout: TEST_TIMEOUT_MS, reporter: "spec" });
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".test.cjs"));
  for (const file of files.sort()) mocha.addFile(join(folder, file));
  // VS Code mixes its own messages into the console, so the report does not go there.
  const lines: string[] = [];
  Mocha.reporters.Base.consoleLog = (...values: unknown[]) => lines.push(format(...values));
  return new Promise((resolve) => {
    const runner = mocha.run((failed) => resolve({ passed: runner.stats?.passes ?? 0, failed, report: lines.join("\n") }));
  });
}
