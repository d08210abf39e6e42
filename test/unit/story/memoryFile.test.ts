import assert from "node:assert/strict";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { openMemoryFile } from "../../../src/story/memoryFile.ts";
import { tempFolders, textOf } from "../../support/tempFolder.ts";

describe("a memory in a file", () => {
  const folderOf = tempFolders();
  const place = () => join(folderOf(), "cache", "story-director", "servers.json");

  it("is there again in the next process, folders and all", async () => {
    const path = place();
    const memory = await openMemoryFile(path);
    assert.equal(memory.get("a"), undefined);
    memory.set("b", { step: "chat" });
    memory.set("a", 1);
    assert.deepEqual(memory.get("b"), { step: "chat" });
    await memory.settled();
    const again = await openMemoryFile(path);
    assert.deepEqual([again.get("a"), again.get("b")], [1, { step: "chat" }]);
    assert.equal(textOf(dirname(path), "servers.json"), '{\n  "a": 1,\n  "b": {\n    "step": "chat"\n  }\n}\n');
    assert.deepEqual(readdirSync(dirname(path)), ["servers.json"], "nothing half-written is left");
  });

  it("keeps what another process has added", async () => {
    const path = place();
    const [one, two] = [await openMemoryFile(path), await openMemoryFile(path)];
    one.set("one", 1);
    await one.settled();
    two.set("two", 2);
    await two.settled();
    const again = await openMemoryFile(path);
    assert.deepEqual([again.get("one"), again.get("two")], [1, 2]);
  });

  for (const [what, text] of [["torn", '{"a":'], ["a list", "[1]"], ["empty", ""], ["nonsense", "\0\0"], ["far too long", `{"a":"${"x".repeat(1_000_001)}"}`]] as const) {
    it(`is forgotten where its file is ${what}, and written anew`, async () => {
      const path = place();
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      const memory = await openMemoryFile(path);
      assert.equal(memory.get("a"), undefined);
      memory.set("b", 2);
      await memory.settled();
      assert.equal((await openMemoryFile(path)).get("b"), 2);
    });
  }

  it("is never an error: not where its file is a folder, nor where nothing can be written", async () => {
    const folder = folderOf({ "file": "a file" });
    for (const path of [folder, join(folder, "file", "servers.json")]) {
      const memory = await openMemoryFile(path);
      memory.set("a", 1);
      await memory.settled();
      assert.equal(memory.get("a"), 1);
    }
  });
});
