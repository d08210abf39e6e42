import assert from "node:assert/strict";
import { loadStory } from "../../../src/core/loadStory.ts";
import { isError } from "../../../src/core/problem.ts";
import { editCast, replacePicture } from "../../../src/pipeline/editCast.ts";
import { createFakeDirector } from "../../support/fakeDirector.ts";
import { documents, runStory, storeOf } from "../../support/runStory.ts";
import { testStory } from "../../support/testStory.ts";

const RENAME = { do: "rename", id: "maria", newId: "sofia", name: "Sofia" } as const;

const TEXTS = { "style.md": "35 mm, as @maria would see it.\n\n## Memory\n\nFaded, as in her eyes: @maria.\n", "research.md": "@maria plays in Lisbon.\n" };

/** A story of twelve segments, directed, whose look and facts name an asset. */
async function directed() {
  const store = storeOf({ ...testStory(), ...TEXTS });
  const { error } = await runStory({ store });
  assert.equal(error, undefined);
  return store;
}

describe("editCast", () => {
  it("renames in all documents, and the next run finds nothing to do", async () => {
    const store = await directed();
    await editCast(RENAME, store);
    const before = documents(store);
    assert.ok(!JSON.stringify(before).includes("@maria"));
    const director = createFakeDirector();
    const { summary, calls } = await runStory({ store, director });
    assert.equal(summary?.upToDate, 12);
    assert.deepEqual(calls, []);
    assert.deepEqual(documents(store), before);
  });

  it("leaves a story that can be used wherever it is cut off, and a merge finishes what was begun", async () => {
    const whole = await directed();
    await editCast(RENAME, whole);
    const count = whole.calls.filter((call) => /^(?:save|remove)Document/.test(call)).length;
    assert.ok(count > 12);
    for (let last = 1; last < count; last++) {
      const store = await directed();
      let written = 0;
      store.beforeRename = () => {
        if (written++ === last) throw new Error("cut off");
      };
      await editCast(RENAME, store).catch(() => undefined);
      store.beforeRename = undefined;
      const texts = (await store.readAll()).texts;
      assert.deepEqual(loadStory(texts).problems.filter(isError), []);
      if (texts.has("assets/maria.md")) await editCast({ do: "merge", id: "maria", into: "sofia" }, store);
      const { summary } = await runStory({ store });
      assert.equal(summary?.upToDate, 12, `cut off after ${last}`);
    }
  });

  it("stops at a document that a person changes meanwhile, and says so", async () => {
    const store = await directed();
    store.beforeRename = (path) => {
      if (path === "segments/segment_3.md") store.files.set(path, "mine");
    };
    await assert.rejects(editCast(RENAME, store), /segments\/segment_3\.md changed in the meantime; \d+ of \d+ files were written/);
    assert.equal(store.files.get("segments/segment_3.md"), "mine");
  });
});

const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);

describe("a picture of a person's", () => {
  it("comes beside the asset, in place of the one that it named, and makes nothing stale", async () => {
    const store = await directed();
    await replacePicture({ id: "maria", bytes: PNG }, store);
    await replacePicture({ id: "maria", bytes: PNG }, store);
    assert.match(store.files.get("assets/maria.md")!, /^images: \[ \{ file: maria-2\.png \} \]$/m);
    assert.ok(await store.isReadable("assets/maria.png"), "the earlier one stays");
    assert.equal((await runStory({ store })).summary?.upToDate, 12);
  });

  it("is refused where it is no picture, or the asset is not there", async () => {
    const store = await directed();
    await assert.rejects(replacePicture({ id: "maria", bytes: new Uint8Array(40) }, store), /no picture that image models take/);
    await assert.rejects(replacePicture({ id: "nobody", bytes: PNG }, store), /There is no asset @nobody/);
    await assert.rejects(replacePicture({ id: "maria", state: "asleep", bytes: PNG }, store), /There is no asset @maria\/asleep/);
    assert.ok(!store.calls.some((call) => call.startsWith("saveImage")));
  });
});
