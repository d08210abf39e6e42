import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { commands, DataTransfer, DataTransferItem, MarkdownString, Uri, window, workspace } from "vscode";
import { reviewCast } from "../../../../src/vscode/commands/reviewCast.ts";
import type { Models } from "../../../../src/vscode/models/models.ts";
import { parseModelSettings, type ModelSettings } from "../../../../src/vscode/models/modelSettings.ts";
import type { AssetRow } from "../../../../src/vscode/views/storiesTree.ts";
import { answering, type Asked } from "../../answering.ts";
import { activeDocument, closeEditors, openedStory, read, segmentNames, until, type OpenedStory } from "../../openedStory.ts";

/** Enter, on what the box suggests. */
const asSuggested = ({ suggested }: Asked) => suggested;

describe("the cast", () => {
  let story: OpenedStory;
  let rows: AssetRow[];

  const readRows = async () => {
    const { storiesTree, stories } = story.app;
    (await stories.list())[0]!.forgetAll();
    const [top] = await storiesTree.getChildren();
    const assets = (await storiesTree.getChildren(top)).find(({ kind }) => kind === "assets");
    rows = (await storiesTree.getChildren(assets)) as AssetRow[];
  };
  const row = (id: string) => rows.find(({ asset }) => asset.id === id)!;

  before(async () => {
    story = await openedStory();
    await commands.executeCommand("storyDirector.regenerateScript");
    await until(() => segmentNames(story).length === 12);
    await readRows();
  });

  it("shows an asset's looks in its hover", async () => {
    const item = await story.app.storiesTree.getTreeItem(rows[0]!);
    assert.ok(item.tooltip instanceof MarkdownString);
    assert.match(item.tooltip.value, new RegExp(`^\\*\\*@${rows[0]!.asset.id}\\*\\*`));
  });

  it("gives an asset a new name in every file, and makes nothing stale by it", async () => {
    const { id } = rows[0]!.asset;
    await answering(["Renée", asSuggested], () => commands.executeCommand("storyDirector.renameAsset", rows[0]));
    assert.ok(!existsSync(story.path("assets", `${id}.md`)));
    assert.match(read(story, "assets", "renee.md"), /^name: Renée$/m);
    for (const name of segmentNames(story)) assert.doesNotMatch(read(story, "segments", name), new RegExp(`@${id}\\b`));
    const summary = await story.app.runs.direct(story.folder, {});
    assert.equal(summary.upToDate, 12);
  });

  it("suggests a tag for a name in any script, and none that another asset has", async () => {
    await readRows();
    const other = rows.find(({ asset }) => asset.id !== "renee")!.asset.id;
    await answering(["Мария", asSuggested], () => commands.executeCommand("storyDirector.renameAsset", row("renee")));
    await readRows();
    assert.equal(row("mariya").asset.name, "Мария");
    await answering([other.replaceAll("_", " "), asSuggested], () => commands.executeCommand("storyDirector.renameAsset", row("mariya")));
    await readRows();
    assert.ok(row(`${other}_2`));
    await answering(["Renée", asSuggested], () => commands.executeCommand("storyDirector.renameAsset", row(`${other}_2`)));
  });

  it("adds a state, and leaves the file open to read", async () => {
    await readRows();
    await answering(["asleep", "eyes closed, head on one arm"], () => commands.executeCommand("storyDirector.addState", row("renee")));
    assert.match(read(story, "assets", "renee.md"), /## State: asleep\n\neyes closed, head on one arm/);
    await activeDocument("/assets/renee.md");
  });

  it("merges one asset into another of its kind", async () => {
    writeFileSync(story.path("assets", "pan.md"), "---\nkind: prop\nname: Pan\n---\nblack iron pan\n");
    writeFileSync(story.path("assets", "skillet.md"), "---\nkind: prop\nname: Skillet\n---\nsmall iron skillet\n");
    await readRows();
    await answering(["@skillet"], () => commands.executeCommand("storyDirector.mergeAsset", row("pan")));
    assert.ok(!existsSync(story.path("assets", "pan.md")));
    assert.match(read(story, "assets", "skillet.md"), /^aliases: \[ Pan \]$/m);
  });

  it("takes a picture that is dropped on an asset's row, and shows it in the hover", async () => {
    await readRows();
    const picture = story.path("portrait.png");
    writeFileSync(picture, Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]));
    const data = new DataTransfer();
    data.set("text/uri-list", new DataTransferItem(Uri.file(picture).toString()));
    await answering(["@renee/asleep"], async () => {
      await story.app.storiesTree.drop.handleDrop(row("renee"), data);
      await until(() => existsSync(story.path("assets", "renee-asleep.png")) && /images:/.test(read(story, "assets", "renee.md")));
    });
    assert.match(read(story, "assets", "renee.md"), /images: \[ \{ file: renee-asleep\.png, state: asleep \} \]/);
    await readRows();
    const item = await story.app.storiesTree.getTreeItem(row("renee"));
    assert.match((item.tooltip as MarkdownString).value, /<img src="[^"]*renee-asleep\.png"/);
    assert.equal((await story.app.runs.direct(story.folder, {})).upToDate, 12);
  });

  it("takes a picture that is picked in place of another, and none where the dialog is closed", async () => {
    await readRows();
    const bytes = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 9, 9]);
    const picture = story.path("another.png");
    writeFileSync(picture, bytes);
    const before = read(story, "assets", "renee.md");
    const [dialog] = await answering([undefined], () => commands.executeCommand("storyDirector.replacePicture", row("renee")));
    assert.deepEqual([dialog!.kind, dialog!.text, read(story, "assets", "renee.md")], ["open", "A picture of @renee", before]);
    await answering([Uri.file(picture), "@renee/asleep"], () => commands.executeCommand("storyDirector.replacePicture", row("renee")));
    const [, file] = /images: \[ \{ file: (\S+\.png), state: asleep \} \]/.exec(read(story, "assets", "renee.md"))!;
    assert.ok(readFileSync(story.path("assets", file!)).equals(bytes), file);
    assert.ok(existsSync(story.path("assets", "renee-asleep.png")), "the one before stays");
    assert.equal((await story.app.runs.direct(story.folder, {})).upToDate, 12);
  });

  it("opens an asset's description, below what the machine keeps of it", async () => {
    await readRows();
    await closeEditors();
    await commands.executeCommand("storyDirector.editDescription", row("renee"));
    const document = await activeDocument("/assets/renee.md");
    const [first] = row("renee").asset.description.split("\n");
    await until(() => document.lineAt(window.activeTextEditor!.selection.active.line).text === first);
  });

  it("waits for a person after Extract Assets where that is set, and goes on only when told to", async () => {
    const settings = workspace.getConfiguration("storyDirector.review");
    await settings.update("cast", "always", true);
    try {
      writeFileSync(story.path("scene-plan.yaml"), "scenes: []\n");
      const before = story.app.runs.all.length;
      await answering([undefined], () => commands.executeCommand("storyDirector.regenerateScript"));
      assert.equal(story.app.runs.all.length, before + 1);
      assert.match(read(story, "scene-plan.yaml"), /from: segment_1/);
      await answering([], () => commands.executeCommand("storyDirector.regenerateSegment", Uri.joinPath(story.folder, "segments", "segment_3.md")));
    } finally {
      await settings.update("cast", undefined, true);
    }
  });

  it("waits by default where each call costs money, and not offline or for a model of this machine", async () => {
    assert.equal(workspace.getConfiguration("storyDirector.review").inspect("cast")?.defaultValue, "auto");
    const [handle] = await story.app.stories.list();
    const waits = async (settings: Partial<ModelSettings>) => {
      writeFileSync(story.path("scene-plan.yaml"), "scenes: []\n");
      // Only what is chosen counts here: the assets are extracted offline.
      const models = Object.defineProperty(Object.create(story.app.models) as Models, "settings", { value: parseModelSettings(settings) });
      let goesOn: boolean | undefined;
      const asked = await answering([], async () => (goesOn = await reviewCast({ ...story.app, models }, handle!)));
      assert.equal(goesOn, asked.length === 0, "nobody who is asked and says nothing goes on");
      return asked.length === 1;
    };
    const compatible = (baseUrl: string) => waits({ provider: "compatible", baseUrl });
    assert.deepEqual([await waits({ provider: "openai" }), await waits({ provider: "vscode" }), await compatible("https://models.example/v1")], [true, true, true]);
    assert.deepEqual([await waits({}), await compatible("http://localhost:11434/v1"), await compatible("http://127.0.0.1:8080/v1")], [false, false, false]);
    await story.app.runs.direct(story.folder, {});
  });

  it("deletes an asset only when that is confirmed", async () => {
    await readRows();
    await answering([undefined], () => commands.executeCommand("storyDirector.deleteAsset", row("skillet")));
    assert.ok(existsSync(story.path("assets", "skillet.md")));
    await answering(["Delete"], () => commands.executeCommand("storyDirector.deleteAsset", Uri.joinPath(story.folder, "assets", "skillet.md")));
    assert.ok(!existsSync(story.path("assets", "skillet.md")));
  });
});
