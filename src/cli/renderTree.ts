import cliTruncate from "cli-truncate";
import stringWidth from "string-width";
import type { ProgressNode } from "../progress/progressManager.ts";
import { createTheme, type Theme } from "./theme.ts";
import { treeRows, type FoldRules, type TreeRow } from "./treeRows.ts";

export interface TreeView {
  /** Height of the window; the tree stays one line below it. Infinity where nothing is drawn over. */
  readonly rows: number;
  readonly columns: number;
  readonly unicode: boolean;
  readonly color: boolean;
  /** Milliseconds since 1970: tells how long a slow step has been running. */
  readonly nowMs: number;
  /** The run is over, and the tree is drawn for the last time. */
  readonly final?: boolean | undefined;
}

/** The tree as lines, none wider than the window, and together never higher than it. */
export function renderTree(nodes: readonly ProgressNode[], view: TreeView): string[] {
  const theme = createTheme(view);
  const budget = Math.max(1, view.rows - 1);
  const rows = fitHeight(nodes, view, budget);
  const lines = rows.slice(0, budget).map((row) => drawRow(row, theme, view.columns));
  if (rows.length > budget) lines[budget - 1] = theme.dim(cliTruncate(`${theme.ellipsis} ${rows.length - budget + 1} more lines`, view.columns));
  return lines;
}

const ALL_OPEN: FoldRules = { hideSettled: false, hideWaiting: false, foldRunning: false, mergeRunning: false };

/** From everything to the least; the first that fits is drawn. */
const LEVELS: readonly FoldRules[] = [
  ALL_OPEN,
  { ...ALL_OPEN, hideSettled: true },
  { ...ALL_OPEN, hideSettled: true, hideWaiting: true },
  { ...ALL_OPEN, hideSettled: true, hideWaiting: true, foldRunning: true },
  { hideSettled: true, hideWaiting: true, foldRunning: true, mergeRunning: true },
];

function fitHeight(nodes: readonly ProgressNode[], { nowMs, final = false }: TreeView, budget: number): TreeRow[] {
  let rows: TreeRow[] = [];
  for (const rules of final ? [ALL_OPEN] : LEVELS) {
    rows = treeRows(nodes, { ...rules, nowMs, final });
    if (rows.length <= budget) break;
  }
  return rows;
}

/** Where counts and words of groups stand, so that they form a column; narrower windows have none. */
const RIGHT_COLUMN = 68;
const RIGHT_COLUMN_WIDTH = 24;
const NARROW = 60;

function drawRow(row: TreeRow, theme: Theme, columns: number): string {
  const indent = " ".repeat(columns < NARROW ? Math.ceil(row.indent / 2) : row.indent);
  const signs = signsOf(row, theme);
  const start = indent.length + signs.reduce((width, [sign]) => width + stringWidth(sign) + 1, 0);
  const room = Math.max(1, columns - start);
  const { label, detail } = fitWidth(row, { theme, room, columnStart: columnOf(row, columns, start) });
  const painted = signs.map(([sign, paint]) => `${paint(sign)} `).join("");
  return (indent + painted + paintLabel(row, theme)(label) + paintDetail(row, theme)(detail)).trimEnd();
}

type Sign = readonly [text: string, paint: (text: string) => string];

/** An open group that runs needs no sign but its arrow: what runs in it stands below. */
function signsOf({ fold, state }: TreeRow, theme: Theme): Sign[] {
  const signs: Sign[] = [];
  if (fold) signs.push([fold === "open" ? theme.open : theme.folded, theme.dim]);
  if (state && !(fold === "open" && state === "running")) signs.push([theme.glyphs[state], theme.paint[state]]);
  return signs;
}

/** Column, counted from the label, where the detail starts; undefined: right behind the label. */
function columnOf({ labelWidth }: TreeRow, columns: number, start: number): number | undefined {
  if (columns < NARROW) return undefined;
  if (labelWidth !== undefined) return labelWidth + 3;
  return Math.min(RIGHT_COLUMN, columns - RIGHT_COLUMN_WIDTH) - start;
}

interface Fit {
  readonly theme: Theme;
  /** Columns from the label's start to the window's edge. */
  readonly room: number;
  readonly columnStart: number | undefined;
}

const LEAST_DETAIL = 6;

function fitWidth(row: TreeRow, { theme, room, columnStart }: Fit): { label: string; detail: string } {
  const label = theme.clean(row.label);
  const detail = theme.clean(row.detail);
  const cut = (text: string, width: number) => cliTruncate(text, width, { truncationCharacter: theme.ellipsis });
  if (!detail) return { label: cut(label, room), detail: "" };
  if (columnStart !== undefined) {
    const fitted = cut(label, columnStart - 2);
    const gap = " ".repeat(columnStart - stringWidth(fitted));
    return { label: fitted, detail: gap + cut(detail, room - columnStart) };
  }
  // A count is worth more than the end of a label; other words are worth less.
  const isCount = /^\d+\/\d+/.test(detail);
  const fitted = cut(label, isCount ? Math.max(LEAST_DETAIL, room - stringWidth(detail) - 2) : room);
  const left = room - stringWidth(fitted) - 2;
  return { label: fitted, detail: left < LEAST_DETAIL && !isCount ? "" : `  ${cut(detail, left)}` };
}

function paintLabel({ isTitle, state }: TreeRow, theme: Theme): (text: string) => string {
  if (isTitle) return theme.bold;
  return state === undefined || state === "waiting" ? theme.dim : String;
}

function paintDetail({ state }: TreeRow, theme: Theme): (text: string) => string {
  return state === "failed" ? theme.red : theme.dim;
}
