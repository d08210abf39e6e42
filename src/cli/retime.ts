import stringWidth from "string-width";
import type { RetimeReport } from "../compose.ts";
import { ProblemsError } from "../core/errors.ts";
import { proseLines } from "../core/narrationProse.ts";
import { isError, type Problem } from "../core/problem.ts";
import { segmentSeconds } from "../core/story.ts";
import { storyPaths } from "../core/storyFolder.ts";
import type { TakeChange } from "../import/align/takeChanges.ts";
import type { Transcript } from "../import/transcript.ts";
import { toProblemRecord } from "../progress/runEvents.ts";
import { shownPath } from "./closing.ts";
import { EXIT, printerFor, type CliHost } from "./host.ts";
import { orFailure } from "./inspect.ts";
import { chosenTranscript, readNarrationFrom, type NarrationFlags } from "./narration.ts";
import { problemLines } from "./problemLines.ts";
import type { Theme } from "./theme.ts";
import { formatTenths } from "../core/times.ts";
import { plural } from "../core/words.ts";

export interface RetimeFlags extends NarrationFlags {
  readonly dryRun?: boolean;
  readonly takeOver?: boolean;
  /** One object on one line, and nothing else on stdout. */
  readonly json?: boolean;
}

/** Puts a story to the times of a new take of its voice, and tells what changes by it. @returns the exit code */
export async function retime(folder: string, flags: RetimeFlags, host: CliHost): Promise<number> {
  const { theme, print } = printerFor(host.stdout, host);
  const { dryRun = false, takeOver = false, json = false } = flags;
  return orFailure(json, host, async () => {
    const story = host.openStoryDirector({ folder });
    const told = json ? printerFor(host.stderr, host) : { theme, print };
    const tell = (line: string) => told.print(told.theme.dim(told.theme.clean(line)));
    const ready = async () => (await story.requireEditable({ dryRun, takeOver })).language;
    const { transcript, problems } = await readNarrationFrom(flags, { host, tell, ready });
    if (!transcript) throw new ProblemsError(`${flags.from} cannot be read as a take`, problems.filter(isError));
    const kept = chosenTranscript(transcript, flags);
    const report = await story.retime({ transcript: kept, dryRun, takeOver });
    if (json) print(jsonLine(report, { problems: kept.findings, dryRun }));
    else print(...kept.findings.flatMap((problem) => problemLines(problem, theme)), ...doubtLine(kept), ...reportLines(report, theme), ...closingLines(report, { folder: shownPath(folder, host.cwd), dryRun, theme }));
    return EXIT.done;
  });
}

function jsonLine({ changes, ...report }: RetimeReport, { problems, dryRun }: { problems: readonly Problem[]; dryRun: boolean }): string {
  const brief = (segment: TakeChange["before"]) => segment && { start: segment.start, end: segment.end, narration: segment.narration };
  const told = changes.map(({ id, what, before, after }) => ({ id, what, before: brief(before), after: brief(after) }));
  return JSON.stringify({ dryRun, ...report, changes: told, findings: problems.map(toProblemRecord) });
}

function doubtLine({ cues }: Transcript): string[] {
  const doubtful = cues.filter(({ doubt }) => doubt !== undefined).length;
  return doubtful ? [`${plural(doubtful, "doubtful cue")} kept; --leave-out-doubtful aligns the take without.`] : [];
}

const WORDS: Readonly<Record<TakeChange["what"], string>> = { moved: "moved", length: "changed length", text: "changed text", new: "new", unused: "unused" };

/** A line for each change in columns, what becomes of scenes and files, and the counts. */
function reportLines({ changes, scenes, summary, unusedFiles, prose }: RetimeReport, theme: Theme): string[] {
  const rows = changes.map((change) => [change.id, WORDS[change.what], fromTo(change, ({ start }) => formatTenths(start)), fromTo(change, (segment) => `${segmentSeconds(segment).toFixed(1)} s`)]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(0, ...rows.map((cells) => stringWidth(cells[column]!))));
  const lines = changes.map((change, index) => {
    const [id, what, start, seconds] = rows[index]!.map((cell, column) => cell + " ".repeat(widths[column]! - stringWidth(cell))) as [string, string, string, string];
    const text = change.what === "text" || change.what === "new" ? theme.clean(change.after!.narration) : "";
    return `${id}  ${change.what === "moved" ? theme.dim(what) : theme.yellow(what)}  ${start}  ${seconds}  ${theme.dim(text)}`.trimEnd();
  });
  const handed = scenes.map(({ from, to }) => (to === undefined ? `The scene from ${from} is taken out: none of its segments is left.` : `The scene from ${from} starts from ${to}.`));
  const files = unusedFiles.length ? [`${plural(unusedFiles.length, "file")} unused from now on, and kept: ${unusedFiles.join(", ")}`] : [];
  return [...lines, ...(lines.length ? [""] : []), ...handed, ...files, ...proseLines(prose), theme.bold(`${summary[0]!.toUpperCase()}${summary.slice(1)}.`)];
}

function fromTo({ before, after }: TakeChange, tell: (segment: NonNullable<TakeChange["before"]>) => string): string {
  const [first, second] = [before, after].map((segment) => segment && tell(segment));
  return first === undefined || second === undefined || first === second ? (first ?? second ?? "") : `${first} → ${second}`;
}

function closingLines({ changes }: RetimeReport, { folder, dryRun, theme }: { folder: string; dryRun: boolean; theme: Theme }): string[] {
  if (changes.length === 0) return [];
  if (dryRun) return ["Nothing was written (--dry-run)."];
  const isStale = changes.some(({ what }) => what !== "moved" && what !== "unused");
  const next = isStale ? [theme.dim(`Next: story-director regenerate ${folder}`)] : [];
  return [`Saved; what stood there before is in ${storyPaths.history}.`, ...next];
}
