import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A new folder that is deleted when this process ends, and by `remove` before that. */
export function temporaryFolder(): { readonly path: string; readonly remove: () => void } {
  // The names of VS Code's sockets begin with it, and must not be long; macOS's own temporary folder is.
  const path = mkdtempSync(join(realpathSync(process.platform === "darwin" ? "/tmp" : tmpdir()), "director-"));
  const remove = () => {
    process.removeListener("exit", remove);
    // A process that was ended writes until it is gone, which takes a busy machine a while.
    rmSync(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  };
  process.on("exit", remove);
  return { path, remove };
}

export interface Workspace {
  /** A folder whose copy is opened; absent: an empty one. */
  readonly fixture?: string | undefined;
  /** Files to write into the copy, by their paths inside it. */
  readonly files?: Readonly<Record<string, string>> | undefined;
}

export function prepareWorkspace(folder: string, { fixture, files = {} }: Workspace): string {
  mkdirSync(folder, { recursive: true });
  if (fixture) cpSync(fixture, folder, { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}
