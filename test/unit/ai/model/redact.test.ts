import assert from "node:assert/strict";
import fc from "fast-check";
import { createRedactor } from "../../../../src/ai/model/redact.ts";

describe("what is kept of a failure", () => {
  it("never holds a key in use, also as a URL writes it", () => {
    const key = fc.string({ minLength: 4, unit: fc.constantFrom("a", "b", "/", "+", "=", "%", "-", "_", "1", ".") });
    fc.assert(
      fc.property(key, fc.string(), fc.string(), (secret, before, after) => {
        const clean = createRedactor([secret])(`${before}${secret} ${encodeURIComponent(secret)}${after}`);
        assert.ok(!clean.replaceAll("[redacted]", "\0").includes(secret), clean);
      }),
    );
  });

  it("holds nothing else that is a key for certain", () => {
    const redact = createRedactor([]);
    assert.equal(redact("authorization: Bearer abcdef0123456789xyz"), "authorization: Bearer [redacted]");
    assert.equal(redact('{"api_key":"0123456789ab"} sk-proj-0123456789_abc'), '{"api_key":"[redacted]"} [redacted]');
  });

  it("is the story's own words otherwise", () => {
    const story = "The standard bearer wore basic black; x marks the spot.\n\n  The risk-taker's ask-me face.";
    assert.equal(createRedactor(["x", ""])(story), story);
  });
});
