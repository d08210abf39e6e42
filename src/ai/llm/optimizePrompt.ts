import { hashText } from "../../core/canonical.ts";
import { segmentPath } from "../../core/storyFolder.ts";
import { oneLine } from "../../core/tags.ts";
import type { ModelRequest, OptimizeRequest } from "../../pipeline/ports.ts";
import { answerOf, type Reading } from "./answerOf.ts";
import type { ModelDeps } from "./askModel.ts";
import { checkFinal } from "./checkFinal.ts";
import { scanObject } from "./elementStream.ts";
import { OPTIMIZE_RULES, optimizeInstruction, profileContext } from "./prompts/optimizing.ts";
import { finalAnswer, finalElementSchema, issuesOf } from "./responses.ts";

const MOST_OUTPUT_TOKENS = 6_000;

/**
 * The final prompt of one raw, checked by rules and not by the model's word: within the limit,
 * without tags, every look carried over, sound and text as ordered.
 */
export async function optimizePrompt(wanted: OptimizeRequest, deps: ModelDeps, signal: AbortSignal): Promise<string> {
  const { segmentId, output } = wanted;
  const question = {
    call: { request: optimizeRequest(wanted), purpose: "optimize", ids: [segmentId] },
    read: (text: string) => readFinal(text, wanted),
    failure: `No final prompt for ${segmentId}, output ${output.name}`,
    place: { file: segmentPath(segmentId), section: "FINAL PROMPT" },
  } as const;
  return answerOf(question, deps, signal);
}

function optimizeRequest({ raw, output }: OptimizeRequest): ModelRequest {
  const context = profileContext(output);
  return {
    role: "optimizer",
    system: OPTIMIZE_RULES,
    context,
    instruction: optimizeInstruction(raw, output.profile),
    answer: finalAnswer,
    maxOutputTokens: MOST_OUTPUT_TOKENS,
    cacheKey: `optimize-${hashText(OPTIMIZE_RULES + context)}`,
  };
}

function readFinal(text: string, wanted: OptimizeRequest): Reading<string> {
  const { data, error } = finalElementSchema.safeParse(scanObject(text));
  if (!data) return { problems: issuesOf(error) };
  const prompt = oneLine(data.finalPrompt);
  const problems = checkFinal(prompt, wanted);
  return problems.length > 0 ? { problems } : { value: prompt };
}
