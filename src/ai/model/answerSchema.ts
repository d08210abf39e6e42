import * as z from "zod";

export type JsonSchema = Readonly<Record<string, unknown>>;

/** A schema as hosts take it; made once per zod schema, so that its bytes are the same in every call. */
export interface AnswerSchema {
  /** For OpenAI's strict mode: closed objects, nothing optional, no length of strings. */
  readonly strict: JsonSchema;
  /** Without whatever some server rejects: `$schema`, patterns, formats, limits, defaults. */
  readonly portable: JsonSchema;
}

// OpenAI's guide to structured outputs lists neither lengths of strings nor defaults as supported.
const NOT_STRICT: ReadonlySet<string> = new Set(["$schema", "minLength", "maxLength", "default"]);
const NOT_PORTABLE: ReadonlySet<string> = new Set([
  ...NOT_STRICT,
  "pattern",
  "format",
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
  "minItems",
  "maxItems",
]);

const made = new WeakMap<z.ZodType, AnswerSchema>();

/** @throws {TypeError} where the schema is no plain object, or has optional or open parts: a bug of ours */
export function answerSchema(schema: z.ZodType): AnswerSchema {
  const known = made.get(schema);
  if (known) return known;
  const json = z.toJSONSchema(schema, { target: "draft-7" }) as JsonSchema;
  if (json["type"] !== "object") throw new TypeError("An answer's schema must be an object.");
  const fresh = { strict: rewrite(json, NOT_STRICT), portable: rewrite(json, NOT_PORTABLE) };
  made.set(schema, fresh);
  return fresh;
}

/** For models that take no schema but read instructions. */
export function inWords(schema: JsonSchema): string {
  return `Answer with one JSON object and nothing else: no explanation, no code fence. It must follow this JSON schema:\n${JSON.stringify(schema)}`;
}

function rewrite(schema: JsonSchema, without: ReadonlySet<string>): JsonSchema {
  const entries = Object.entries(schema).filter(([key]) => !without.has(key));
  const result = Object.fromEntries(entries.map(([key, value]) => rewriteKeyword(key, value, without)));
  if (result["type"] === "object") requireAll(result);
  return result;
}

function rewriteKeyword(key: string, value: unknown, without: ReadonlySet<string>): [string, unknown] {
  const nested = (child: unknown) => (isSchema(child) ? rewrite(child, without) : child);
  switch (key) {
    case "properties":
    case "definitions":
      // The keys are names here, which may be called like a keyword.
      return [key, Object.fromEntries(Object.entries(value as JsonSchema).map(([name, child]) => [name, nested(child)]))];
    case "items":
      return [key, nested(value)];
    // The branches of a discriminated union exclude each other, so `anyOf`, which hosts know, says the same.
    case "oneOf":
    case "anyOf":
      return ["anyOf", (value as unknown[]).map(nested)];
    default:
      return [key, value];
  }
}

function requireAll(schema: Record<string, unknown>): void {
  const names = Object.keys(schema["properties"] ?? {});
  const required = new Set((schema["required"] ?? []) as string[]);
  const optional = names.filter((name) => !required.has(name));
  if (optional.length) throw new TypeError(`An answer's schema must not have optional parts: ${optional.join(", ")}. Make them nullable.`);
  if (schema["additionalProperties"] !== undefined && schema["additionalProperties"] !== false) throw new TypeError("An answer's schema must not be open.");
  schema["additionalProperties"] = false;
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
