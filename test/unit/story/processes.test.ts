import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { hostname } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { StoryHeldError } from "../../../src/core/errors.ts";
import { createDiskStore } from "../../../src/story/diskStore.ts";
import { acquireLock } from "../../../src/story/storyLock.ts";
import { filesIn, tempFolders, textOf } from "../../support/tempFolder.ts";
import { CHANGING_CALLS, callsOf } from "./watchedFiles.ts";

const STORY = { "story.yaml": "format: 1\n", "assets/maria.md": "old" };

interface Ended {
  readonly signal: string | undefined;
  readonly output: string;
}

describe("a story and several processes", function () {
  this.timeout(120_000);
  const makeFolder = tempFolders();

  let script: string;
  before(async () => {
    script = join(makeFolder(), "child.mjs");
    const source = join(import.meta.dirname, "storyChild.ts");
    // Bundled once: a child then starts in a tenth of a second. The banner is for packages that call require.
    const banner = { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' };
    await build({ entryPoints: [source], outfile: script, bundle: true, platform: "node", format: "esm", target: "node20", banner });
  });

  const run = (command: string, args: readonly string[]) =>
    new Promise<Ended>((resolve, reject) => {
      execFile(command, args, (error, output, complaints) => {
        if (error && !error.signal && error.code !== SKIPPED) reject(new Error(`${error.message}\n${complaints}`));
        else resolve({ signal: error?.signal ?? undefined, output: error?.code === SKIPPED ? "" : output });
      });
    });

  const runChild = (...args: readonly string[]) => run(process.execPath, [script, ...args]);

  it("keeps the old text or the new one, and can be locked again, wherever a process is killed", async () => {
    const calls = await callsOf(async (files) => {
      const store = createDiskStore(makeFolder(STORY), { files });
      const lock = await store.lock({ takeOver: false });
      await store.saveAsset("maria", "new", "old");
      await lock.release();
    });
    const texts = new Set<string>();
    const moments = [...calls.keys(), calls.length].filter((index) => index === calls.length || CHANGING_CALLS.has(calls[index]!));
    await fourAtATime(moments, async (dies) => {
      const folder = makeFolder(STORY);
      const place = `killed before call ${dies} ${calls[dies]}`;
      const { signal } = await runChild("save", folder, `${dies}`);
      assert.equal(signal, dies < calls.length ? "SIGKILL" : undefined, place);
      const text = textOf(folder, "assets/maria.md");
      assert.ok(text === "old" || text === "new", `${place}: ${text}`);
      texts.add(text);
      const lock = await createDiskStore(folder).lock({ takeOver: false });
      assert.deepEqual(filesIn(folder), [".story-director/.gitignore", ".story-director/lock", "assets/maria.md", "story.yaml"], place);
      await lock.release();
    });
    assert.deepEqual([...texts].sort(), ["new", "old"]);
  });

  it("has one owner at a time when many want a dead owner's lock, and some of them die", async () => {
    const folder = makeFolder();
    await acquireLock(join(folder, "lock"), { takeOver: false, self: { pid: 2 ** 30, host: hostname() } });
    const ended = await Promise.all(Array.from({ length: 6 }, (_, number) => runChild("race", folder, `${number}`)));
    const results = ended.map(({ output }) => JSON.parse(output) as { held: number; meetings: number });
    assert.deepEqual(results, results.map((_, number) => ({ held: number % 2 === 1 ? 5 : 10, meetings: 0 })));
    assert.deepEqual(ended.map(({ signal }) => signal), results.map((_, number) => (number % 2 === 1 ? "SIGKILL" : undefined)));
    await (await acquireLock(join(folder, "lock"), { takeOver: false })).release();
    assert.deepEqual(filesIn(folder), []);
  });

  it("is held by a process for as long as that lives", async () => {
    const folder = makeFolder(STORY);
    const child = spawn(process.execPath, [script, "hold", folder], { stdio: ["ignore", "pipe", "inherit"] });
    await new Promise((resolve) => child.stdout.once("data", resolve));
    const store = createDiskStore(folder);
    await assert.rejects(store.lock({ takeOver: true }), (error) => error instanceof StoryHeldError && error.message.includes(`process ${child.pid}`));
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await gone;
    await (await store.lock({ takeOver: false })).release();
  });

  it("keeps the old text on a disk that is really full, and on one that is really read-only", async function () {
    const folder = makeFolder();
    // A disk of its own in a namespace of its own, gone with the process; exit code 77 where that is not allowed.
    const steps = [
      `mount -t tmpfs -o size=64k story "$1" 2>/dev/null || exit ${SKIPPED}`,
      'echo "format: 1" > "$1/story.yaml"',
      '"$2" "$3" fill "$1"',
      'mount -o remount,ro "$1" && "$2" "$3" fill "$1"',
    ];
    const mounted = await run("unshare", ["-rm", "sh", "-c", steps.join("\n"), "sh", folder, process.execPath, script]).catch(() => ({ output: "" }));
    if (mounted.output === "") {
      console.log("      (no small disk can be mounted here: a really full disk is not tried)");
      this.skip();
    }
    const [full, readOnly] = mounted.output.trim().split("\n").map((line) => JSON.parse(line) as unknown);
    const files = ["assets/maria.md", "story.yaml"];
    assert.deepEqual(full, { outcomes: ["saved", "assets/maria.md could not be saved: the disk is full (ENOSPC)"], isWhole: true, files });
    assert.deepEqual(readOnly, { outcomes: ["assets/maria.md could not be saved: the disk is read-only (EROFS)"], isWhole: true, files });
  });
});

const SKIPPED = 77;

async function fourAtATime<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const worker = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all([worker(), worker(), worker(), worker()]);
}
