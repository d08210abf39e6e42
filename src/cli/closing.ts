import { isAbsolute, relative } from "node:path";
import type { DirectRequest, RunSummary } from "../compose.ts";
import { formatBill } from "../core/cost.ts";
import type { Theme } from "./theme.ts";
import { formatDuration } from "./words.ts";

export interface ReadyCount {
  readonly ready: number;
  readonly total: number;
}

/** The last lines of a run that came to its end: what was made, what was left and why, and where it all is. */
export function summaryLines(summary: RunSummary, cwd: string, theme: Theme): string[] {
  const { ready, total, ms } = summary;
  const count = `${ready}/${total} segments production-ready`;
  const last = `${(ready === total ? theme.green : theme.yellow)(count)} in ${formatDuration(ms)} ${theme.arrow} ${shownPath(summary.location, cwd)}`;
  const kept = keptLines(summary.kept).map((line) => theme.clean(line));
  return [workLine(summary), ...kept, ...warningLines(summary, theme), costLine(summary), last].filter(Boolean);
}

/** The last lines of a run that ended with the assets: what comes next. */
export function assetsLines(summary: RunSummary, cwd: string, theme: Theme): string[] {
  const folder = `${shownPath(summary.location, cwd)}/assets`;
  return [...warningLines(summary, theme), costLine(summary), `The assets stand in ${folder}: look through them before the rest is made.`].filter(Boolean);
}

/** What the script does without: what went wrong, and what to do. */
function warningLines({ warnings }: RunSummary, theme: Theme): string[] {
  return warnings.flatMap(({ message, hint }) => {
    return [`${theme.yellow("Warning:")} ${theme.clean(message)}`, ...(hint === undefined ? [] : [`  ${theme.clean(hint)}`])];
  });
}

/** `$0.42, 61 calls.`; "" where no model was asked. */
export function costLine({ cost }: Partial<Pick<RunSummary, "cost">>): string {
  return cost ? `${formatBill(cost)}.` : "";
}

function workLine({ made, upToDate, kept, total, ready }: RunSummary): string {
  if (made === 0 && upToDate === total && ready === total) return "Everything is up to date.";
  // The last line says it all then.
  if (made === total && ready === total) return "";
  const parts = [made ? `${made} made` : "", upToDate ? `${upToDate} already up to date` : ""].filter(Boolean);
  if (parts.length) return `${parts.join(", ")}.`;
  return kept.length ? "" : "Nothing was made.";
}

const SHOWN_IDS = 10;

/** `3 kept: edited by hand (segment_4, segment_9, segment_12)`, a line for each reason. */
function keptLines(kept: RunSummary["kept"]): string[] {
  const idsByReason = new Map<string, string[]>();
  for (const { id, reason } of kept) {
    const bare = reason.replace(/^(?:kept|skipped): /, "");
    idsByReason.set(bare, [...(idsByReason.get(bare) ?? []), id]);
  }
  return [...idsByReason].map(([reason, ids]) => {
    const more = ids.length > SHOWN_IDS ? `, and ${ids.length - SHOWN_IDS} more` : "";
    return `${ids.length} kept: ${reason} (${ids.slice(0, SHOWN_IDS).join(", ")}${more})`;
  });
}

/** What a run that failed or was stopped leaves behind, and how to go on; "" where it never got to a segment. */
export function savedLine({ ready, total }: ReadyCount, request: Pick<DirectRequest, "all">): string {
  if (total === 0) return "";
  if (ready === total) return `${ready} of ${total} segments are production-ready and saved; those that were not reached stand as they were.`;
  const verb = ready === 1 ? "is" : "are";
  const saved = `${ready} of ${total} segments ${verb} production-ready and saved`;
  // The same command would direct again what this run has just made.
  const command = request.all ? "run the command again without --all" : "run the same command again";
  return ready === 0 ? `None of ${total} segments is production-ready yet; ${command} to go on.` : `${saved}; ${command} to go on from there.`;
}

export function shownPath(path: string, cwd: string): string {
  if (!isAbsolute(path)) return path;
  const fromHere = relative(cwd, path) || ".";
  return fromHere.length < path.length ? fromHere : path;
}
