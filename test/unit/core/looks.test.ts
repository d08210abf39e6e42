import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseStyle } from "../../../src/core/documents/styleDocument.ts";
import { isId } from "../../../src/core/ids.ts";
import { findLook, LOOK_PRESETS } from "../../../src/core/looks.ts";

describe("the looks to start from", () => {
  it("have a picture each, and a name of their own", () => {
    for (const { id } of LOOK_PRESETS) {
      assert.ok(isId(id), id);
      assert.ok(existsSync(fileURLToPath(new URL(`../../../media/looks/${id}.svg`, import.meta.url))), id);
      assert.equal(findLook(id)?.id, id);
    }
    assert.equal(new Set(LOOK_PRESETS.map(({ name }) => name)).size, LOOK_PRESETS.length);
    assert.equal(findLook("none"), undefined);
  });

  it("are styles without named looks, that say what to avoid and are short enough to send along", () => {
    for (const { id, text } of LOOK_PRESETS) {
      const style = parseStyle(text);
      assert.equal(style.looks.size, 0, id);
      assert.match(style.text, /^[^\n-].*\n\n- .*[\s\S]*- Avoid: .*readable text\.$/, id);
      assert.ok(text.length < 1200, id);
    }
  });
});
