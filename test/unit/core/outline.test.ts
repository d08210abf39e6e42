import assert from "node:assert/strict";
import { loadStory } from "../../../src/core/loadStory.ts";
import { outlineStory, viewSegment } from "../../../src/core/outline.ts";
import { sceneSummary, shorten, shotSize } from "../../../src/core/segmentLabel.ts";
import { documents, runStory, storeOf } from "../../support/runStory.ts";
import { testStory } from "../../support/testStory.ts";

describe("a segment's label", () => {
  it("says the shot size that CAMERA names first", () => {
    const sizes = ["Medium close-up, eye level", "Extreme close-up of a hand", "Close-up, then a wide shot", "Wide shot, 24 mm", "Establishing wide shot", "Medium shot", "Medium long shot", "Slow pan"];
    assert.deepEqual(sizes.map(shotSize), ["MCU", "ECU", "CU", "LS", "ELS", "MS", "MLS", undefined]);
  });

  it("sums up SCENE with names for tags", () => {
    const { story } = loadStory(
      new Map(Object.entries({
        ...testStory(),
        "assets/maria.md": "---\nkind: character\nname: Maria\n---\nwoman\n",
        "assets/trumpet.md": "---\nkind: prop\nname: trumpet\n---\nbrass\n",
      })),
    );
    assert.equal(sceneSummary("@maria lifts @trumpet. End: still.", story!.assets), "Maria lifts the trumpet");
    assert.equal(sceneSummary("@trumpet hangs on a nail.", story!.assets), "The trumpet hangs on a nail");
    assert.equal(sceneSummary("By the door stands @maria. She lifts @trumpet. End: still.", story!.assets), "Maria lifts the trumpet");
    assert.equal(sceneSummary("@old_lamp burns.", story!.assets), "old lamp burns");
  });

  it("is cut at a word", () => {
    assert.equal(shorten("one two three", 9), "one two…");
    assert.equal(shorten("one two", 9), "one two");
  });
});

describe("an outline", () => {
  it("groups segments that no scene covers yet", () => {
    const { story } = loadStory(new Map(Object.entries(testStory({ segments: 120 }))));
    assert.deepEqual(outlineStory(story!).scenes.map(({ label, segments }) => [label, segments.length]), [
      ["Segments 1-50", 50],
      ["Segments 51-100", 50],
      ["Segments 101-120", 20],
    ]);
  });

  it("shows one segment without reading the others", async () => {
    const store = storeOf(testStory());
    await runStory({ store });
    const files = documents(store);
    const outlineFiles = Object.entries(files).filter(([path]) => !path.startsWith("segments/"));
    const outline = outlineStory(loadStory(new Map(outlineFiles)).story!);
    assert.deepEqual(outline.scenes.map(({ label, description }) => [label, description]), [["1 · Square", "dusk · 12 segments"]]);
    const text = files["segments/segment_3.md"]!;
    const view = viewSegment(outline, "segment_3", text);
    assert.deepEqual([view.state, view.shotSize, view.summary, [...view.finalPrompts.keys()]], ["up to date", "MS", "maria lifts the trumpet on the square", ["main"]]);
    assert.equal(viewSegment(outline, "segment_3", text.replace("50 mm", "85 mm")).edited[0], "CAMERA");
    assert.equal(viewSegment(outline, "segment_3", undefined).state, "not made yet");
    assert.equal(viewSegment(outline, "segment_3", "---\na: [\n---\n").state, "unreadable");
  });
});
