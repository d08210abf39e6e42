import assert from "node:assert/strict";
import { createLlmDirector } from "../../../src/ai/llmDirector.ts";
import type { CallPurpose } from "../../../src/ai/llm/askModel.ts";
import { createMemory } from "../../../src/ai/model/ability.ts";
import type { Step } from "../../../src/ai/model/endpoint.ts";
import { createOpenAiModel } from "../../../src/ai/openAiModel.ts";
import { createStoryDirector, fixedDirector } from "../../../src/compose.ts";
import { parseSegment } from "../../../src/core/documents/segmentDocument.ts";
import { isProductionReady } from "../../../src/core/segmentPlan.ts";
import { StoryDirectorError } from "../../../src/core/errors.ts";
import { storyStatuses } from "../../../src/core/staleness.ts";
import type { LanguageModel } from "../../../src/pipeline/ports.ts";
import { readStory } from "../../../src/pipeline/readStory.ts";
import { ProgressManager } from "../../../src/progress/progressManager.ts";
import { createFakeLanguageModel, draftsText, idsAsked, plainDraft, wantedOf, wellBehaved, type Asked } from "../../support/fakeLanguageModel.ts";
import type { FakeHandler, FakeModelServer } from "../../support/fakeModelServer.ts";
import type { FakeAnswer } from "../../support/fakeModelServer/answers.ts";
import { questionIn, type StoryQuestion } from "../../support/fakeModelServer/storyQuestions.ts";
import { createMemoryStore, type MemoryStore } from "../../support/memoryStore.ts";
import { countingClock, segmentNodes } from "../../support/runStory.ts";
import { testStory } from "../../support/testStory.ts";
import { recordingLog } from "./llm/brief.ts";
import { fakeTiming, KEY, type FakeTiming } from "./model/harness.ts";

const SEGMENTS = 3;
const REQUEST = { batchSize: 2 } as const;

/** A model that plays well, and whose story still needs every kind of call: one tag is misspelt, one asset is new. */
export function playsWell(question: Asked): string {
  if (wantedOf(question) !== "drafts" || question.instruction.includes("already, but")) return wellBehaved(question);
  return draftsText(
    idsAsked(question).map((id) => {
      if (id === "segment_2") return plainDraft(id, { mood: "Résolue 🌙.", visualPrompt: "@maria lights @lamp. End: lit.", usedAssets: ["maria", "lamp"] });
      return plainDraft(id, id === "segment_3" ? { visualPrompt: "@mria waits on @square. End: still." } : {});
    }),
  );
}

export interface FaultSetup {
  readonly serve: (handler: FakeHandler) => Promise<FakeModelServer>;
  readonly step: Step;
  /** What a question is answered with, `turn` being how often its kind was asked before. */
  readonly answer: (question: StoryQuestion, turn: number) => FakeAnswer;
}

export interface FaultRun {
  /** Requests that left this program so far. */
  readonly sent: () => number;
  readonly store: MemoryStore;
  readonly server: FakeModelServer;
  readonly timing: FakeTiming;
  readonly progress: ProgressManager;
  readonly error: unknown;
  /** How often each kind was asked. */
  readonly asked: ReadonlyMap<CallPurpose, number>;
}

/** One whole run over a small story, with a server on this machine and time that only moves when nothing else does. */
export async function runWithFault({ serve, step, answer }: FaultSetup): Promise<FaultRun> {
  const asked = new Map<CallPurpose, number>();
  const server = await serve((call) => {
    const question = questionIn(call);
    const turn = asked.get(question.purpose) ?? 0;
    asked.set(question.purpose, turn + 1);
    return answer(question, turn);
  });
  const store = createMemoryStore(testStory({ segments: SEGMENTS }));
  const timing = fakeTiming();
  const memory = createMemory();
  memory.set(`${server.baseUrl} fake-1`, { step, without: [], why: "the test wants it so", at: timing.now() });
  const model = createOpenAiModel({ baseUrl: server.baseUrl, apiKey: KEY, directorModel: "fake-1", timing, memory });
  const progress = new ProgressManager(countingClock());
  const sent = countFetches();
  let isOver = false;
  const error = directWith(model, store, progress).finally(() => void (isOver = true));
  await Promise.all([error, passTime(server, timing, () => isOver)]);
  assert.equal(server.calls[0]!.api, step);
  return { sent, store, server, timing, progress, error: await error, asked };
}

const realFetch = globalThis.fetch;

/** Counts from now on; a server may take note of a request only after it was given up. */
function countFetches(): () => number {
  let count = 0;
  globalThis.fetch = (input, init) => {
    count++;
    return realFetch(input, init);
  };
  return () => count;
}

/** What the run rejected with. */
function directWith(model: LanguageModel, store: MemoryStore, progress: ProgressManager): Promise<unknown> {
  const director = createLlmDirector({ model, log: recordingLog() });
  const engine = createStoryDirector({ store, director: fixedDirector(director), clock: countingClock() });
  return engine.direct(REQUEST, { progress, signal: new AbortController().signal }).then(
    () => undefined,
    (error: unknown) => error ?? "rejected with nothing",
  );
}

/** A call has two timers until its end; where all that run belong to silent answers, only time can bring something. */
async function passTime(server: FakeModelServer, timing: FakeTiming, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    const { silentAnswers } = server;
    if (silentAnswers > 0 && timing.running.length === 2 * silentAnswers) timing.fire();
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

/** The run's promises, whatever became of it. */
export async function assertOrderly(run: FaultRun): Promise<void> {
  const { store, server, timing, progress, sent } = run;
  const requests = sent();
  for (let turn = 0; server.openAnswers > 0 || turn < 3; turn++) {
    assert.ok(turn < 10_000, "calls are left open");
    await new Promise(setImmediate);
  }
  assert.equal(sent(), requests, "nothing is asked after the end");
  globalThis.fetch = realFetch;
  assert.deepEqual(timing.running, [], "no timer is left");
  await (await store.lock({ takeOver: false })).release();
  const done = segmentNodes(progress).filter(({ state }) => state === "done").map(({ id }) => id);
  const files = [...store.files.keys()].filter((path) => path.startsWith("segments/")).map((path) => path.slice("segments/".length, -".md".length));
  assert.deepEqual(files.sort(), done.sort(), "what is done is on file, and nothing else");
  for (const id of files) assert.deepEqual(parseSegment(store.files.get(`segments/${id}.md`)!, id).problems, []);
  assert.deepEqual(await readyIds(store), files);
}

export async function readyIds(store: MemoryStore): Promise<string[]> {
  return storyStatuses(await readStory(store)).filter(isProductionReady).map(({ id }) => id).sort();
}

export async function assertComplete({ store, error }: FaultRun, what: string): Promise<void> {
  if (error !== undefined) assert.fail(`${what}: it should have been complete: ${describe(error)}`);
  assert.equal((await readyIds(store)).length, SEGMENTS);
  const { problems } = await createStoryDirector({ store, director: fixedDirector(createLlmDirector({ model: createFakeLanguageModel(wellBehaved), log: recordingLog() })), clock: countingClock() }).check();
  assert.deepEqual(problems, []);
}

function describe(error: unknown): string {
  return error instanceof StoryDirectorError ? `${error.message}\n${error.hint}` : String((error as Error).stack ?? error);
}

/** One error that a person can act on, and a next run that asks for nothing that is there. */
export async function assertClear({ store, error, progress }: FaultRun, what: string): Promise<void> {
  if (!(error instanceof StoryDirectorError)) assert.fail(`${what}: no clear error: ${describe(error)}`);
  assert.ok(error.hint, `it says what to do: ${error.message}`);
  for (const text of [error.message, error.hint, ...error.problems.map(({ message }) => message)]) assert.doesNotMatch(text, /undefined|\[object|canary|    at /);
  assert.ok(error.message.length < 600, error.message);
  for (const other of error.also) assert.ok(other instanceof StoryDirectorError, describe(other));
  const before = await readyIds(store);
  const files = new Map(before.map((id) => [id, store.files.get(`segments/${id}.md`)]));
  const model = createFakeLanguageModel(playsWell, { name: "compatible/fake-1" });
  assert.equal(await directWith(model, store, new ProgressManager(countingClock())), undefined);
  assert.equal((await readyIds(store)).length, SEGMENTS);
  const again = model.requests.filter((request) => wantedOf(request) === "drafts" && !request.instruction.includes("already, but")).flatMap(idsAsked);
  assert.deepEqual(again.filter((id) => files.has(id)), [], "what is saved is not asked for again");
  for (const [id, text] of files) assert.equal(store.files.get(`segments/${id}.md`), text);
  assert.ok(segmentNodes(progress).every(({ state }) => state !== "running"));
}

