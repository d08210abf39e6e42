import { nodeFiles, type Files } from "../../../src/story/files.ts";

/** Called before every call to the disk, with its number from 0; what it throws, the call rejects with. */
export type BeforeCall = (index: number, name: string) => void | Promise<void>;

/** The disk, with something happening before its calls. */
export function watchedFiles(before: BeforeCall, base: Files = nodeFiles): Files {
  let index = 0;
  return watch(base, (name) => before(index++, name));
}

/** The disk; from the numbered call on, or for that call alone, it fails with the code. */
export function failingFiles(code: string, isFailing: (index: number, name: string) => boolean, base: Files = nodeFiles): Files {
  return watchedFiles((index, name) => {
    if (isFailing(index, name)) throw systemError(code);
  }, base);
}

/**
 * The calls that change what is on the disk. Who dies before any other call leaves the same files
 * as who dies before the next of these.
 */
export const CHANGING_CALLS: ReadonlySet<string> = new Set(["mkdir", "open", "write", "link", "rename", "unlink", "rmdir"]);

/** The disk without waiting for it, for tests that make many files. */
export const hastyFiles: Files = {
  ...nodeFiles,
  async open(path, flags) {
    return { ...(await nodeFiles.open(path, flags)), sync: () => Promise.resolve() };
  },
};

export function systemError(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: made up for the test`), { code });
}

/** How many calls to the disk the work makes, by their names. */
export async function callsOf(work: (files: Files) => Promise<unknown>): Promise<string[]> {
  const names: string[] = [];
  await work(watchedFiles((_, name) => void names.push(name)));
  return names;
}

function watch<T extends object>(target: T, before: (name: string) => void | Promise<void>): T {
  return new Proxy(target, {
    get(object, key) {
      const member: unknown = Reflect.get(object, key);
      if (typeof member !== "function") return member;
      return async (...args: unknown[]) => {
        // A close that fails has closed the file all the same.
        if (key === "close") await Reflect.apply(member, object, args);
        await before(String(key));
        if (key === "close") return undefined;
        const result: unknown = await Reflect.apply(member, object, args);
        return key === "open" ? watch(result as object, before) : result;
      };
    },
  });
}
