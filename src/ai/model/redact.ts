/** Makes a text that came from outside fit to be shown or logged. */
export type Cleaner = (text: string) => string;

const MAX_CHARACTERS = 300;

// Servers quote what they were sent, and some quote the header with it.
const SECRET_FORMS: readonly [RegExp, string][] = [
  [/\b(bearer|basic)\s+[^\s"',;]+/gi, "$1 [redacted]"],
  [/\b((?:x-)?api[-_]?key|authorization|x-goog-api-key)(["']?\s*[:=]\s*["']?)(?!bearer|basic)[^\s"',;}]+/gi, "$1$2[redacted]"],
  [/\bsk-[\w-]{8,}/g, "[redacted]"],
];

/** Looser forms would hit words of a story, such as "basic black". */
const CERTAIN_FORMS: readonly [RegExp, string][] = [
  [/\b(bearer|basic)\s+(?=[\w.~+/=-]*\d)[\w.~+/=-]{16,}/gi, "$1 [redacted]"],
  [/\b((?:x-)?api[-_]?key|authorization|x-goog-api-key)(["']?\s*[:=]\s*["']?)(?!bearer|basic)[^\s"',;}]{8,}/gi, "$1$2[redacted]"],
  [/\bsk-[\w-]{8,}/g, "[redacted]"],
];
/** Servers that want no key are given such as `x`; that is no secret, and a letter of many words. */
const SHORTEST_KEY = 4;

/** Takes out the keys in use, and whatever else is one for certain; the rest stays word for word. */
export function createRedactor(keys: readonly string[]): Cleaner {
  const own = keys.filter(({ length }) => length >= SHORTEST_KEY).flatMap((key) => [key, encodeURIComponent(key)]);
  return (text) => {
    let clean = text;
    for (const secret of own) clean = clean.replaceAll(secret, "[redacted]");
    for (const [form, instead] of CERTAIN_FORMS) clean = clean.replace(form, instead);
    return clean;
  };
}

/**
 * One line of at most 300 characters, without control characters, the given key (also as it looks
 * escaped in a URL) or anything else that looks like one.
 */
export function createCleaner(apiKey: string | undefined): Cleaner {
  const own = apiKey ? [apiKey, encodeURIComponent(apiKey)] : [];
  return (text) => {
    // Cut only after the secrets are gone, or half of one could stand at the end.
    let clean = text.slice(0, 100_000);
    for (const secret of own) clean = clean.replaceAll(secret, "[redacted]");
    for (const [form, instead] of SECRET_FORMS) clean = clean.replace(form, instead);
    clean = clean.replace(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim();
    return clean.length > MAX_CHARACTERS ? `${clean.slice(0, MAX_CHARACTERS)}…` : clean;
  };
}
