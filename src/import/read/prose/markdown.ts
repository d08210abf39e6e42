import type { Problem } from "../../../core/problem.ts";
import { excerpt, warningIn } from "../sourceText.ts";
import { decodeEntities } from "../subtitles/entities.ts";

export interface SpokenLines {
  /** One for each line of the source; empty where nothing is spoken. */
  readonly lines: readonly string[];
  readonly title: string | undefined;
  readonly problems: readonly Problem[];
}

/** Marks that nobody writes into plain narration; two points of a list may be lines of a dialogue, and are read alike. */
const MARKS: readonly RegExp[] = [/^ {0,3}#{1,6}[ \t]+\S/m, /^ {0,3}(?:```|~~~)/m, /\*\*[^\s*][^*\n]{0,300}\*\*/, /!?\[[^\]\n]{0,300}\]\([^)\s]{1,500}\)/, /^---[ \t]*\n(?:[A-Za-z][\w-]{0,40}:.{0,2000}\n){1,40}---[ \t]*$/m, /^={3,200}[ \t]*$/m, /^[-*+][ \t]\S.{0,500}\n{1,2}(?:.{1,500}\n){0,3}?[-*+][ \t]\S/m];

export function looksLikeMarkdown(text: string): boolean {
  return MARKS.some((mark) => mark.test(text.slice(0, 200_000)));
}

interface State {
  readonly file: string;
  readonly spoken: string[];
  readonly problems: Problem[];
  title: string | undefined;
  /** The fence that is open. */
  fence: { readonly mark: string; readonly line: number } | undefined;
  isComment: boolean;
}

/** The narration of a Markdown text. Headings, code, pictures, tables and comments are not spoken, which is said. */
export function readMarkdownLines(text: string, file: string): SpokenLines {
  const lines = text.split("\n");
  const state: State = { file, spoken: [], problems: [], title: undefined, fence: undefined, isComment: false };
  const body = frontMatterEnd(lines);
  for (let index = 0; index < body; index++) state.spoken.push("");
  if (body) {
    state.title = lines.slice(1, body).flatMap((line) => /^title:\s*(?:"([^"]*)"|'([^']*)'|(.+?))\s*$/i.exec(line.slice(0, 500))?.slice(1).find(Boolean) ?? [])[0];
    leftOut(state, 0, "front-matter", "the front matter is not spoken; it was left out");
  }
  for (let index = body; index < lines.length; index++) readLine(lines, index, state);
  if (state.fence) leftOut(state, state.fence.line, "open-fence", "this code block is never closed: all that follows was left out", "Close it with the marks that it began with.");
  return { lines: state.spoken, title: state.title, problems: state.problems };
}

function readLine(lines: readonly string[], index: number, state: State): void {
  const line = lines[index]!;
  state.spoken.push("");
  if (line.trim() === "") return;
  const fence = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
  if (state.fence) {
    if (fence?.startsWith(state.fence.mark) && line.trim() === fence) state.fence = undefined;
    return;
  }
  if (fence) {
    state.fence = { mark: fence, line: index };
    leftOut(state, index, "code-block", "a block of code is not spoken; it was left out");
    return;
  }
  const heading = headingAt(lines, index);
  if (heading) {
    if (heading.level === 1) state.title ??= plainInline(heading.text);
    leftOut(state, index, "heading", `the heading “${excerpt(heading.text)}” is not spoken; it was left out`, "Write it as a sentence of its own, without marks, if it is to be said.");
    return;
  }
  if (isUnderline(lines, index) || /^ {0,3}(?:(?:\*[ \t]*){3,200}|(?:-[ \t]*){3,200}|(?:_[ \t]*){3,200})$/.test(line)) return;
  if (/^ {0,3}\|.*\|\s*$/.test(line)) return leftOut(state, index, "table", "a row of a table is not spoken; it was left out");
  if (/^ {0,3}\[[^\]]{1,300}\]:\s*\S/.test(line)) return leftOut(state, index, "definition", `“${excerpt(line)}” is not spoken; it was left out`);
  state.spoken[index] = blockText(withoutComments(line, index, state), index, state);
}

/** The line after the front matter; 0 where there is none. */
function frontMatterEnd(lines: readonly string[]): number {
  if (lines[0]?.trimEnd() !== "---") return 0;
  const end = lines.slice(1, 200).findIndex((line) => /^(?:---|\.\.\.)\s*$/.test(line)) + 1;
  return end > 0 && lines.slice(1, end).some((line) => /^[\w-]{1,40}:/.test(line)) ? end + 1 : 0;
}

function headingAt(lines: readonly string[], index: number): { readonly level: number; readonly text: string } | undefined {
  const line = lines[index]!;
  const marked = /^ {0,3}(#{1,6})[ \t]+(\S.*)$/.exec(line);
  if (marked) return { level: marked[1]!.length, text: marked[2]!.replace(/[ \t]#{1,20}[ \t]*$/, "") };
  const isAlone = index === 0 || lines[index - 1]!.trim() === "";
  return isAlone && isUnderline(lines, index + 1) ? { level: lines[index + 1]!.includes("=") ? 1 : 2, text: line.trim() } : undefined;
}

/** Whether the line makes a heading of the one line above it. */
function isUnderline(lines: readonly string[], index: number): boolean {
  const above = lines[index - 1]?.trim() ?? "";
  if (above === "" || /^[#>|`~-]|^[*+]\s/.test(above) || !/^ {0,3}(?:={2,}|-{2,})\s*$/.test(lines[index] ?? "")) return false;
  return index < 2 || lines[index - 2]!.trim() === "";
}

function withoutComments(line: string, index: number, state: State): string {
  let rest = line;
  let spoken = "";
  while (rest) {
    const mark = rest.indexOf(state.isComment ? "-->" : "<!--");
    if (!state.isComment) spoken += mark < 0 ? rest : rest.slice(0, mark);
    if (!state.isComment && mark >= 0) leftOut(state, index, "comment", "a comment is not spoken; it was left out");
    if (mark < 0) break;
    rest = rest.slice(mark + (state.isComment ? 3 : 4));
    state.isComment = !state.isComment;
  }
  return spoken;
}

/** Takes off the marks of quotations and lists; each point of a list is a paragraph of its own. */
function blockText(line: string, index: number, state: State): string {
  const unquoted = line.replace(/^(?:[ \t]{0,3}>[ \t]?){1,50}/, "");
  const point = /^[ \t]{0,40}(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?(?=\S)/.exec(unquoted);
  // Only an empty line parts paragraphs; a point parts itself from the line above it.
  if (point && index > 0 && state.spoken[index - 1]) state.spoken[index - 1] += PARAGRAPH_END;
  return plainInline(point ? unquoted.slice(point[0].length) : unquoted, (code, message) => leftOut(state, index, code, message));
}

/** Stands at the end of a line behind which a paragraph begins without an empty line. */
export const PARAGRAPH_END = "\u2029";

/** Text without the marks inside a line. Every pattern has a length that it cannot pass: linear on any text. */
export function plainInline(text: string, leaveOut: (code: string, message: string) => void = () => {}): string {
  const kept: string[] = [];
  const keep = (value: string) => `\uE000${kept.push(value) - 1}\uE001`;
  const plain = text
    .replace(/[\uE000\uE001]/g, "")
    .replace(/\\([!-/:-@[-`{-~])/g, (_, character: string) => keep(character))
    .replace(/(`{1,3})([^`]{1,500})\1/g, (_, __, code: string) => keep(code))
    .replace(/!\[([^\]]{0,300})\](?:\([^()]{0,500}\)|\[[^\]]{0,300}\])/g, (_, description: string) => {
      leaveOut("picture", `the picture “${excerpt(description)}” is not spoken; it was left out`);
      return "";
    })
    .replace(/\[\^[^\]]{1,100}\]/g, "")
    .replace(/\[([^[\]]{0,300})\](?:\((?:[^()]|\([^()]{0,200}\)){0,500}\)|\[[^\]]{0,300}\])/g, "$1")
    .replace(/<((?:https?:|mailto:)[^<>\s]{1,500})>/g, "$1")
    .replace(/<br\s{0,5}\/?>/gi, " ")
    .replace(/<\/?[a-zA-Z][^<>]{0,300}>/g, "")
    .replace(/(\*{1,3})(?=\S)([^*]{1,2000}?)(?<=\S)\1/g, "$2")
    .replace(/(?<![\p{L}\p{N}_])(_{1,3})(?=[^\s_])([^_]{1,2000}?)(?<=\S)\1(?![\p{L}\p{N}_])/gu, "$2")
    .replace(/~~(?=\S)([^~]{1,500})~~/g, "$1");
  return decodeEntities(plain).replace(/\uE000(\d+)\uE001/g, (_, index: string) => kept[Number(index)] ?? "");
}

function leftOut(state: State, line: number, ...[code, message, hint]: [string, string, string?]): void {
  state.problems.push(warningIn(state.file, { code, message, hint, line }));
}
