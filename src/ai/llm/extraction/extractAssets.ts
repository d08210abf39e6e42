import { hashText } from "../../../core/canonical.ts";
import type { SceneContent } from "../../../core/documents/scenePlanDocument.ts";
import type { SegmentRange } from "../../../core/extractionPlan.ts";
import { sceneRanges } from "../../../core/story.ts";
import { storyPaths } from "../../../core/storyFolder.ts";
import type { Extraction, ModelRequest, StoryBrief } from "../../../pipeline/ports.ts";
import { answerOf } from "../answerOf.ts";
import type { ModelDeps } from "../askModel.ts";
import { extractionContext, extractionInstruction } from "../prompts/extractionInstruction.ts";
import { EXTRACTION_RULES } from "../prompts/extractionRules.ts";
import { extractionAnswer } from "../responses.ts";
import { AssetBook } from "./assetBook.ts";
import { readExtraction, type WindowResult, type WindowSource } from "./readExtraction.ts";
import { planWindows, type ReadingWindow } from "./windows.ts";

const MOST_OUTPUT_TOKENS = 16_000;

/**
 * Assets and scenes of the wanted ranges, read in windows one after the other: each is shown what
 * the earlier ones found. Assets on file keep their ids, and a person's words stand.
 */
export async function extractAssets(ranges: readonly SegmentRange[], story: StoryBrief, { deps, signal }: Extracting): Promise<Extraction> {
  const { segments } = story.timing;
  const starts = new Set(ranges.map(({ first }) => segments[first]!.id));
  let book = AssetBook.of(story.assets);
  const scenes: SceneContent[] = [];
  for (const window of planWindows(segments, ranges)) {
    const before = sceneBefore(window, { story, ranges, planned: scenes });
    const heads = window.wanted.map(({ first }) => segments[first]!.id);
    const mustStart = new Set(heads.filter((id) => starts.has(id)));
    const read = await readWindow({ story, window, starts: mustStart, book }, before, { deps, signal });
    book = read.book;
    for (const scene of read.scenes) {
      // At a seam that our windows made and the story did not, a scene may go on.
      const isSeam = heads.includes(scene.from) && !starts.has(scene.from);
      const goesOn = isSeam && scenes.length > 0 && sameScene(scene, scenes.at(-1)!);
      if (!goesOn) scenes.push(scene);
    }
  }
  return { assets: book.found(), scenes };
}

interface Extracting {
  readonly deps: ModelDeps;
  readonly signal: AbortSignal;
}

async function readWindow(source: WindowSource, before: SceneContent | undefined, { deps, signal }: Extracting): Promise<WindowResult> {
  const { story, window } = source;
  const ids = window.wanted.flatMap(({ first, last }) => story.timing.segments.slice(first, last + 1).map(({ id }) => id));
  const question = {
    call: { request: extractionRequest(source, before), purpose: "extract", ids },
    read: (text: string) => readExtraction(text, source),
    failure: `No assets and scenes for ${ids[0]} to ${ids.at(-1)}`,
    place: { file: storyPaths.scenePlan },
  } as const;
  return answerOf(question, deps, signal);
}

function extractionRequest({ story, window, book }: WindowSource, before: SceneContent | undefined): ModelRequest {
  const context = extractionContext(story);
  return {
    role: "director",
    system: EXTRACTION_RULES,
    context,
    instruction: extractionInstruction({ story, ...window, assets: book.all(), touched: book.touched, before }),
    answer: extractionAnswer,
    maxOutputTokens: MOST_OUTPUT_TOKENS,
    cacheKey: `extraction-${hashText(EXTRACTION_RULES + context)}`,
  };
}

interface Progress {
  readonly story: StoryBrief;
  readonly ranges: readonly SegmentRange[];
  readonly planned: readonly SceneContent[];
}

/** The scene that the segment before the window is in: just planned, or in the part of the plan that stands. */
function sceneBefore({ wanted }: ReadingWindow, { story, ranges, planned }: Progress): SceneContent | undefined {
  const last = wanted[0]!.first - 1;
  if (ranges.some((range) => last >= range.first && last <= range.last)) return planned.at(-1);
  return sceneRanges(story.scenes, story.timing.segments).findLast(({ first }) => first <= last)?.scene;
}

/** The note of the first one stands for both. */
function sameScene(a: SceneContent, b: SceneContent): boolean {
  return a.place === b.place && a.time === b.time && a.look === b.look && a.cast.join() === b.cast.join();
}
