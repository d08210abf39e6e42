import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A folder of its own for every test, gone when the suite is; call it inside `describe`. */
export function tempFolders(): (files?: Record<string, string | Uint8Array>) => string {
  const made: string[] = [];
  after(() => {
    for (const folder of made) rmSync(folder, { recursive: true, force: true });
  });
  return (files = {}) => {
    const folder = mkdtempSync(join(tmpdir(), "story-"));
    made.push(folder);
    for (const [path, content] of Object.entries(files)) putFile(folder, path, content);
    return folder;
  };
}

export function putFile(folder: string, path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

/** The paths of all files in a folder, with `/` between their parts, sorted. */
export function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => !entry.isDirectory());
  return entries.map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1).replaceAll("\\", "/")).sort();
}

export function textOf(folder: string, path: string): string {
  return readFileSync(join(folder, path), "utf8");
}
