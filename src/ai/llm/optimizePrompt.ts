import { hashText } from "../../core/canonical.ts";
import type { Output } from "../../core/outputs.ts";
import { segmentPath } from "../../core/storyFolder.ts";
import { oneLine } from "../../core/tags.ts";
import type { ModelRequest, OptimizeRequest } from "../../pipeline/ports.ts";
import { answerOf, type Reading } from "./answerOf.ts";
import type { ModelDeps } from "./askModel.ts";
import { checkFinal } from "./checkFinal.ts";
import { scanObject } from "./elementStream.ts";
import { OPTIMIZE_RULES, optimizeInstruction, profileContext } from "./prompts/optimizing.ts";
import { finalAnswer, finalElementSchema, objectIssues } from "./responses.ts";

const MOST_OUTPUT_TOKENS = 6_000;

type Beginning = Pick<ModelRequest, "context" | "cacheKey">;

export interface OptimizingDeps extends ModelDeps {
  readonly finals: FinalBeginnings;
}

/** What all calls for an output share. */
export type FinalBeginnings = (output: Output) => Beginning;

/** Each beginning is made once per output that is handed in; it depends on nothing else. */
export function createFinalBeginnings(): FinalBeginnings {
  const beginnings = new WeakMap<Output, Beginning>();
  return (output) => {
    const beginning = beginnings.get(output) ?? beginningOf(output);
    beginnings.set(output, beginning);
    return beginning;
  };
}

function beginningOf(output: Output): Beginning {
  const context = profileContext(output);
  return { context, cacheKey: `optimize-${hashText(OPTIMIZE_RULES + context)}` };
}

/**
 * The final prompt of one raw, checked by rules and not by the model's word: within the limit,
 * without tags, every look carried over, sound and text as ordered.
 */
export async function optimizePrompt(wanted: OptimizeRequest, deps: OptimizingDeps, signal: AbortSignal): Promise<string> {
  const { segmentId, output } = wanted;
  const question = {
    call: { request: optimizeRequest(wanted, deps), purpose: "optimize", ids: [segmentId] },
    read: (text: string) => readFinal(text, wanted),
    failure: `No final prompt for ${segmentId}, output ${output.name}`,
    place: { file: segmentPath(segmentId), section: "FINAL PROMPT" },
  } as const;
  return answerOf(question, deps, signal);
}

function optimizeRequest({ raw, output }: OptimizeRequest, { finals }: OptimizingDeps): ModelRequest {
  return {
    role: "optimizer",
    system: OPTIMIZE_RULES,
    ...finals(output),
    instruction: optimizeInstruction(raw, output.profile),
    answer: finalAnswer,
    maxOutputTokens: MOST_OUTPUT_TOKENS,
  };
}

function readFinal(text: string, wanted: OptimizeRequest): Reading<string> {
  const value = scanObject(text);
  const { data, error } = finalElementSchema.safeParse(value);
  if (!data) return { problems: objectIssues(value, error) };
  const prompt = oneLine(data.finalPrompt);
  const problems = checkFinal(prompt, wanted);
  return problems.length > 0 ? { problems } : { value: prompt };
}
