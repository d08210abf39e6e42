import type { Director, LanguageModel, Log } from "../pipeline/ports.ts";
import type { CallReport } from "./llm/askModel.ts";
import { describeAsset } from "./llm/describeAsset.ts";
import { createDraftRequests } from "./llm/drafting/draftRequest.ts";
import { draftSegments } from "./llm/drafting/draftSegments.ts";
import { repairDraft } from "./llm/drafting/repairDraft.ts";
import { extractAssets } from "./llm/extraction/extractAssets.ts";
import { createFinalBeginnings, optimizePrompt } from "./llm/optimizePrompt.ts";
import { createWarmUp } from "./llm/warmUp.ts";

export type { CallReport } from "./llm/askModel.ts";

export interface LlmDirectorOptions {
  readonly model: LanguageModel;
  readonly log: Log;
  /** Is told of every call when it is over, whatever became of it. */
  readonly onCall?: ((report: CallReport) => void) | undefined;
}

/**
 * The director that asks a language model. What it asks depends on its arguments alone; what a
 * model answers is text that only ever fills the fields of a draft, an asset, a scene or a prompt.
 */
export function createLlmDirector({ model, log, onCall = () => undefined }: LlmDirectorOptions): Required<Director> {
  const deps = { model, log, onCall, ended: new WeakSet<AbortSignal>(), requests: createDraftRequests(), finals: createFinalBeginnings(), warmUp: createWarmUp() };
  return {
    name: model.name,
    extractAssets: (story, ranges, signal) => extractAssets(ranges, story, { deps, signal }),
    draftSegments: (story, ids, signal) => draftSegments(story, ids, { deps, signal }),
    describeAsset: (story, missing, signal) => describeAsset(missing, story, { deps, signal }),
    optimizePrompt: (request, signal) => optimizePrompt(request, deps, signal),
    repairDraft: (story, faulty, signal) => repairDraft(faulty, story, { deps, signal }),
  };
}
