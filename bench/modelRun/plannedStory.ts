import { createLlmDirector } from "../../src/ai/llmDirector.ts";
import { rangesToPlan } from "../../src/core/extractionPlan.ts";
import type { Story } from "../../src/core/story.ts";
import { extractAssets } from "../../src/pipeline/extractAssets.ts";
import type { Log, ProgressTask, StoryBrief } from "../../src/pipeline/ports.ts";
import { readForRun } from "../../src/pipeline/readStory.ts";
import { createDiskStore } from "../../src/story/diskStore.ts";
import { createFakeLanguageModel, wellBehaved } from "../../test/support/fakeLanguageModel.ts";
import { writeLongStory } from "../longStory.ts";

export const SILENT: Log = { info: () => undefined, error: () => undefined };

/** A story whose assets and scenes are on file, so that what is measured are the segments alone. */
export async function writePlannedStory(sample: string, folder: string, size: number): Promise<void> {
  writeLongStory(sample, folder, size);
  const store = createDiskStore(folder);
  const { story, texts } = await readForRun(store, undefined);
  const director = createLlmDirector({ model: createFakeLanguageModel(wellBehaved, { chunk: 1000, name: "fake/timed-1" }), log: SILENT });
  const { signal } = new AbortController();
  const task: ProgressTask = { plan: () => undefined, run: () => Promise.reject(new Error("nothing to run")), say: () => undefined, note: () => undefined, mark: () => undefined };
  await extractAssets(rangesToPlan(story, false), { story, texts, brief: briefFor(story), director, store, all: false, signal }, task);
}

export function briefFor({ settings, style, research, timing, scenes, assets }: Story): StoryBrief {
  return { settings, style, research, timing, scenes, assets, directions: new Map() };
}
