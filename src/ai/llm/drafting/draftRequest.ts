import { hashText } from "../../../core/canonical.ts";
import type { ModelRequest, StoryBrief } from "../../../pipeline/ports.ts";
import { DRAFT_RULES } from "../prompts/draftRules.ts";
import { storyContext } from "../prompts/storyContext.ts";
import { draftsAnswer } from "../responses.ts";

/** Room for whatever a model thinks before it writes, and for one draft; tokens. */
const TOKENS_TO_THINK = 4_000;
const TOKENS_A_DRAFT = 800;

/** Drafts and their repairs: one kind of call, so that all of them share one cached beginning. */
export type DraftRequests = (story: StoryBrief, instruction: string, drafts: number) => ModelRequest;

/** The shared beginning is made once per story that is handed in; it depends on nothing else. */
export function createDraftRequests(): DraftRequests {
  const beginnings = new WeakMap<StoryBrief, Pick<ModelRequest, "context" | "cacheKey">>();
  return (story, instruction, drafts) => {
    const beginning = beginnings.get(story) ?? beginningOf(story);
    beginnings.set(story, beginning);
    const maxOutputTokens = TOKENS_TO_THINK + TOKENS_A_DRAFT * drafts;
    return { role: "director", system: DRAFT_RULES, ...beginning, instruction, answer: draftsAnswer, maxOutputTokens };
  };
}

function beginningOf(story: StoryBrief): Pick<ModelRequest, "context" | "cacheKey"> {
  const context = storyContext(story);
  return { context, cacheKey: `drafts-${hashText(DRAFT_RULES + context)}` };
}
