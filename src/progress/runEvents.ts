import { describeFailure, StoryDirectorError } from "../core/errors.ts";
import type { Problem } from "../core/problem.ts";
import type { PlannedTask, RunEvent, TaskKind, TaskState } from "../pipeline/ports.ts";
import { ProgressTree, type Outcome, type NodeChange, type ProgressChange, type ProgressNode } from "./progressTree.ts";

/** A problem on one line of JSON: line and column from 1, as terminals and editors link them. */
export interface ProblemRecord extends Omit<Problem, "range"> {
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

/** An error on one line of JSON; `problems` is there only where the error was made for a person. */
export interface ErrorRecord {
  readonly message: string;
  readonly hint?: string | undefined;
  readonly problems?: readonly ProblemRecord[] | undefined;
  /** Path inside the story folder of the file that keeps what a model was asked and answered. */
  readonly bundle?: string | undefined;
}

/**
 * The lines of a run log, also of `--json`:
 * - `{event: "task-plan", atMs, path, children: [{id, label, kind, children?}]}`; the path of the top is ""
 * - `{event: "task-change", atMs, path, kind, label, state, reason?, ms?}` for a new state; when failed
 *   also the keys of `ErrorRecord`, or `cause`, the path of the child that failed it
 * - `{event: "task-change", atMs, path, kind, state, step}` for a step
 *
 * A run's log has `run-start` and `run-end` around them, and between them `model-call` (what a call came
 * to) and `model-wait` (`{atMs, host, why, ms}`, once for each wait).
 *
 * Counts follow from these, and notes are for the moment; neither has an event of its own.
 */
export function toRunEvents({ atMs, changes }: ProgressChange): RunEvent[] {
  return changes.flatMap((change) => toRunEvent(change, atMs) ?? []);
}

export function toProblemRecord({ range, ...problem }: Problem): ProblemRecord {
  const start = range?.start;
  return start ? { ...problem, line: start.line + 1, column: start.character + 1 } : problem;
}

export function toErrorRecord(error: unknown): ErrorRecord {
  const { message, hint, problems, bundle, isExpected } = describeFailure(error);
  return isExpected ? { message, hint, problems: problems.map(toProblemRecord), bundle } : { message };
}

/**
 * The tree that the events of a run tell of. Events of other kinds, and what does not fit, are
 * passed over: the log of a run that was killed ends anywhere.
 */
export function replayRunEvents(events: Iterable<RunEvent>): ProgressNode[] {
  const tree = new ProgressTree();
  for (const event of events) {
    const atMs = typeof event["atMs"] === "number" ? event["atMs"] : 0;
    if (event.event === "task-plan") replayPlan(tree, event, atMs);
    else if (event.event === "task-change") replayChange(tree, event, atMs);
  }
  return [...tree.nodes];
}

function toRunEvent(change: NodeChange, atMs: number): RunEvent | undefined {
  switch (change.what) {
    case "counts":
    case "note":
      return undefined;
    case "planned":
      return { event: "task-plan", atMs, path: change.node?.path ?? "", children: change.planned.map(toPlannedTask) };
    case "step": {
      const { path, kind, state, step } = change.node;
      return { event: "task-change", atMs, path, kind, state, step };
    }
    case "state":
      return stateEvent(change.node, atMs);
  }
}

function toPlannedTask({ id, label, kind, children }: ProgressNode): PlannedTask {
  return { id, label, kind, ...(children.length ? { children: children.map(toPlannedTask) } : {}) };
}

function stateEvent(node: ProgressNode, atMs: number): RunEvent {
  const { path, kind, label, state, reason, startedAt, endedAt } = node;
  const ms = startedAt !== undefined && endedAt !== undefined ? Math.max(0, endedAt - startedAt) : undefined;
  return withoutAbsent({ event: "task-change", atMs, path, kind, label, state, reason, ms, ...failureOf(node) });
}

/** The details stand at the node that failed first; those above it name the child that the error came from. */
function failureOf(node: ProgressNode): object {
  if (node.state !== "failed") return {};
  const child = node.children.find(({ state, error }) => state === "failed" && error === node.error);
  return child ? { cause: child.path } : withoutAbsent(toErrorRecord(node.error));
}

function withoutAbsent<T extends object>(record: T): T {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T;
}

function replayPlan(tree: ProgressTree, event: RunEvent, atMs: number): void {
  const { path, children } = event;
  if (typeof path !== "string" || !Array.isArray(children)) return;
  if (path !== "" && !tree.find(path)) return;
  const prefix = path === "" ? "" : `${path}/`;
  for (const child of children.filter(isPlannedTask)) {
    if (tree.find(prefix + child.id)) continue;
    tree.plan(path === "" ? undefined : path, [child], atMs);
  }
}

function replayChange(tree: ProgressTree, event: RunEvent, atMs: number): void {
  const { path, state, step } = event;
  if (typeof path !== "string" || !tree.find(path) || !isTaskState(state)) return;
  if (typeof step === "string") return tree.say(path, step, atMs);
  if (state === "waiting") return;
  if (state === "running") return tree.start(path, atMs);
  tree.settle(path, outcomeOf(tree, event, state), atMs);
}

function outcomeOf(tree: ProgressTree, event: RunEvent, state: Exclude<TaskState, "waiting" | "running">): Outcome {
  switch (state) {
    case "done":
    case "cancelled":
      return { state };
    case "up to date":
    case "skipped":
      return { state, reason: textOf(event["reason"]) };
    case "failed": {
      const cause = typeof event["cause"] === "string" ? tree.find(event["cause"]) : undefined;
      return { state, error: cause ? cause.error : errorOf(event) };
    }
  }
}

function errorOf({ message, hint, problems, bundle }: RunEvent): Error {
  const words = textOf(message) ?? "failed";
  if (!Array.isArray(problems)) return new Error(words);
  const error = new StoryDirectorError(words, { hint: textOf(hint), problems: problems.filter(isProblemRecord).map(toProblem) });
  error.bundle = textOf(bundle);
  return error;
}

function toProblem({ line, column, ...problem }: ProblemRecord): Problem {
  if (line === undefined) return problem;
  const start = { line: line - 1, character: (column ?? 1) - 1 };
  return { ...problem, range: { start, end: start } };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function isTaskState(value: unknown): value is TaskState {
  return ["waiting", "running", "done", "up to date", "skipped", "failed", "cancelled"].includes(value as string);
}

function isTaskKind(value: unknown): value is TaskKind {
  return ["story", "phase", "batch", "segment", "step"].includes(value as string);
}

function isPlannedTask(value: unknown): value is PlannedTask {
  const task = value as Partial<PlannedTask> | null;
  const { id, label, kind, children = [] } = task ?? {};
  return typeof id === "string" && typeof label === "string" && isTaskKind(kind) && Array.isArray(children) && children.every(isPlannedTask);
}

function isProblemRecord(value: unknown): value is ProblemRecord {
  const problem = value as Partial<ProblemRecord> | null;
  return typeof problem?.message === "string" && typeof problem.file === "string";
}
