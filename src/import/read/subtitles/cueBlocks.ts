import type { Problem } from "../../../core/problem.ts";
import { errorIn, excerpt, warningIn, type SourceText } from "../sourceText.ts";
import { isCutTimeLine, isTimeLine, parseTimeLine } from "./timeLine.ts";

/** One cue as it stands in the file. */
export interface CueBlock {
  readonly start: number;
  readonly end: number;
  /** Text with its markup, line by line; empty lines at the end are taken off. */
  readonly lines: readonly string[];
  /** The line of its times, from 0. */
  readonly line: number;
}

export interface CueBlocks {
  readonly blocks: readonly CueBlock[];
  /** Lines above the first cue, without its index. */
  readonly header: readonly string[];
  readonly problems: readonly Problem[];
}

interface Options {
  /** SubRip counts its cues; WebVTT may name them, and knows blocks that are no cues. */
  readonly isWebVtt: boolean;
}

const HINT = "Expected times like 00:01:02,500 --> 00:01:05,000.";

/**
 * Cuts SubRip or WebVTT into cues, by the lines that tell times. Forgiving where programs are sloppy (no
 * index, no empty line between cues, an empty line inside one) and strict where words could be lost:
 * a line of times that cannot be read is an error. Parsers made for players are not used here: they leave
 * out silently what they would not show (text behind an empty line, cues without length) and know no lines.
 */
export function readCueBlocks({ name, text }: SourceText, { isWebVtt }: Options): CueBlocks {
  const lines = text.split("\n");
  const problems: Problem[] = [];
  const at = lines.flatMap((line, index) => (isTimeLine(line) ? [index] : []));
  const starts = at.map((timeLine, count) => labelStart(lines, { timeLine, before: at[count - 1] ?? -2, count, isWebVtt }));
  const blocks = at.flatMap((timeLine, count): CueBlock[] => {
    const time = parseTimeLine(lines[timeLine]!);
    if (!time) {
      problems.push(errorIn(name, { code: "unreadable-time", message: `the times “${excerpt(lines[timeLine]!, 60)}” cannot be read`, hint: HINT, line: timeLine }));
      return [];
    }
    if (!time.text && isLastLine(lines, timeLine)) {
      problems.push(warningIn(name, { code: "cut-off", message: `the file ends behind the times of cue ${count + 1}, without its text; it is probably cut off`, hint: "Compare its end with the recording, and export it again if words are missing.", line: timeLine }));
      return [];
    }
    const stop = starts[count + 1] ?? lines.length;
    const body = bodyOf(lines.slice(timeLine + 1, stop), { name, line: timeLine + 1, isWebVtt, isLast: count === at.length - 1, count });
    for (const problem of body.problems) problems.push(problem);
    return [{ start: time.start, end: time.end, lines: time.text ? [time.text, ...body.lines] : body.lines, line: timeLine }];
  });
  return { blocks, header: lines.slice(0, starts[0] ?? 0), problems };
}

/** Whether not even an empty line stands below. */
function isLastLine(lines: readonly string[], line: number): boolean {
  return line === lines.length - (lines.at(-1) === "" ? 2 : 1);
}

interface LabelPlace {
  readonly timeLine: number;
  /** The line of the times of the cue above. */
  readonly before: number;
  readonly count: number;
  readonly isWebVtt: boolean;
}

/** Where a cue begins: at the index or name above its times, if there is one. */
function labelStart(lines: readonly string[], { timeLine, before, count, isWebVtt }: LabelPlace): number {
  const isFree = (line: number) => line <= before || (lines[line] ?? "").trim() === "";
  const above = timeLine - 1;
  if (above <= before) return timeLine;
  const label = (lines[above] ?? "").trim();
  const isNumber = /^\d{1,9}\s*[.:]?$/.test(label);
  // The number stands directly below text only where no empty line parts the cues: then it must count.
  const counts = isNumber && Math.abs(Number.parseInt(label, 10) - count) <= 1;
  if (isFree(above - 1) && above - 1 !== before && (isNumber || (isWebVtt && label !== "" && label !== "WEBVTT"))) return above;
  if (counts) return above;
  // Files with an empty line after every line.
  const higher = (lines[above - 1] ?? "").trim();
  if (label === "" && above - 1 > before && /^\d{1,9}$/.test(higher) && Math.abs(Number(higher) - count) <= 1 && isFree(above - 2) && above - 2 !== before) return above - 1;
  return timeLine;
}

interface BodyPlace {
  readonly name: string;
  readonly line: number;
  readonly isWebVtt: boolean;
  readonly isLast: boolean;
  /** How many cues stand above. */
  readonly count: number;
}

interface Body {
  readonly lines: readonly string[];
  readonly problems: readonly Problem[];
}

function bodyOf(lines: readonly string[], { name, line, isWebVtt, isLast, count }: BodyPlace): Body {
  const problems: Problem[] = [];
  const kept: string[] = [];
  const end = isLast ? lines.findLastIndex((row) => row.trim() !== "") : -1;
  let isComment = false;
  let isAfterGap = false;
  for (const [index, row] of lines.entries()) {
    if (isWebVtt ? row === "" : row.trim() === "") {
      isComment = false;
      isAfterGap = kept.length > 0;
      continue;
    }
    // Directly below the times stands text, whatever it says.
    const isBlockStart = index > 0 && lines[index - 1]!.trim() === "";
    if (isWebVtt && isBlockStart && /^(?:NOTE|STYLE|REGION)(?:\s|$)/.test(row)) isComment = true;
    if (isComment) continue;
    const cut = index === end && index > 0 ? cutOff(row, { above: lines[index - 1]!.trim(), next: count + 2 }) : undefined;
    if (cut) problems.push((cut.isError ? errorIn : warningIn)(name, { ...cut, line: line + index }));
    if (cut) continue;
    if (isAfterGap) problems.push(warningIn(name, { code: "text-after-gap", message: `“${excerpt(row)}” stands after an empty line without times of its own; it was taken as part of the cue above`, line: line + index }));
    isAfterGap = false;
    kept.push(row);
  }
  return { lines: kept, problems };
}

interface Cut {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly isError: boolean;
}

/** Whether the last line of a file is the beginning of a cue that does not follow. */
function cutOff(row: string, { above, next }: { readonly above: string; readonly next: number }): Cut | undefined {
  if (above === "" && row.trim() === String(next)) {
    return { code: "cut-off", message: `the file ends after the number of cue ${next}; it may be cut off`, hint: "Compare its end with the recording.", isError: false };
  }
  if (!isCutTimeLine(row) || (above !== "" && !/^\d{1,9}$/.test(above))) return undefined;
  return { code: "unreadable-time", message: `the times “${excerpt(row)}” break off`, hint: `${HINT} The file seems to be cut off: export it again.`, isError: true };
}
