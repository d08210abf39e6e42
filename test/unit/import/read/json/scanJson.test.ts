import assert from "node:assert/strict";
import * as fc from "fast-check";
import { scanJson } from "../../../../../src/import/read/json/scanJson.ts";

describe("the walk through JSON", () => {
  it("agrees with JSON.parse about what is JSON", () => {
    const mutated = fc.tuple(fc.json(), fc.nat(), fc.constantFrom("", ",", "}", '"', "\\", "1", "x", " ", "[", ":")).map(([text, at, insert]) => text.slice(0, at % (text.length + 1)) + insert + text.slice((at % (text.length + 1)) + (at % 2)));
    fc.assert(
      fc.property(fc.oneof(fc.json(), mutated), (text) => {
        const scan = scanJson(text);
        assert.equal(scan.fault === undefined, isJson(scan.text), text);
        if (!scan.isMended) assert.equal(scan.text, text);
      }),
      { numRuns: 1000 },
    );
  });

  it("finds every value at its offset", () => {
    fc.assert(
      fc.property(fc.array(fc.record({ a: fc.jsonValue({ maxDepth: 2 }) })), (items) => {
        const text = JSON.stringify({ before: [1], list: items }, undefined, 1);
        const { places } = scanJson(text, { deepest: 2, wants: (path) => path.length === 2 && path[0] === "list" });
        assert.deepEqual(places.map(({ path }) => path), items.map((_, index) => ["list", index]));
        assert.ok(places.every(({ offset }) => text[offset] === "{"));
      }),
    );
  });

  it("survives nesting without end", () => {
    assert.equal(scanJson("[".repeat(500_000)).fault!.message, "the JSON breaks off before its end");
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
