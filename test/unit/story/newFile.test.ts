import assert from "node:assert/strict";
import { join } from "node:path";
import { requireNewFile, saveNewFile } from "../../../src/story/newFile.ts";
import { filesIn, tempFolders, textOf } from "../../support/tempFolder.ts";

describe("a new file of a person's", () => {
  const folderWith = tempFolders();
  const bytes = new TextEncoder().encode('{"text":"é"}');

  it("is written whole where nothing stands", async () => {
    const folder = folderWith();
    await requireNewFile(join(folder, "heard.json"));
    await saveNewFile(join(folder, "heard.json"), bytes);
    assert.deepEqual([filesIn(folder), textOf(folder, "heard.json")], [["heard.json"], '{"text":"é"}']);
  });

  it("replaces nothing, and says so before and at the end", async () => {
    const folder = folderWith({ "heard.json": "mine" });
    const path = join(folder, "heard.json");
    for (const attempt of [() => requireNewFile(path), () => saveNewFile(path, bytes), () => requireNewFile(folder)]) await assert.rejects(attempt, { name: "StorageError", message: /is there already/, hint: /nothing is overwritten/ });
    assert.deepEqual([filesIn(folder), textOf(folder, "heard.json")], [["heard.json"], "mine"]);
  });

  it("is not written where its folder is missing", async () => {
    const folder = folderWith();
    await assert.rejects(saveNewFile(join(folder, "no", "heard.json"), bytes), { name: "StorageError" });
    assert.deepEqual(filesIn(folder), []);
  });
});
