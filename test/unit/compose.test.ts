import assert from "node:assert/strict";
import { openStoryDirector } from "../../src/compose.ts";
import type { RunEvent } from "../../src/pipeline/ports.ts";
import { ProgressManager } from "../../src/progress/progressManager.ts";
import { filesIn, tempFolders } from "../support/tempFolder.ts";
import { testStory } from "../support/testStory.ts";

describe("a story in a folder", () => {
  const makeFolder = tempFolders();

  it("gets no images from the offline director, even where an image model is named, and says why", async () => {
    const folder = makeFolder(testStory({ segments: 2 }));
    const events: RunEvent[] = [];
    const context = { progress: new ProgressManager({ now: () => 0 }), signal: new AbortController().signal, onEvent: (event: RunEvent) => void events.push(event) };
    await openStoryDirector({ folder, images: { model: "painter" } }).direct({}, context);
    const phase = events.find(({ path, state }) => path === "story/asset-images" && state === "skipped");
    assert.equal(phase!["reason"], "no image model for the offline director");
    assert.deepEqual(filesIn(folder).filter((path) => path.endsWith(".png")), []);
  });
});
