import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as z from "zod";

export const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = join(root, "test", "extension", "suites");

/** Under which conditions a suite's tests run: suite.json beside them. All of it may be left out. */
const conditions = z.strictObject({
  /** A folder of the repository whose copy is opened, such as samples/the-yeast-works-nights; absent: an empty folder. */
  workspace: z.string().optional(),
  /** Files to write into the opened folder, by their paths inside it. */
  files: z.record(z.string(), z.string()).optional(),
  /** A window without a folder. */
  emptyWindow: z.boolean().optional(),
  /** "restricted": the folder is not trusted. Desktop VS Code cannot be started so by its test runner. */
  trust: z.enum(["trusted", "restricted"]).optional(),
  /** A person's settings. */
  settings: z.record(z.string(), z.unknown()).optional(),
  /** Folders of the repository with further extensions, such as one that supplies a language model. */
  extensions: z.array(z.string()).optional(),
});

export interface Suite extends z.infer<typeof conditions> {
  readonly name: string;
  /** Paths of its tests. */
  readonly tests: readonly string[];
}

/** Every folder with tests is a suite, and is run in a VS Code of its own. */
export function readSuites(): Suite[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => readSuite(join(folder, name)))
    .filter(({ tests }) => tests.length > 0);
}

function readSuite(path: string): Suite {
  const file = join(path, "suite.json");
  const values = existsSync(file) ? conditions.parse(JSON.parse(readFileSync(file, "utf8"))) : {};
  const tests = readdirSync(path, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".test.ts"));
  return { ...values, name: basename(path), tests: tests.sort().map((name) => join(path, name)) };
}
