import assert from "node:assert/strict";
import * as fc from "fast-check";
import { applyCastEdit, type DocumentChange } from "../../../../src/core/cast/castEdit.ts";
import { planCastEdit, usesOf, type CastCommand } from "../../../../src/core/cast/castCommands.ts";
import { formatAsset, isAssetTouched } from "../../../../src/core/documents/assetDocument.ts";
import { formatScenePlan, hashSceneContent, isSceneTouched } from "../../../../src/core/documents/scenePlanDocument.ts";
import { parseStyle } from "../../../../src/core/documents/styleDocument.ts";
import { loadStory } from "../../../../src/core/loadStory.ts";
import { isError } from "../../../../src/core/problem.ts";
import { describeStatus } from "../../../../src/core/segmentPlan.ts";
import { storyStatuses } from "../../../../src/core/staleness.ts";
import { hashSceneNarration, type Story } from "../../../../src/core/story.ts";
import { assetPath, segmentPath, storyPaths } from "../../../../src/core/storyFolder.ts";
import { formatTimingMap } from "../../../../src/core/documents/timingMapDocument.ts";
import { emptyStory, readyStory } from "../storyBuilder.ts";

type Texts = ReadonlyMap<string, string>;

const STORY_YAML = `format: 1
title: T
outputs:
  main: { profile: veo-3.1, aspectRatio: "16:9" }
  tall: { profile: kling-3, aspectRatio: "9:16" }
`;

const STYLE = "Warm film, as @maria/old likes it; a@horn.example is no tag.\n\n## Night\n\nBlue on @square.\n\n## Day of @maria\n\nWhite, @horn in the sun.\n";
const RESEARCH = "The @horn is @maria's own; @marianne has none.\n";

/** The documents of a story that is ready: nothing stale, nothing edited. */
function readyTexts(): Texts {
  const story = { ...emptyStory(), style: parseStyle(STYLE) };
  const scene = story.scenes[0]!;
  const from = hashSceneNarration(story.timing.segments);
  const scenes = [{ ...scene, generated: { by: "offline", from, text: hashSceneContent(scene) } }];
  return new Map([
    [storyPaths.story, STORY_YAML],
    [storyPaths.style, STYLE],
    [storyPaths.research, RESEARCH],
    [storyPaths.timingMap, formatTimingMap(story.timing)],
    [storyPaths.scenePlan, formatScenePlan(scenes)],
    ...[...story.assets.values()].map((asset) => [assetPath(asset.id), formatAsset(asset, { by: "offline", late: false })] as const),
    ...[...readyStory(story).segments.values()].map((file) => [segmentPath(file.id), file.source] as const),
  ]);
}

function read(texts: Texts): Story {
  const { story, problems } = loadStory(texts);
  assert.deepEqual(problems.filter(isError), []);
  return story!;
}

function changesOf(texts: Texts, command: CastCommand): DocumentChange[] {
  const story = read(texts);
  return applyCastEdit(story, texts, planCastEdit(story, command));
}

function after(texts: Texts, command: CastCommand): Texts {
  const result = new Map(texts);
  for (const { path, text, previousText } of changesOf(texts, command)) {
    assert.equal(previousText, texts.get(path));
    if (text === undefined) result.delete(path);
    else result.set(path, text);
  }
  return result;
}

function states(texts: Texts): string[] {
  return storyStatuses(read(texts)).map((status) => `${status.id}: ${describeStatus(status).state} ${describeStatus(status).why}`.trim());
}

function edit(texts: Texts, path: string, change: (text: string) => string): Texts {
  const text = texts.get(path)!;
  assert.notEqual(change(text), text);
  return new Map([...texts, [path, change(text)]]);
}

const RENAME: CastCommand = { do: "rename", id: "maria", newId: "sofia", name: "Sofia" };

describe("a new name for an asset", () => {
  it("reaches every text, and makes nothing stale or edited", () => {
    const texts = after(readyTexts(), RENAME);
    assert.deepEqual(states(texts), ["segment_1: up to date", "constructor: up to date"]);
    const all = [...texts.values()].join("\n");
    assert.doesNotMatch(all, /@maria\b|maria\/old/);
    assert.match(texts.get(segmentPath("segment_1"))!, /@sofia\/old lifts @horn/);
    const story = read(texts);
    assert.deepEqual(story.scenes[0]!.cast, ["sofia/old"]);
    assert.equal(isSceneTouched(story.scenes[0]!), false);
    assert.equal(isAssetTouched(story.assets.get("sofia")!), false);
    assert.deepEqual(story.assets.get("sofia")!.aliases, ["Ms. Silva", "Maria"]);
    assert.equal(story.assets.has("maria"), false);
  });

  it("keeps what was edited edited, and what was stale stale", () => {
    const edited = edit(readyTexts(), segmentPath("segment_1"), (text) => text.replace("End: still.", "End: she bows, @maria/old."));
    const before = edit(edited, segmentPath("constructor"), (text) => text.replace(/scene: "?[0-9a-f]{8}"?, story/, 'scene: "00000000", story'));
    assert.deepEqual(states(after(before, RENAME)), states(before));
    assert.match(states(before).join(), /SCENE edited by hand/);
    assert.match(states(before).join(), /scene changed/);
  });

  it("reaches what a person wrote about the look and the facts, whole tags only", () => {
    const texts = after(readyTexts(), RENAME);
    assert.equal(texts.get(storyPaths.style), STYLE.replace("@maria/old", "@sofia/old").replace("## Day of @maria", "## Day of @sofia"));
    assert.equal(texts.get(storyPaths.research), RESEARCH.replace("@maria's", "@sofia's"));
    const horn = after(texts, { do: "rename", id: "horn", newId: "tuba", name: "Tuba" });
    assert.match(horn.get(storyPaths.style)!, /a@horn\.example.*White, @tuba in the sun/s);
    assert.deepEqual(states(horn), ["segment_1: up to date", "constructor: up to date"]);
  });

  it("leads a scene to its look, whose name has a tag in it", () => {
    const before = edit(readyTexts(), storyPaths.scenePlan, (text) => text.replace("look: Night", "look: Day of @maria"));
    const texts = after(before, RENAME);
    assert.equal(read(texts).scenes[0]!.look, "Day of @sofia");
    assert.deepEqual(states(texts), states(before));
  });

  it("keeps a style that was changed since a change, and line ends", () => {
    const before = edit(readyTexts(), storyPaths.style, (text) => text.replace("Warm", "Cold").replaceAll("\n", "\r\n"));
    const texts = after(before, RENAME);
    assert.match(states(before)[0]!, /style or language changed/);
    assert.deepEqual(states(texts), states(before));
    assert.doesNotMatch(texts.get(storyPaths.style)!, /[^\r]\n/);
  });

  it("writes no style and no facts where there are none", () => {
    const before = new Map([...readyTexts()].filter(([path]) => path !== storyPaths.style && path !== storyPaths.research));
    before.set(storyPaths.scenePlan, before.get(storyPaths.scenePlan)!.replace(/look: Night\n\s*/, ""));
    const texts = after(before, RENAME);
    assert.deepEqual([texts.has(storyPaths.style), texts.has(storyPaths.research)], [false, false]);
    assert.deepEqual(states(texts), states(before));
  });

  it("changes the tags of DIRECTION and NOTES, which count for what they did before", () => {
    const before = edit(readyTexts(), segmentPath("segment_1"), (text) => `${text}\n## NOTES\n\nMore of @maria.\n`);
    const texts = after(before, RENAME);
    assert.match(texts.get(segmentPath("segment_1"))!, /More of @sofia\./);
    assert.deepEqual(states(texts), states(before));
  });

  it("keeps unknown keys, comments and line ends of every file", () => {
    const withKey = edit(readyTexts(), assetPath("maria"), (text) => text.replace("kind:", "# mine\nvoice: alto\nkind:"));
    const before = edit(withKey, segmentPath("segment_1"), (text) => text.replaceAll("\n", "\r\n"));
    const texts = after(before, RENAME);
    assert.match(texts.get(assetPath("sofia"))!, /# mine\nvoice: alto/);
    assert.doesNotMatch(texts.get(segmentPath("segment_1"))!, /[^\r]\n/);
    assert.deepEqual(states(texts), states(before));
  });

  it("gives back the very same bytes when it is taken back", () => {
    const texts = readyTexts();
    const there = after(texts, { ...RENAME, name: "Maria" });
    const back = after(there, { do: "rename", id: "sofia", newId: "maria", name: "Maria" });
    assert.deepEqual(Object.fromEntries(back), Object.fromEntries(texts));
  });

  it("leaves the state of every segment as it was, whatever the name", () => {
    const id = fc.stringMatching(/^[a-z][a-z0-9_]{0,12}$/).filter((name) => !["horn", "square", "con", "prn", "aux", "nul"].includes(name));
    fc.assert(
      fc.property(id, fc.constantFrom("maria", "horn", "square"), fc.string({ minLength: 1 }).filter((name) => name.trim() === name), (newId, from, name) => {
        const texts = after(readyTexts(), { do: "rename", id: from, newId, name });
        assert.deepEqual(states(texts), ["segment_1: up to date", "constructor: up to date"]);
      }),
      { numRuns: 40 },
    );
  });

  it("is refused where it would clash or cannot be a file", () => {
    const story = read(readyTexts());
    assert.throws(() => planCastEdit(story, { ...RENAME, newId: "horn" }), /@horn is there already/);
    assert.throws(() => planCastEdit(story, { ...RENAME, newId: "../x" }), /cannot be a tag/);
    assert.throws(() => planCastEdit(story, { ...RENAME, id: "nobody" }), /There is no asset @nobody/);
    assert.throws(() => planCastEdit(story, { ...RENAME, name: " " }), /name is empty/);
  });
});

describe("merging two assets", () => {
  const WITH_GIRL = new Map([...readyTexts(), [assetPath("girl"), formatAsset({ kind: "character", name: "The girl", aliases: ["Ms. G."], description: "a girl", states: new Map([["wet", "a girl, drenched"]]) }, { by: "offline", late: false })]]);

  it("hands names and states on, and brings every text to the one that stays", () => {
    const texts = after(WITH_GIRL, { do: "merge", id: "maria", into: "girl" });
    const story = read(texts);
    assert.deepEqual(new Set(story.assets.keys()), new Set(["girl", "horn", "square"]));
    assert.deepEqual(story.assets.get("girl")!.aliases, ["Ms. G.", "Maria", "Ms. Silva"]);
    assert.deepEqual([...story.assets.get("girl")!.states.keys()], ["wet", "old"]);
    assert.deepEqual(story.scenes[0]!.cast, ["girl/old"]);
    assert.match(texts.get(segmentPath("segment_1"))!, /- @girl\/old: woman, 62/);
  });

  it("makes only the tags and finals of those stale whose look changed", () => {
    const other = edit(WITH_GIRL, assetPath("girl"), (text) => `${text}\n## State: old\n\nwoman, 90\n`);
    const [first] = states(after(other, { do: "merge", id: "maria", into: "girl" }));
    assert.match(first!, /^segment_1: stale @girl\/old changed; final main: raw prompt or output changed/);
  });

  it("is refused between kinds, and with itself", () => {
    const story = read(readyTexts());
    assert.throws(() => planCastEdit(story, { do: "merge", id: "maria", into: "horn" }), /is a character, and @horn a prop/);
    assert.throws(() => planCastEdit(story, { do: "merge", id: "horn", into: "horn" }), /with itself/);
  });
});

describe("taking an asset away", () => {
  it("turns its tags into words and leaves drafts as they are", () => {
    const texts = after(readyTexts(), { do: "delete", id: "horn" });
    assert.match(texts.get(segmentPath("segment_1"))!, /@maria\/old lifts Horn on @square/);
    assert.doesNotMatch(texts.get(segmentPath("segment_1"))!, /@horn/);
    assert.equal(texts.has(assetPath("horn")), false);
    const [first] = states(texts);
    assert.doesNotMatch(first!, /edited|scene changed|style or language changed/);
    assert.match(texts.get(storyPaths.style)!, /White, Horn in the sun/);
    assert.equal(texts.get(storyPaths.research), RESEARCH.replace("@horn", "Horn"));
  });

  it("is refused for a place that a scene plays in", () => {
    assert.throws(() => planCastEdit(read(readyTexts()), { do: "delete", id: "square" }), /The scene from segment_1 plays in @square/);
  });
});

describe("a person's words and pictures", () => {
  it("adds a state that counts as written by hand", () => {
    const texts = after(readyTexts(), { do: "describe", id: "maria", state: "young", description: "a girl of eight" });
    const maria = read(texts).assets.get("maria")!;
    assert.equal(maria.states.get("young"), "a girl of eight");
    assert.equal(isAssetTouched(maria), true);
    assert.deepEqual(states(texts), ["segment_1: up to date", "constructor: up to date"]);
  });

  it("puts a picture in place of the one for that state, and makes nothing stale", () => {
    const first = after(readyTexts(), { do: "picture", id: "maria", image: { file: "maria.png" } });
    const second = after(first, { do: "picture", id: "maria", image: { file: "maria-2.png" } });
    assert.deepEqual(read(second).assets.get("maria")!.images, [{ file: "maria-2.png" }]);
    assert.deepEqual(states(second), ["segment_1: up to date", "constructor: up to date"]);
    assert.equal(isAssetTouched(read(second).assets.get("maria")!), false);
  });

  it("knows where an asset is used", () => {
    assert.deepEqual(usesOf(read(readyTexts()), "maria"), { segments: ["segment_1", "constructor"], scenes: ["segment_1"] });
    assert.deepEqual(usesOf(read(readyTexts()), "nobody"), { segments: [], scenes: [] });
  });
});
