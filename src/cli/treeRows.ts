import stringWidth from "string-width";
import { describeFailure } from "../core/errors.ts";
import type { TaskState } from "../pipeline/ports.ts";
import type { ProgressNode } from "../progress/progressManager.ts";
import { plural } from "../core/words.ts";
import { countsOf, formatDuration, outcomeOf } from "./words.ts";

/** One line of the tree, before it is fitted to a width. */
export interface TreeRow {
  /** Columns. */
  readonly indent: number;
  readonly fold?: "open" | "folded" | undefined;
  /** Absent on a line that only explains the one above. */
  readonly state?: TaskState | undefined;
  readonly label: string;
  readonly detail: string;
  /** Width that labels side by side have in common; absent where the detail stands in the right column. */
  readonly labelWidth?: number | undefined;
  readonly isTitle?: boolean | undefined;
}

/** How much is left out; what runs or failed goes last. */
export interface FoldRules {
  readonly hideSettled: boolean;
  readonly hideWaiting: boolean;
  readonly foldRunning: boolean;
  readonly mergeRunning: boolean;
}

export interface RowOptions extends FoldRules {
  readonly nowMs: number;
  /** The run is over: batches are folded, failed ones wide open with their problems. */
  readonly final: boolean;
}

export function treeRows(nodes: readonly ProgressNode[], options: RowOptions): TreeRow[] {
  return groupRows(nodes, 0, options);
}

const SLOW_STEP_MS = 10_000;
const WIDEST_LABEL = 40;

function groupRows(nodes: readonly ProgressNode[], depth: number, options: RowOptions): TreeRow[] {
  const visible = nodes.filter((node) => !isHidden(node, options));
  const labelWidth = Math.min(WIDEST_LABEL, Math.max(0, ...nodes.filter(isLeafKind).map(({ label }) => stringWidth(label))));
  return runsOf(visible, options).flatMap((run, index) => {
    if (run.length > 1) return [mergedRow(run, depth, { ...options, isFirst: index === 0 })];
    return nodeRows(run[0]!, { depth, labelWidth }, options);
  });
}

function nodeRows(node: ProgressNode, { depth, labelWidth }: { depth: number; labelWidth: number }, options: RowOptions): TreeRow[] {
  const isLeaf = isLeafKind(node);
  const isOpen = node.children.length > 0 && opens(node, options);
  const row: TreeRow = {
    indent: depth * 2 + (isLeaf ? 2 : 0),
    fold: node.children.length === 0 ? undefined : isOpen ? "open" : "folded",
    state: node.state,
    label: node.label,
    detail: detailOf(node, isOpen, options),
    labelWidth: isLeaf ? labelWidth : undefined,
    isTitle: node.kind === "story",
  };
  if (isOpen) return [row, ...noteRows(node, depth), ...groupRows(node.children, depth + 1, options)];
  return options.final && isLeaf ? [row, ...problemRows(node, row.indent)] : [row];
}

/** A group's note has a line of its own: it is longer than a count. */
function noteRows({ kind, note }: ProgressNode, depth: number): TreeRow[] {
  return kind === "story" && note !== undefined ? [{ indent: depth * 2 + 2, label: note, detail: "" }] : [];
}

/** Segments and steps stand one step further in, below the arrow of their group's sign. */
function isLeafKind({ kind }: ProgressNode): boolean {
  return kind === "segment" || kind === "step";
}

function isHidden(node: ProgressNode, { hideSettled, hideWaiting, final }: RowOptions): boolean {
  if (!isLeafKind(node) || final) return false;
  if (isGood(node)) return hideSettled || node.parent?.state === "failed";
  return node.state === "waiting" && hideWaiting;
}

function isGood({ state }: ProgressNode): boolean {
  return state === "done" || state === "up to date" || state === "skipped";
}

function opens(node: ProgressNode, { final, foldRunning }: RowOptions): boolean {
  if (node.kind === "story") return true;
  if (node.state === "failed") return true;
  if (node.children.some(({ kind }) => kind === "batch")) return node.state !== "waiting";
  if (node.state !== "running" || final) return false;
  return !foldRunning || node.counts.failed > 0;
}

function detailOf(node: ProgressNode, isOpen: boolean, { nowMs, final }: RowOptions): string {
  if (node.kind === "story" || node.kind === "batch") {
    const counts = node.counts.total ? countsOf(node) : "";
    // A story's node says what the run has cost so far, and goes on saying it.
    const step = node.kind === "story" ? (node.step ?? "") : node.state === "running" ? (node.note ?? node.step ?? "") : "";
    return [counts, step].filter(Boolean).join("  ");
  }
  if (node.state === "failed" && isOpen) return "";
  const outcome = outcomeOf(node);
  const said = node.steps.at(-1);
  if (node.state === "running" && said && !final && nowMs - said.atMs >= SLOW_STEP_MS) {
    return `${outcome} ${formatDuration(nowMs - said.atMs)}`;
  }
  return outcome || (!isOpen && node.counts.total ? countsOf(node) : "");
}

function problemRows({ error }: ProgressNode, indent: number): TreeRow[] {
  if (error === undefined) return [];
  return describeFailure(error).problems.map(({ section, message }) => ({
    indent: indent + 4,
    label: section ? `${section}: ${message}` : message,
    detail: "",
  }));
}

/** Neighbouring batches that are told of on one line. */
function runsOf(nodes: readonly ProgressNode[], options: RowOptions): ProgressNode[][] {
  const runs: ProgressNode[][] = [];
  let latest: string | undefined;
  for (const node of nodes) {
    const merge = mergeClass(node, options);
    if (merge !== undefined && merge === latest) runs.at(-1)!.push(node);
    else runs.push([node]);
    latest = merge;
  }
  return runs;
}

function mergeClass(node: ProgressNode, { mergeRunning }: RowOptions): string | undefined {
  if (node.kind !== "batch") return undefined;
  if (isGood(node)) return "good";
  if (node.state === "waiting" || node.state === "cancelled") return node.state;
  return node.state === "running" && node.counts.failed === 0 && mergeRunning ? "running" : undefined;
}

function mergedRow(batches: readonly ProgressNode[], depth: number, { final, isFirst }: RowOptions & { isFirst: boolean }): TreeRow {
  const { state } = batches[0]!;
  const indent = depth * 2;
  if (state === "waiting") {
    const words = final ? "not started" : "waiting";
    return { indent, state, label: `${batches.length} ${isFirst || final ? "" : "more "}batches ${words}`, detail: "" };
  }
  const isUniform = batches.every((batch) => batch.state === state);
  const sum = (key: "settled" | "total") => batches.reduce((total, { counts }) => total + counts[key], 0);
  const detail = `${sum("settled")}/${sum("total")}`;
  return { indent, fold: "folded", state: isUniform ? state : "done", label: mergedLabel(batches), detail };
}

const BATCH_LABEL = /^Batch (\d+)\/\d+: Segments? (\d+)(?:-(\d+))?$/;

/** `Batches 1-14: Segments 1-140`, put together from the labels of the first and the last. */
export function mergedLabel(batches: readonly Pick<ProgressNode, "label">[]): string {
  const first = BATCH_LABEL.exec(batches[0]!.label);
  const last = BATCH_LABEL.exec(batches.at(-1)!.label);
  if (batches.length === 1) return batches[0]!.label;
  if (!first || !last) return plural(batches.length, "batch", "batches");
  return `Batches ${first[1]}-${last[1]}: Segments ${first[2]}-${last[3] ?? last[2]}`;
}
