import assert from "node:assert/strict";
import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { StorageError } from "../../../src/core/errors.ts";
import { isTemporary } from "../../../src/story/atomicFile.ts";
import { createDiskStore } from "../../../src/story/diskStore.ts";
import { nodeFiles, type Files } from "../../../src/story/files.ts";
import { filesIn, tempFolders, textOf } from "../../support/tempFolder.ts";
import { callsOf, failingFiles, hastyFiles, systemError, watchedFiles } from "./watchedFiles.ts";

const STORY = { "story.yaml": "format: 1\n", "assets/maria.md": "old" };

describe("a story on disk", function () {
  this.timeout(60_000);
  const makeFolder = tempFolders();

  describe("reading", () => {
    it("says that the folder is not there, and what to name", async () => {
      const missing = join(makeFolder(), "gone");
      const store = createDiskStore(missing);
      await assert.rejects(store.readAll(), (error: StorageError) => error instanceof StorageError && error.message.includes(missing) && Boolean(error.hint));
      await assert.rejects(store.readText("story.yaml"), StorageError);
      await assert.rejects(store.lock({ takeOver: false }), StorageError);
      await assert.rejects(createDiskStore(join(makeFolder(STORY), "story.yaml")).readAll(), /a file where a folder should be/);
    });

    it("names the line that is not UTF-8, and reads on", async () => {
      const latin1 = Buffer.from("good\ncaf\xe9\n", "latin1");
      const utf16 = Buffer.from("\uFEFFhello", "utf16le");
      const folder = makeFolder({ ...STORY, "segments/segment_1.md": latin1, "segments/segment_2.md": "fine\n", "style.md": utf16 });
      const store = createDiskStore(folder);
      const { texts, problems } = await store.readAll();
      assert.deepEqual([...texts.keys()], ["story.yaml", "assets/maria.md", "segments/segment_2.md"]);
      assert.deepEqual(problems.map(({ file, message, severity }) => [file, message, severity]), [
        ["style.md", "the file is UTF-16, not UTF-8", "error"],
        ["segments/segment_1.md", "line 2 is not UTF-8", "error"],
      ]);
      assert.equal(problems[1]!.range!.start.line, 1);
      assert.ok(problems.every(({ hint }) => hint));
      await assert.rejects(store.readText("style.md"), /style\.md could not be read: the file is UTF-16/);
    });

    it("makes a problem of what cannot be read, and reads on", async () => {
      const folder = makeFolder({ ...STORY, "segments/segment_1.md": "one", "segments/segment_2.md": "two" });
      mkdirSync(join(folder, "assets/dog.md"));
      const files: Files = {
        ...nodeFiles,
        readFile: (path) => (path.endsWith("segment_1.md") ? Promise.reject(systemError("EACCES")) : nodeFiles.readFile(path)),
      };
      const { texts, problems } = await createDiskStore(folder, { files }).readAll();
      assert.deepEqual([...texts.keys()], ["story.yaml", "assets/maria.md", "segments/segment_2.md"]);
      assert.deepEqual(problems.map(({ code, file }) => [code, file]), [["unreadable-file", "assets/dog.md"], ["unreadable-file", "segments/segment_1.md"]]);
      assert.match(problems[1]!.message, /permission is denied/);
    });

    it("passes over a file that goes away meanwhile", async () => {
      const folder = makeFolder(STORY);
      const files: Files = { ...nodeFiles, readFile: (path) => (path.endsWith("maria.md") ? Promise.reject(systemError("ENOENT")) : nodeFiles.readFile(path)) };
      const { texts, problems } = await createDiskStore(folder, { files }).readAll();
      assert.deepEqual([[...texts.keys()], problems], [["story.yaml"], []]);
    });

    it("has few files open at a time, however many there are", async () => {
      const folder = makeFolder(Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`segments/segment_${index}.md`, `${index}`])));
      let open = 0;
      let most = 0;
      const readFile = async (path: string) => {
        most = Math.max(most, ++open);
        return nodeFiles.readFile(path).finally(() => open--);
      };
      const { texts } = await createDiskStore(folder, { files: { ...nodeFiles, readFile } }).readAll();
      assert.equal(texts.size, 200);
      assert.ok(most > 1 && most <= 32, `${most}`);
    });
  });

  describe("links", () => {
    const outside = () => makeFolder({ "secret.md": "secret", "front.png": "png" });

    it("follows links that stay inside the story", async () => {
      const folder = makeFolder({ ...STORY, "shared/dog.md": "dog" });
      symlinkSync(join(folder, "shared/dog.md"), join(folder, "assets/dog.md"));
      const store = createDiskStore(folder);
      const { texts, problems } = await store.readAll();
      assert.deepEqual([texts.get("assets/dog.md"), problems], ["dog", []]);
      assert.equal(await store.saveAsset("dog", "cat", "dog"), "saved");
      assert.equal(textOf(folder, "shared/dog.md"), "cat");
    });

    it("reads a story that is itself reached through a link", async () => {
      const folder = makeFolder(STORY);
      const link = join(makeFolder(), "link");
      symlinkSync(folder, link, "junction");
      const store = createDiskStore(link);
      assert.equal((await store.readAll()).texts.size, 2);
      assert.equal(await store.saveAsset("maria", "new", "old"), "saved");
    });

    it("takes a folder that another save makes at the same moment for what it is", async () => {
      const folder = makeFolder({ "story.yaml": STORY["story.yaml"] });
      const assets = join(folder, "assets");
      // Not there when it is looked for, there a moment later: as when two saves make their folder together.
      let looks = 0;
      const lstat: Files["lstat"] = async (path) => {
        if (!path.endsWith("assets") || ++looks > 2) return nodeFiles.lstat(path);
        if (looks === 2) mkdirSync(assets);
        throw systemError("ENOENT");
      };
      const store = createDiskStore(folder, { files: { ...nodeFiles, lstat } });
      assert.equal(await store.saveAsset("maria", "new", undefined), "saved");
      assert.equal(looks, 2);
      assert.equal(textOf(assets, "maria.md"), "new");
    });

    it("never reads or writes through a link that leads out", async () => {
      const secrets = outside();
      const folder = makeFolder(STORY);
      symlinkSync(join(secrets, "secret.md"), join(folder, "assets/secret.md"));
      symlinkSync(join(secrets, "new.md"), join(folder, "assets/new.md"));
      symlinkSync(join(secrets, "front.png"), join(folder, "assets/front.png"));
      const store = createDiskStore(folder);
      const { texts, problems } = await store.readAll();
      assert.ok(!texts.has("assets/secret.md"));
      assert.deepEqual(problems.map(({ code, file }) => [code, file]), [["outside-story", "assets/new.md"], ["outside-story", "assets/secret.md"]]);
      assert.equal(await store.isReadable("assets/front.png"), false);
      await assert.rejects(store.readText("assets/secret.md"), /leads out of the story folder/);
      await assert.rejects(store.keepCopy("assets/secret.md"), StorageError);
      await assert.rejects(store.saveAsset("secret", "x", "secret"), StorageError);
      await assert.rejects(store.saveAsset("new", "x", undefined), StorageError);
      assert.deepEqual(filesIn(secrets), ["front.png", "secret.md"]);
      assert.equal(textOf(secrets, "secret.md"), "secret");
    });

    it("never goes into a folder whose link leads out", async () => {
      const secrets = outside();
      const folder = makeFolder({ "story.yaml": "format: 1\n" });
      for (const name of ["assets", "segments", ".story-director"]) symlinkSync(secrets, join(folder, name), "junction");
      const store = createDiskStore(folder);
      const { texts, problems } = await store.readAll();
      assert.deepEqual([[...texts.keys()], problems.map(({ code, file }) => [code, file])], [["story.yaml"], [["outside-story", "assets"], ["outside-story", "segments"]]]);
      assert.equal(await store.isReadable("assets/front.png"), false);
      await assert.rejects(store.saveAsset("maria", "x", undefined), StorageError);
      await assert.rejects(store.setAside("assets/secret.md"), StorageError);
      await assert.rejects(store.keepCopy("story.yaml"), StorageError);
      await assert.rejects(store.lock({ takeOver: false }), StorageError);
      await assert.rejects(store.listRuns(), StorageError);
      const log = await store.startRunLog();
      log.append({ event: "started" });
      await log.close();
      assert.deepEqual(filesIn(secrets), ["front.png", "secret.md"]);
    });
  });

  describe("saving while the disk fails", () => {
    for (const code of ["ENOSPC", "EIO", "EACCES"]) {
      it(`leaves the old text or the new one whichever call fails with ${code}`, async () => {
        const save = (folder: string, files: Files) => createDiskStore(folder, { files }).saveAsset("maria", "new", "old");
        const calls = await callsOf((files) => save(makeFolder(STORY), files));
        for (const failing of calls.keys()) {
          const folder = makeFolder(STORY);
          const outcome = await save(folder, failingFiles(code, (index) => index === failing, hastyFiles)).catch((error: unknown) => error);
          const place = `${failing} ${calls[failing]}`;
          assert.ok(["old", "new"].includes(textOf(folder, "assets/maria.md")), place);
          if (outcome !== "saved") assert.ok(outcome instanceof StorageError && outcome.message.includes("assets/maria.md") && outcome.hint, place);
          else assert.equal(textOf(folder, "assets/maria.md"), "new", place);
          if (calls[failing] !== "unlink") assert.deepEqual(filesIn(folder), ["assets/maria.md", "story.yaml"], place);
        }
      });

      it(`leaves the old text or the new one when nothing works any more after a call (${code})`, async () => {
        const save = (folder: string, files: Files) => createDiskStore(folder, { files }).saveAsset("maria", "new", "old");
        const calls = await callsOf((files) => save(makeFolder(STORY), files));
        for (const first of calls.keys()) {
          const folder = makeFolder(STORY);
          await save(folder, failingFiles(code, (index) => index >= first, hastyFiles)).catch(() => undefined);
          assert.ok(["old", "new"].includes(textOf(folder, "assets/maria.md")), calls[first]);
          await (await createDiskStore(folder, { files: hastyFiles }).lock({ takeOver: false })).release();
          assert.deepEqual(filesIn(folder).filter((path) => isTemporary(path.split("/").at(-1)!)), [], calls[first]);
        }
      });
    }

    it("leaves a whole image or none whichever call fails", async () => {
      const bytes = new Uint8Array(70_000).fill(7);
      const save = (folder: string, files: Files) => createDiskStore(folder, { files }).saveImage("maria", { bytes, type: "png" });
      const calls = await callsOf((files) => save(makeFolder(STORY), files));
      for (const failing of calls.keys()) {
        const folder = makeFolder(STORY);
        const outcome = await save(folder, failingFiles("ENOSPC", (index) => index === failing, hastyFiles)).catch((error: unknown) => error);
        const place = `${failing} ${calls[failing]}`;
        const image = await createDiskStore(folder).readImage("maria.png");
        assert.ok(image === undefined || image.length === bytes.length, place);
        if (outcome === "maria.png") assert.ok(image, place);
        else assert.ok(outcome instanceof StorageError && outcome.message.includes("assets/maria.png") && outcome.hint, place);
      }
    });

    it("saves the next text after a failed one", async () => {
      const folder = makeFolder(STORY);
      const store = createDiskStore(folder, { files: failingFiles("ENOSPC", (index) => index === 4) });
      await assert.rejects(store.saveAsset("maria", "new", "old"), /assets\/maria\.md could not be saved: the disk is full/);
      assert.equal(await store.saveAsset("maria", "new", "old"), "saved");
    });

    it("loses no damaged file and no copy", async () => {
      for (const work of ["keepCopy", "setAside"] as const) {
        const calls = await callsOf((files) => createDiskStore(makeFolder(STORY), { files })[work]("assets/maria.md"));
        for (const failing of calls.keys()) {
          const folder = makeFolder(STORY);
          const store = createDiskStore(folder, { files: failingFiles("EIO", (index) => index === failing) });
          const error: unknown = await store[work]("assets/maria.md").then(() => undefined, (reason: unknown) => reason);
          assert.ok(error === undefined || (error instanceof StorageError && error.message.includes("assets/maria.md")), String(error));
          assert.ok(filesIn(folder).some((path) => textOf(folder, path) === "old"));
        }
      }
    });

    it("lets go of the story when locking fails half-way", async () => {
      const take = (folder: string, files: Files) => createDiskStore(folder, { files }).lock({ takeOver: false });
      const calls = await callsOf((files) => take(makeFolder(STORY), files));
      for (const failing of calls.keys()) {
        const folder = makeFolder(STORY);
        const lock = await take(folder, failingFiles("EIO", (index) => index === failing, hastyFiles)).catch((error: unknown) => {
          assert.ok(error instanceof StorageError && error.message.includes(".story-director"), `${calls[failing]}: ${String(error)}`);
          return undefined;
        });
        await lock?.release();
        const next = await createDiskStore(folder, { files: hastyFiles }).lock({ takeOver: false });
        await next.release();
      }
    });
  });

  describe("a run's log", () => {
    it("fails no run: it is dropped where it cannot be started, written or closed", async () => {
      const failing = (name: string) => failingFiles("ENOSPC", (_, call) => call === name);
      for (const name of ["mkdir", "open", "write", "sync", "close"]) {
        const store = createDiskStore(makeFolder(STORY), { files: failing(name) });
        const log = await store.startRunLog();
        for (let line = 0; line < 3; line++) {
          log.append({ event: "saved", line });
          await new Promise(setImmediate);
        }
        await log.close();
        log.append({ event: "late" });
        await log.close();
        for (const run of await store.listRuns()) assert.ok((await store.readRun(run)).length <= 3);
      }
    });

    it("puts lines of one moment down together, without waiting for the end", async () => {
      const writes: string[] = [];
      const store = createDiskStore(makeFolder(STORY), { files: watchedFiles((_, name) => void (name === "write" && writes.push(name))) });
      const log = await store.startRunLog();
      for (let line = 0; line < 5; line++) {
        log.append({ event: "saved", line });
        await new Promise(setImmediate);
      }
      while ((await store.readRun(log.name)).length < 5) await new Promise(setImmediate);
      // One, unless the machine stands still for as long as lines wait for each other.
      assert.ok(writes.length < 5, String(writes.length));
      await log.close();
    });

    it("writes nothing more after a line that could not be written", async () => {
      const writes: string[] = [];
      const files = watchedFiles((_, name) => {
        if (name === "write" && writes.push(name) === 2) throw systemError("ENOSPC");
      });
      const store = createDiskStore(makeFolder(STORY), { files });
      const log = await store.startRunLog();
      log.append({ event: "first" });
      while (writes.length < 1) await new Promise(setImmediate);
      log.append({ event: "second" });
      while (writes.length < 2) await new Promise(setImmediate);
      log.append({ event: "third" });
      await log.close();
      assert.deepEqual(await store.readRun(log.name), [{ event: "first" }]);
    });

    it("notes an event that is no JSON by its name", async () => {
      const store = createDiskStore(makeFolder(STORY));
      const log = await store.startRunLog();
      log.append({ event: "odd", size: 1n });
      await log.close();
      assert.deepEqual(await store.readRun(log.name), [{ event: "odd" }]);
    });
  });

  it("says which file could not be saved where the folder went away", async () => {
    const folder = makeFolder(STORY);
    const store = createDiskStore(folder);
    rmSync(folder, { recursive: true });
    await assert.rejects(store.saveAsset("maria", "new", "old"), /assets\/maria\.md could not be saved: it, or its folder, is not there/);
  });
});
