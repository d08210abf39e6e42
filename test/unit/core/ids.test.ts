import assert from "node:assert/strict";
import * as fc from "fast-check";
import { isId } from "../../../src/core/ids.ts";
import { assetPath, kindOf, segmentPath, storyPaths } from "../../../src/core/storyFolder.ts";
import { ids } from "./arbitraries.ts";

const HOSTILE = [
  "",
  ".",
  "..",
  "../x",
  "a/b",
  "a\\b",
  "a:b",
  "a.b",
  "nul.md",
  "x.",
  "x ",
  " x",
  "x\n",
  "x\0",
  "Maria",
  "maría",
  "ⅷ",
  "-x",
  "_x",
  "__proto__",
  "a%2fb",
  "a".repeat(64),
].concat("con", "prn", "aux", "nul", "com0", "com1", "com9", "lpt0", "lpt9");

describe("an id", () => {
  it("is a name that every file system can hold", () => {
    assert.deepEqual(HOSTILE.filter(isId), []);
    const legal = ["a", "0", "segment_12b", "a-b_c", "a".repeat(63), "constructor", "com", "com10", "console", "nullo"];
    assert.deepEqual(legal.filter(isId), legal);
  });
});

describe("a path in a story's folder", () => {
  it("is made of ids only", () => {
    for (const name of HOSTILE) {
      assert.throws(() => segmentPath(name), RangeError);
      assert.throws(() => assetPath(name), RangeError);
    }
  });

  it("says what stands there", () => {
    fc.assert(
      fc.property(ids, (id) => {
        assert.deepEqual(kindOf(assetPath(id)), { kind: "asset", id });
        assert.deepEqual(kindOf(segmentPath(id)), { kind: "segment", id });
      }),
    );
    const kinds = [storyPaths.story, storyPaths.style, storyPaths.narration, storyPaths.research, storyPaths.timingMap, storyPaths.scenePlan].map((path) => kindOf(path)?.kind);
    assert.deepEqual(kinds, ["story", "style", "narration", "research", "timing-map", "scene-plan"]);
  });

  it("means nothing where it is none of a story's", () => {
    const others = ["", "Story.yaml", "./story.yaml", "segments", "segments/", "segments/.md", "segments/a.txt", "segments/a.md.tmp", "segments/x/a.md", "../segments/a.md", "/segments/a.md", "segments\\a.md", storyPaths.lock, "assets/maria.png"];
    assert.deepEqual(others.filter((path) => kindOf(path) !== undefined), []);
    assert.deepEqual(HOSTILE.filter((name) => kindOf(`segments/${name}.md`) !== undefined), []);
  });
});
