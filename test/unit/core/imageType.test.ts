import assert from "node:assert/strict";
import * as fc from "fast-check";
import { imageEnding, imageTypeOf } from "../../../src/core/imageType.ts";

const bytes = (...parts: readonly (string | number)[]) =>
  new Uint8Array(parts.flatMap((part) => (typeof part === "number" ? [part] : [...Buffer.from(part, "latin1")])));

describe("the type of an image", () => {
  it("is told by its signature", () => {
    assert.equal(imageTypeOf(bytes(0x89, "PNG\r\n", 0x1a, "\n", 0)), "png");
    assert.equal(imageTypeOf(bytes(0xff, 0xd8, 0xff, 0xe0)), "jpeg");
    assert.equal(imageTypeOf(bytes("RIFF", 1, 2, 3, 4, "WEBP", "V")), "webp");
  });

  it("is unknown for whatever else calls itself one", () => {
    for (const other of [bytes(), bytes("GIF89a"), bytes("<svg/>"), bytes("RIFF", 1, 2, 3, 4, "WAVE"), bytes("\x89PNG\n"), bytes("{}"), bytes(0xff, 0xd8)]) {
      assert.equal(imageTypeOf(other), undefined);
    }
    fc.assert(fc.property(fc.string(), (text) => imageTypeOf(new TextEncoder().encode(text)) === undefined));
  });

  it("has an ending that every program knows", () => {
    assert.deepEqual((["png", "jpeg", "webp"] as const).map(imageEnding), ["png", "jpg", "webp"]);
  });
});
