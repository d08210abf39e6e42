import type { Problem } from "../problem.ts";
import { wholeLine, withoutByteOrderMark } from "./source.ts";

/**
 * How a Markdown document of a story is cut: front matter between `---` lines, text before the
 * first section, and sections that start with a `## ` line. Lines are kept as they stand (each
 * without its `\n`, but with a `\r` where it has one), so that an unchanged part is written back
 * byte for byte. A last line without a line end counts as if it had one.
 */
export interface MarkdownDocument {
  /** The byte order mark that the text starts with, or nothing. */
  readonly mark: string;
  readonly frontMatter: MarkdownPart | undefined;
  readonly preface: MarkdownPart;
  readonly sections: readonly MarkdownSection[];
  readonly lineEnd: "\n" | "\r\n";
  readonly problems: readonly Problem[];
}

export interface MarkdownPart {
  /** Zero-based line in the file where the lines start. */
  readonly firstLine: number;
  readonly lines: readonly string[];
}

export interface MarkdownSection extends MarkdownPart {
  /** The heading's text in capitals, blanks folded: `FINAL PROMPT`. */
  readonly name: string;
  /** The heading's line as it stands. */
  readonly heading: string;
}

const SECTION = /^##[ \t]+(.+?)[ \t]*$/;
const HEADING = /^\\*#{1,6}(?:[ \t]|$)/;
const FENCE_OPEN = /^(`{3,})[^`]*$/;

/** @param fenced Whether a section holds fences; a `## ` line inside one starts no section. */
export function readMarkdown(text: string, file: string, fenced: (name: string) => boolean = () => false): MarkdownDocument {
  const content = withoutByteOrderMark(text);
  const mark = text.slice(0, text.length - content.length);
  const lineEnd = lineEndOf(content);
  const lines = (content === "" || content.endsWith("\n") ? content : `${content}${lineEnd}`).split("\n").slice(0, -1);
  const problems: Problem[] = [];
  const frontMatter = readFrontMatter(lines, file, problems);
  const start = frontMatter ? frontMatter.lines.length + 2 : 0;
  const sections: { name: string; heading: string; firstLine: number; lines: string[] }[] = [];
  const preface: string[] = [];
  let fence = "";
  for (const [offset, raw] of lines.slice(start).entries()) {
    const line = bare(raw);
    const current = sections.at(-1);
    const heading = fence ? null : SECTION.exec(line);
    if (heading) {
      const name = heading[1]!.replace(/[ \t]+/g, " ").toUpperCase();
      sections.push({ name, heading: raw, firstLine: start + offset + 1, lines: [] });
      continue;
    }
    if (current && fenced(current.name)) fence = nextFence(fence, line);
    (current?.lines ?? preface).push(raw);
  }
  return { mark, frontMatter, preface: { firstLine: start, lines: preface }, sections, lineEnd, problems };
}

function readFrontMatter(lines: readonly string[], file: string, problems: Problem[]): MarkdownPart | undefined {
  if (!/^---[ \t]*$/.test(bare(lines[0] ?? ""))) return undefined;
  const end = lines.findIndex((line, index) => index > 0 && /^---[ \t]*$/.test(bare(line)));
  if (end > 0) return { firstLine: 1, lines: lines.slice(1, end) };
  problems.push({
    severity: "error",
    code: "open-front-matter",
    message: "the front matter that starts here has no end",
    hint: "Put a line with only --- after its last key.",
    file,
    range: wholeLine(0, 3),
  });
  return undefined;
}

/** The fence that is open after this line: its backticks, or nothing. */
export function nextFence(open: string, line: string): string {
  if (!open) return FENCE_OPEN.exec(line)?.[1] ?? "";
  return closesFence(open, line) ? "" : open;
}

export function closesFence(open: string, line: string): boolean {
  const match = /^(`{3,})[ \t]*$/.exec(line);
  return match !== null && match[1]!.length >= open.length;
}

/** A line without its `\r`. */
export function bare(line: string): string {
  return line.endsWith("\r") ? line.slice(0, -1) : line;
}

/** What a part says: without the escapes of headings and without blank lines around it. */
export function partText(part: { readonly lines: readonly string[] }): string {
  const lines = part.lines.map(bare);
  const first = lines.findIndex((line) => line.trim() !== "");
  if (first < 0) return "";
  const last = lines.findLastIndex((line) => line.trim() !== "");
  return lines.slice(first, last + 1).map(unescapeLine).join("\n");
}

/** Zero-based line in the file on which a part's text starts. */
export function textStart(part: MarkdownPart): number {
  const first = part.lines.findIndex((line) => line.trim() !== "");
  return part.firstLine + Math.max(first, 0);
}

/** The lines that say a text: one that looks like a heading gets a `\` before it. */
export function textLines(text: string): string[] {
  return text.split("\n").map((line) => (HEADING.test(line) ? `\\${line}` : line));
}

function unescapeLine(line: string): string {
  return line.startsWith("\\") && HEADING.test(line) ? line.slice(1) : line;
}

/** A part on its way to the file: as it was read, or written anew. */
export interface MarkdownBlock {
  /** Absent for the text before the first section. */
  readonly heading?: string;
  readonly lines: readonly string[];
  readonly isWritten?: boolean;
}

export interface MarkdownParts {
  readonly mark: string;
  readonly frontMatter: readonly string[] | undefined;
  readonly blocks: readonly MarkdownBlock[];
  readonly lineEnd: "\n" | "\r\n";
}

/**
 * The whole text. Lines are taken as they are, with their `\r` where they have one; only around
 * a part that is written anew is a missing blank line added.
 */
export function writeMarkdown({ mark, frontMatter, blocks, lineEnd }: MarkdownParts): string {
  const [fence, blank] = withLineEnds(["---", ""], lineEnd) as [string, string];
  const lines = frontMatter ? [fence, ...frontMatter, fence] : [];
  blocks.forEach(({ heading, lines: body, isWritten }, index) => {
    const isBetween = index > 0 && (isWritten || blocks[index - 1]!.isWritten);
    if (isBetween && lines.length && lines.at(-1)!.trim() !== "") lines.push(blank);
    if (heading !== undefined) lines.push(heading);
    lines.push(...body);
  });
  return mark + lines.map((line) => `${line}\n`).join("");
}

/** The lines of a section that is written anew, set off from its heading by a blank line. */
export function sectionLines(text: string, lineEnd: "\n" | "\r\n"): string[] {
  return text === "" ? [] : withLineEnds(["", ...textLines(text)], lineEnd);
}

/** The line end of a text, by its first line. */
export function lineEndOf(text: string): "\n" | "\r\n" {
  return /^[^\n]*\r\n/.test(text) ? "\r\n" : "\n";
}

/** New lines for a file whose lines end so; the `\n` itself is added when all are joined. */
export function withLineEnds(lines: readonly string[], lineEnd: "\n" | "\r\n"): string[] {
  return lineEnd === "\n" ? [...lines] : lines.map((line) => `${line}\r`);
}
