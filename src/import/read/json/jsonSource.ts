import * as z from "zod";
import { positionAt } from "../../../core/documents/source.ts";
import type { Problem } from "../../../core/problem.ts";
import { errorIn, lineCounter, warningIn, type SourceText } from "../sourceText.ts";
import { scanJson, type JsonPath } from "./scanJson.ts";

/** JSON that was read, with the lines of its parts for those who ask. */
export interface JsonSource {
  readonly name: string;
  readonly data: unknown;
  readonly problems: readonly Problem[];
  /** Zero-based lines of the items of the list at a path, found in one walk. */
  readonly linesOf: (list: JsonPath) => readonly number[];
  /** The line of the value at a path or, where nothing stands there, of its nearest parent. */
  readonly lineAt: (path: JsonPath) => number | undefined;
}

export function parseJson({ name, text }: SourceText): JsonSource {
  const lists = new Map<string, readonly number[]>();
  const source = { name, linesOf: (list: JsonPath) => memo(lists, list, text), lineAt: (path: JsonPath) => lineAt(text, path) };
  try {
    return { ...source, data: JSON.parse(text), problems: [] };
  } catch {
    return { ...source, ...mend({ name, text }) };
  }
}

/** What programs write that is nearly JSON is read, and said. */
function mend({ name, text }: SourceText): Pick<JsonSource, "data" | "problems"> {
  const scan = scanJson(text);
  if (scan.fault) {
    const place = positionAt(text, Math.min(scan.fault.offset, text.trimEnd().length));
    const hint = "Export the transcript again; a file that breaks off was not written or copied to its end.";
    return { data: undefined, problems: [errorIn(name, { code: "not-json", message: `this is not valid JSON: ${scan.fault.message}`, hint, ...place })] };
  }
  try {
    const message = "control characters or numbers that JSON does not know (NaN) were read as blanks and as nothing";
    return { data: JSON.parse(scan.text), problems: scan.isMended ? [warningIn(name, { code: "mended-json", message })] : [] };
  } catch {
    return { data: undefined, problems: [errorIn(name, { code: "not-json", message: "this is not valid JSON", hint: "Export the transcript again." })] };
  }
}

function memo(lists: Map<string, readonly number[]>, list: JsonPath, text: string): readonly number[] {
  const key = JSON.stringify(list);
  const known = lists.get(key);
  if (known) return known;
  const isItem = (path: JsonPath) => path.length === list.length + 1 && list.every((part, index) => part === path[index]);
  const lineOf = lineCounter(text);
  const lines = scanJson(text, { wants: isItem, deepest: list.length + 1 }).places.map(({ offset }) => lineOf(offset));
  lists.set(key, lines);
  return lines;
}

function lineAt(text: string, path: JsonPath): number | undefined {
  const isOnTheWay = (found: JsonPath) => found.length <= path.length && found.every((part, index) => part === path[index]);
  const offset = scanJson(text, { wants: isOnTheWay, deepest: path.length }).places.toSorted((a, b) => b.path.length - a.path.length)[0]?.offset;
  return offset === undefined ? undefined : lineCounter(text)(offset);
}

/** How many wrong values of one file are listed. */
const MOST_ISSUES = 10;

/** The data in the shape of a format, or what is wrong with it, each at its line. */
export function shapeOf<T>(schema: z.ZodType<T>, source: JsonSource, format: string): { readonly value: T } | { readonly problems: readonly Problem[] } {
  const result = schema.safeParse(source.data);
  if (result.success) return { value: result.data };
  const problems = result.error.issues.slice(0, MOST_ISSUES).map((issue) => {
    const path = issue.path.filter((part) => typeof part !== "symbol");
    return errorIn(source.name, {
      code: "wrong-shape",
      message: `this looks like ${format}, but ${path.length ? path.join(".") : "its top"} is wrong: ${issue.message}`,
      hint: "Export the transcript again, or mend the value.",
      line: source.lineAt(path),
    });
  });
  return { problems };
}
