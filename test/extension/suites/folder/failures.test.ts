import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { commands, Range, Uri, window } from "vscode";
import { ProblemsError } from "../../../../src/core/errors.ts";
import { openedStory, until, type OpenedStory } from "../../openedStory.ts";

describe("what goes wrong", () => {
  let story: OpenedStory;
  const boxes = window as { showErrorMessage: unknown };
  const { showErrorMessage } = window;
  /** The messages that were shown, and the buttons of each. */
  let shown: [message: string, ...buttons: string[]][];

  before(async () => {
    story = await openedStory();
  });

  beforeEach(() => {
    shown = [];
    boxes.showErrorMessage = async (...said: [string, ...string[]]) => void shown.push(said);
  });

  afterEach(() => {
    boxes.showErrorMessage = showErrorMessage;
  });

  /** A key of the timing map that stands twice. */
  async function withBrokenMap(work: () => Promise<void>): Promise<void> {
    const path = story.path("timing-map.json");
    const whole = readFileSync(path, "utf8");
    const [handle] = await story.app.stories.list();
    writeFileSync(path, '{\n  "format": 1,\n  "format": 1\n}\n');
    handle!.forgetAll();
    try {
      await work();
    } finally {
      writeFileSync(path, whole);
      handle!.forgetAll();
    }
  }

  it("is told with its place, whichever command meets it", async () => {
    await withBrokenMap(async () => {
      for (const command of ["renameAsset", "addState", "replacePicture"]) {
        shown = [];
        await commands.executeCommand(`storyDirector.${command}`, Uri.joinPath(story.folder, "assets", "maria.md"));
        await until(() => shown.length > 0);
        assert.match(shown[0]![0], /timing-map\.json:3:3: the key "format" stands twice in one object, first on line 2/);
        assert.deepEqual(shown[0]!.slice(1), ["Show Problem", "Show Progress"], command);
      }
    });
  });

  it("has a row in the Stories view that opens its place", async () => {
    await withBrokenMap(async () => {
      const { storiesTree } = story.app;
      const [top] = await storiesTree.getChildren();
      const [row] = await storiesTree.getChildren(top);
      const { label, tooltip, command } = await storiesTree.getTreeItem(row!);
      assert.match(label as string, /^timing-map\.json: the key "format" stands twice/);
      assert.match(tooltip as string, /Keep one of the two/);
      const [uri, { selection }] = command!.arguments as [Uri, { selection: Range }];
      assert.deepEqual([uri.path.split("/").at(-1), selection.start.line, selection.start.character], ["timing-map.json", 2, 2]);
    });
  });

  it("is told where its own way out leads nowhere", async () => {
    boxes.showErrorMessage = async (...said: [string, ...string[]]) => (shown.push(said), said[1]);
    const problem = { severity: "error", code: "missing-file", message: "there is none", file: "gone.md" } as const;
    await story.app.failures.show(new ProblemsError("The story cannot be read", [problem]), story.folder);
    await until(() => shown.length === 2);
    assert.match(shown[1]![0], /^Show Problem: .*gone\.md/s);
  });

  it("is nothing where a key was set: whoever waits for one hears of it", async () => {
    const { models } = story.app;
    let changes = 0;
    const listener = models.onDidChange(() => changes++);
    try {
      await models.keys.set("http://localhost:9", "a-key");
      await until(() => changes > 0);
      changes = 0;
      await models.keys.clear("http://localhost:9");
      await until(() => changes > 0);
    } finally {
      listener.dispose();
    }
  });
});
