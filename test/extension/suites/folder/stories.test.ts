import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { workspace } from "vscode";
import { openedStory } from "../../openedStory.ts";

describe("the list of stories", () => {
  it("is what the newest search found, however long an older one takes", async () => {
    const { app } = await openedStory();
    const searching = workspace as { findFiles: unknown };
    const { findFiles } = workspace;
    let searches = 0;
    searching.findFiles = async (...asked: Parameters<typeof findFiles>) => {
      if (++searches > 1) return findFiles(...asked);
      await setTimeout(200);
      return [];
    };
    try {
      await Promise.all([app.stories.refresh(), app.stories.refresh()]);
    } finally {
      searching.findFiles = findFiles;
    }
    assert.deepEqual([searches, app.stories.known.length], [2, 1]);
  });
});
