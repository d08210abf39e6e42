import assert from "node:assert/strict";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { commands, workspace } from "vscode";
import { answering } from "../../answering.ts";
import { openedStory, segmentNames, type OpenedStory } from "../../openedStory.ts";

describe("a story in Restricted Mode", () => {
  let story: OpenedStory;

  before(async () => {
    story = await openedStory();
  });

  it("can be read", async () => {
    assert.equal(workspace.isTrusted, false);
    const [top] = await story.app.storiesTree.getChildren();
    assert.ok((await story.app.storiesTree.getChildren(top)).length > 0);
  });

  it("is not written: Regenerate does nothing", async () => {
    await commands.executeCommand("storyDirector.regenerateScript");
    assert.deepEqual(segmentNames(story), []);
    assert.deepEqual(story.app.runs.all, []);
  });

  it("gets no sample beside it, and its earlier runs stay, whoever calls the command", async () => {
    const log = story.path(".story-director", "runs", "20260102T030405.000Z.jsonl");
    mkdirSync(dirname(log), { recursive: true });
    writeFileSync(log, "");
    const told = await answering([undefined, undefined], async () => {
      await commands.executeCommand("storyDirector.openSampleStory");
      await commands.executeCommand("storyDirector.clearEarlierRuns");
    });
    assert.deepEqual([existsSync(story.path("the-trumpet-and-the-silence")), existsSync(log)], [false, true]);
    assert.deepEqual(told.map(({ text }) => /only reads in Restricted Mode/.test(text)), [true, true]);
  });
});
