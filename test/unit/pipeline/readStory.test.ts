import assert from "node:assert/strict";
import { loadStory } from "../../../src/core/loadStory.ts";
import { readStory } from "../../../src/pipeline/readStory.ts";
import { runStory, storeOf } from "../../support/runStory.ts";
import { testStory } from "../../support/testStory.ts";

describe("reading a long story", () => {
  it("lets others in the process go on meanwhile, and reads the very same", async function () {
    this.timeout(60_000);
    const store = storeOf(testStory({ segments: 800 }));
    await runStory({ store });
    let turns = 0;
    let isRead = false;
    const takeTurns = () => {
      turns++;
      if (!isRead) setImmediate(takeTurns);
    };
    takeTurns();
    const story = await readStory(store);
    isRead = true;
    assert.ok(turns > 20, `others had ${turns} turns`);
    assert.deepEqual(story, loadStory((await store.readAll()).texts).story);
  });
});
