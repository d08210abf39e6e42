import assert from "node:assert/strict";
import { join } from "node:path";
import * as fc from "fast-check";
import { StorageError } from "../../../src/core/errors.ts";
import { isTemporary, writeFileAtomic } from "../../../src/story/atomicFile.ts";
import { nodeFiles, type Files } from "../../../src/story/files.ts";
import { filesIn, putFile, tempFolders, textOf } from "../../support/tempFolder.ts";
import { callsOf, failingFiles, systemError, watchedFiles } from "./watchedFiles.ts";

const NAME = "segments/segment_12.md";
const OLD = "the old words\n";
const NEW = "the new words, and more of them\n";

describe("writing a file in one step", function () {
  this.timeout(60_000);
  const makeFolder = tempFolders();

  const write = (folder: string, files: Files, onlyNew = false) =>
    writeFileAtomic(join(folder, "segment_12.md"), NEW, { files, name: NAME, onlyNew, mayReplace: async () => true });

  it("replaces the old content, makes a new file, and leaves nothing beside it", async () => {
    for (const hasOld of [true, false]) {
      const folder = makeFolder(hasOld ? { "segment_12.md": OLD } : {});
      assert.equal(await write(folder, nodeFiles), "saved");
      assert.equal(textOf(folder, "segment_12.md"), NEW);
      assert.deepEqual(filesIn(folder), ["segment_12.md"]);
    }
  });

  for (const code of ["ENOSPC", "EIO", "EACCES"]) {
    for (const onlyNew of [false, true]) {
      it(`leaves the old content or the new one whichever call fails with ${code}${onlyNew ? ", and the file is new" : ""}`, async () => {
        const before: Record<string, string> = onlyNew ? {} : { "segment_12.md": OLD };
        const calls = await callsOf((files) => write(makeFolder(before), files, onlyNew));
        assert.ok(["open", "write", "size", "sync", "close", onlyNew ? "link" : "rename"].every((name) => calls.includes(name)), calls.join());
        for (const failing of calls.keys()) {
          const folder = makeFolder(before);
          const files = failingFiles(code, (index) => index === failing);
          const outcome = await write(folder, files, onlyNew).catch((error: unknown) => error);
          const place = `${failing} ${calls[failing]}`;
          const left = filesIn(folder).filter((name) => name !== "segment_12.md");
          assert.deepEqual(left.filter((name) => !isTemporary(name)), [], place);
          if (calls[failing] !== "unlink") assert.deepEqual(left, [], place);
          const text = filesIn(folder).includes("segment_12.md") ? textOf(folder, "segment_12.md") : undefined;
          // What cannot be tidied up is swept later; and a permission that is missing may only mean that the disk cannot do it.
          const isForgiven = calls[failing] === "unlink" || code === "EACCES";
          assert.ok(outcome !== "saved" || isForgiven, place);
          if (outcome === "saved") assert.equal(text, NEW, place);
          else {
            assert.ok(outcome instanceof StorageError, place);
            assert.match(outcome.message, /^segments\/segment_12\.md could not be saved: /);
            assert.ok(outcome.hint, place);
            const isPlaced = failing > calls.lastIndexOf(onlyNew ? "link" : "rename");
            assert.equal(text, isPlaced ? NEW : onlyNew ? undefined : OLD, place);
          }
        }
      });
    }
  }

  it("says in words what happened, and what to do", async () => {
    const words = { ENOSPC: /disk is full/, EROFS: /read-only/, EACCES: /permission is denied/, EIO: /reports a fault/ };
    for (const [code, expected] of Object.entries(words)) {
      await assert.rejects(write(makeFolder({}), failingFiles(code, (_, name) => name === "open")), (error: StorageError) => {
        assert.match(error.message, expected);
        assert.equal((error.cause as NodeJS.ErrnoException).code, code);
        return true;
      });
    }
  });

  it("goes on where the disk takes a few bytes at a time", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme" }), fc.integer({ min: 1, max: 5 }), async (text, most) => {
        const folder = makeFolder({ "a.md": OLD });
        await writeFileAtomic(join(folder, "a.md"), text, { files: withWrites((bytes, offset) => bytes.subarray(offset, offset + most)) });
        assert.equal(textOf(folder, "a.md"), Buffer.from(text).toString());
      }),
      { numRuns: 15 },
    );
  });

  it("takes a write of nothing, and a file that is too short, for a full disk", async () => {
    const nothing = withWrites((bytes) => bytes.subarray(0, 0));
    const pretended: Files = {
      ...nodeFiles,
      async open(path, flags) {
        const file = await nodeFiles.open(path, flags);
        return { ...file, size: async () => (await file.size()) - 1 };
      },
    };
    for (const files of [nothing, pretended]) {
      const folder = makeFolder({ "segment_12.md": OLD });
      await assert.rejects(write(folder, files), (error) => error instanceof StorageError && error.message.includes(NAME));
      assert.equal(textOf(folder, "segment_12.md"), OLD);
      assert.deepEqual(filesIn(folder), ["segment_12.md"]);
    }
  });

  it("asks when all bytes are down, and leaves the file as it is where the answer is no", async () => {
    const folder = makeFolder({ "segment_12.md": OLD });
    const calls: string[] = [];
    const files = watchedFiles((_, name) => void calls.push(name));
    const mayReplace = async () => {
      calls.push("asked");
      return false;
    };
    assert.equal(await writeFileAtomic(join(folder, "segment_12.md"), NEW, { files, mayReplace }), "changed");
    assert.deepEqual(calls, ["open", "write", "size", "sync", "close", "asked", "unlink"]);
    assert.equal(textOf(folder, "segment_12.md"), OLD);
    assert.deepEqual(filesIn(folder), ["segment_12.md"]);
  });

  it("replaces no file that came while a new one was written, on disks with and without second names", async () => {
    for (const code of [undefined, "EPERM"]) {
      const folder = makeFolder({});
      const files = watchedFiles((_, name) => {
        if (name === "link") putFile(folder, "segment_12.md", OLD);
        if (name === "link" && code) throw systemError(code);
      });
      assert.equal(await write(folder, files, true), "changed");
      assert.equal(textOf(folder, "segment_12.md"), OLD);
      assert.deepEqual(filesIn(folder), ["segment_12.md"]);
    }
  });

  it("tries a rename again where another program is in the way for a moment", async () => {
    const folder = makeFolder({ "segment_12.md": OLD });
    let tries = 0;
    const busy = watchedFiles((_, name) => {
      if (name === "rename" && tries++ < 2) throw systemError("EBUSY");
    });
    assert.equal(await write(folder, { ...spread(busy), renamePausesMs: [0, 0] }), "saved");
    assert.equal(textOf(folder, "segment_12.md"), NEW);
    tries = 0;
    await assert.rejects(write(folder, { ...spread(busy), renamePausesMs: [0] }), /another program holds it/);
  });

  it("makes do without syncing folders where the system cannot", async () => {
    const folder = makeFolder({});
    const files = watchedFiles((index, name) => {
      if (name === "open" && index > 0) throw systemError("EISDIR");
    });
    assert.equal(await write(folder, files), "saved");
  });
});

function withWrites(part: (bytes: Uint8Array, offset: number) => Uint8Array): Files {
  return {
    ...nodeFiles,
    async open(path, flags) {
      const file = await nodeFiles.open(path, flags);
      return { ...file, write: (bytes, offset) => file.write(part(bytes, offset), 0) };
    },
  };
}

/** The members of a watched disk as an object of their own. */
function spread(files: Files): Files {
  return Object.fromEntries(Object.keys(nodeFiles).map((key) => [key, files[key as keyof Files]])) as unknown as Files;
}
