import assert from "node:assert/strict";
import * as fc from "fast-check";
import { formatExactTime, formatTenths, formatTime, parseTime } from "../../../src/core/times.ts";

describe("a time that a person writes", () => {
  it("has minutes and seconds, hours too, or seconds alone", () => {
    for (const [text, seconds] of [["1:23.4", 83.4], ["83.4", 83.4], ["83,4 s", 83.4], [" 83s ", 83], ["0:05", 5], ["90:00", 5400], ["1:02:03.125", 3723.125], ["5.", 5], ["0.0004", 0]] as const) {
      assert.equal(parseTime(text), seconds, text);
    }
  });

  it("is refused where it is none", () => {
    for (const text of ["", "soon", "-3", "1:60", "1:61:00", "1:2:3:4", ".5", "1e3", "1:-2", "3 m", "NaN"]) assert.equal(parseTime(text), undefined, text);
  });

  it("is read back as it was shown", () => {
    fc.assert(fc.property(fc.nat(20 * 3_600_000), (ms) => assert.equal(parseTime(formatExactTime(ms / 1000)), ms / 1000)));
  });

  it("is shown as exact as it is", () => {
    for (const [seconds, text] of [[0, "0:00.0"], [5.542, "0:05.542"], [55.4, "0:55.4"], [83.45, "1:23.45"], [59.9996, "1:00.0"], [3723.125, "1:02:03.125"]] as const) assert.equal(formatExactTime(seconds), text);
    assert.deepEqual([0, 5.9, 55.9, 4.9996, 61, 725, 3725].map(formatTime), ["0:00", "0:05", "0:55", "0:05", "1:01", "12:05", "1:02:05"]);
    assert.equal(formatTenths(59.96), "1:00.0");
    assert.equal(formatTenths(5.542), "0:05.5");
  });
});
