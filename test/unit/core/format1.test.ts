import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { hashText } from "../../../src/core/canonical.ts";
import { formatAsset, hashAssetContent, isAssetTouched } from "../../../src/core/documents/assetDocument.ts";
import { formatScenePlan, hashSceneContent, isSceneTouched } from "../../../src/core/documents/scenePlanDocument.ts";
import { formatSegment } from "../../../src/core/documents/segmentDocument.ts";
import { formatTimingMap } from "../../../src/core/documents/timingMapDocument.ts";
import { rangesToPlan } from "../../../src/core/extractionPlan.ts";
import { loadStory } from "../../../src/core/loadStory.ts";
import { resolveOutputs } from "../../../src/core/outputs.ts";
import { describeStatus } from "../../../src/core/segmentPlan.ts";
import { hashFinalSource, rawSectionsOf } from "../../../src/core/staleness.ts";
import { hashAsset, hashScene, hashSceneNarration, hashStoryStyle, resolveTag, type Story } from "../../../src/core/story.ts";
import { kindOf } from "../../../src/core/storyFolder.ts";
import { statusOf } from "./storyBuilder.ts";

const FOLDER = fileURLToPath(new URL("fixtures/format-1/", import.meta.url));

/** The digits below may never change: people's files hold them. What each is made of stands in DESIGN, "Hashes". */
describe("the story of format 1, which stays in the tests for good", () => {
  const texts = readTexts();
  const { story: loaded, problems, readOnly, damaged } = loadStory(texts);
  const story = loaded as Story;

  it("is read without a finding", () => {
    assert.deepEqual({ problems, readOnly, damaged }, { problems: [], readOnly: false, damaged: [] });
    assert.deepEqual([...story.assets.keys()].sort(), ["maria", "square", "trumpet"]);
    assert.equal(story.settings.title, "The Trumpet: a sample of format 1");
  });

  it("has the states that it had when it was written", () => {
    const states = story.timing.segments.map(({ id }) => ({ id, ...describeStatus(statusOf(story, id)) }));
    assert.deepEqual(states, [
      { id: "segment_1", state: "up to date", why: "" },
      {
        id: "segment_2",
        state: "stale",
        why: "@trumpet is new here; used assets changed; final main: raw prompt or output changed; SCENE edited by hand",
      },
      { id: "segment_2b", state: "not made yet", why: "" },
      { id: "segment_3", state: "not made yet", why: "" },
    ]);
  });

  it("says which assets and scenes are a person's, and that no scene needs a new plan", () => {
    const touched = [...story.assets.values()].filter(isAssetTouched).map(({ id }) => id);
    assert.deepEqual([touched, story.scenes.map(isSceneTouched)], [["square"], [false, true]]);
    assert.deepEqual(rangesToPlan(story, false), []);
    assert.deepEqual(rangesToPlan(story, true), [{ first: 0, last: 1 }]);
  });

  it("pins the hashes of a segment's texts", () => {
    const { front, sections, finalPrompts } = story.segments.get("segment_1")!;
    const hashes = ["TAGS", "SCENE", "CAMERA", "LIGHTING", "MOOD"].map((name) => hashText(sections.get(name as "TAGS")!));
    assert.deepEqual(hashes, ["f7649afe", "b93fee48", "9fcd893c", "32e7aeaf", "33a2661b"]);
    assert.deepEqual(Object.values(front.generated!.text), hashes);
    assert.equal(hashText(finalPrompts.get("main")!), "792ed923");
  });

  it("pins the hashes of what a segment is made from", () => {
    assert.equal(hashScene(story.scenes[0], story.style), "baab9fbc");
    assert.equal(hashScene(story.scenes[1], story.style), "582df744");
    assert.equal(hashScene(undefined, story.style), "4f53cda1");
    assert.equal(hashStoryStyle(story), "97ac48ed");
    assert.equal(hashAsset(resolveTag(story.assets, "maria/old")!), "e27b51b7");
    assert.equal(hashFinalSource(rawSectionsOf(story.segments.get("segment_1")!.sections), resolveOutputs(story.settings.outputs)[0]!), "f4fab385");
  });

  it("pins the hashes of what Extract Assets writes", () => {
    assert.equal(hashAssetContent(story.assets.get("maria")!), "e3686391");
    assert.equal(hashAssetContent(story.assets.get("trumpet")!), "f092f696", "neither aliases ([]) nor states ({})");
    assert.equal(hashSceneContent(story.scenes[0]!), "f7ea91ef");
    assert.equal(hashSceneNarration(story.timing.segments.slice(0, 2)), "4a8de699");
  });

  it("is written back byte for byte", () => {
    assert.equal(formatTimingMap(story.timing, texts.get("timing-map.json")), texts.get("timing-map.json"));
    assert.equal(formatScenePlan(story.scenes, texts.get("scene-plan.yaml")), texts.get("scene-plan.yaml"));
    assert.equal(formatScenePlan(story.scenes), texts.get("scene-plan.yaml"));
    for (const { source, ...file } of story.segments.values()) assert.equal(formatSegment(file, source), source);
    const { source, ...first } = story.segments.get("segment_1")!;
    assert.equal(formatSegment(first), source);
    assert.equal(formatAsset(story.assets.get("maria")!, { by: "offline", late: false }), texts.get("assets/maria.md"));
  });
});

function readTexts(): Map<string, string> {
  const paths = readdirSync(FOLDER, { recursive: true, encoding: "utf8" }).map((path) => path.replaceAll("\\", "/"));
  return new Map(paths.filter((path) => kindOf(path)).map((path) => [path, readFileSync(FOLDER + path, "utf8")]));
}
