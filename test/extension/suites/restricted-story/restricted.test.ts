import assert from "node:assert/strict";
import { commands, workspace } from "vscode";
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
});
