import { posix, win32 } from "node:path";
import type { Environment } from "./terminal.ts";

/**
 * Where the program may keep what it can find out again: the user's cache folder, as each system
 * names it (for Linux, freedesktop's base directory specification). Undefined where there is none.
 */
export function cacheFile(name: string, env: Environment, platform: NodeJS.Platform): string | undefined {
  const paths = platform === "win32" ? win32 : posix;
  const base = cacheFolder(env, platform);
  return base !== undefined && paths.isAbsolute(base) ? paths.join(base, "story-director", name) : undefined;
}

function cacheFolder(env: Environment, platform: NodeJS.Platform): string | undefined {
  const home = env["HOME"];
  if (platform === "win32") return env["LOCALAPPDATA"];
  if (platform === "darwin") return home && posix.join(home, "Library", "Caches");
  // The specification says: a relative path is to be ignored.
  const named = env["XDG_CACHE_HOME"];
  return named && posix.isAbsolute(named) ? named : home && posix.join(home, ".cache");
}
