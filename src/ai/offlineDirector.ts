import type { Director, StoryBrief } from "../pipeline/ports.ts";
import type { SegmentDraft } from "../core/segmentDraft.ts";
import { segmentIndexes } from "../core/story.ts";
import { draftsOf } from "./offline/drafting/draftSequence.ts";
import { describeMissing } from "./offline/extraction/describeMissing.ts";
import { extract, OFFLINE } from "./offline/extraction/extract.ts";
import { compileFinal } from "./offline/finals/compileFinal.ts";

/**
 * The director that needs neither key nor network: rules and word lists, no model. What it gives
 * depends on its arguments alone, so the same story has the same script on every machine.
 */
export function createOfflineDirector(): Director {
  return {
    name: OFFLINE,
    extractAssets: extract,
    draftSegments,
    describeAsset: describeMissing,
    async optimizePrompt({ raw, output }, signal) {
      signal.throwIfAborted();
      return compileFinal(raw, output.profile);
    },
  };
}

async function* draftSegments(story: StoryBrief, ids: readonly string[], signal: AbortSignal): AsyncIterable<SegmentDraft> {
  const drafts = draftsOf(story);
  const indexes = segmentIndexes(story.timing.segments);
  for (const id of ids) {
    const index = indexes.get(id);
    if (index !== undefined) yield await drafts.draft(index, signal);
  }
}
