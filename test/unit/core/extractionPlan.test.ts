import assert from "node:assert/strict";
import { hashSceneContent, type Scene } from "../../../src/core/documents/scenePlanDocument.ts";
import { rangesToPlan, replaceScenes } from "../../../src/core/extractionPlan.ts";
import { hashSceneNarration, sceneRanges, scenesByIndex, type Story } from "../../../src/core/story.ts";
import { emptyStory } from "./storyBuilder.ts";

/** Ten segments, with scenes planned by a machine from these positions. */
function plannedStory(...starts: readonly number[]): Story {
  const segments = Array.from({ length: 10 }, (_, index) => ({ id: `s${index}`, start: index, end: index + 1, narration: `Words ${index}.` }));
  const scenes = starts.map((start, index) => {
    const scene: Scene = { from: `s${start}`, place: "square", time: "dusk", cast: [] };
    const from = hashSceneNarration(segments.slice(start, starts[index + 1] ?? 10));
    return { ...scene, generated: { by: "offline", from, text: hashSceneContent(scene) } };
  });
  return { ...emptyStory(), timing: { format: 1, basis: "aligned", segments }, scenes };
}

function say(story: Story, ...indexes: readonly number[]): Story {
  const segments = story.timing.segments.map((segment, index) => (indexes.includes(index) ? { ...segment, narration: "Other words." } : segment));
  return { ...story, timing: { ...story.timing, segments } };
}

function touch(story: Story, at: number): Story {
  return { ...story, scenes: story.scenes.map((scene, index) => (index === at ? { ...scene, note: "mine" } : scene)) };
}

describe("the ranges to plan", () => {
  it("are none where the narration stands", () => assert.deepEqual(rangesToPlan(plannedStory(0, 4, 7), false), []));

  it("are the whole story where there is no plan", () => {
    assert.deepEqual(rangesToPlan(plannedStory(), false), [{ first: 0, last: 9 }]);
    assert.deepEqual(rangesToPlan({ ...plannedStory(), timing: { format: 1, basis: "aligned", segments: [] } }, true), []);
  });

  it("are the scenes whose narration changed, neighbours together", () => {
    assert.deepEqual(rangesToPlan(say(plannedStory(0, 4, 7), 5), false), [{ first: 4, last: 6 }]);
    assert.deepEqual(rangesToPlan(say(plannedStory(0, 4, 7), 5, 9), false), [{ first: 4, last: 9 }]);
    assert.deepEqual(rangesToPlan(say(plannedStory(0, 4, 7), 0, 9), false), [{ first: 0, last: 3 }, { first: 7, last: 9 }]);
  });

  it("take in what comes before the first scene", () => assert.deepEqual(rangesToPlan(plannedStory(3, 7), false), [{ first: 0, last: 2 }]));

  it("leave out what a person touched, even when all is asked for", () => {
    assert.deepEqual(rangesToPlan(touch(say(plannedStory(0, 4, 7), 5), 1), false), []);
    assert.deepEqual(rangesToPlan(touch(plannedStory(0, 4, 7), 1), true), [{ first: 0, last: 3 }, { first: 7, last: 9 }]);
  });
});

describe("a plan with new scenes", () => {
  it("has them in place of those that stood there, in the order of the map", () => {
    const story = plannedStory(0, 4, 7);
    const fresh: Scene[] = [4, 6].map((start) => ({ from: `s${start}`, place: "harbour", time: "dawn", cast: [] }));
    const scenes = replaceScenes(story, [{ first: 4, last: 6 }], fresh);
    assert.deepEqual(scenes.map(({ from, place }) => [from, place]), [["s0", "square"], ["s4", "harbour"], ["s6", "harbour"], ["s7", "square"]]);
    assert.equal(scenes[0], story.scenes[0]);
  });

  it("takes nothing from outside the ranges", () => {
    const fresh: Scene[] = [2, 4, 8].map((start) => ({ from: `s${start}`, place: "harbour", time: "dawn", cast: [] }));
    const scenes = replaceScenes(plannedStory(0, 4, 7), [{ first: 4, last: 6 }], fresh);
    assert.deepEqual(scenes.map(({ from, place }) => [from, place]), [["s0", "square"], ["s4", "harbour"], ["s7", "square"]]);
  });
});

describe("the scene of a segment", () => {
  it("is the last that starts at or before it; scenes that lead nowhere are left out", () => {
    const story = plannedStory(2, 5);
    const scenes = [story.scenes[0]!, { ...story.scenes[0]!, from: "gone" }, { ...story.scenes[0]!, from: "s1" }, story.scenes[1]!];
    assert.deepEqual(sceneRanges(scenes, story.timing.segments).map(({ first, last }) => [first, last]), [[2, 4], [5, 9]]);
    assert.deepEqual(scenesByIndex({ ...story, scenes }).map((scene) => scene?.from), [undefined, undefined, "s2", "s2", "s2", "s5", "s5", "s5", "s5", "s5"]);
  });
});
