import { ProblemsError, StoryDirectorError } from "../core/errors.ts";
import { isDamaged, loadStorySteps, stoppingProblems, type LoadedStory, type StoryTexts } from "../core/loadStory.ts";
import { compareProblems, type Problem } from "../core/problem.ts";
import type { Story } from "../core/story.ts";
import { assetPath, segmentPath, storyPaths } from "../core/storyFolder.ts";
import { selectSegments } from "../core/selection.ts";
import type { StoryStore } from "./ports.ts";
import { filesOf } from "./resolveAssets.ts";

export interface StoryForRun {
  readonly story: Story;
  /** What stood on disk. */
  readonly texts: StoryTexts;
  /** The selected ids; undefined where nothing was selected. */
  readonly only: ReadonlySet<string> | undefined;
}

/** @throws {StoryDirectorError} where the folder is no story; nothing is made in it then. */
export async function requireStoryFolder(store: StoryStore): Promise<void> {
  if ((await store.readText(storyPaths.story)) !== undefined) return;
  const hint = `A story folder has a ${storyPaths.story}; name the folder that holds it.`;
  throw new StoryDirectorError(`${store.location} is not a story folder: it has no ${storyPaths.story}`, { hint });
}

/** @throws {ProblemsError} with every error of every document */
export async function readStory(store: StoryStore, parts: "all" | "outline" = "all"): Promise<Story> {
  const { loaded, problems } = await load(store, parts);
  return usable(loaded, stoppingProblems(problems));
}

/**
 * Reads the story for a run: stops at errors, before anything is spent. Files that a crash left
 * empty are set aside, to be made again.
 */
export async function readForRun(store: StoryStore, selection: readonly string[] | undefined): Promise<StoryForRun> {
  const { damaged, ...read } = await readStoryForRun(store, selection);
  for (const path of damaged) await store.setAside(path);
  return read;
}

/** The same, for those who only want to know what a run would do: nothing is written. */
export async function readStoryForRun(store: StoryStore, selection: readonly string[] | undefined): Promise<StoryForRun & { readonly damaged: readonly string[] }> {
  const { loaded, texts, problems } = await load(store, "all");
  refuseNewer(loaded);
  const only = selection && loaded.story && selectSegments(selection, loaded.story.timing.segments);
  const story = usable(loaded, stoppingProblems(problems, only));
  if (story.timing.segments.length === 0) {
    throw new StoryDirectorError(`${storyPaths.timingMap} has no segments`, { hint: "Add what is said, and from when to when." });
  }
  return { story, texts: new Map([...texts].filter(([, text]) => !isDamaged(text))), only, damaged: loaded.damaged };
}

export interface StoryForEdit {
  readonly story: Story;
  /** What stood on disk. */
  readonly texts: StoryTexts;
  /** Whether a segment has that id, or a file that is kept though no segment uses it. */
  readonly isTaken: (id: string) => boolean;
}

/**
 * Reads the story for an edit of its timing map; mistakes in segment files are no obstacle.
 * @param parts `outline` for those who only want to know whether it can be edited
 * @throws {ProblemsError}
 */
export async function readForEdit(store: StoryStore, parts: "all" | "outline" = "all"): Promise<StoryForEdit> {
  const { loaded, texts, problems } = await load(store, parts);
  refuseNewer(loaded);
  const story = usable(loaded, stoppingProblems(problems, new Set()));
  const files = new Set([...texts.keys(), ...problems.map(({ file }) => file)].map((path) => path.toLowerCase()));
  const ids = new Set(story.timing.segments.map(({ id }) => id));
  return { story, texts, isTaken: (id) => ids.has(id) || files.has(segmentPath(id)) };
}

function refuseNewer({ readOnly }: LoadedStory): void {
  if (!readOnly) return;
  const hint = "Update Story Director to work on this story.";
  throw new StoryDirectorError("A newer version of Story Director wrote this story; this one can only read it", { hint });
}

/** Every problem of the story, in the order of the files. Writes nothing. */
export async function checkStory(store: StoryStore): Promise<{ story: Story | undefined; problems: Problem[] }> {
  const { loaded, problems } = await load(store, "all");
  const images = loaded.story ? await imageProblems(loaded.story, store) : [];
  const all = [...problems, ...loaded.damaged.map(damagedProblem), ...images];
  return { story: loaded.story, problems: all.sort(compareProblems) };
}

async function load(store: StoryStore, parts: "all" | "outline"): Promise<{ loaded: LoadedStory; texts: StoryTexts; problems: Problem[] }> {
  const { texts, problems } = await store.readAll(parts);
  const loaded = await loadInSlices(texts);
  const unreadable = new Set(problems.map(({ file }) => file));
  // A file that is there but cannot be read is not missing, too.
  return { loaded, texts, problems: [...problems, ...loaded.problems.filter(({ file }) => !unreadable.has(file))] };
}

/** Documents that are read in one go: a few dozen milliseconds. */
const SLICE = 64;

/** Thousands of segments take seconds to read: the tree and other extensions go on meanwhile. */
async function loadInSlices(texts: StoryTexts): Promise<LoadedStory> {
  const steps = loadStorySteps(texts);
  for (let count = 1; ; count++) {
    const { done, value } = steps.next();
    if (done) return value;
    if (count % SLICE === 0) await new Promise((resolve) => setTimeout(resolve));
  }
}

function usable({ story }: LoadedStory, errors: readonly Problem[]): Story {
  if (errors.length || !story) throw new ProblemsError("The story cannot be used as it stands", errors);
  return story;
}

function damagedProblem(file: string): Problem {
  const message = "the file is empty: a crash left it so";
  const hint = "The next run sets it aside as .damaged and makes it again.";
  return { severity: "warning", code: "damaged-file", message, hint, file };
}

async function imageProblems(story: Story, store: StoryStore): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const asset of story.assets.values()) {
    for (const path of filesOf(asset)) {
      if (await store.isReadable(path)) continue;
      const hint = "Put the file there, or take it out of the asset's images.";
      problems.push({ severity: "error", code: "unreadable-image", message: `${path} cannot be read`, hint, file: assetPath(asset.id) });
    }
  }
  return problems;
}
