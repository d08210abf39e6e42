import assert from "node:assert/strict";
import { utimesSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { StorageError, StoryHeldError } from "../../../src/core/errors.ts";
import { nodeFiles, type Files } from "../../../src/story/files.ts";
import { currentProcess, ownerState, type ProcessIdentity } from "../../../src/story/lockOwner.ts";
import { acquireLock, type StoryLock } from "../../../src/story/storyLock.ts";
import { filesIn, putFile, tempFolders, textOf } from "../../support/tempFolder.ts";
import { CHANGING_CALLS, callsOf, failingFiles, hastyFiles, systemError, watchedFiles } from "./watchedFiles.ts";

/** Above every pid that any system gives. */
const NO_PROCESS = 2 ** 30;

describe("the lock of a story", function () {
  this.timeout(60_000);
  const makeFolder = tempFolders();

  let me: ProcessIdentity;
  before(async () => {
    me = await currentProcess();
  });

  const acquire = (folder: string, { files = hastyFiles, self = me, takeOver = false }: { files?: Files; self?: ProcessIdentity; takeOver?: boolean } = {}) =>
    acquireLock(join(folder, "lock"), { takeOver, files, self });

  /** The lock, or undefined where another run holds it; any other failure is thrown. */
  const tryAcquire = (...[folder, options]: Parameters<typeof acquire>) =>
    acquire(folder, options).catch((error: unknown): StoryLock | undefined => {
      if (!(error instanceof StoryHeldError)) throw error;
      return undefined;
    });

  /** A folder with the lock of an owner. */
  const lockedBy = async (owner: Partial<ProcessIdentity>) => {
    const folder = makeFolder();
    await acquire(folder, { self: { ...me, ...owner } });
    return folder;
  };

  it("says who holds it and since when, and removes it on release", async () => {
    const folder = makeFolder();
    const lock = await acquire(folder);
    assert.deepEqual(filesIn(folder), ["lock"]);
    const record = JSON.parse(textOf(folder, "lock")) as Record<string, unknown>;
    assert.deepEqual([record["pid"], record["host"]], [process.pid, hostname()]);
    await assert.rejects(acquire(folder, { takeOver: true }), (error: StoryHeldError) => {
      assert.match(error.message, new RegExp(`process ${process.pid} on this computer since \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC`));
      assert.match(error.hint!, /\.story-director\/lock/);
      return error instanceof StoryHeldError;
    });
    await lock.release();
    await lock.release();
    assert.deepEqual(filesIn(folder), []);
  });

  it("replaces a dead owner: process gone, computer started anew, or pid given to another", async () => {
    const dead: Partial<ProcessIdentity>[] = [{ pid: NO_PROCESS }];
    if (me.bootId) dead.push({ bootId: "another" }, { processStarted: "1" });
    for (const owner of dead) {
      const folder = await lockedBy(owner);
      const lock = await acquire(folder);
      assert.deepEqual(filesIn(folder), ["lock"]);
      await assert.rejects(acquire(folder), StoryHeldError);
      await lock.release();
    }
  });

  it("takes an owner of whom nothing more is known for alive as long as the pid is", async () => {
    const folder = await lockedBy({ bootId: undefined, processStarted: undefined });
    await assert.rejects(acquire(folder), StoryHeldError);
    assert.equal(await ownerState({ pid: process.pid, host: me.host }, me), "alive");
  });

  it("leaves another computer's lock unless told to take it over", async () => {
    const folder = await lockedBy({ host: "studio\u001b[2J", pid: NO_PROCESS });
    await assert.rejects(acquire(folder), (error: StoryHeldError) => {
      assert.ok(error.message.includes(String.raw`"studio\u001b[2J"`), error.message);
      assert.match(error.hint!, /--take-over/);
      return error instanceof StoryHeldError;
    });
    await acquire(folder, { takeOver: true });
    await assert.rejects(acquire(folder, { takeOver: true }), StoryHeldError);
    assert.deepEqual(filesIn(folder), ["lock"]);
  });

  it("leaves the lock of who took it over when the former owner releases", async () => {
    const folder = makeFolder();
    const former = await acquire(folder, { self: { ...me, host: "elsewhere" } });
    await acquire(folder, { takeOver: true });
    await former.release();
    assert.deepEqual(filesIn(folder), ["lock"]);
  });

  it("takes what cannot be read for a lock in the making, and for a dead one later", async () => {
    const record = { id: "../../x", pid: 1, host: hostname(), startedAt: new Date(0).toISOString() };
    for (const text of ["", "\0\0", "{", "null", "[]", JSON.stringify(record), JSON.stringify({ ...record, id: "a".repeat(36), pid: -1 })]) {
      const folder = makeFolder({ lock: text });
      await assert.rejects(acquire(folder), (error: StoryHeldError) => error instanceof StoryHeldError && /few seconds/.test(error.hint!));
      utimesSync(join(folder, "lock"), 1_700_000_000, 1_700_000_000);
      const lock = await acquire(folder);
      assert.deepEqual(filesIn(folder), ["lock"]);
      await lock.release();
    }
  });

  it("works on disks without second names", async () => {
    const files: Files = { ...nodeFiles, link: () => Promise.reject(systemError("EPERM")) };
    for (const folder of [makeFolder(), await lockedBy({ pid: NO_PROCESS })]) {
      const lock = await acquire(folder, { files });
      await assert.rejects(acquire(folder, { files }), StoryHeldError);
      await lock.release();
      assert.deepEqual(filesIn(folder), []);
    }
  });

  it("makes the lock anew where its owner swept the temporary file away", async () => {
    const folder = makeFolder();
    let links = 0;
    const files = watchedFiles((_, name) => {
      if (name === "link" && links++ === 0) throw systemError("ENOENT");
    });
    await acquire(folder, { files });
    assert.deepEqual(filesIn(folder), ["lock"]);
  });

  describe("with a second process between any two steps", () => {
    /** Runs the action before the numbered call of an acquisition; false when there is no such call. */
    const acquireAround = async (folder: string, at: number, action: () => Promise<void>) => {
      let reached = false;
      const files = watchedFiles(async (index) => {
        if (index !== at) return;
        reached = true;
        await action();
      }, hastyFiles);
      return { lock: await tryAcquire(folder, { files }), reached };
    };

    const starts: Record<string, () => Promise<string>> = {
      "a free story": async () => makeFolder(),
      "a dead owner's": () => lockedBy({ pid: NO_PROCESS }),
    };

    for (const [name, start] of Object.entries(starts)) {
      it(`is never held twice (${name})`, async () => {
        for (let at = 0; ; at++) {
          const folder = await start();
          let other: StoryLock | undefined;
          const { lock, reached } = await acquireAround(folder, at, async () => {
            other = await tryAcquire(folder);
          });
          if (!reached) break;
          assert.equal([lock, other].filter(Boolean).length, 1, `held by both or none at call ${at}`);
          await assert.rejects(acquire(folder), StoryHeldError);
          await (lock ?? other)!.release();
          await (await acquire(folder)).release();
          assert.deepEqual(filesIn(folder), [], `call ${at}`);
        }
      });

      it(`is had where the other has let go already (${name})`, async () => {
        for (let at = 0; ; at++) {
          const folder = await start();
          let otherHadIt = false;
          const { lock, reached } = await acquireAround(folder, at, async () => {
            const other = await tryAcquire(folder);
            otherHadIt = other !== undefined;
            await other?.release();
          });
          if (!reached) break;
          assert.ok(lock, `call ${at}`);
          assert.ok(otherHadIt || filesIn(folder).includes("lock"), `call ${at}`);
          await lock.release();
          assert.deepEqual(filesIn(folder).filter((path) => path === "lock"), []);
        }
      });
    }

    it("is never held twice where a third dies on the way", async () => {
      let rounds = 0;
      /** One acquires; before its numbered call another dies after so many changes, and a third acquires. */
      const meet = async (at: number, dies: number): Promise<{ reached: boolean; outlived: boolean }> => {
        const folder = await lockedBy({ pid: NO_PROCESS });
        let outlived = false;
        let other: StoryLock | undefined;
        const { lock, reached } = await acquireAround(folder, at, async () => {
          const self = { ...me, pid: NO_PROCESS + 1 };
          let changes = 0;
          // Not even tidying up works any more for who is dead.
          const dying = failingFiles("EIO", (_, name) => (changes += Number(CHANGING_CALLS.has(name))) > dies, hastyFiles);
          outlived = await acquire(folder, { files: dying, self }).then(() => true, (error: unknown) => error instanceof StoryHeldError);
          other = await tryAcquire(folder);
        });
        if (reached) {
          assert.equal([lock, other].filter(Boolean).length, 1, `call ${at}, death at ${dies}`);
          await assert.rejects(acquire(folder), StoryHeldError);
        }
        rounds++;
        return { reached, outlived };
      };
      for (let at = 0; (await meet(at, 0)).reached; at++) {
        for (let dies = 1; !(await meet(at, dies)).outlived; ) dies++;
      }
      assert.ok(rounds > 50, `${rounds}`);
    });
  });

  it("leaves a dead owner's lock to the next one where any call fails", async () => {
    const calls = await callsOf(async (files) => acquire(await lockedBy({ pid: NO_PROCESS }), { files }));
    for (const failing of calls.keys()) {
      const folder = await lockedBy({ pid: NO_PROCESS });
      const lock = await acquire(folder, { files: failingFiles("EIO", (index) => index === failing, hastyFiles) }).catch((error: unknown) => {
        assert.ok(error instanceof StorageError, `${failing} ${calls[failing]}`);
        return undefined;
      });
      await lock?.release();
      await (await acquire(folder)).release();
      assert.ok(!filesIn(folder).includes("lock"), `${failing} ${calls[failing]}`);
    }
  });

  it("reports a disk that fails as such, and holds nothing", async () => {
    const folder = makeFolder();
    putFile(folder, "keep", "");
    await assert.rejects(acquire(folder, { files: failingFiles("EROFS", (_, name) => name === "open") }), /\.story-director\/lock could not be locked: the disk is read-only/);
    assert.deepEqual(filesIn(folder), ["keep"]);
  });
});
