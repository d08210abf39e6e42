import { makeBatches } from "../../../src/core/batches.ts";
import { ProblemsError } from "../../../src/core/errors.ts";
import type { Problem } from "../../../src/core/problem.ts";
import type { RunEvent, TaskState } from "../../../src/pipeline/ports.ts";
import type { ProgressNode } from "../../../src/progress/progressManager.ts";
import { toErrorRecord, replayRunEvents } from "../../../src/progress/runEvents.ts";


export interface StoryTreeSpec {
  readonly segments: number;
  readonly batchSize?: number;
  /** By positions, such as `1-10` or `13`: the state, or a running segment's step. What is not named waits. */
  readonly states: Readonly<Record<string, TaskState | { readonly step: string }>>;
  /** How the run ended; absent while it lasts. */
  readonly ended?: "done" | "failed" | "cancelled";
}

export const TITLE = "The Trumpet and the Silence";

/** The tree of a run in the middle of its third phase, or after it. */
export function storyTree(spec: StoryTreeSpec): ProgressNode[] {
  const batches = makeBatches(Array.from({ length: spec.segments }, (_, index) => ({ id: `segment_${index + 1}` })), spec.batchSize ?? 10);
  const states = statesOf(spec);
  const script = "story/script";
  const children = batches.map(({ id, label, segments }) => ({
    id,
    label,
    kind: "batch",
    children: segments.map((segment) => ({ id: segment.id, label: segment.label, kind: "segment" })),
  }));
  const events: RunEvent[] = [
    plan("", [{ id: "story", label: `Regenerating: "${TITLE}"`, kind: "story" }]),
    change("story", "running"),
    plan("story", [
      { id: "assets", label: "Extract Assets", kind: "phase" },
      { id: "images", label: "Generate Asset Images", kind: "phase" },
      { id: "script", label: "Generate Director's Script", kind: "phase" },
    ]),
    change("story/assets", "running"),
    { ...change("story/assets", "running"), step: "9 assets" },
    change("story/assets", "done"),
    { ...change("story/images", "skipped"), reason: "no image model" },
    change(script, "running"),
    plan(script, children),
    ...batches.flatMap((batch) => batchEvents(`${script}/${batch.id}`, batch.segments.map(({ id, index }) => ({ id, state: states[index]! })), spec)),
  ];
  if (spec.ended) events.push(change(script, spec.ended), change("story", spec.ended));
  return replayRunEvents(events);
}

export function problemsError(id: string): ProblemsError {
  const at = (line: number, character: number) => ({ start: { line, character }, end: { line, character: character + 6 } });
  const file = `segments/${id}.md`;
  const problems: Problem[] = [
    {
      severity: "error",
      code: "unknown-tag",
      message: "@marai is no asset of this story",
      hint: "Did you mean @maria?",
      file,
      section: "SCENE",
      range: at(13, 2),
    },
    {
      severity: "error",
      code: "undefined-tag",
      message: "@trumpet is not defined in TAGS",
      hint: "Add a line - @trumpet: … to TAGS.",
      file,
      section: "CAMERA",
      range: at(17, 20),
    },
  ];
  return new ProblemsError(`${id} is not production-ready`, problems);
}

type SegmentState = StoryTreeSpec["states"][string];

function statesOf({ segments, states }: StoryTreeSpec): SegmentState[] {
  const list: SegmentState[] = Array.from({ length: segments }, () => "waiting");
  for (const [range, state] of Object.entries(states)) {
    const [first = 0, last = first] = range.split("-").map(Number);
    list.fill(state, first - 1, last);
  }
  return list;
}

function batchEvents(path: string, segments: readonly { readonly id: string; readonly state: SegmentState }[], { ended }: StoryTreeSpec): RunEvent[] {
  const names = segments.map(({ state }) => (typeof state === "string" ? state : "running"));
  if (names.every((name) => name === "waiting")) return [];
  const events = [change(path, "running"), ...segments.flatMap(({ id, state }) => segmentEvents(`${path}/${id}`, state))];
  const isOver = !names.some((name) => name === "running" || name === "waiting");
  if (names.includes("failed") && (ended || isOver)) return [...events, change(path, "failed")];
  if (isOver && !names.includes("cancelled")) return [...events, change(path, "done")];
  return ended ? [...events, change(path, "cancelled")] : events;
}

function segmentEvents(path: string, state: SegmentState): RunEvent[] {
  if (state === "waiting") return [];
  if (typeof state !== "string") return [change(path, "running"), { ...change(path, "running"), step: state.step }];
  if (state === "up to date") return [change(path, state)];
  if (state === "skipped") return [{ ...change(path, state), reason: "kept: edited by hand" }];
  const start = change(path, "running");
  if (state === "failed") return [start, { ...change(path, state), ...toErrorRecord(problemsError(path.split("/").at(-1)!)) }];
  const steps = state === "done" ? [{ ...start, step: "saving…" }, { ...start, step: "Production-ready" }] : [];
  return [start, ...steps, change(path, state)];
}

function plan(path: string, children: readonly object[]): RunEvent {
  return { event: "task-plan", atMs: 0, path, children };
}

function change(path: string, state: TaskState): RunEvent {
  return { event: "task-change", atMs: 0, path, state };
}
