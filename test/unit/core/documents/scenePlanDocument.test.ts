import assert from "node:assert/strict";
import * as fc from "fast-check";
import { formatScenePlan, hashSceneContent, isSceneTouched, parseScenePlan, type Scene } from "../../../../src/core/documents/scenePlanDocument.ts";
import { scenePlans } from "../arbitraries.ts";

describe("a scene plan's document", () => {
  it("reads what it wrote", () => {
    fc.assert(fc.property(scenePlans, (scenes) => assert.deepEqual(read(formatScenePlan(scenes)), trimmed(scenes))));
  });

  it("keeps lines of nothing but blanks in a text", () => {
    for (const note of ["  \n", "\n  ", " ", "a\n  \nb", "  a\n\n b  \n"]) {
      const scenes: Scene[] = [{ from: "a", place: "b", time: "c", cast: [], note }];
      assert.deepEqual(read(formatScenePlan(scenes)), scenes);
    }
  });

  it("says the new plan, whatever stood there, and keeps CRLF and the byte order mark", () => {
    fc.assert(
      fc.property(scenePlans, scenePlans, (before, after) => {
        const text = `\uFEFF${formatScenePlan(before).replaceAll("\n", "\r\n")}`;
        const written = formatScenePlan(after, text);
        assert.deepEqual(read(written), trimmed(after));
        assert.ok(written.startsWith("\uFEFF"));
        assert.equal(written.replaceAll("\r\n", "").includes("\n"), false);
        assert.equal(formatScenePlan(after, written), written);
      }),
    );
  });

  it("is given back byte for byte where nothing changed", () => {
    for (const text of [PERSONAL, PERSONAL.trimEnd(), PERSONAL.replaceAll("\n", "\r\n"), `\uFEFF${PERSONAL}`]) {
      assert.equal(formatScenePlan(read(text), text), text);
    }
  });

  it("keeps comments, unknown keys and the scenes that did not change", () => {
    const scenes = read(PERSONAL);
    const fresh: Scene = { from: "segment_3", place: "harbour", time: "dawn", cast: ["maria"] };
    const written = formatScenePlan([{ ...scenes[0]!, time: "noon" }, fresh, scenes[1]!], PERSONAL);
    assert.equal(
      written,
      PERSONAL.replace("time: dusk # late", "time: noon # late").replace(
        "  # the end\n",
        "  - from: segment_3\n    place: harbour\n    time: dawn\n    cast: [ maria ]\n  # the end\n",
      ).replace("# over", "\n# over"),
    );
  });

  it("takes out a scene that is no longer planned", () => {
    const [, last] = read(PERSONAL);
    const written = formatScenePlan([last!], PERSONAL);
    assert.deepEqual(read(written), [last]);
    assert.ok(written.includes("weather: rain") && written.startsWith("# my plan\nauthor: me\n"));
  });

  it("knows a scene that a person changed or wrote", () => {
    const scene: Scene = { from: "a", place: "b", time: "dusk", cast: [] };
    const generated = { by: "offline", from: "00000000", text: hashSceneContent(scene) };
    assert.equal(isSceneTouched(scene), true);
    assert.equal(isSceneTouched({ ...scene, generated }), false);
    for (const change of [{ from: "z" }, { place: "z" }, { time: "z" }, { cast: ["z"] }, { look: "z" }, { note: "z" }]) {
      assert.equal(isSceneTouched({ ...scene, generated, ...change }), true, JSON.stringify(change));
    }
    assert.equal(isSceneTouched({ ...scene, time: " dusk ", generated }), false);
  });

  it("is empty where there is nothing to read", () => {
    assert.deepEqual(read(""), []);
    assert.deepEqual(read("# to be written\n"), []);
  });

  it("reports a mistake with its line", () => {
    const { value, problems } = parseScenePlan("scenes:\n  - from: segment_1\n    place: Old Square\n    time: dusk\n  - from: segment_2\n");
    assert.equal(value, undefined);
    assert.deepEqual(problems.map(({ file, range, message }) => [file, range?.start.line, message.split(":")[0]]), [
      ["scene-plan.yaml", 2, "scenes.0.place"],
      ["scene-plan.yaml", 4, "scenes.1.place"],
      ["scene-plan.yaml", 4, "scenes.1.time"],
    ]);
  });
});

const PERSONAL = `# my plan
author: me
scenes:
  # the start
  - from: segment_1
    place: old_square
    time: dusk # late
    weather: rain
    cast: [ maria/old ]
  # the end
  - from: segment_9
    place: old_square
    time: "night"
    weather: rain
    look: Night
# over
`;

function read(text: string): readonly Scene[] {
  const { value, problems } = parseScenePlan(text);
  assert.deepEqual(problems, []);
  return value!;
}

function trimmed(scenes: readonly Scene[]): Scene[] {
  return scenes.map((scene) => ({ ...scene, time: scene.time.trim() }));
}
