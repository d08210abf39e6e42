import assert from "node:assert/strict";
import { buildSegment, neededTags, outputsToOptimize, segmentWriting, storedDraft, type SegmentParts } from "../../../src/core/buildSegment.ts";
import { formatSegment } from "../../../src/core/documents/segmentDocument.ts";
import { resolveOutputs } from "../../../src/core/outputs.ts";
import type { SegmentDraft } from "../../../src/core/segmentDraft.ts";
import { planSegment } from "../../../src/core/segmentPlan.ts";
import { scenesByIndex, type Story } from "../../../src/core/story.ts";
import { emptyStory, readyStory, statusOf, withTexts } from "./storyBuilder.ts";

const DRAFT: SegmentDraft = {
  id: "segment_1",
  visualPrompt: "@maria/old lowers @horn.\n",
  cameraWork: "Wide.",
  lighting: "Noon.",
  mood: "Calm.",
  usedAssets: ["square"],
};

/** What a run does with segment_1, the director giving this draft: the story afterwards, and what was made. */
function run(story: Story, { isDirected, overwriteEdits = false }: { readonly isDirected: boolean; readonly overwriteEdits?: boolean }) {
  const file = story.segments.get("segment_1");
  const parts: SegmentParts = {
    draft: isDirected ? DRAFT : storedDraft(file!),
    isDirected,
    file,
    segment: story.timing.segments[0]!,
    scene: scenesByIndex(story)[0],
    overwriteEdits,
    director: "a model",
  };
  const built = buildSegment(parts, neededTags(parts, story), story);
  const made = outputsToOptimize(built, resolveOutputs(story.settings.outputs)).map((output) => [output, `New ${output.name}.`] as const);
  const text = formatSegment(segmentWriting(built, made, story), file?.source);
  return { story: withTexts(story, new Map([["segment_1", text]])), text, made: made.map(([{ name }]) => name) };
}

function edit(story: Story, from: string, to: string): Story {
  return withTexts(story, new Map([["segment_1", story.segments.get("segment_1")!.source.replace(from, to)]]));
}

function changeHorn(story: Story): Story {
  return { ...story, assets: new Map([...story.assets, ["horn", { ...story.assets.get("horn")!, description: "silver horn" }]]) };
}

/** Nothing is left to be done. */
function assertSettled(story: Story): void {
  assert.deepEqual(planSegment(statusOf(story), { all: false, overwriteEdits: false }), { do: "leave", state: "up to date" });
}

describe("a segment that is built", () => {
  it("is up to date after it was directed, from nothing or anew", () => {
    for (const start of [emptyStory(), readyStory(), withTexts(emptyStory(), new Map([["segment_1", "## DIRECTION\n\nSlow.\n"]]))]) {
      const { story, text, made } = run(start, { isDirected: true });
      assertSettled(story);
      assert.deepEqual(made, ["main", "tall"]);
      assert.deepEqual(story.segments.get("segment_1")!.front.usedAssets, ["square", "maria/old", "horn"]);
      assert.match(text, /## TAGS\n\n- @square: cobbled square\n- @maria\/old: woman, 62, silver braid\n- @horn: worn brass horn\n/);
    }
  });

  it("is up to date after it was refreshed, and keeps its draft and where that came from", () => {
    const before = changeHorn(readyStory());
    const { story, made } = run(before, { isDirected: false });
    assertSettled(story);
    assert.deepEqual(made, ["main", "tall"]);
    const [old, now] = [before, story].map(({ segments }) => segments.get("segment_1")!);
    assert.deepEqual([now!.front.madeFor, now!.front.generated!.by, now!.sections.get("SCENE")], [old!.front.madeFor, "offline", old!.sections.get("SCENE")]);
  });

  it("makes only the finals that are missing or out of date", () => {
    const story = readyStory();
    const outputs = { ...story.settings.outputs, wide: { profile: "general", aspectRatio: "21:9" } };
    assert.deepEqual(run({ ...story, settings: { ...story.settings, outputs } }, { isDirected: false }).made, ["wide"]);
    assert.deepEqual(run(edit(story, "## FINAL PROMPT", "## AVOID\n\nCars.\n\n## FINAL PROMPT"), { isDirected: false }).made, ["main", "tall"]);
    assert.deepEqual(run(edit(changeHorn(story), "Prompt for main.", "Mine."), { isDirected: false }).made, ["tall"]);
    assert.deepEqual(run(edit(changeHorn(story), "Prompt for main.", "Mine."), { isDirected: false, overwriteEdits: true }).made, ["main", "tall"]);
  });

  it("is still seen as edited after a refresh round the edit", () => {
    const parts = [["Tender.", "Angry.", "MOOD"], ["worn brass horn", "tin horn", "TAGS"], ["End: still.", "End: gone.", "SCENE"], ["Prompt for main.", "Mine.", "FINAL PROMPT main"]] as const;
    for (const [from, to, part] of parts) {
      const { story, text } = run(edit(changeHorn(readyStory()), from, to), { isDirected: false });
      assert.deepEqual(statusOf(story).edited, [part]);
      assert.ok(text.includes(to));
      assert.deepEqual(statusOf(story).tags, []);
    }
  });

  it("takes its tags from a TAGS section that a person edited", () => {
    const { story } = run(edit(readyStory(), "- @horn: worn brass horn\n", ""), { isDirected: false });
    assert.deepEqual(story.segments.get("segment_1")!.front.usedAssets, ["maria/old", "square"]);
  });

  it("gets a new SCENE where a person took it out", () => {
    const { story } = run(edit(readyStory(), "## SCENE\n\n@maria/old lifts @horn on @square. End: still.\n\n", ""), { isDirected: true });
    assert.equal(story.segments.get("segment_1")!.sections.get("SCENE"), "@maria/old lowers @horn.");
    assertSettled(story);
  });

  it("says the same bytes for the same story", () => {
    const { story, text } = run(readyStory(), { isDirected: true });
    assert.equal(run(story, { isDirected: true }).text, text);
    assert.equal(run(story, { isDirected: false }).text, text);
  });
});
