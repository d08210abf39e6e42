import assert from "node:assert/strict";
import { msUntilLeft, readBuckets, readRetryAfter, takeFrom } from "../../../../src/ai/model/rateLimits.ts";

const NOW = Date.parse("2026-01-01T00:00:00Z");

describe("rate limits", () => {
  it("are read from headers, in all ways that durations are written", () => {
    const read = (reset: string) => readBuckets(new Headers({ "x-ratelimit-limit-tokens": "1000", "x-ratelimit-remaining-tokens": "250", "x-ratelimit-reset-tokens": reset }), NOW).tokens;
    assert.deepEqual(read("6m0s"), { limit: 1000, remaining: 250, resetMs: 360_000, at: NOW });
    assert.deepEqual(["20ms", "1.5s", "1h2m3s", "7"].map((text) => read(text)?.resetMs), [20, 1500, 3_723_000, 7000]);
    assert.deepEqual(["soon", "", "-1s"].map(read), [undefined, undefined, undefined]);
    assert.deepEqual(readBuckets(new Headers(), NOW), {});
  });

  it("are waited for only as long as is needed, and not at all where waiting is in vain", () => {
    const bucket = { limit: 1000, remaining: 0, resetMs: 10_000, at: NOW };
    assert.equal(msUntilLeft(bucket, 500, NOW), 5000);
    assert.equal(msUntilLeft(bucket, 500, NOW + 4000), 1000);
    assert.equal(msUntilLeft(bucket, 500, NOW + 60_000), 0);
    assert.equal(msUntilLeft(bucket, 1001, NOW), 0);
  });

  it("count what calls under way have taken already", () => {
    const bucket = takeFrom({ limit: 1000, remaining: 800, resetMs: 2000, at: NOW }, 700, NOW);
    assert.equal(bucket.remaining, 100);
    assert.equal(msUntilLeft(bucket, 600, NOW), 5000);
  });

  it("know Retry-After in milliseconds, seconds and as a date", () => {
    const read = (headers: Record<string, string>) => readRetryAfter(new Headers(headers), NOW);
    assert.equal(read({ "retry-after-ms": "1250", "retry-after": "9" }), 1250);
    assert.equal(read({ "retry-after": "2.5" }), 2500);
    assert.equal(read({ "retry-after": "Thu, 01 Jan 2026 00:00:30 GMT" }), 30_000);
    assert.equal(read({ "retry-after": "Wed, 31 Dec 2025 23:00:00 GMT" }), 0);
    assert.equal(read({ "retry-after": "later" }), undefined);
    assert.equal(read({}), undefined);
  });
});
