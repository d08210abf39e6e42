import stringWidth from "string-width";
import type { StatusReport } from "../compose.ts";
import { isError } from "../core/problem.ts";
import { toErrorRecord, toProblemRecord } from "../progress/runEvents.ts";
import { reportFailure } from "./failure.ts";
import { EXIT, printerFor, type CliHost } from "./host.ts";
import { checkLines } from "./problemLines.ts";
import type { Theme } from "./theme.ts";
import { formatTime } from "../core/times.ts";
import { plural } from "../core/words.ts";

export interface InspectArguments {
  readonly folder: string;
  /** One object on one line, and nothing else on stdout. */
  readonly json: boolean;
}

/** Prints every problem of the story. @returns the exit code, 1 where one of them is an error */
export async function check({ folder, json }: InspectArguments, host: CliHost): Promise<number> {
  const { theme, print } = printerFor(host.stdout, host);
  return orFailure(json, host, async () => {
    const { title, problems } = await host.openStoryDirector({ folder }).check();
    if (json) print(JSON.stringify({ title, problems: problems.map(toProblemRecord) }));
    else print(...checkLines(problems, theme));
    return problems.some(isError) ? EXIT.failed : EXIT.done;
  });
}

/** Prints what the next run would do with every segment, and why. @returns the exit code */
export async function status({ folder, json }: InspectArguments, host: CliHost): Promise<number> {
  const { theme, print } = printerFor(host.stdout, host);
  return orFailure(json, host, async () => {
    const report = await host.openStoryDirector({ folder }).status();
    print(...(json ? [JSON.stringify(report)] : statusLines(report, theme)));
    return EXIT.done;
  });
}

/** `{error: {message, hint?, problems?}}` on stdout is what a reader of JSON gets instead of an answer. */
export async function orFailure(json: boolean, host: CliHost, work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (json) host.stdout.write(`${JSON.stringify({ error: toErrorRecord(error) })}\n`);
    return reportFailure(error, host);
  }
}

/** A line for each segment in columns, then how many there are in each state. */
function statusLines({ title, segments, assets, scenes }: StatusReport, theme: Theme): string[] {
  const rows = segments.map(({ id, index, state, why, start, seconds }) => ({
    cells: [String(index + 1), id, formatTime(start), `${seconds.toFixed(1)} s`, state],
    state,
    why,
  }));
  const widths = [0, 1, 2, 3, 4].map((column) => rows.reduce((width, { cells }) => Math.max(width, stringWidth(cells[column]!)), 0));
  const lines = rows.map(({ cells, state, why }) => {
    const [position, id, start, seconds, word] = cells.map((cell, column) => pad(cell, widths[column]!, column)) as [string, string, string, string, string];
    return `${theme.dim(position)}  ${id}  ${start}  ${seconds}  ${paintState(state, theme)(word)}  ${theme.dim(theme.clean(why))}`.trimEnd();
  });
  const counts = new Map<string, number>();
  for (const { state } of segments) counts.set(state, (counts.get(state) ?? 0) + 1);
  const states = [...counts].map(([state, count]) => `${count} ${state}`).join(", ");
  const rest = `${plural(assets, "asset")}, ${plural(scenes, "scene")}`;
  return [theme.bold(theme.clean(title)), ...lines, "", `${plural(segments.length, "segment")}${states ? `: ${states}` : ""}; ${rest}`];
}

/** Numbers stand to the right, words to the left. */
function pad(cell: string, width: number, column: number): string {
  const blanks = " ".repeat(width - stringWidth(cell));
  return column === 1 || column === 4 ? cell + blanks : blanks + cell;
}

function paintState(state: string, theme: Theme): (text: string) => string {
  if (state === "up to date") return theme.green;
  return state === "kept" ? theme.dim : theme.yellow;
}
