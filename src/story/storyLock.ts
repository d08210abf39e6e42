import { randomUUID } from "node:crypto";
import { basename, dirname, join } from "node:path";
import { StoryHeldError } from "../core/errors.ts";
import { storyPaths } from "../core/storyFolder.ts";
import type { LockOptions } from "../pipeline/ports.ts";
import { linkNew, renameOver, temporaryPath, writeNew } from "./atomicFile.ts";
import { codeOf, nodeFiles, unlessMissing, type Files } from "./files.ts";
import { currentProcess, ownerState, type ProcessIdentity } from "./lockOwner.ts";
import { explained } from "./storageError.ts";
import { encodeText } from "./textBytes.ts";

/*
 * A lock file holds a record of its owner under an id that is used once. A new one is made with
 * link(), which is atomic and refuses to replace.
 *
 * Two processes that see the same dead owner must not both replace it: the slower one would throw
 * out the lock that the faster one has just made. So a dead record X is replaced by him alone who
 * makes the file `lock.X`, which can be made once, and who then finds that `lock` is X still. He
 * renames `lock.X` over `lock`. If he dies before that, his `lock.X` is a dead record in its turn,
 * replaced by the maker of the file named after it, and so on: the end of this chain is the owner.
 * A file of the chain goes only after `lock` has changed, so who made one too late sees that.
 */

export interface StoryLock {
  /** Removes the lock if it is still this one. Once is enough; more does nothing. */
  release(): Promise<void>;
}

export interface AcquireOptions extends LockOptions {
  readonly files?: Files;
  /** Who asks; this process where nothing is said. */
  readonly self?: ProcessIdentity;
}

interface LockRecord extends ProcessIdentity {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
}

/** @param path Of the lock file, absolute; its folder is there. @throws {StoryHeldError} @throws {StorageError} */
export async function acquireLock(path: string, { takeOver, files = nodeFiles, self }: AcquireOptions): Promise<StoryLock> {
  const identity = self ?? (await currentProcess());
  const record: LockRecord = { id: randomUUID(), ...identity, startedAt: new Date().toISOString() };
  const attempt = new LockAttempt(path, record, { takeOver, files });
  await explained(storyPaths.lock, "locked", () => attempt.run());
  return { release: () => explained(storyPaths.lock, "unlocked", () => attempt.release()) };
}

/** What stands in a lock file; `record` is undefined where it cannot be read. */
interface LockFile {
  /** Names this very lock, and no other one that ever stood here. */
  readonly id: string;
  readonly record: LockRecord | undefined;
  readonly ageMs: number;
}

/** After so many defeats by others, the others have it. */
const MAX_TRIES = 100;

/**
 * Where the disk knows no second names, a lock is empty for a moment before it is written, so what
 * cannot be read counts as held for this long, and as left by a crash after it.
 */
const UNREADABLE_MS = 5000;

class LockAttempt {
  readonly #path: string;
  readonly #record: LockRecord;
  readonly #takeOver: boolean;
  readonly #files: Files;

  constructor(path: string, record: LockRecord, { takeOver, files }: { readonly takeOver: boolean; readonly files: Files }) {
    this.#path = path;
    this.#record = record;
    this.#takeOver = takeOver;
    this.#files = files;
  }

  async run(): Promise<void> {
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const temporary = temporaryPath(this.#path);
      await writeNew(temporary, this.#bytes(), { files: this.#files, name: storyPaths.lock });
      try {
        if (!(await this.#tryOnce(temporary))) continue;
        // What is left over harms nobody, so it is no reason to fail.
        return await this.#removeClaims().catch(() => undefined);
      } catch (error) {
        // The owner of this moment may have swept our temporary file away: that is worth another try.
        if (codeOf(error) === "ENOENT") continue;
        await this.release().catch(() => undefined);
        throw error;
      } finally {
        await this.#remove(temporary);
      }
    }
    throw unreadableHeld();
  }

  async release(): Promise<void> {
    // Nobody replaces the lock of a live process of this host, so it cannot change hands in between.
    const current = await this.#read(this.#path);
    if (current?.id === this.#record.id) await unlessMissing(this.#files.unlink(this.#path));
  }

  /** False where another process was faster: it is worth another look then. */
  async #tryOnce(temporary: string): Promise<boolean> {
    const first = await this.#read(this.#path);
    if (!first) return this.#make(temporary, this.#path);
    const owner = await this.#endOfChain(first);
    await this.#refuseIfHeld(owner);
    const claim = this.#claimOn(owner);
    if (!(await this.#make(temporary, claim))) return false;
    try {
      if ((await this.#read(this.#path))?.id !== first.id) return false;
      await renameOver(claim, this.#path, this.#files);
      return await this.#isOurs(this.#path);
    } finally {
      // Not there any more after the rename. Left behind, it would hold the story for as long as this process lives.
      await this.#remove(claim);
    }
  }

  async #endOfChain(first: LockFile): Promise<LockFile> {
    let last = first;
    for (;;) {
      const next = await this.#read(this.#claimOn(last));
      if (!next) return last;
      last = next;
    }
  }

  async #refuseIfHeld({ record, ageMs }: LockFile): Promise<void> {
    if (!record) {
      // A file from the future has a wrong clock behind it, not a process that is writing it now.
      if (Math.abs(ageMs) < UNREADABLE_MS) throw unreadableHeld();
      return;
    }
    const state = await ownerState(record, this.#record);
    if (state === "alive") throw heldHere(record);
    if (state === "elsewhere" && !this.#takeOver) throw heldElsewhere(record);
  }

  #claimOn(lock: LockFile): string {
    return `${this.#path}.${lock.id}`;
  }

  /** Makes the file, whole from its first moment where the disk can do that; false where it is there. */
  async #make(temporary: string, path: string): Promise<boolean> {
    const isLinked = await linkNew(temporary, path, this.#files);
    if (isLinked !== undefined) return isLinked;
    try {
      await writeNew(path, this.#bytes(), { files: this.#files, name: storyPaths.lock });
    } catch (error) {
      if (codeOf(error) === "EEXIST") return false;
      await this.#remove(path);
      throw error;
    }
    return this.#isOurs(path);
  }

  async #isOurs(path: string): Promise<boolean> {
    return (await this.#read(path))?.id === this.#record.id;
  }

  /** Claims on locks that are gone. Only the owner may remove them, and nobody needs them any more. */
  async #removeClaims(): Promise<void> {
    const folder = dirname(this.#path);
    const start = `${basename(this.#path)}.`;
    for (const { name } of await this.#files.readdir(folder)) {
      if (name.startsWith(start) && name !== start + this.#record.id) await this.#remove(join(folder, name));
    }
  }

  async #read(path: string): Promise<LockFile | undefined> {
    const bytes = await unlessMissing(this.#files.readFile(path));
    const stats = bytes && (await unlessMissing(this.#files.lstat(path)));
    if (!stats) return undefined;
    const record = parseRecord(new TextDecoder().decode(bytes));
    const id = record?.id ?? `unreadable-${stats.ino}-${Math.trunc(stats.mtimeMs)}`;
    return { id, record, ageMs: Date.now() - stats.mtimeMs };
  }

  #bytes(): Uint8Array {
    return encodeText(`${JSON.stringify(this.#record)}\n`);
  }

  async #remove(path: string): Promise<void> {
    await this.#files.unlink(path).catch(() => undefined);
  }
}

function parseRecord(text: string): LockRecord | undefined {
  try {
    const value = JSON.parse(text) as Partial<Record<keyof LockRecord, unknown>> | null;
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: Partial<Record<keyof LockRecord, unknown>> | null): value is LockRecord {
  if (typeof value !== "object" || value === null) return false;
  const { id, pid, host, bootId, processStarted, startedAt } = value;
  const isOptionalText = (text: unknown) => text === undefined || typeof text === "string";
  // The id becomes part of a file name.
  const isIdentified = typeof id === "string" && /^[0-9a-f-]{36}$/.test(id) && typeof pid === "number" && Number.isSafeInteger(pid) && pid > 0;
  const isTimed = typeof startedAt === "string" && !Number.isNaN(Date.parse(startedAt));
  return isIdentified && isTimed && typeof host === "string" && isOptionalText(bootId) && isOptionalText(processStarted);
}

function heldHere({ pid, startedAt }: LockRecord): StoryHeldError {
  const hint = `Wait until that run is done, or stop it; if process ${pid} is no Story Director, delete ${storyPaths.lock}.`;
  return new StoryHeldError(`The story is held by process ${pid} on this computer since ${forPeople(startedAt)}`, { hint });
}

function heldElsewhere({ pid, host, startedAt }: LockRecord): StoryHeldError {
  const hint = "If no run is under way there any more, run again with --take-over.";
  // The name comes from a file: quoted, it cannot do anything to a terminal.
  return new StoryHeldError(`The story is held by process ${pid} on the computer ${JSON.stringify(host)} since ${forPeople(startedAt)}`, { hint });
}

function unreadableHeld(): StoryHeldError {
  return new StoryHeldError("The story is being locked by another process at this moment", { hint: "Try again in a few seconds." });
}

function forPeople(isoTime: string): string {
  return `${new Date(isoTime).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
