import assert from "node:assert/strict";
import { changeScenes, hashSceneContent, isSceneTouched, parseScenePlan, type Scene } from "../../../src/core/documents/scenePlanDocument.ts";
import type { TimedSegment } from "../../../src/core/documents/timingMapDocument.ts";
import { handOverScenes, type SegmentsEdit } from "../../../src/core/sceneHandover.ts";
import { hashSceneNarration } from "../../../src/core/story.ts";

const BEFORE = segmentsOf({ s1: "One.", s2: "Two. Three.", s3: "Four.", s4: "Five." });

describe("a scene after an edit of the timing map", () => {
  it("is not planned anew for having its words in other segments", () => {
    const scenes = [planned("s1", ["s1", "s2"]), planned("s3", ["s3", "s4"])];
    const after = segmentsOf({ s1: "One.", s2: "Two.", s2b: "Three.", s3: "Four.", s4: "Five." });
    const changes = edited(scenes, after);
    assert.deepEqual([...changes.keys()], ["s1"]);
    assert.equal(changes.get("s1")!.generated!.from, hashSceneNarration(after.slice(0, 3)));
    assert.equal(isSceneTouched(changes.get("s1")!), false);
  });

  it("stays out of date where it was, or where its words change", () => {
    const stale = { ...planned("s1", ["s1"]), generated: { by: "offline", from: "00000000", text: hashSceneContent(planned("s1", ["s1"])) } };
    assert.equal(edited([stale], segmentsOf({ s1: "One.", s2: "Two.", s2b: "Three.", s3: "Four.", s4: "Five." })).size, 0);
    assert.equal(edited([planned("s1", ["s1", "s2", "s3", "s4"])], segmentsOf({ s1: "Won.", s2: "Two.", s3: "Four.", s4: "Five." })).size, 0);
  });

  it("starts from the segment that its first one was merged into, still as the machine wrote it", () => {
    const scenes = [planned("s1", ["s1", "s2"]), planned("s3", ["s3", "s4"])];
    const changes = edited(scenes, segmentsOf({ s1: "One.", s2: "Two. Three. Four.", s4: "Five." }), { s3: "s2" });
    assert.deepEqual([...changes.keys()], ["s3"]);
    assert.equal(changes.get("s3")!.from, "s2");
    assert.equal(isSceneTouched(changes.get("s3")!), false);
  });

  it("stays a person's where it was, with what the machine last wrote on record", () => {
    const scene = { ...planned("s3", ["s3", "s4"]), time: "noon" };
    const changed = edited([scene], segmentsOf({ s1: "One.", s2: "Two. Three. Four.", s4: "Five." }), { s3: "s2" }).get("s3")!;
    assert.deepEqual([changed.from, changed.time, changed.generated, isSceneTouched(changed)], ["s2", "noon", scene.generated, true]);
  });

  it("starts from its next segment where another scene starts from the heir", () => {
    const scenes = [planned("s2", ["s2"]), planned("s3", ["s3", "s4"])];
    const changes = edited(scenes, segmentsOf({ s1: "One.", s2: "Two. Three. Four.", s4: "Five." }), { s3: "s2" });
    assert.equal(changes.get("s3")!.from, "s4");
  });

  it("is taken out where nothing of it is left", () => {
    const scenes = [planned("s2", ["s2"]), planned("s3", ["s3"]), planned("s4", ["s4"])];
    const changes = edited(scenes, segmentsOf({ s1: "One.", s2: "Two. Three. Four.", s4: "Five." }), { s3: "s2" });
    assert.deepEqual([...changes], [["s3", undefined]]);
  });

  it("never starts from a segment that the old map does not have", () => {
    const changes = edited([planned("s3", ["s3", "s4"])], segmentsOf({ s1: "One.", s2: "Two. Three.", new: "Zero.", s4: "Five." }));
    assert.equal(changes.get("s3")!.from, "s4");
  });
});

describe("a plan in which single scenes change", () => {
  const text = `# mine
scenes:
  - from: s1 # start
    place: square
    time: dusk
    weather: rain
  - from: s3
    place: harbour # cold
    time: "night"
    generated: { by: offline, from: 00aa00aa, text: 11bb11bb }
`;

  it("keeps comments, order, unknown keys and the look of all else", () => {
    const [, second] = parseScenePlan(text).value!;
    const changed = changeScenes(text, new Map([["s3", { ...second!, from: "s2", generated: { ...second!.generated!, from: "00cc00cc" } }]]));
    assert.equal(changed, text.replace("- from: s3", "- from: s2").replace("00aa00aa", "00cc00cc"));
  });

  it("loses the scenes that are taken out, and no others", () => {
    assert.equal(changeScenes(text, new Map([["s3", undefined]])), text.slice(0, text.indexOf("  - from: s3")));
    const none = changeScenes(text, new Map([["s1", undefined], ["s3", undefined]]));
    assert.deepEqual(parseScenePlan(none).value, []);
    assert.ok(none.startsWith("# mine\n"));
  });

  it("keeps its bytes where nothing changes, and CRLF where something does", () => {
    assert.equal(changeScenes(text, new Map()), text);
    const windows = `\uFEFF${text.replaceAll("\n", "\r\n")}`;
    assert.equal(changeScenes(windows, new Map([["s3", undefined]])), windows.slice(0, windows.indexOf("  - from: s3")));
  });
});

function segmentsOf(texts: Readonly<Record<string, string>>): TimedSegment[] {
  return Object.entries(texts).map(([id, narration], index) => ({ id, start: index, end: index + 1, narration }));
}

function planned(from: string, covered: readonly string[]): Scene {
  const scene = { from, place: "square", time: "dusk", cast: [] };
  const segments = BEFORE.filter(({ id }) => covered.includes(id));
  return { ...scene, generated: { by: "offline", from: hashSceneNarration(segments), text: hashSceneContent(scene) } };
}

function edited(scenes: readonly Scene[], after: readonly TimedSegment[], heirs: Readonly<Record<string, string>> = {}): Map<string, Scene | undefined> {
  const edit: SegmentsEdit = { before: BEFORE, after, heirs: new Map(Object.entries(heirs)) };
  return handOverScenes(scenes, edit);
}
