import assert from "node:assert/strict";
import { z } from "zod";
import { answerSchema } from "../../../../src/ai/model/answerSchema.ts";

const draft = z.strictObject({
  id: z.string().min(1).max(60),
  format: z.enum(["a", "b"]),
  seconds: z.int().min(1).nullable(),
  look: z.discriminatedUnion("kind", [z.strictObject({ kind: z.literal("old") }), z.object({ kind: z.literal("new"), tag: z.string().regex(/^@/) })]),
});

describe("the schema of an answer", () => {
  const { strict, portable } = answerSchema(z.strictObject({ segments: z.array(draft).min(1) }));

  it("closes every object, requires every part and says anyOf for OpenAI", () => {
    assert.deepEqual(strict, {
      type: "object",
      properties: {
        segments: {
          minItems: 1,
          type: "array",
          items: {
            type: "object",
            properties: {
              id: { type: "string" },
              format: { type: "string", enum: ["a", "b"] },
              seconds: { anyOf: [{ type: "integer", minimum: 1, maximum: Number.MAX_SAFE_INTEGER }, { type: "null" }] },
              look: {
                anyOf: [
                  { type: "object", properties: { kind: { type: "string", const: "old" } }, required: ["kind"], additionalProperties: false },
                  { type: "object", properties: { kind: { type: "string", const: "new" }, tag: { type: "string", pattern: "^@" } }, required: ["kind", "tag"], additionalProperties: false },
                ],
              },
            },
            required: ["id", "format", "seconds", "look"],
            additionalProperties: false,
          },
        },
      },
      required: ["segments"],
      additionalProperties: false,
    });
  });

  it("leaves out for other servers what some reject, but no property that is called like it", () => {
    const text = JSON.stringify(portable);
    assert.doesNotMatch(text, /\$schema|"(?:pattern|minItems|minLength|maxLength|minimum|maximum|default)"/);
    assert.match(text, /"format":\{"type":"string","enum":\["a","b"\]\}/);
  });

  it("is the same object for the same schema, byte for byte", () => {
    const schema = z.strictObject({ a: z.string() });
    assert.equal(answerSchema(schema), answerSchema(schema));
    assert.equal(JSON.stringify(answerSchema(schema)), JSON.stringify(answerSchema(z.strictObject({ a: z.string() }))));
  });

  it("refuses what strict mode cannot hold: a bug of ours, found at the first call", () => {
    assert.throws(() => answerSchema(z.array(z.string())), /must be an object/);
    assert.throws(() => answerSchema(z.strictObject({ a: z.strictObject({ b: z.string().optional() }) })), /optional parts: b/);
    assert.throws(() => answerSchema(z.looseObject({ a: z.string() })), /open/);
  });
});
