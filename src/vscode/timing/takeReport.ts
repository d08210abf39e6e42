import { plural } from "../../core/words.ts";
import type { RetimeReport, TimingReport } from "../../compose.ts";
import { proseLines } from "../../core/narrationProse.ts";
import { formatPlace, type Problem } from "../../core/problem.ts";
import { shorten } from "../../core/segmentLabel.ts";
import { segmentSeconds } from "../../core/story.ts";
import { formatTenths } from "../../core/times.ts";
import type { TakeChange, TakeChangeKind } from "../../import/align/takeChanges.ts";
import type { Transcript } from "../../import/transcript.ts";

const WORDS: Readonly<Record<TakeChangeKind, string>> = { moved: "moved", length: "changed length", text: "changed text", new: "new", unused: "unused" };

/** What matters most comes first where there is room for a few. */
const BY_WEIGHT: readonly TakeChangeKind[] = ["unused", "new", "text", "length", "moved"];

/** As many as a dialog shows without growing out of a small screen. */
const SHOWN_CHANGES = 8;
const SHOWN_LETTERS = 48;

export interface TakeSource {
  /** Name of the file. */
  readonly name: string;
  readonly transcript: Transcript;
  readonly wordsPerMinute: number;
}

/** What a dialog says below the counts. */
export function takeDetail(report: RetimeReport, source: TakeSource): string {
  const { changes } = report;
  const shown = changes.toSorted((a, b) => BY_WEIGHT.indexOf(a.what) - BY_WEIGHT.indexOf(b.what)).slice(0, SHOWN_CHANGES);
  const more = changes.length - shown.length;
  const findings = source.transcript.findings.length;
  return [
    sourceWords(source),
    meaningOf(changes),
    "",
    ...shown.map(shortLine),
    ...(more ? [`… and ${more} more`] : []),
    "",
    ...(findings ? [`${plural(findings, "thing")} to know of the file: Show All has ${findings === 1 ? "it" : "them"}.`] : []),
    ...handoverLines(report),
    "A copy of what stood there before goes to .story-director/history.",
  ].join("\n");
}

/** The whole of it, as a text to read. What decides about it covers the head, which the dialog has shown. */
export function takeDocument(report: RetimeReport, source: TakeSource): string {
  const rows = report.changes.map(changeCells);
  const widths = [0, 1, 2, 3].map((column) => Math.max(0, ...rows.map((cells) => cells[column]!.length)));
  const table = rows.map((cells) => cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ").trimEnd());
  const { findings } = source.transcript;
  const handed = handoverLines(report);
  return [
    `${report.summary[0]!.toUpperCase()}${report.summary.slice(1)}.`,
    sourceWords(source),
    meaningOf(report.changes),
    "",
    ...table,
    ...(handed.length ? ["", ...handed] : []),
    ...(findings.length ? ["", "What to know of the file:", ...findings.map(findingLine)] : []),
    "",
  ].join("\n");
}

/** What becomes of scenes, of narration.md, and of files that nothing names any more. */
export function handoverLines({ scenes, unusedFiles, prose }: Pick<TimingReport, "scenes" | "unusedFiles" | "prose">): string[] {
  const handed = scenes.map(({ from, to }) => (to === undefined ? `The scene from ${from} is taken out: none of its segments is left.` : `The scene from ${from} starts from ${to}.`));
  const unused = unusedFiles.length ? [`Unused from now on, and kept: ${unusedFiles.join(", ")}.`] : [];
  return [...handed, ...unused, ...proseLines(prose)];
}

function sourceWords({ name, transcript, wordsPerMinute }: TakeSource): string {
  const how = transcript.duration === undefined ? `at ${wordsPerMinute} words a minute` : "from its words and its length";
  const estimated = transcript.basis === "estimated" ? ` It has no times of its own: they are estimated ${how}.` : "";
  return `${name}: ${transcript.format}.${estimated}`;
}

/** What a run would have to do by it. */
function meaningOf(changes: readonly TakeChange[]): string {
  const directed = changes.filter(({ what }) => what === "length" || what === "text" || what === "new").length;
  return directed ? `${plural(directed, "segment")} to be directed; all others stay as they are. Ids stay.` : "No segment is out of date by it. Ids stay.";
}

/** The one thing that is other than before: a dialog is narrow. */
function shortLine(change: TakeChange): string {
  const { id, what, before, after } = change;
  const told = what === "length" ? lengths(change) : what === "moved" ? starts(change) : `“${shorten((after ?? before)!.narration.replace(/\s+/g, " "), SHOWN_LETTERS)}”`;
  return `${id}  ${WORDS[what]}  ${told}`;
}

/** Id, what, start, length, words. */
function changeCells(change: TakeChange): string[] {
  const { id, what, after } = change;
  const said = what === "text" || what === "new" ? after!.narration.replace(/\s+/g, " ") : "";
  return [id, WORDS[what], starts(change), lengths(change), said && `“${said}”`];
}

function starts(change: TakeChange): string {
  return fromTo(change, ({ start }) => formatTenths(start));
}

function lengths(change: TakeChange): string {
  return fromTo(change, (segment) => `${segmentSeconds(segment).toFixed(1)} s`);
}

function fromTo({ before, after }: TakeChange, tell: (segment: NonNullable<TakeChange["before"]>) => string): string {
  const [first, second] = [before, after].map((segment) => segment && tell(segment));
  return first === undefined || second === undefined || first === second ? (first ?? second ?? "") : `${first} → ${second}`;
}

function findingLine(problem: Problem): string {
  return [`${formatPlace(problem)}: ${problem.message}.`, problem.hint].filter(Boolean).join(" ");
}
