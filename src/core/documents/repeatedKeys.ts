import type { SourceRange } from "../problem.ts";

/** A key of a JSON object that the object has already. */
export interface RepeatedKey {
  readonly key: string;
  /** Where it stands again, with its quotes. */
  readonly range: SourceRange;
  /** Where it stood first; lines count from 0. */
  readonly firstLine: number;
}

const [LINE_FEED, QUOTE, BACKSLASH, OPEN, CLOSE] = ["\n", '"', "\\", "{", "}"].map((character) => character.charCodeAt(0));

/**
 * What JSON.parse passes over in silence, keeping the last. Takes a text that JSON.parse has read:
 * there it is enough to look at strings and braces, which costs about as much as reading did.
 */
export function repeatedKeys(text: string): RepeatedKey[] {
  const found: RepeatedKey[] = [];
  /** Of the objects that are open: the line of each key. */
  const objects: Map<string, number>[] = [];
  let line = 0;
  let lineStart = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === LINE_FEED) [line, lineStart] = [line + 1, at + 1];
    else if (code === OPEN) objects.push(new Map());
    else if (code === CLOSE) objects.pop();
    else if (code === QUOTE) {
      const start = at;
      at = closingQuote(text, start);
      if (!isKey(text, at + 1)) continue;
      const key = spelled(text.slice(start + 1, at));
      const lines = objects.at(-1)!;
      const firstLine = lines.get(key);
      if (firstLine === undefined) lines.set(key, line);
      else found.push({ key, firstLine, range: { start: { line, character: start - lineStart }, end: { line, character: at + 1 - lineStart } } });
    }
  }
  return found;
}

function closingQuote(text: string, openingQuote: number): number {
  let at = text.indexOf('"', openingQuote + 1);
  while (isEscaped(text, at)) at = text.indexOf('"', at + 1);
  return at;
}

/** Behind an odd number of backslashes. */
function isEscaped(text: string, at: number): boolean {
  let first = at;
  while (text.charCodeAt(first - 1) === BACKSLASH) first--;
  return (at - first) % 2 === 1;
}

/** Of all strings only keys stand before a colon. */
function isKey(text: string, after: number): boolean {
  let at = after;
  while (" \n\t\r".includes(text[at] ?? "x")) at++;
  return text[at] === ":";
}

/** `\u0061` is an a. */
function spelled(source: string): string {
  return source.includes("\\") ? (JSON.parse(`"${source}"`) as string) : source;
}
