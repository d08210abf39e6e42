import assert from "node:assert/strict";
import { join } from "node:path";
import { createStory, estimateNewStory, openStoryDirector } from "../../../src/compose.ts";
import { LOOK_PRESETS } from "../../../src/core/looks.ts";
import type { NewStory } from "../../../src/import/newStory.ts";
import { tempFolders } from "../../support/tempFolder.ts";

const STORY: NewStory = {
  title: "Night",
  language: "en",
  shotLength: { shortest: 2.5, ideal: 5, longest: 8 },
  outputs: { main: { profile: "veo-3.1", aspectRatio: "16:9" }, "kling-3": { profile: "kling-3", aspectRatio: "9:16" } },
  look: LOOK_PRESETS[0]!.text,
  basis: "aligned",
  segments: Array.from({ length: 23 }, (_, index) => ({ start: index * 5, end: index * 5 + 5, narration: `Maria lifts the trumpet for the ${index + 1}. time.`, basis: "aligned" as const })),
};

const MODEL = {
  director: { provider: "compatible", baseUrl: "https://models.example/v1", model: "some-model" },
  prices: { "some-model": { input: 1, output: 5 } },
} as const;

describe("the estimate of a story that is not made yet", () => {
  const folderFor = tempFolders();

  it("is that of the story once it is made", async () => {
    const folder = join(folderFor(), "night");
    const before = estimateNewStory(STORY, { ...MODEL, batchSize: 10 });
    await createStory(folder, STORY);
    assert.deepEqual(before, await openStoryDirector({ folder, ...MODEL }).estimate({ batchSize: 10 }));
    assert.equal(before?.direct, 23);
    assert.ok(before.usd!.low > 0);
  });

  it("says nothing where no language model directs", () => {
    assert.equal(estimateNewStory(STORY, {}), undefined);
  });
});
