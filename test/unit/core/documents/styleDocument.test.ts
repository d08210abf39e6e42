import assert from "node:assert/strict";
import { parseStyle } from "../../../../src/core/documents/styleDocument.ts";

describe("style.md", () => {
  it("is the text outside its named looks", () => {
    const style = parseStyle("# Style\n\nWarm film.\n\n## Night\n\nBlue, grain.\n\n##  Old   Days \r\nsepia\n");
    assert.equal(style.text, "# Style\n\nWarm film.");
    assert.deepEqual([...style.looks], [["Night", "Blue, grain."], ["Old Days", "sepia"]]);
  });

  it("may be any text, one that begins with a rule included", () => {
    assert.equal(parseStyle("").text, "");
    assert.equal(parseStyle("---\n\nWarm film.\n").text, "---\n\nWarm film.");
    assert.equal(parseStyle("\uFEFFWarm film.\r\nGrain.\r\n").text, "Warm film.\nGrain.");
  });
});
