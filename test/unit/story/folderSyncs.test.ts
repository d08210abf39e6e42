import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { createDiskStore } from "../../../src/story/diskStore.ts";
import { nodeFiles, type Files } from "../../../src/story/files.ts";
import { FolderSyncs } from "../../../src/story/folderSyncs.ts";
import { tempFolders } from "../../support/tempFolder.ts";
import { systemError, watchedFiles } from "./watchedFiles.ts";

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Folders whose syncs end when the test says so. */
function heldFiles(): { readonly files: Files; readonly begun: string[]; readonly end: (error?: Error) => void } {
  const begun: string[] = [];
  const ends: ((error?: Error) => void)[] = [];
  const files: Files = {
    ...nodeFiles,
    open: (path) => {
      begun.push(path);
      const sync = () => new Promise<void>((resolve, reject) => ends.push((error) => (error ? reject(error) : resolve())));
      return Promise.resolve({ write: () => Promise.resolve(0), size: () => Promise.resolve(0), sync, close: () => Promise.resolve() });
    },
  };
  return { files, begun, end: (error) => ends.shift()!(error) };
}

describe("syncing a folder", () => {
  const makeFolder = tempFolders();

  it("shares one sync among all who ask before it begins, and begins another for who asks later", async () => {
    const { files, begun, end } = heldFiles();
    const syncs = new FolderSyncs(files);
    const ended: string[] = [];
    const ask = (name: string, folder = "/a") => void syncs.sync(folder).then(() => ended.push(name));
    ask("1");
    ask("2");
    await turn();
    for (const name of ["3", "4"]) ask(name);
    await turn();
    assert.deepEqual([begun, ended], [["/a"], []]);
    end();
    await turn();
    assert.deepEqual([begun, ended], [["/a", "/a"], ["1", "2"]]);
    ask("5");
    end();
    await turn();
    assert.deepEqual([begun, ended], [["/a", "/a", "/a"], ["1", "2", "3", "4"]]);
    end();
    await turn();
    assert.deepEqual(ended, ["1", "2", "3", "4", "5"]);
  });

  it("lets no folder wait for another", async () => {
    const { files, begun } = heldFiles();
    const syncs = new FolderSyncs(files);
    void syncs.sync("/a");
    void syncs.sync("/b");
    await turn();
    assert.deepEqual(begun, ["/a", "/b"]);
  });

  it("tells everybody who shared a sync that it failed, and nobody else", async () => {
    const { files, end } = heldFiles();
    const syncs = new FolderSyncs(files);
    const outcome = (sync: Promise<void>) => sync.then(() => "synced", (error: Error) => error.message);
    const first = [outcome(syncs.sync("/a")), outcome(syncs.sync("/a"))];
    await turn();
    const later = outcome(syncs.sync("/a"));
    end(systemError("EIO"));
    await turn();
    end();
    const failed = systemError("EIO").message;
    assert.deepEqual(await Promise.all([...first, later]), [failed, failed, "synced"]);
  });

  it("confirms each of many saves by a sync that began when its name was there, and makes fewer than saves", async () => {
    const folder = makeFolder({ "story.yaml": "format: 1\n", "assets/a.md": "a" });
    const assets = join(folder, "assets");
    /** The names that each sync of the folder was sure to see, and the syncs that have ended. */
    const seen: string[][] = [];
    const confirmed = new Set<string>();
    const base: Files = {
      ...nodeFiles,
      async open(path, flags) {
        const file = await nodeFiles.open(path, flags);
        if (path !== assets) return file;
        return {
          ...file,
          async sync() {
            const names = readdirSync(assets);
            seen.push(names);
            await turn();
            await file.sync();
            for (const name of names) confirmed.add(name);
          },
        };
      },
    };
    const store = createDiskStore(folder, { files: watchedFiles(() => turn(), base) });
    const ids = Array.from({ length: 40 }, (_, index) => `asset_${index}`);
    await Promise.all(
      ids.map(async (id, index) => {
        for (let wait = 0; wait < index % 7; wait++) await turn();
        assert.equal(await store.saveAsset(id, id, undefined), "saved");
        assert.ok(confirmed.has(`${id}.md`), `${id} was not confirmed`);
      }),
    );
    assert.ok(seen.length < ids.length, `${seen.length} syncs`);
  });
});
