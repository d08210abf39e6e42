import { hashText } from "../core/canonical.ts";
import { changeScenes } from "../core/documents/scenePlanDocument.ts";
import type { StorySettings } from "../core/documents/storyDocument.ts";
import { formatTimingMap, type TimingMap } from "../core/documents/timingMapDocument.ts";
import { StoryDirectorError } from "../core/errors.ts";
import { retellProse, type RetoldProse } from "../core/narrationProse.ts";
import { handOverScenes } from "../core/sceneHandover.ts";
import type { Story } from "../core/story.ts";
import { segmentPath, storyPaths } from "../core/storyFolder.ts";
import { mergeWithNext, retimeSegment, splitSegment, type SplitPoint } from "../core/timingEdits.ts";
import type { SaveOutcome, StoryStore } from "./ports.ts";
import { readForEdit, requireStoryFolder, type StoryForEdit } from "./readStory.ts";
import { withLock } from "./withLock.ts";

export type TimingEditRequest =
  | { readonly kind: "split"; readonly id: string; readonly at: SplitPoint }
  | { readonly kind: "merge"; readonly id: string }
  | { readonly kind: "retime"; readonly id: string; readonly start?: number | undefined; readonly end?: number | undefined };

/** A new timing map, made from the story as it stands. */
export interface NewTiming {
  readonly map: TimingMap;
  /** For an id that leaves the map: the segment that its scene starts from, where it is to be another than its next. */
  readonly heirs?: ReadonlyMap<string, string> | undefined;
}

/** Gives a new timing map, and what else is to be told of it. Pure. @throws {TimingEditError} */
export type TimingEditor<Result extends NewTiming> = (story: Story, isTaken: (id: string) => boolean) => Result;

export interface EditTimingOptions {
  /** Tell what would change, and write nothing. */
  readonly dryRun?: boolean | undefined;
  /** Hash of the timing map that a person was shown the changes of: another one is not written over. */
  readonly basedOn?: string | undefined;
  /** Copy the files that change to the history before. Where a scene is taken out, they are copied in any case. */
  readonly keepCopies?: boolean | undefined;
  /** Replace the lock of another host. */
  readonly takeOver?: boolean | undefined;
}

export interface TimingReport {
  readonly created: readonly string[];
  /** Ids that left the map. */
  readonly unused: readonly string[];
  /** Their files; they stay. */
  readonly unusedFiles: readonly string[];
  /** Scenes that start from another segment; `to` is undefined where the scene was taken out. */
  readonly scenes: readonly { readonly from: string; readonly to: string | undefined }[];
  /** What becomes of narration.md; absent where that has nothing to do with it. */
  readonly prose?: RetoldProse["what"] | undefined;
  /** Hash of the timing map before the edit. */
  readonly basedOn: string;
}

/** The story's settings, where the edit can be made at all: nobody else is at work there. @throws {StoryDirectorError} as the edit would */
export async function requireEditable(store: StoryStore, { dryRun = false, takeOver = false }: Pick<EditTimingOptions, "dryRun" | "takeOver"> = {}): Promise<StorySettings> {
  await requireStoryFolder(store);
  const read = async () => (await readForEdit(store, "outline")).story.settings;
  return dryRun ? read() : withLock(store, takeOver, read);
}

/** The editor of one edit by hand. */
export function timingEditor(request: TimingEditRequest): TimingEditor<NewTiming> {
  switch (request.kind) {
    case "split":
      return ({ timing }, isTaken) => splitSegment(timing, request.id, { at: request.at, isTaken });
    case "merge":
      return ({ timing }) => mergeWithNext(timing, request.id);
    case "retime":
      return ({ timing }) => retimeSegment(timing, request.id, request);
  }
}

/**
 * Edits the timing map under the story's lock, hands its scenes on, and tells narration.md anew where
 * its words were those of the map. The map is saved last: the plan never names a segment that only the
 * new map has, so a crash in between leaves a story that can be used, and the same edit again completes it.
 */
export async function editTiming<Result extends NewTiming>(store: StoryStore, edit: TimingEditor<Result>, options: EditTimingOptions = {}): Promise<{ result: Result; report: TimingReport }> {
  const { dryRun = false, takeOver = false } = options;
  await requireStoryFolder(store);
  const work = async () => {
    const current = await readForEdit(store);
    const result = edit(current.story, current.isTaken);
    const change = changedTexts(current, result);
    if (options.basedOn !== undefined && options.basedOn !== change.report.basedOn) throw changedMeanwhile(storyPaths.timingMap);
    if (!dryRun) await save(store, change, options);
    return { result, report: change.report };
  };
  return dryRun ? work() : withLock(store, takeOver, work);
}

interface Change {
  /** In the order in which they are saved. */
  readonly files: readonly TextChange[];
  readonly report: TimingReport;
}

interface TextChange {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

function changedTexts({ story, texts }: StoryForEdit, { map, heirs = new Map() }: NewTiming): Change {
  const before = story.timing.segments;
  const after = map.segments;
  const mapText = texts.get(storyPaths.timingMap)!;
  const planText = texts.get(storyPaths.scenePlan) ?? "";
  const scenes = handOverScenes(story.scenes, { before, after, heirs });
  const proseText = texts.get(storyPaths.narration) ?? "";
  const prose = retellProse(proseText, { before, after });
  const files = [
    { path: storyPaths.scenePlan, before: planText, after: changeScenes(planText, scenes) },
    { path: storyPaths.narration, before: proseText, after: prose?.what === "rewritten" ? prose.text : proseText },
    { path: storyPaths.timingMap, before: mapText, after: formatTimingMap(map, mapText) },
  ];
  const old = new Set(before.map(({ id }) => id));
  const left = new Set(after.map(({ id }) => id));
  const unused = before.map(({ id }) => id).filter((id) => !left.has(id));
  return {
    files: files.filter((file) => file.before !== file.after),
    report: {
      created: after.map(({ id }) => id).filter((id) => !old.has(id)),
      unused,
      unusedFiles: unused.map(segmentPath).filter((path) => texts.has(path)),
      scenes: [...scenes].flatMap(([from, scene]) => (scene?.from === from ? [] : [{ from, to: scene?.from }])),
      ...(prose && { prose: prose.what }),
      basedOn: hashText(mapText),
    },
  };
}

async function save(store: StoryStore, { files, report }: Change, { keepCopies = false }: EditTimingOptions): Promise<void> {
  const losesScene = report.scenes.some(({ to }) => to === undefined);
  if (keepCopies || losesScene) for (const { path } of files) await store.keepCopy(path);
  const saved: TextChange[] = [];
  try {
    for (const file of files) {
      checkSaved(await store.saveDocument(file.path, file.after, file.before), file.path);
      saved.unshift(file);
    }
  } catch (error) {
    // Where this fails, too, the plan still fits the old map: its scenes are only planned anew.
    for (const { path, before, after } of saved) await store.saveDocument(path, before, after).catch(() => undefined);
    throw error;
  }
}

function checkSaved(outcome: SaveOutcome, path: string): void {
  if (outcome === "changed") throw changedMeanwhile(path);
}

function changedMeanwhile(path: string): StoryDirectorError {
  return new StoryDirectorError(`${path} changed in the meantime; nothing was changed`, { hint: "Look at the change, then do it again." });
}
