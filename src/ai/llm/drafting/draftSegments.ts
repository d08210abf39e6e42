import { isId } from "../../../core/ids.ts";
import { messageOf } from "../../../core/errors.ts";
import type { Problem } from "../../../core/problem.ts";
import type { SegmentDraft } from "../../../core/segmentDraft.ts";
import { segmentIndexes } from "../../../core/story.ts";
import { segmentPath } from "../../../core/storyFolder.ts";
import type { StoryBrief } from "../../../pipeline/ports.ts";
import { mayGoBetter } from "../askAgain.ts";
import { askModel, exchangesOf, hintFor, tellOutcome, type Answer, type CallPurpose, type ModelDeps } from "../askModel.ts";
import { ElementScanner, type ScannedElement } from "../elementStream.ts";
import { ModelAnswerError } from "../modelAnswerError.ts";
import { draftInstruction, mendInstruction, type MalformedDraft } from "../prompts/draftInstruction.ts";
import { readDraft } from "../responses.ts";
import type { WarmUp } from "../warmUp.ts";
import type { DraftRequests } from "./draftRequest.ts";

export interface DraftingDeps extends ModelDeps {
  readonly requests: DraftRequests;
  readonly warmUp: WarmUp;
}

/** How often what is missing is asked for again, as long as it brings something. */
const TIMES_AGAIN = 3;
/** How often in a row it may bring nothing: a connection breaks, a model loses its thread. */
const TIMES_IN_VAIN = 1;

/**
 * The drafts of the wanted ids, each the moment its object closes. However an answer ends, what
 * came whole is kept, and only what is missing is asked for again.
 * @throws {ModelAnswerError} that names what is missing, with the model's text; the model's own error, as `askModel` gives it
 */
export async function* draftSegments(story: StoryBrief, ids: readonly string[], { deps, signal }: Drafting): AsyncGenerator<SegmentDraft, void, undefined> {
  const reading = new Reading(inOrder(story, ids));
  if (reading.missing.size === 0) return;
  for (let [again, inVain] = [0, 0]; ; again++) {
    const before = reading.missing.size;
    const instruction = draftInstruction(story, [...reading.missing]);
    yield* readCall({ story, reading, instruction, purpose: "draft" }, deps, signal);
    if (reading.malformed.size > 0) yield* mend({ story, reading }, deps, signal);
    if (reading.missing.size === 0) return;
    const answer = reading.answers.at(-1)!;
    inVain = reading.missing.size < before ? 0 : inVain + 1;
    // What was too long without a single draft is paid for in full each time.
    const isHopeful = mayGoBetter(answer) && answer.outcome !== "truncated";
    if (again === TIMES_AGAIN || inVain > (isHopeful ? TIMES_IN_VAIN : 0)) throw unfinished(reading);
    const { outcome, error } = answer;
    const why = error === undefined ? tellOutcome(outcome) : `${tellOutcome(outcome)} (${messageOf(error)})`;
    deps.log.info(`${deps.model.name}: ${why}; asking again for ${[...reading.missing].join(", ")}`);
  }
}

interface Drafting {
  readonly deps: DraftingDeps;
  readonly signal: AbortSignal;
}

interface Round {
  readonly story: StoryBrief;
  readonly reading: Reading;
}

interface DraftCall extends Round {
  readonly instruction: string;
  readonly purpose: CallPurpose;
}

/** What has come so far of what is wanted. */
class Reading {
  readonly wanted: ReadonlySet<string>;
  /** In the order of the story. */
  readonly missing: Set<string>;
  /** Drafts of this round that break the form, by id. */
  readonly malformed = new Map<string, MalformedDraft>();
  readonly answers: Answer[] = [];

  constructor(ids: readonly string[]) {
    this.wanted = new Set(ids);
    this.missing = new Set(ids);
  }

  /** The draft, where the element is one that is wanted and missing. @param tell Is told of all others. */
  take({ text, value }: ScannedElement, tell: (message: string) => void): SegmentDraft | undefined {
    const id = idOf(value);
    if (id === undefined || !this.wanted.has(id)) {
      tell(id === undefined ? "an element without an id is left out" : `a draft of ${id} is left out: it was not asked for`);
      return undefined;
    }
    if (!this.missing.has(id)) {
      tell(`a second draft of ${id} is left out`);
      return undefined;
    }
    const { draft, problems } = readDraft(value);
    if (!draft) {
      this.malformed.set(id, { id, text, problems });
      return undefined;
    }
    this.missing.delete(id);
    this.malformed.delete(id);
    return draft;
  }
}

function idOf(value: unknown): string | undefined {
  const id = typeof value === "object" && value !== null && "id" in value ? value.id : undefined;
  return typeof id === "string" && isId(id) ? id : undefined;
}

/** One call, alone until its first token where it is the first of the run. */
async function* readCall(call: DraftCall, deps: DraftingDeps, signal: AbortSignal): AsyncGenerator<SegmentDraft, void, undefined> {
  const { story, reading, instruction, purpose } = call;
  const ticket = await deps.warmUp.enter(story, signal);
  const scanner = new ElementScanner(["segments"]);
  const ids = purpose === "repair" ? [...reading.malformed.keys()] : [...reading.missing];
  const request = deps.requests(story, instruction, ids.length);
  const tell = (message: string) => deps.log.info(`${deps.model.name}: ${message}`);
  const asked = { request, purpose, ids };
  let text = "";
  try {
    for await (const event of askModel(asked, deps, signal)) {
      if (event.type === "text") {
        ticket.begun();
        text += event.delta;
        for (const element of scanner.push(event.delta)) {
          const draft = reading.take(element, tell);
          if (draft) yield draft;
        }
        if (scanner.state !== "overflow") continue;
        // Nothing more is read of it, so nothing more is paid for.
        reading.answers.push({ call: asked, model: deps.model.name, text, outcome: "truncated" });
        return;
      } else {
        if (event.answer.outcome !== "broken") ticket.begun();
        reading.answers.push(event.answer);
      }
    }
  } finally {
    ticket.over();
  }
}

/** Drafts that break the form get one more try, all in one call. */
async function* mend({ story, reading }: Round, deps: DraftingDeps, signal: AbortSignal): AsyncGenerator<SegmentDraft, void, undefined> {
  const malformed = [...reading.malformed.values()];
  yield* readCall({ story, reading, instruction: mendInstruction(story, malformed), purpose: "repair" }, deps, signal);
  const left = malformed.filter(({ id }) => reading.missing.has(id));
  if (left.length > 0) throw unmended(left.map((before) => reading.malformed.get(before.id) ?? before), reading);
}

function unmended(left: readonly MalformedDraft[], { answers }: Reading): ModelAnswerError {
  const last = answers.at(-1)!;
  const hint = hintFor(last);
  const problems = left.flatMap(({ id, problems }) => problems.map((message) => draftProblem(id, message, hint)));
  const headline = `The model wrote no usable draft for ${left.map(({ id }) => id).join(", ")}, also when told what was wrong`;
  return new ModelAnswerError(headline, { hint, problems, headline, cause: last.error, exchanges: exchangesOf(answers) });
}

function unfinished({ answers, missing }: Reading): ModelAnswerError {
  const last = answers.at(-1)!;
  const { outcome, error } = last;
  const hint = hintFor(last);
  const problems = [...missing].map((id) => draftProblem(id, `no draft came: ${tellOutcome(outcome)}`, hint));
  const headline = `The model wrote no draft for ${[...missing].join(", ")}: ${tellOutcome(outcome)}`;
  return new ModelAnswerError(headline, { hint, problems, headline, cause: error, exchanges: exchangesOf(answers) });
}

function draftProblem(id: string, message: string, hint: string): Problem {
  return { severity: "error", code: "model-answer", message, hint, file: segmentPath(id) };
}

/** A set of ids in the order of the story, whatever order they were asked in. */
function inOrder({ timing }: StoryBrief, ids: readonly string[]): string[] {
  const places = segmentIndexes(timing.segments);
  return ids.filter((id) => places.has(id)).sort((a, b) => places.get(a)! - places.get(b)!);
}
