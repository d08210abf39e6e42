import { ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from "vscode";
import { describeFailure } from "../../core/errors.ts";
import { formatPlace } from "../../core/problem.ts";
import type { ProgressNode } from "../../progress/progressTree.ts";
import { COMMANDS } from "../ids.ts";
import type { Fold } from "./progressFolds.ts";

export interface ProgressItemOptions {
  /** Unique for each run of the session. */
  readonly runId: string;
  readonly fold: Fold;
}

/** The row of a node. Its tooltip is made when it is asked for. */
export function progressItem(node: ProgressNode, { runId, fold }: ProgressItemOptions): TreeItem {
  const item = new TreeItem(node.label, collapsibleState(node, fold));
  item.id = `${runId}/${node.path}@${fold.epoch}`;
  item.description = describeNode(node, fold);
  item.iconPath = iconOf(node);
  item.contextValue = contextOf(node);
  item.accessibilityInformation = { label: [node.label, node.state, item.description].filter(Boolean).join(", ") };
  if (node.kind === "segment") {
    item.command = { command: COMMANDS.openSegment, title: "Open Segment", arguments: [node] };
  }
  return item;
}

/** `segment.up-to-date`; `segment.failed.kept` where a model's answer is kept and can be opened. */
function contextOf({ kind, state, error }: ProgressNode): string {
  const kept = state === "failed" && describeFailure(error).bundle !== undefined ? ".kept" : "";
  return `${kind}.${state.replaceAll(" ", "-")}${kept}`;
}

function collapsibleState(node: ProgressNode, { isOpen }: Fold): TreeItemCollapsibleState {
  if (node.children.length === 0) return TreeItemCollapsibleState.None;
  return isOpen ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed;
}

/**
 * What it waits for; counters for groups of segments; the running step, the reason or the failure
 * for all others. A group that runs open has no counter: its rows tell, and refreshing it would
 * fetch them all anew. What a story has cost so far stands at its node alone.
 */
function describeNode({ kind, state, counts, step, note, reason, error }: ProgressNode, { isOpen }: Fold): string {
  if (note !== undefined) return note;
  const isGroup = kind === "story" || kind === "batch";
  const count = counts.total && !(isOpen && state === "running") ? `${counts.settled}/${counts.total}` : "";
  if (kind === "story") return [count, step].filter(Boolean).join(" · ");
  if (isGroup) return count;
  const words = reason ?? step;
  switch (state) {
    case "running":
    case "done":
      return words ?? "";
    case "up to date":
    case "skipped":
    case "cancelled":
      return words ? `${state}: ${words}` : state;
    case "failed": {
      const { message, problems } = describeFailure(error);
      return problems[0]?.message ?? message;
    }
    case "waiting":
      return "";
  }
}

function iconOf(node: ProgressNode): ThemeIcon {
  switch (node.state) {
    case "waiting":
      return new ThemeIcon("circle-outline");
    case "running":
      // One spinning thing for each thing that runs: a group stands still, the segment in it spins.
      return new ThemeIcon(node.children.length ? "play" : "loading~spin");
    case "done":
      return new ThemeIcon("pass", new ThemeColor("testing.iconPassed"));
    case "up to date":
      return new ThemeIcon("check");
    case "skipped":
      return new ThemeIcon("circle-slash");
    case "failed":
      return new ThemeIcon("error", new ThemeColor("testing.iconFailed"));
    case "cancelled":
      return new ThemeIcon("debug-stop");
  }
}

/** Plain text: the words of a story are never taken for Markdown. */
export function progressTooltip(node: ProgressNode): string {
  const lines = [node.label, headline(node)];
  // A story's steps are what it had cost from call to call; the last one counts.
  const steps = node.kind === "story" ? node.steps.slice(-1) : node.steps;
  steps.forEach((step, index) => {
    const until = steps[index + 1]?.atMs ?? node.endedAt;
    lines.push(until === undefined || node.kind === "story" ? step.text : `${step.text}  ${until - step.atMs} ms`);
  });
  if (node.state === "failed") {
    const { message, hint, problems } = describeFailure(node.error);
    lines.push("", ...(problems.length ? problems.map((problem) => `${formatPlace(problem)}: ${problem.message}`) : [message]));
    if (hint) lines.push(hint);
  }
  return lines.join("\n");
}

function headline({ state, reason, startedAt, endedAt }: ProgressNode): string {
  const took = startedAt !== undefined && endedAt !== undefined ? `, ${((endedAt - startedAt) / 1000).toFixed(1)} s` : "";
  return `${state}${reason ? `: ${reason}` : ""}${took}`;
}
