import type { SegmentDraft } from "../../../core/segmentDraft.ts";
import { segmentPath } from "../../../core/storyFolder.ts";
import type { FaultyDraft, StoryBrief } from "../../../pipeline/ports.ts";
import { hintFor, tellOutcome, wholeAnswer } from "../askModel.ts";
import { transcriptOf } from "../answerOf.ts";
import { scanElements } from "../elementStream.ts";
import { ModelAnswerError } from "../modelAnswerError.ts";
import { tagRepairInstruction } from "../prompts/draftInstruction.ts";
import { readDraft } from "../responses.ts";
import type { DraftingDeps } from "./draftSegments.ts";

/**
 * One call with the draft and exactly what is wrong with it.
 * @throws {ModelAnswerError} where no usable draft came of it
 */
export async function repairDraft(faulty: FaultyDraft, story: StoryBrief, { deps, signal }: { readonly deps: DraftingDeps; readonly signal: AbortSignal }): Promise<SegmentDraft> {
  const { id } = faulty.draft;
  const request = deps.requests(story, tagRepairInstruction(story, faulty), 1);
  const answer = await wholeAnswer({ request, purpose: "repair", ids: [id] }, deps, signal);
  const found = scanElements(answer.text, ["segments"]).map(({ value }) => readDraft(value));
  const repaired = found.find(({ draft }) => draft?.id === id)?.draft;
  if (repaired) return repaired;
  if (answer.error !== undefined && answer.text === "") throw answer.error;
  const hint = hintFor(answer.outcome);
  const why = found.flatMap(({ problems }) => problems ?? [])[0] ?? `no draft of it came: ${tellOutcome(answer.outcome)}`;
  const headline = `The model could not repair its draft of ${id}`;
  const problems = [...faulty.problems, { severity: "error", code: "model-answer", message: why, hint, file: segmentPath(id) } as const];
  throw new ModelAnswerError(`${headline}: ${why}`, { hint, problems, headline, cause: answer.error, transcript: transcriptOf([answer]) });
}
