import assert from "node:assert/strict";
import { cacheFile } from "../../../src/cli/cacheFile.ts";

describe("the user's cache folder", () => {
  it("is where each system has it", () => {
    const home = { HOME: "/home/maria" };
    assert.equal(cacheFile("a.json", home, "linux"), "/home/maria/.cache/story-director/a.json");
    assert.equal(cacheFile("a.json", { ...home, XDG_CACHE_HOME: "/cache" }, "linux"), "/cache/story-director/a.json");
    assert.equal(cacheFile("a.json", { ...home, XDG_CACHE_HOME: "cache" }, "linux"), "/home/maria/.cache/story-director/a.json");
    assert.equal(cacheFile("a.json", { HOME: "/Users/maria", XDG_CACHE_HOME: "/cache" }, "darwin"), "/Users/maria/Library/Caches/story-director/a.json");
    assert.equal(cacheFile("a.json", { LOCALAPPDATA: "C:\\Users\\maria\\AppData\\Local" }, "win32"), "C:\\Users\\maria\\AppData\\Local\\story-director\\a.json");
  });

  it("is nowhere where the system does not say", () => {
    for (const platform of ["linux", "darwin", "win32"] as const) assert.equal(cacheFile("a.json", {}, platform), undefined);
    assert.equal(cacheFile("a.json", { HOME: "." }, "linux"), undefined);
  });
});
