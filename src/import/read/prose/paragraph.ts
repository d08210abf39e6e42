/** A paragraph of narration on one line. */
export interface Paragraph {
  readonly text: string;
  /** Where it begins, from 0. */
  readonly line: number;
}

/** The line ends of a text that was wrapped to a width are no ends of anything; a verse or a title keeps its own. */
export function paragraphsOf(lines: readonly string[]): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  let open: string[] = [];
  let first = 0;
  const close = () => {
    const text = joinLines(open);
    if (/[\p{L}\p{N}]/u.test(text)) paragraphs.push({ text, line: first });
    open = [];
  };
  for (const [index, line] of lines.entries()) {
    const above = open.at(-1);
    if (line.trim() === "" || (above !== undefined && isTitle(above, line))) close();
    if (line.trim() === "") continue;
    if (open.length === 0) first = index;
    open.push(line.trim());
  }
  close();
  return paragraphs;
}

/** A short line without a full stop, above a line at least twice as long that begins anew. */
function isTitle(line: string, next: string): boolean {
  return line.length <= 60 && !/[,;:–—-]$/.test(line) && next.trim().length > line.length * 2 + 20 && /^[\s"“‘«„]*\p{Lu}/u.test(next) && /^[\s"“‘«„]*[\p{Lu}\p{N}]/u.test(line);
}

const UNSPACED_END = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}、。，！？」』]$/u;
const UNSPACED_START = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}「『]/u;

function joinLines(lines: readonly string[]): string {
  // Chinese and Japanese have no blank where a line ends.
  const parts = lines.map((line, index) => (index === 0 || (UNSPACED_END.test(lines[index - 1]!.slice(-2)) && UNSPACED_START.test(line)) ? line : ` ${line}`));
  return parts.join("");
}
