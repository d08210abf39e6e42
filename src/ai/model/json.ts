/** Reading JSON of servers that nobody can vouch for: whatever is not as expected is undefined. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function objectIn(value: unknown, key?: string): JsonObject | undefined {
  const found = key === undefined ? value : objectIn(value)?.[key];
  return typeof found === "object" && found !== null && !Array.isArray(found) ? (found as JsonObject) : undefined;
}

export function listIn(value: unknown, key: string): readonly unknown[] {
  const found = objectIn(value)?.[key];
  return Array.isArray(found) ? found : [];
}

/** Undefined for the empty string, too. */
export function textIn(value: unknown, key: string): string | undefined {
  const found = objectIn(value)?.[key];
  return typeof found === "string" && found !== "" ? found : undefined;
}

export function numberIn(value: unknown, key: string): number | undefined {
  const found = objectIn(value)?.[key];
  return typeof found === "number" && Number.isFinite(found) ? found : undefined;
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
