import { window } from "vscode";
import type { TimingEditRequest, TimingReport } from "../../compose.ts";
import { mergeWithNext, MINIMUM_SECONDS, retimeSegment, type SplitPoint } from "../../core/timingEdits.ts";
import { gridStep } from "../../core/timeGrid.ts";
import { segmentSeconds } from "../../core/story.ts";
import { formatExactTime, formatTenths, parseTime } from "../../core/times.ts";
import type { App } from "../app.ts";
import { handoverLines } from "../timing/takeReport.ts";
import { refusal, splitChoices, splitProblem } from "../timing/splitChoices.ts";
import { tellEdited, working } from "./timingDone.ts";
import { timedSegment, timingTarget, type TimedTarget } from "./timingTarget.ts";

/** Split Segment Here: before the word at the cursor, or where a person picks. */
export async function splitSegmentHere(app: App, on: unknown): Promise<void> {
  await onSegment(app, on, async (target) => {
    const { id } = target;
    const at = splitAtCursor(target) ?? (await pickSplit(target));
    if (!at) return;
    const report = await edit(target, { kind: "split", id, at });
    const [newId] = report.created;
    await tellEdited(app, target.story, { reveal: newId, touched: [id, ...report.created], words: `${id} is split; its second part is ${newId}.` });
  });
}

const MERGE = "Merge";

/** Merge with Next: says what it means for scenes and files before. */
export async function mergeSegmentWithNext(app: App, on: unknown): Promise<void> {
  await onSegment(app, on, async (target) => {
    const { id, map, story, index } = target;
    const merged = mergeWithNext(map, id).map.segments[index]!;
    const next = map.segments[index + 1]!;
    const report = await working(story.editTiming({ kind: "merge", id }, { dryRun: true, basedOn: target.basedOn }));
    const becomes = `${id} gets the words of both and lasts from ${formatTenths(merged.start)} to ${formatTenths(merged.end)} (${segmentSeconds(merged).toFixed(1)} s).`;
    const detail = [becomes, ...handoverLines(report)].join("\n");
    if ((await window.showWarningMessage(`Merge ${id} with ${next.id}?`, { modal: true, detail }, MERGE)) !== MERGE) return;
    await edit(target, { kind: "merge", id });
    await tellEdited(app, story, { reveal: id, touched: [id], words: `${next.id} is part of ${id} now.` });
  });
}

/** Retime…: a start and an end; neighbours that touch it move along. */
export async function retimeSegmentTo(app: App, on: unknown): Promise<void> {
  await onSegment(app, on, async (target) => {
    const { id, map, index, story, segment } = target;
    const start = await askStart(target);
    if (start === undefined) return;
    const end = await askEnd(target, start);
    if (end === undefined || (start === segment.start && end === segment.end)) return;
    await edit(target, { kind: "retime", id, start, end });
    const neighbours = [map.segments[index - 1], map.segments[index + 1]].flatMap((neighbour) => (neighbour ? [neighbour.id] : []));
    await tellEdited(app, story, { reveal: id, touched: [id, ...neighbours], words: `${id} lasts from ${formatExactTime(start)} to ${formatExactTime(end)}.` });
  });
}

async function onSegment(app: App, on: unknown, work: (target: TimedTarget) => Promise<void>): Promise<void> {
  const target = await timingTarget(app, on);
  if (!target) return;
  await app.failures.guard(async () => work(await timedSegment(target)), target.story.folder);
}

/** Refused where the map is another than the one that the answers were given for. */
async function edit({ story, basedOn }: TimedTarget, request: TimingEditRequest): Promise<TimingReport> {
  return working(story.editTiming(request, { basedOn }));
}

/** Undefined where the cursor is beside the narration, or no part would be left on one side of it. */
function splitAtCursor({ map, id, character }: TimedTarget): SplitPoint | undefined {
  if (character === undefined) return undefined;
  const at = { character };
  return splitProblem(map, id, at) === undefined ? at : undefined;
}

const AT_A_TIME = "$(clock) At a Time…";

async function pickSplit(target: TimedTarget): Promise<SplitPoint | undefined> {
  const { map, segment, id } = target;
  const choices = splitChoices(map, segment);
  if (choices.length === 0) return askSplitTime(target);
  const items = [...choices, { label: AT_A_TIME, description: "also inside a pause", at: undefined }];
  const chosen = await window.showQuickPick(items, { title: `Split ${id}`, placeHolder: "Where does the second part begin?", matchOnDescription: true });
  if (!chosen) return undefined;
  return chosen.at ?? askSplitTime(target);
}

async function askSplitTime({ map, segment, id }: TimedTarget): Promise<SplitPoint | undefined> {
  const text = await window.showInputBox({
    title: `Split ${id}`,
    prompt: `A time between ${formatExactTime(segment.start)} and ${formatExactTime(segment.end)}, such as 1:23.4 or 83.4`,
    value: formatExactTime((segment.start + segment.end) / 2),
    validateInput: (typed) => timeProblem(typed, (seconds) => splitProblem(map, id, { seconds })),
  });
  const seconds = text === undefined ? undefined : parseTime(text);
  return seconds === undefined ? undefined : { seconds };
}

async function askStart({ map, segment, id, index }: TimedTarget): Promise<number | undefined> {
  const before = map.segments[index - 1];
  const shortest = Math.max(MINIMUM_SECONDS, 2 * gridStep(map.frameRate));
  const bound = before ? `${before.id} starts at ${formatExactTime(before.start)}, and gives way` : "the story starts at 0:00.0";
  const text = await window.showInputBox({
    title: `Retime ${id} (1/2)`,
    prompt: `Where it starts, such as 1:23.4 or 83.4; ${bound}`,
    value: formatExactTime(segment.start),
    // The end may still move, too.
    validateInput: (typed) => timeProblem(typed, (start) => refusal(() => retimeSegment(map, id, { start, end: Math.max(segment.end, start + 2 * shortest) }))),
  });
  return text === undefined ? undefined : parseTime(text);
}

async function askEnd({ map, segment, id, index }: TimedTarget, start: number): Promise<number | undefined> {
  const after = map.segments[index + 1];
  const bound = after ? `${after.id} ends at ${formatExactTime(after.end)}, and gives way` : map.duration === undefined ? "it is the last one" : `the story ends at ${formatExactTime(map.duration)}`;
  const text = await window.showInputBox({
    title: `Retime ${id} (2/2)`,
    prompt: `Where it ends, such as 1:23.4 or 83.4; ${bound}`,
    value: formatExactTime(segment.end > start ? segment.end : start + segmentSeconds(segment)),
    validateInput: (typed) => timeProblem(typed, (end) => refusal(() => retimeSegment(map, id, { start, end }))),
  });
  return text === undefined ? undefined : parseTime(text);
}

function timeProblem(typed: string, refused: (seconds: number) => string | undefined): string | undefined {
  const seconds = parseTime(typed);
  return seconds === undefined ? "Write a time such as 1:23.4 or 83.4." : refused(seconds);
}
