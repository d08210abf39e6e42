import assert from "node:assert/strict";
import fc from "fast-check";
import { freeId, slugOf } from "../../../src/core/freeIds.ts";
import { isId } from "../../../src/core/ids.ts";

describe("ids made of names", () => {
  it("are the name in small letters, also from other scripts", () => {
    assert.deepEqual(["Señora Vargas", "Old Town's Square", "Мария", "  "].map(slugOf), ["senora_vargas", "old_towns_square", "mariya", undefined]);
  });

  it("are never taken, and always may be file names", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.uniqueArray(fc.constantFrom<string>("prop", "prop_2", "maria", "con")), (name, taken) => {
        const id = freeId(name, "prop", new Set(taken));
        assert.ok(isId(id) && !taken.includes(id), id);
      }),
    );
  });
});
