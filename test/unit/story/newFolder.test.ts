import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createStoryFolder } from "../../../src/story/newFolder.ts";
import { filesIn, tempFolders, textOf } from "../../support/tempFolder.ts";
import { callsOf, failingFiles, watchedFiles } from "./watchedFiles.ts";

const TEXTS = new Map([
  ["story.yaml", "format: 1\n"],
  ["style.md", "Soft light.\n"],
  ["timing-map.json", "{}\n"],
]);
const NAMES = [...TEXTS.keys()];

describe("createStoryFolder", () => {
  const temp = tempFolders();

  it("makes the folder, and those above it, with every document", async () => {
    const parent = temp();
    await createStoryFolder(join(parent, "stories/autumn/the-well"), TEXTS);
    assert.deepEqual(filesIn(parent), NAMES.map((name) => `stories/autumn/the-well/${name}`));
    assert.equal(textOf(parent, "stories/autumn/the-well/style.md"), "Soft light.\n");
  });

  it("takes an empty folder", async () => {
    const folder = temp();
    await createStoryFolder(folder, TEXTS);
    assert.deepEqual(filesIn(folder), NAMES);
  });

  it("never touches a folder that holds something, not even a hidden file", async () => {
    const folder = temp({ ".keep": "mine" });
    await assert.rejects(createStoryFolder(folder, TEXTS), /is there already: it holds \.keep/);
    assert.deepEqual(filesIn(folder), [".keep"]);
    assert.deepEqual(leftovers(folder), []);
  });

  it("refuses a path at which a file or a dead link stands", async () => {
    const parent = temp({ well: "a file" });
    symlinkSync(join(parent, "nowhere"), join(parent, "link"));
    await assert.rejects(createStoryFolder(join(parent, "well"), TEXTS), /it is no folder/);
    await assert.rejects(createStoryFolder(join(parent, "link"), TEXTS), /it is no folder/);
    assert.deepEqual(readdirSync(parent).sort(), ["link", "well"]);
  });

  it("leaves a folder alone that somebody filled in the meantime", async () => {
    const parent = temp();
    const folder = join(parent, "well");
    const files = watchedFiles((_, name) => {
      if (name !== "rename") return;
      mkdirSync(folder);
      writeFileSync(join(folder, "story.yaml"), "theirs");
    });
    await assert.rejects(createStoryFolder(folder, TEXTS, files), /is there already: it holds story\.yaml/);
    assert.deepEqual(filesIn(parent), ["well/story.yaml"]);
    assert.equal(textOf(folder, "story.yaml"), "theirs");
  });

  for (const kind of ["new", "empty"]) {
    const parentOf = () => {
      const parent = temp();
      if (kind === "empty") mkdirSync(join(parent, "well"));
      return parent;
    };
    it(`leaves all or nothing in ${kind === "new" ? "a new" : "an empty"} folder, whichever call to the disk fails`, async () => {
      const calls = await callsOf((files) => createStoryFolder(join(parentOf(), "well"), TEXTS, files));
      assert.ok(calls.length > 10);
      for (let failing = 0; failing < calls.length; failing++) {
        const parent = parentOf();
        const folder = join(parent, "well");
        const work = createStoryFolder(folder, TEXTS, failingFiles("ENOSPC", (index) => index === failing));
        const isMade = await work.then(() => true, () => false);
        const left = existsSync(folder) ? filesIn(folder) : [];
        assert.ok(left.length === NAMES.length || (left.length === 0 && !isMade), `${calls[failing]} (${failing}) left ${left.join()}`);
      }
    });
  }

  it("shows a story.yaml only when all the rest is there, whenever it dies", async () => {
    const calls = await callsOf((files) => createStoryFolder(temp(), TEXTS, files));
    for (let last = 0; last < calls.length; last++) {
      const folder = join(temp(), "well");
      mkdirSync(folder);
      await createStoryFolder(folder, TEXTS, failingFiles("EIO", (index) => index >= last)).catch(() => undefined);
      const seen = filesIn(folder);
      assert.ok(!seen.includes("story.yaml") || seen.length === NAMES.length, seen.join());
    }
  });
});

/** Entries beside the folder that are ours. */
function leftovers(folder: string): string[] {
  return readdirSync(dirname(folder)).filter((name) => name.includes("story-director-tmp"));
}
