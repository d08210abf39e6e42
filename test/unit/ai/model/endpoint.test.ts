import assert from "node:assert/strict";
import { parseEndpoint } from "../../../../src/ai/model/endpoint.ts";
import { StoryDirectorError } from "../../../../src/core/errors.ts";

const NORMAL: readonly (readonly [written: string, baseUrl: string])[] = [
  ["https://api.openai.com/v1", "https://api.openai.com/v1"],
  ["https://api.openai.com", "https://api.openai.com/v1"],
  ["https://api.openai.com/", "https://api.openai.com/v1"],
  ["  https://api.openai.com/v1///  ", "https://api.openai.com/v1"],
  ["https://api.openai.com/v1/chat/completions", "https://api.openai.com/v1"],
  ["https://api.openai.com/v1/responses/", "https://api.openai.com/v1"],
  ["https://api.openai.com/v1/models", "https://api.openai.com/v1"],
  ["https://api.perplexity.ai/chat/completions", "https://api.perplexity.ai"],
  ["http://localhost:11434", "http://localhost:11434/v1"],
  ["localhost:11434", "http://localhost:11434/v1"],
  ["127.0.0.1:1234/v1", "http://127.0.0.1:1234/v1"],
  ["http://[::1]:8080", "http://[::1]:8080/v1"],
  ["openrouter.ai/api", "https://openrouter.ai/api/v1"],
  ["https://generativelanguage.googleapis.com/v1beta/openai/", "https://generativelanguage.googleapis.com/v1beta/openai"],
  ["https://mine.openai.azure.com", "https://mine.openai.azure.com/openai/v1"],
  ["https://mine.openai.azure.com/openai", "https://mine.openai.azure.com/openai/v1"],
  ["HTTPS://API.OpenAI.com:443/v1", "https://api.openai.com/v1"],
];

const REFUSED: readonly (readonly [written: string, because: RegExp])[] = [
  ["", /is not an address/],
  ["https://", /is not an address/],
  ["http://example.com/v1", /unencrypted/],
  ["http://192.168.1.20:11434", /unencrypted/],
  ["http://0.0.0.0:8000", /unencrypted/],
  ["http://127.evil.example/v1", /unencrypted/],
  ["http://localhost.evil.example/v1", /unencrypted/],
  ["https://user:pass-word@api.example.com/v1", /user name or password/],
  ["https://name@api.example.com/v1", /user name or password/],
  ["https://api.example.com/v1#frag", /fragment/],
  ["https://api.example.com/v1?key=pass-word", /query/],
  ["ftp://example.com", /begins with ftp/],
  ["file:///etc/passwd", /begins with file/],
  ["https://169.254.169.254/latest", /169\.254\.169\.254/],
  ["https://2852039166/v1", /169\.254\.169\.254/],
  ["https://[::ffff:169.254.169.254]/v1", /a9fe/],
  ["https://[fe80::1]/v1", /fe80/],
  ["https://[febf::1]/v1", /febf/],
  ["https://metadata.google.internal/v1", /metadata/],
  ["https://METADATA.google.internal./v1", /metadata/],
  ["https://100.100.100.200/v1", /100\.100/],
  ["https://[fd00:ec2::254]/v1", /fd00/],
];

describe("the base URL of a model", () => {
  for (const [written, baseUrl] of NORMAL) {
    it(`reads ${JSON.stringify(written)} as ${baseUrl}`, () => {
      const endpoint = parseEndpoint(written);
      assert.equal(endpoint.baseUrl, baseUrl);
      assert.equal(endpoint.origin, new URL(baseUrl).origin);
    });
  }

  for (const [written, because] of REFUSED) {
    it(`refuses ${JSON.stringify(written)} with a sentence and a way out`, () => {
      assert.throws(
        () => parseEndpoint(written),
        (error) => error instanceof StoryDirectorError && because.test(error.message) && Boolean(error.hint) && !`${error.message}${error.hint}`.includes("pass-word"),
      );
    });
  }

  it("knows which hosts are OpenAI's own, and does not take look-alikes for it", () => {
    assert.equal(parseEndpoint("https://api.openai.com").kind, "openai");
    assert.equal(parseEndpoint("https://eu.api.openai.com/v1").kind, "openai");
    assert.equal(parseEndpoint("https://api.openai.com.example.com").kind, "other");
    assert.equal(parseEndpoint("https://fake-api.openai.com").kind, "other");
    assert.equal(parseEndpoint("https://mine.openai.azure.com").kind, "azure");
  });

  it("begins with chat where /responses is known to forget the schema", () => {
    assert.equal(parseEndpoint("localhost:11434").firstStep, "chat");
    assert.equal(parseEndpoint("localhost:1234").firstStep, "responses");
    assert.equal(parseEndpoint("https://openrouter.ai/api/v1").firstStep, "chat");
    assert.equal(parseEndpoint("https://generativelanguage.googleapis.com/v1beta/openai").firstStep, "chat");
  });
});
