// Stands in for the desktop program `code` in @vscode/test-electron: takes its flags, and runs the tests in VS Code's
// server build and a browser without a window. Needs no display. Its exit code is that of the tests.
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "node:util";
import { ensureHost, type Host } from "../../scripts/host.mjs";
import { workbenchAddress } from "./address.ts";
import { launchBrowser } from "./browser.ts";
import { startServer } from "./server.ts";
import { temporaryFolder } from "./temporary.ts";

const OVERALL_TIMEOUT_MS = 900_000;
const TIMED_OUT = 124;

interface Arguments {
  readonly workspace: string | undefined;
  readonly extensions: readonly string[];
  readonly tests: string | undefined;
  readonly userDataFolder: string | undefined;
  readonly restricted: boolean;
  readonly logFile: string | undefined;
}

const host = ensureHost();
if ("missing" in host) {
  console.error(host.missing);
  process.exit(1);
}
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(1));
const ending = setTimeout(() => {
  console.error(`The tests did not end within ${OVERALL_TIMEOUT_MS / 1000} seconds.`);
  process.exit(TIMED_OUT);
}, OVERALL_TIMEOUT_MS);
process.exitCode = await runTests(host, readArguments(process.argv.slice(2)));
clearTimeout(ending);

function readArguments(args: readonly string[]): Arguments {
  const values = (flag: string) => args.filter((arg) => arg.startsWith(`--${flag}=`)).map((arg) => arg.slice(flag.length + 3));
  return {
    workspace: args.find((arg) => !arg.startsWith("-")),
    extensions: values("extensionDevelopmentPath"),
    tests: values("extensionTestsPath")[0],
    userDataFolder: values("user-data-dir")[0],
    // These two are not VS Code's. @vscode/test-electron always disables workspace trust: the first asks for it again.
    restricted: args.includes("--restricted"),
    logFile: values("log-file")[0],
  };
}

async function runTests(host: Host, { logFile, extensions, ...options }: Arguments): Promise<number> {
  const { path: dataFolder, remove } = temporaryFolder();
  const { restricted, workspace, tests, userDataFolder = join(dataFolder, "user") } = options;
  const [extension, ...installed] = extensions;
  const server = await startServer(host, { dataFolder, userDataFolder, restricted, installed, development: true });
  try {
    const browser = await launchBrowser(host, dataFolder);
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    const { promise: exitCode, resolve, reject } = withResolvers<number>();
    page.on("crash", () => reject(new Error("The workbench's page crashed.")));
    await page.exposeFunction("codeAutomationLog", createLog(logFile));
    await page.exposeFunction("codeAutomationExit", resolve);
    await page.goto(workbenchAddress({ port: server.port, workspace, extension, tests }));
    const code = await exitCode;
    await browser.close();
    return code;
  } finally {
    await server.end();
    remove();
  }
}

function withResolvers<Value>() {
  let resolve!: (value: Value) => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<Value>((onValue, onError) => {
    resolve = onValue;
    reject = onError;
  });
  return { promise, resolve, reject };
}

/** Everything that VS Code says, the tests' console included, for when something goes wrong. */
function createLog(file: string | undefined) {
  return (severity: string, values: readonly unknown[]): void => {
    if (file) appendFileSync(file, `${severity}: ${format(...values)}\n`);
  };
}
