import assert from "node:assert/strict";
import { formatAsset } from "../../../src/core/documents/assetDocument.ts";
import { formatScenePlan } from "../../../src/core/documents/scenePlanDocument.ts";
import { formatTimingMap } from "../../../src/core/documents/timingMapDocument.ts";
import { loadStory, stoppingProblems, type LoadedStory } from "../../../src/core/loadStory.ts";
import { placeOf, summary, unmark } from "./markers.ts";
import { readyStory } from "./storyBuilder.ts";

const STORY = readyStory();

/** The texts of a story that has everything, with these in place of its own; undefined takes one away. */
function textsWith(changes: Readonly<Record<string, string | undefined>> = {}): Map<string, string> {
  const texts = new Map<string, string | undefined>([
    ["story.yaml", 'format: 1\ntitle: T\noutputs:\n  main: { profile: veo-3.1, aspectRatio: "16:9" }\n  tall: { profile: kling-3, aspectRatio: "9:16" }\n'],
    ["style.md", "Warm film.\n\n## Night\n\nBlue.\n\n## Day\n\nWhite.\n"],
    ["narration.md", "Words."],
    ["timing-map.json", formatTimingMap(STORY.timing)],
    ["scene-plan.yaml", formatScenePlan(STORY.scenes)],
    ...[...STORY.assets].map(([id, asset]): [string, string] => [`assets/${id}.md`, formatAsset(asset, { by: "offline", late: false })]),
    ...[...STORY.segments].map(([id, { source }]): [string, string] => [`segments/${id}.md`, source]),
  ]);
  for (const [path, text] of Object.entries(changes)) texts.set(path, text);
  return new Map([...texts].filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function load(changes: Readonly<Record<string, string | undefined>>): LoadedStory {
  return loadStory(textsWith(changes));
}

function findings(changes: Readonly<Record<string, string | undefined>>): string[] {
  return load(changes).problems.map(summary);
}

/** The one finding of a story whose file holds `«…»` around its place. */
function findingAt(path: string, marked: string): string {
  const { text, place } = unmark(marked);
  const { problems } = load({ [path]: text });
  assert.deepEqual(problems.map((problem) => [problem.file, placeOf(problem, text), Boolean(problem.hint)]), [[path, place, true]]);
  return `${problems[0]!.severity} ${problems[0]!.code}`;
}

describe("a story that is read", () => {
  it("is whole where every document is", () => {
    const { story, ...rest } = load({});
    assert.deepEqual(rest, { readOnly: false, problems: [], damaged: [] });
    assert.deepEqual(story, STORY);
  });

  it("needs only story.yaml and a timing map", () => {
    const texts = new Map([...textsWith()].filter(([path]) => path === "story.yaml" || path === "timing-map.json"));
    const { story, problems } = loadStory(texts);
    assert.deepEqual([problems, story?.scenes, story?.assets.size, story?.segments.size, story?.style.text, story?.research], [[], [], 0, 0, "", ""]);
  });

  it("says which of these two is missing or damaged, and reads the rest", () => {
    assert.deepEqual(findings({ "story.yaml": undefined, "timing-map.json": undefined }), ["error missing-file story.yaml", "error missing-file timing-map.json"]);
    assert.deepEqual(findings({ "story.yaml": "", "assets/horn.md": "x" }), [
      "error damaged-file story.yaml",
      "error invalid-value assets/horn.md:1:1",
      "error invalid-value assets/horn.md:1:1",
    ]);
    assert.deepEqual(findings({ "timing-map.json": "\0\0\0" }), ["error damaged-file timing-map.json"]);
    assert.equal(load({ "timing-map.json": "\0\0\0" }).story, undefined);
  });

  it("lists damaged assets, segments and plans, which are made again", () => {
    const { story, problems, damaged } = load({ "assets/horn.md": "", "segments/segment_1.md": "\0\0", "scene-plan.yaml": "\0" });
    assert.deepEqual(damaged, ["scene-plan.yaml", "assets/horn.md", "segments/segment_1.md"]);
    assert.deepEqual([story?.assets.has("horn"), story?.segments.has("segment_1"), story?.scenes], [false, false, []]);
    assert.deepEqual(problems.filter(({ severity }) => severity === "error"), []);
  });

  it("stops at a style full of NUL, and lets an empty one be", () => {
    assert.deepEqual(findings({ "style.md": "\0\0\0", "scene-plan.yaml": undefined }), ["error damaged-file style.md"]);
    assert.deepEqual(findings({ "style.md": "", "research.md": "", "scene-plan.yaml": undefined }), []);
  });

  it("can be read only where a newer version wrote the settings or the map", () => {
    const map = textsWith().get("timing-map.json")!.replace('"format": 1', '"format": 2');
    for (const [path, text] of [["story.yaml", "format: 2\ntitle: T\n"], ["timing-map.json", map]] as const) {
      const { story, readOnly, problems } = load({ [path]: text });
      assert.deepEqual([Boolean(story), readOnly], [true, true]);
      assert.deepEqual(problems.filter(({ code }) => code === "newer-format").map(({ file, severity }) => [file, severity]), [[path, "warning"]]);
    }
  });

  it("shows the errors of every document, not only of the first", () => {
    const found = findings({
      "story.yaml": "format: 1\ntitle: a: b\n",
      "timing-map.json": "{",
      "scene-plan.yaml": "scenes: 1\n",
      "assets/horn.md": "---\nkind: [\n---\n",
      "segments/segment_1.md": "## SCENE\n## SCENE\n",
      "segments/Bad Name.md": "x",
    });
    const errors = ["story.yaml:2:8", "timing-map.json:1:2", "scene-plan.yaml:1:9", "assets/horn.md:3:1", "segments/segment_1.md:2:1 SCENE"];
    assert.deepEqual(found.map((line) => line.split(" ").slice(2).join(" ")), [...errors, "segments/Bad Name.md"]);
    assert.equal(found.at(-1), "warning bad-file-name segments/Bad Name.md");
  });

  it("never looks a name up in an object's own", () => {
    const { story, problems } = load({ "segments/tostring.md": "## NOTES\n\nx\n", "assets/constructor.md": "---\nkind: prop\nname: C\n---\nA thing.\n" });
    assert.deepEqual([story?.assets.get("constructor")?.name, problems.map(summary)], ["C", ["warning unused-segment segments/tostring.md"]]);
  });
});

describe("the check of a story", () => {
  it("knows every profile and its ratios", () => {
    const story = 'format: 1\ntitle: T\noutputs:\n  main: { profile: «sora-1», aspectRatio: "16:9" }\n';
    const only = (text: string) => text.replace("«", "").replace("»", "");
    const found = load({ "story.yaml": only(story) }).problems.filter(({ file }) => file === "story.yaml");
    assert.deepEqual(found.map((problem) => [problem.code, placeOf(problem, only(story))]), [["unknown-profile", unmark(story).place]]);
    assert.match(found[0]!.hint!, /veo-3\.1, kling-3/);
    const ratio = 'format: 1\ntitle: T\noutputs:\n  main: { profile: veo-3.1, aspectRatio: "4:3" }\n  tall: { profile: general, aspectRatio: "1:1" }\n';
    assert.deepEqual(findings({ "story.yaml": ratio }), ["warning aspect-ratio story.yaml:4:42"]);
  });

  it("points at what a scene plan gets wrong", () => {
    const scene = (from: string, rest = "    place: square\n    time: dusk\n") => `  - from: ${from}\n${rest}`;
    const plan = (...scenes: readonly string[]) => `# mine\nscenes:\n${scenes.join("")}`;
    const rows: [marked: string, finding: string][] = [
      [plan(scene("«segment_9»")), "error unknown-from"],
      [plan(scene("constructor"), scene("«segment_1»")), "error unordered-from"],
      [plan(scene("segment_1"), scene("«segment_1»")), "error unordered-from"],
      [plan(scene("segment_1", "    place: «horn»\n    time: dusk\n")), "warning not-a-place"],
      [plan(scene("segment_1", "    place: «square/rain»\n    time: dusk\n")), "warning missing-asset"],
      [plan(scene("segment_1", "    place: square\n    time: dusk\n    cast: [maria, «tostring»]\n")), "warning missing-asset"],
      [plan(scene("segment_1", "    place: square\n    time: dusk\n    look: «night»\n")), "error unknown-look"],
    ];
    for (const [marked, finding] of rows) assert.equal(findingAt("scene-plan.yaml", marked), finding);
  });

  it("finds two assets with one name, and pictures of states that are not described", () => {
    const twin = "---\nkind: prop\nname: Tuba\naliases: [tuba, HORN]\nimages: [{ file: tuba.png, state: old }]\n---\nBig.\n";
    const { problems } = load({ "assets/tuba.md": twin });
    assert.deepEqual(problems.map(({ severity, code, file, message }) => [severity, code, file, message]), [
      ["warning", "shared-name", "assets/tuba.md", '"horn" also names @horn'],
      ["warning", "unknown-state", "assets/tuba.md", 'tuba.png shows the state "old", which is not described'],
    ]);
  });

  it("reports what is unused, and keeps it", () => {
    const { problems, story } = load({
      "segments/segment_9.md": "## SCENE\n\n@nobody\n",
      "segments/segment_1.md": `${textsWith().get("segments/segment_1.md")!}\n\`\`\`prompt gone\nx\n\`\`\`\n`,
    });
    assert.deepEqual(problems.map(summary).sort(), ["warning unused-final segments/segment_1.md", "warning unused-segment segments/segment_9.md"]);
    assert.equal(story?.segments.has("segment_9"), true);
  });

  it("points at a tag that leads nowhere in a draft that stands", () => {
    const text = textsWith().get("segments/segment_1.md")!;
    assert.equal(findingAt("segments/segment_1.md", text.replace("Low dusk", "«@hron» dusk")), "error unknown-tag");
  });

  it("takes a tag that is used, but not on file, for one to be made", () => {
    assert.deepEqual(findings({ "assets/horn.md": undefined }), []);
  });
});

describe("the problems that stop a run", () => {
  const { problems } = load({ "scene-plan.yaml": "x: [", "segments/segment_1.md": "---\n", "segments/constructor.md": "---\n", "segments/x.md": "---\n" });

  it("are all errors, but for those of files that no run asks for", () => {
    assert.deepEqual(stoppingProblems(problems).map(({ file }) => file), ["scene-plan.yaml", "segments/segment_1.md", "segments/constructor.md"]);
  });

  it("leave out those of segments that this run is not asked for", () => {
    assert.deepEqual(stoppingProblems(problems, new Set(["constructor"])).map(({ file }) => file), ["scene-plan.yaml", "segments/constructor.md"]);
  });

  it("are no warnings", () => {
    assert.deepEqual(stoppingProblems(load({ "segments/x.md": "## NOTES\n\nx\n" }).problems), []);
  });
});
