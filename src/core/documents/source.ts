import { isNode, parseDocument, stringify, visit, type Document, type Node } from "yaml";
import * as z from "zod";
import type { Position, Problem, SourceRange } from "../problem.ts";
import { repeatedKeys, type RepeatedKey } from "./repeatedKeys.ts";

/** Where a key or item stands in a document: `["scenes", 2, "place"]`. */
export type Path = readonly (string | number)[];

/** What every parser of a document gives: a value unless there are errors, and every finding. */
export interface Parsed<T> {
  readonly value: T | undefined;
  readonly problems: readonly Problem[];
  /** The range of what stands at the path or, where nothing does, of the nearest parent. */
  readonly rangeOf: (path: Path) => SourceRange | undefined;
}

/** A YAML (or JSON) text that has been read: plain data, and ranges for those who ask. */
export interface DataSource {
  readonly data: unknown;
  readonly problems: readonly Problem[];
  /** The range of what stands at the path or, where nothing does, of the nearest parent. */
  readonly rangeOf: (path: Path) => SourceRange | undefined;
}

/** Where a piece of text stands in its file: the line it starts on, from 0. */
export interface Placement {
  readonly file: string;
  readonly firstLine?: number;
}

export function positionAt(text: string, offset: number, firstLine = 0): Position {
  const before = text.slice(0, offset);
  const lastBreak = before.lastIndexOf("\n");
  let line = firstLine;
  for (let at = before.indexOf("\n"); at >= 0; at = before.indexOf("\n", at + 1)) line++;
  return { line, character: offset - lastBreak - 1 };
}

export function wholeLine(line: number, length = 0): SourceRange {
  return { start: { line, character: 0 }, end: { line, character: length } };
}

export function withoutByteOrderMark(text: string): string {
  return text.startsWith("\uFEFF") ? text.slice(1) : text;
}

export function readYaml(text: string, placement: Placement): DataSource {
  return dataSource(parseYaml(text), text, placement);
}

/** Comments, order and unknown keys survive edits made through the document that this returns. */
export function parseYaml(text: string): Document.Parsed {
  return parseDocument(text, { prettyErrors: false });
}

/**
 * Reads JSON with JSON.parse; the slower reader that knows places runs only when somebody asks
 * for one (every JSON text is YAML too).
 */
export function readJson(text: string, placement: Placement): DataSource {
  let source: DataSource | undefined;
  const located = () => (source ??= readYaml(text, placement));
  try {
    const data: unknown = JSON.parse(text);
    const problems = repeatedKeys(text).map((repeated) => repeatedKeyProblem(repeated, placement));
    return { data: problems.length ? undefined : data, problems, rangeOf: (path) => located().rangeOf(path) };
  } catch (error) {
    const message = `not JSON: ${(error as Error).message}`;
    const start = jsonErrorOffset(text, message);
    const place = start === undefined ? undefined : positionAt(text, start);
    const range = place ? { start: place, end: place } : (located().problems[0]?.range ?? wholeLine(0));
    const hint = "Mend the text at this place; commas, quotes and brackets are the usual suspects.";
    const problem: Problem = { severity: "error", code: "not-json", message, hint, file: placement.file, range };
    return { data: undefined, problems: [problem], rangeOf: () => undefined };
  }
}

function repeatedKeyProblem({ key, range, firstLine }: RepeatedKey, { file }: Placement): Problem {
  const place = firstLine === range.start.line ? "earlier on this line" : `on line ${firstLine + 1}`;
  const message = `the key ${JSON.stringify(key)} stands twice in one object, first ${place}`;
  return { severity: "error", code: "repeated-key", message, hint: "Keep one of the two: only one of the values can count.", file, range };
}

/** V8 names the place by its offset, or by ten characters on each side of it, or as the end of the text. */
function jsonErrorOffset(text: string, message: string): number | undefined {
  const offset = /at position (\d+)/.exec(message)?.[1];
  if (offset !== undefined) return Number(offset);
  if (message.includes("end of JSON input")) return text.length;
  const excerpt = /\.\.\."([\s\S]+)"(?:\.\.\.)? is not valid JSON$/.exec(message)?.[1];
  const start = excerpt === undefined ? -1 : text.indexOf(excerpt);
  return start < 0 ? undefined : start + 10;
}

function dataSource(document: Document.Parsed, text: string, placement: Placement): DataSource {
  const { file, firstLine = 0 } = placement;
  const range = (start: number, end: number): SourceRange => ({
    start: positionAt(text, start, firstLine),
    end: positionAt(text, end, firstLine),
  });
  // After the first mistake the reader is out of step, and most of what follows is noise.
  const errors = document.errors.filter(({ code }, index) => index === 0 || code === "DUPLICATE_KEY");
  const problems = errors.map((error): Problem => ({
    severity: "error",
    code: "not-yaml",
    message: `not YAML: ${error.message}`,
    hint: "Mend the text at this place; a text with `: ` or a leading special character needs quotes.",
    file,
    range: range(error.pos[0], error.pos[1]),
  }));
  const rangeOf = (path: Path): SourceRange | undefined => {
    for (let length = path.length; length > 0; length--) {
      const node = document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return range(node.range[0], node.range[1]);
    }
    const whole = document.contents?.range;
    return whole ? range(whole[0], whole[0]) : wholeLine(firstLine);
  };
  return { data: problems.length ? undefined : plainData(document, problems, placement), problems, rangeOf };
}

function plainData(document: Document.Parsed, problems: Problem[], { file, firstLine = 0 }: Placement): unknown {
  try {
    return document.toJS();
  } catch (error) {
    // The library's guard against alias bombs throws here.
    const hint = "Write the values out instead of referring to them with * and &.";
    problems.push({ severity: "error", code: "not-yaml", message: `not YAML: ${(error as Error).message}`, hint, file, range: wholeLine(firstLine) });
    return undefined;
  }
}

/** Checks data against a schema; each issue becomes a problem at its place. */
export function validate<T>(schema: z.ZodType<T>, source: DataSource, file: string): Parsed<T> {
  const { rangeOf } = source;
  if (source.problems.length) return { value: undefined, problems: source.problems, rangeOf };
  const result = schema.safeParse(source.data ?? {});
  if (result.success) return { value: result.data, problems: [], rangeOf };
  const problems = result.error.issues.flatMap(leafIssues).map((issue): Problem => {
    const path = issue.path.filter((part) => typeof part !== "symbol");
    const where = path.length ? `${path.join(".")}: ` : "";
    return {
      severity: "error",
      code: "invalid-value",
      message: `${where}${issue.message}`,
      hint: typeof issue.params?.["hint"] === "string" ? issue.params["hint"] : undefined,
      file,
      range: source.rangeOf(path),
    };
  });
  return { value: undefined, problems, rangeOf };
}

interface LeafIssue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly params?: Record<string, unknown> | undefined;
}

/** An invalid key of a record carries its real issues inside. */
function leafIssues(issue: z.core.$ZodIssue): LeafIssue[] {
  if (issue.code !== "invalid_key") return [{ ...issue, params: "params" in issue ? issue.params : undefined }];
  return issue.issues.map((inner) => ({ path: issue.path, message: inner.message }));
}

/** Writes the value at a key unless it stands there already, so that what is unchanged keeps its look. */
export function setValue(document: Document, path: Path, value: Node | undefined): void {
  const before = document.getIn(path, true);
  if (JSON.stringify(before) === JSON.stringify(value)) return;
  if (value === undefined) {
    document.deleteIn(path);
    return;
  }
  // A comment at the end of the line belongs to the value's node.
  if (isNode(before) && before.comment) value.comment = before.comment;
  document.setIn(path, value);
}

/** Writes each key of a map by itself, so that the map keeps its unknown keys; one that is undefined is taken out. */
export function setFields(document: Document, path: Path, fields: Readonly<Record<string, unknown>>): void {
  if (!document.hasIn(path)) return document.setIn(path, flowNode(document, fields));
  for (const [key, value] of Object.entries(fields)) {
    setValue(document, [...path, key], value === undefined ? undefined : flowNode(document, value));
  }
}

/** A node for the value; collections inside `flow` style stand on one line: `{ a: 1 }`. */
export function flowNode(document: Document, value: unknown): Node {
  return document.createNode(value, { flow: true, aliasDuplicateObjects: false });
}

/** No text is folded over lines; yaml 2.9.1 breaks a quoted one that has a line of one blank (`"\n \n"` becomes `"\n\\\n"`). */
const ON_ONE_LINE = { lineWidth: 0, doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER };

export function yamlText(document: Document): string {
  // The library writes texts with lines in block form, where lines of nothing but blanks would lose them.
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value === "string" && /^[ \t]+$/m.test(node.value)) node.type = "QUOTE_DOUBLE";
    },
  });
  return document.toString({ ...ON_ONE_LINE, flowCollectionPadding: true });
}

/** One value as YAML says it, with quotes where it needs them: `12345678` is a text only with them. */
export function scalarText(value: string): string {
  return stringify(value, ON_ONE_LINE).replace(/\n$/, "");
}

/** A text as it stands behind a key in block form; undefined where it takes more than the one line. */
export function valueText(value: string): string | undefined {
  const [line = "", ...more] = stringify({ a: value }, ON_ONE_LINE).replace(/\n$/, "").split("\n");
  return more.length === 0 && line.startsWith("a: ") ? line.slice("a: ".length) : undefined;
}
