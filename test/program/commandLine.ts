import { spawn, type ChildProcess } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { testStory } from "../support/testStory.ts";

export const root = fileURLToPath(new URL("../..", import.meta.url));
const program = join(root, "dist", "cli.cjs");

export interface Ended {
  /** Undefined where a signal ended it. */
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves when the text has been printed to standard output. */
  printed(text: string): Promise<void>;
}

/** What the program keeps for its user must not be what the tests' own user has. */
const cache = mkdtempSync(join(tmpdir(), "story-director-cache-"));
process.once("exit", () => rmSync(cache, { recursive: true, force: true }));

/** Starts the built command as a person would, without a terminal. */
export function start(...args: string[]): Running {
  return startIn({}, ...args);
}

/** The same, in a folder of its own and with more variables in its environment. */
export function startIn({ cwd, env }: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> }, ...args: string[]): Running {
  const child = spawn(process.execPath, [program, ...args], { cwd, stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, NO_COLOR: "1", XDG_CACHE_HOME: cache, ...env } });
  let stdout = "";
  let stderr = "";
  const watchers: (() => void)[] = [];
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    stdout += chunk;
    for (const watch of watchers) watch();
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (stderr += chunk));
  const ended = new Promise<Ended>((resolve) => child.on("close", (code) => resolve({ code: code ?? undefined, stdout, stderr })));
  const printed = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const watch = () => stdout.includes(text) && resolve();
      watchers.push(watch);
      watch();
      void ended.then(() => reject(new Error(`ended without printing ${text}:\n${stdout}${stderr}`)));
    });
  return { process: child, ended, printed };
}

export function run(...args: string[]): Promise<Ended> {
  return start(...args).ended;
}

/** Temporary folders of one suite, deleted after it. */
export function temporaryFolders(): (name: string) => string {
  const parent = mkdtempSync(join(tmpdir(), "story-director-"));
  after(() => rmSync(parent, { recursive: true, force: true }));
  let count = 0;
  return (name) => join(parent, `${++count}-${name}`);
}

/** The key that the program finds, for one suite. */
export function withKey(key: string): void {
  before(() => {
    process.env["STORY_DIRECTOR_API_KEY"] = key;
  });
  after(() => {
    delete process.env["STORY_DIRECTOR_API_KEY"];
  });
}

export function copySample(name: string, folder: string): string {
  cpSync(join(root, "samples", name), folder, { recursive: true });
  return folder;
}

/** A story of any length, for what a short run is over too soon. */
export function writeStory(folder: string, segments: number): string {
  const files = testStory({ segments });
  cpSync(join(root, "samples", "the-yeast-works-nights"), folder, { recursive: true });
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
  return folder;
}

/** Every document of a story by its path, without what a run keeps for itself. */
export function readDocuments(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).filter((path) => !path.includes(".story-director"));
  return Object.fromEntries(paths.sort().map((path) => [path.slice(folder.length + 1), readFileSync(path, "utf8")]));
}

export function segmentFiles(folder: string): string[] {
  return Object.keys(readDocuments(folder)).filter((path) => /^segments.segment_\w+\.md$/.test(path));
}
