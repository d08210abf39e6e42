import { describeFailure } from "../core/errors.ts";
import { plural } from "../core/words.ts";
import type { ProgressNode } from "../progress/progressManager.ts";

/** `40 ms`, `0.4 s`, `1.8 s`, `42 s`, `2 min 5 s`, `1 h 3 min`. */
export function formatDuration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (ms < 100) return `${Math.round(ms)} ms`;
  if (ms < 9_950) return `${(ms / 1000).toFixed(1)} s`;
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** `12/53`, and how many of them failed. */
export function countsOf({ counts }: Pick<ProgressNode, "counts">): string {
  const failed = counts.failed ? `, ${counts.failed} failed` : "";
  return `${counts.settled}/${counts.total}${failed}`;
}

/** What stands behind a node's label: how it ended or what it is doing; "" where there is nothing to say. */
export function outcomeOf(node: ProgressNode): string {
  const { state, reason, step, error } = node;
  const because = reason === undefined ? "" : `: ${reason.replace(/^(?:kept|skipped): /, "")}`;
  switch (state) {
    case "waiting":
      return "";
    case "running":
      return step ?? "";
    case "done":
      return lastWord(step) ?? (node.kind === "segment" ? "Production-ready" : "");
    case "up to date":
      return `Up to date${because}`;
    case "skipped":
      return `${reason?.startsWith("kept") ? "kept" : "skipped"}${because}`;
    case "failed":
      return failureOf(error);
    case "cancelled":
      return "stopped";
  }
}

/** Problems are counted here, and listed where there is room for them. */
function failureOf(error: unknown): string {
  const { message, problems } = describeFailure(error);
  return problems.length ? plural(problems.length, "problem") : message.split("\n", 1)[0]!;
}

/** A step that ends in dots tells of work; behind finished work it would be a lie. */
function lastWord(step: string | undefined): string | undefined {
  return step?.endsWith("…") ? undefined : step;
}
