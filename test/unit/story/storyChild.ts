/**
 * A process of its own for tests that kill one, or let several race. What it does is its first
 * argument; it prints one line of JSON where there is something to tell.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { StorageError, StoryHeldError } from "../../../src/core/errors.ts";
import { createDiskStore } from "../../../src/story/diskStore.ts";
import { acquireLock } from "../../../src/story/storyLock.ts";
import { filesIn } from "../../support/tempFolder.ts";
import { hastyFiles, watchedFiles } from "./watchedFiles.ts";

const [what, folder, number] = process.argv.slice(2) as [string, string, string | undefined];

switch (what) {
  case "save":
    await saveUntilKilled(folder, Number(number));
    break;
  case "race":
    await race(folder, Number(number));
    break;
  case "hold":
    await createDiskStore(folder).lock({ takeOver: false });
    process.stdout.write("held\n");
    setInterval(() => undefined, 1000);
    break;
  case "fill":
    await saveTooMuch(folder);
    break;
  default:
    throw new Error(`not known: ${what}`);
}

/** Locks, saves and lets go, but dies without a word before the numbered call to the disk. */
async function saveUntilKilled(folder: string, dies: number): Promise<void> {
  const files = watchedFiles((index) => {
    if (index === dies) process.kill(process.pid, "SIGKILL");
  }, hastyFiles);
  const store = createDiskStore(folder, { files });
  const lock = await store.lock({ takeOver: false });
  await store.saveAsset("maria", "new", "old");
  await lock.release();
}

/** Takes the lock again and again and looks for others inside; dies while it holds it where its number is odd. */
async function race(folder: string, number: number): Promise<void> {
  const inside = join(folder, "inside");
  mkdirSync(inside, { recursive: true });
  let held = 0;
  let meetings = 0;
  while (held < 10) {
    const lock = await acquireLock(join(folder, "lock"), { takeOver: false, files: hastyFiles }).catch((error: unknown) => {
      if (!(error instanceof StoryHeldError)) throw error;
      return undefined;
    });
    if (!lock) {
      await new Promise(setImmediate);
      continue;
    }
    held++;
    const mine = join(inside, `${process.pid}`);
    writeFileSync(mine, "");
    meetings += readdirSync(inside).length - 1;
    for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate);
    rmSync(mine);
    if (number % 2 === 1 && held === 5) {
      process.stdout.write(`${JSON.stringify({ held, meetings })}\n`, () => process.kill(process.pid, "SIGKILL"));
      await new Promise(() => setInterval(() => undefined, 1000));
    }
    await lock.release();
  }
  process.stdout.write(`${JSON.stringify({ held, meetings })}\n`);
}

/** On a disk of 64 KiB: 30 KiB fit, 45 more do not. */
async function saveTooMuch(folder: string): Promise<void> {
  const store = createDiskStore(folder);
  const old = (await store.readText("assets/maria.md")) ?? "";
  const outcomes: unknown[] = [];
  if (old === "") outcomes.push(await store.saveAsset("maria", "a".repeat(30 * 1024), undefined));
  const previous = await store.readText("assets/maria.md");
  const error: unknown = await store.saveAsset("maria", "b".repeat(45 * 1024), previous).catch((reason: unknown) => reason);
  outcomes.push(error instanceof StorageError ? error.message : error);
  const isWhole = (await store.readText("assets/maria.md")) === "a".repeat(30 * 1024);
  process.stdout.write(`${JSON.stringify({ outcomes, isWhole, files: filesIn(folder) })}\n`);
}
