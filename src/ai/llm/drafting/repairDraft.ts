import type { SegmentDraft } from "../../../core/segmentDraft.ts";
import { segmentPath } from "../../../core/storyFolder.ts";
import type { FaultyDraft, StoryBrief } from "../../../pipeline/ports.ts";
import { mayGoBetter, withRoomAfter } from "../askAgain.ts";
import { exchangesOf, hintFor, tellOutcome, wholeAnswer, type Answer } from "../askModel.ts";
import { scanElements } from "../elementStream.ts";
import { ModelAnswerError } from "../modelAnswerError.ts";
import { tagRepairInstruction } from "../prompts/draftInstruction.ts";
import { readDraft, type DraftReading } from "../responses.ts";
import type { DraftingDeps } from "./draftSegments.ts";

/**
 * One question with the draft and exactly what is wrong with it. An answer that holds no draft, or
 * breaks off before it, is asked for once more.
 * @throws {ModelAnswerError} where no usable draft came of it; the model's own error, as `askModel` gives it
 */
export async function repairDraft(faulty: FaultyDraft, story: StoryBrief, { deps, signal }: { readonly deps: DraftingDeps; readonly signal: AbortSignal }): Promise<SegmentDraft> {
  const { id } = faulty.draft;
  const request = deps.requests(story, tagRepairInstruction(story, faulty), 1);
  const first = await wholeAnswer({ request, purpose: "repair", ids: [id] }, deps, signal);
  const repaired = draftIn(first, id);
  if (repaired) return repaired;
  if (!mayGoBetter(first)) throw unrepaired(faulty, [first]);
  deps.log.info(`${deps.model.name}: no repaired draft of ${id}: ${tellOutcome(first.outcome)}; asking once more`);
  const second = await wholeAnswer({ request: withRoomAfter(request, first), purpose: "repair", ids: [id] }, deps, signal);
  const again = draftIn(second, id);
  if (again) return again;
  throw unrepaired(faulty, [first, second]);
}

function readingsOf({ text }: Answer): DraftReading[] {
  return scanElements(text, ["segments"]).map(({ value }) => readDraft(value));
}

function draftIn(answer: Answer, id: string): SegmentDraft | undefined {
  return readingsOf(answer).find(({ draft }) => draft?.id === id)?.draft;
}

function unrepaired({ draft: { id }, problems }: FaultyDraft, answers: readonly Answer[]): ModelAnswerError {
  const last = answers.at(-1)!;
  const hint = hintFor(last);
  const why = readingsOf(last).flatMap((reading) => reading.problems ?? [])[0] ?? `no draft of it came: ${tellOutcome(last.outcome)}`;
  const headline = `The model could not repair its draft of ${id}`;
  const found = [...problems, { severity: "error", code: "model-answer", message: why, hint, file: segmentPath(id) } as const];
  return new ModelAnswerError(`${headline}: ${why}`, { hint, problems: found, headline, cause: last.error, exchanges: exchangesOf(answers) });
}
