import assert from "node:assert/strict";
import fc from "fast-check";
import { formatExact, formatMark, parseTime } from "../../../../src/webview/newStory/clock.ts";

describe("the times of the form", () => {
  it("are read as they are written", () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 400_000_000 }), (milliseconds) => {
      assert.ok(Math.abs(parseTime(formatExact(milliseconds / 1000))! - milliseconds / 1000) < 1e-6);
    }));
  });

  it("are written with hours only where there are some", () => {
    assert.deepEqual([formatExact(4.25), formatExact(59.9996), formatExact(3725)], ["0:04.250", "1:00.000", "1:02:05.000"]);
    assert.deepEqual([formatMark(0), formatMark(65), formatMark(3600)], ["0:00", "1:05", "1:00:00"]);
  });

  it("are read from seconds, and with a comma", () => {
    assert.deepEqual(["4", " 4,25 ", "75", "1:02.5", "1:02:05"].map(parseTime), [4, 4.25, 75, 62.5, 3725]);
  });

  it("are no times where something else is written", () => {
    for (const text of ["", "soon", "-4", "1:2:3:4", "4s", "1e3"]) assert.equal(parseTime(text), undefined, text);
  });
});
