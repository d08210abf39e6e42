import assert from "node:assert/strict";
import { findProfile, measureLength, PROFILE_IDS, resolveOutputs } from "../../../src/core/outputs.ts";

describe("the outputs", () => {
  it("resolve to their profiles, and leave out those that are unknown", () => {
    const outputs = resolveOutputs({
      constructor: { profile: "general", aspectRatio: "16:9" },
      main: { profile: "constructor", aspectRatio: "16:9" },
      tall: { profile: "veo-3.1", aspectRatio: "9:16" },
    });
    assert.deepEqual(outputs.map(({ name, profile, aspectRatio }) => [name, profile.id, aspectRatio]), [["constructor", "general", "16:9"], ["tall", "veo-3.1", "9:16"]]);
  });

  it("have profiles that say where their facts are from", () => {
    for (const profile of PROFILE_IDS.map((id) => findProfile(id)!)) {
      assert.ok(profile.source && /^\d{4}-\d\d-\d\d$/.test(profile.asOf) && profile.promptLimit.max > 0 && profile.aspectRatios.includes("16:9"));
      assert.equal(profile.order.includes("sound"), profile.sound, profile.id);
    }
  });

  it("are measured as each model counts", () => {
    const text = "größe 😀 x";
    assert.deepEqual((["characters", "utf16", "bytes", "words"] as const).map((unit) => measureLength(text, unit)), [9, 10, 14, 3]);
  });
});
