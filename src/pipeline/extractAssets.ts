import {
  appendState,
  formatAsset,
  isAssetTouched,
  parseAsset,
  type Asset,
  type AssetContent,
} from "../core/documents/assetDocument.ts";
import { formatScenePlan, hashSceneContent, type Scene, type SceneContent } from "../core/documents/scenePlanDocument.ts";
import { ProblemsError, StoryDirectorError } from "../core/errors.ts";
import { replaceScenes, type SegmentRange } from "../core/extractionPlan.ts";
import type { StoryTexts } from "../core/loadStory.ts";
import { hashSceneNarration, resolveTag, sceneRanges, type Story } from "../core/story.ts";
import { assetPath, storyPaths } from "../core/storyFolder.ts";
import { plural } from "../core/words.ts";
import type { AssetDraft, Director, Extraction, ProgressTask, StoryBrief, StoryStore } from "./ports.ts";

export interface ExtractionDeps {
  readonly story: Story;
  readonly brief: StoryBrief;
  /** What stood on disk when the run read it. */
  readonly texts: StoryTexts;
  readonly director: Director;
  readonly store: StoryStore;
  /** Do again what no person has touched. */
  readonly all: boolean;
  readonly signal: AbortSignal;
}

/**
 * The first phase: finds assets and plans scenes for the ranges. Assets are saved first and the
 * plan last, so that a plan on disk never names what was not saved.
 */
export async function extractAssets(ranges: readonly SegmentRange[], deps: ExtractionDeps, task: ProgressTask): Promise<Story> {
  const { story, director, brief, store, signal } = deps;
  task.say("reading the narration…");
  const extraction = await director.extractAssets(brief, ranges, signal);
  checkExtraction(extraction, ranges, story);
  task.say("saving…");
  const assets = new Map(story.assets);
  for (const draft of extraction.assets) {
    signal.throwIfAborted();
    assets.set(draft.id, await saveAsset(draft, deps));
  }
  const scenes = plannedScenes(extraction.scenes, ranges, deps);
  signal.throwIfAborted();
  const previousText = deps.texts.get(storyPaths.scenePlan);
  const outcome = await store.saveScenePlan(formatScenePlan(scenes, previousText), previousText);
  if (outcome === "changed") {
    throw new StoryDirectorError(`${storyPaths.scenePlan} changed during the run; it was not written`, { hint: "Run the same command again." });
  }
  task.say(countAssets(assets));
  return { ...story, assets, scenes };
}

export function countAssets(assets: ReadonlyMap<string, Asset>): string {
  return plural(assets.size, "asset");
}

/** What a person touched is never replaced; a state that is missing is appended to it. */
async function saveAsset(draft: AssetDraft, { story, texts, director, store, all }: ExtractionDeps): Promise<Asset> {
  const existing = story.assets.get(draft.id);
  const path = assetPath(draft.id);
  const previousText = texts.get(path);
  const write = async (text: string): Promise<Asset> => {
    const outcome = await store.saveAsset(draft.id, text, previousText);
    return readBack(draft.id, outcome === "saved" ? text : await store.readText(path));
  };
  const provenance = { by: director.name, late: false, previousText };
  if (!existing) return write(formatAsset(draft, provenance));
  if ((all || existing.late) && !isAssetTouched(existing)) return write(formatAsset(withOldWords(draft, existing), provenance));
  const missing = [...draft.states].filter(([state]) => !existing.states.has(state));
  if (missing.length === 0 || previousText === undefined) return existing;
  let text = previousText;
  for (const state of missing) text = appendState(text, readBack(draft.id, text), state);
  return write(text);
}

/** Nothing is deleted: what the director did not find again stays, and so does a name that a person gave. */
function withOldWords(draft: AssetContent, { name, aliases, states }: Asset): AssetContent {
  const names = [...aliases, ...(draft.name === name ? [] : [draft.name]), ...draft.aliases];
  return { ...draft, name, aliases: [...new Set(names)], states: new Map([...states, ...draft.states]) };
}

function readBack(id: string, text: string | undefined): Asset {
  const { value, problems } = parseAsset(text ?? "", id);
  if (!value) throw new ProblemsError(`${assetPath(id)} cannot be used`, problems);
  return value;
}

/** The new plan, each fresh scene with the hash of the narration that it turned out to cover. */
function plannedScenes(fresh: readonly SceneContent[], ranges: readonly SegmentRange[], { story, director }: ExtractionDeps): Scene[] {
  const scenes = replaceScenes(story, ranges, fresh);
  const isFresh = new Set<SceneContent>(fresh);
  const { segments } = story.timing;
  return sceneRanges(scenes, segments).map(({ scene, first, last }) => {
    if (!isFresh.has(scene)) return scene;
    const from = hashSceneNarration(segments.slice(first, last + 1));
    return { ...scene, generated: { by: director.name, from, text: hashSceneContent(scene) } };
  });
}

/** A director that breaks its contract is caught here, before anything is saved. */
function checkExtraction({ assets, scenes }: Extraction, ranges: readonly SegmentRange[], story: Story): void {
  const starts = new Set(sceneRanges(scenes, story.timing.segments).map(({ first }) => first));
  const fail = (message: string): never => {
    throw new StoryDirectorError(`The scene plan of the director cannot be used: ${message}`, { hint: "Run the same command again." });
  };
  if (starts.size !== scenes.length) fail("a scene starts from a segment that is not there, or out of order");
  for (const { first } of ranges) {
    if (!starts.has(first)) fail(`no scene starts from ${story.timing.segments[first]!.id}`);
  }
  const drafted = new Map(assets.map((asset) => [asset.id, { ...asset, images: [], generated: undefined, late: false }]));
  for (const { place, cast } of scenes) {
    const unknown = [place, ...cast].find((tag) => !resolveTag(story.assets, tag) && !resolveTag(drafted, tag));
    if (unknown !== undefined) fail(`@${unknown} is no asset`);
  }
}
