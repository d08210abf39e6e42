import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { createLlmDirector, type CallReport } from "../../src/ai/llmDirector.ts";
import { createPauses } from "../../src/ai/model/pauses.ts";
import { createOpenAiModel } from "../../src/ai/openAiModel.ts";
import { createStoryDirector, openStoryDirector } from "../../src/compose.ts";
import { isAbortError } from "../../src/core/errors.ts";
import type { ModelWait, RunEvent } from "../../src/pipeline/ports.ts";
import { ProgressManager, type ProgressNode } from "../../src/progress/progressManager.ts";
import { idsAsked, wantedOf } from "../support/fakeLanguageModel.ts";
import { ChangedRows } from "../../src/vscode/views/changedRows.ts";
import { ProgressFolds } from "../../src/vscode/views/progressFolds.ts";
import { fakeModelServers, type FakeCall, type FakeHandler } from "../support/fakeModelServer.ts";
import { says, status } from "../support/fakeModelServer/answers.ts";
import { answerTo, requestOf } from "../support/fakeModelServer/answerTo.ts";
import { createMemoryStore } from "../support/memoryStore.ts";
import { segmentNodes } from "../support/runStory.ts";
import { tempFolders } from "../support/tempFolder.ts";
import { testStory } from "../support/testStory.ts";
import { sleepyTiming, waitUntil } from "./ai/model/harness.ts";
import { FakeTimers } from "./cli/fakeHost.ts";

const never = new AbortController().signal;

/** One run against a server, on timers that fire when the test says so. */
function directing(server: { readonly baseUrl: string }, { maxCalls = 8, segments = 12, signal = never }: { readonly maxCalls?: number; readonly segments?: number; readonly signal?: AbortSignal } = {}) {
  const timing = sleepyTiming();
  const timers = new FakeTimers();
  const clock = { now: () => timing.now() };
  const progress = new ProgressManager(clock);
  const events: RunEvent[] = [];
  const store = createMemoryStore(testStory({ segments }));
  const director = {
    name: "test",
    make: async (onCall: (report: CallReport) => void, onWait: (wait: ModelWait) => void) => {
      const model = createOpenAiModel({ baseUrl: server.baseUrl, directorModel: "m", timing, onWait });
      return createLlmDirector({ model, log: { info: () => undefined, error: () => undefined }, onCall });
    },
  };
  const engine = createStoryDirector({ store, director, clock, schedule: timers.schedule, maxCalls });
  const ended = engine.direct({}, { progress, signal, onEvent: (event) => void events.push(event) }).then(
    () => undefined,
    (error: unknown) => error,
  );
  const story = () => progress.find("story");
  return { timing, timers, progress, events, ended, store, story, waits: () => events.filter(({ event }) => event === "model-wait") };
}

const firstOf = (call: FakeCall) => (wantedOf(requestOf(call.body)) === "drafts" ? idsAsked(requestOf(call.body))[0] : wantedOf(requestOf(call.body)));
const nodesBelow = (node: ProgressNode): ProgressNode[] => [node, ...node.children.flatMap(nodesBelow)];

/** The nodes whose rows VS Code is told to draw anew, on timers that never fire. */
function watchRows(progress: ProgressManager): ReadonlySet<ProgressNode | undefined> {
  const told = new Set<ProgressNode | undefined>();
  const pace = { clock: { now: () => 0 }, schedule: new FakeTimers().schedule };
  const rows = new ChangedRows({ folds: new ProgressFolds(), tell: (changed) => changed.forEach((node) => told.add(node)), pace });
  progress.onChange(({ changes }) => rows.collect(changes));
  return told;
}

describe("a run whose calls are in every state", () => {
  const serve = fakeModelServers();

  it("is cancelled as a whole, and shown so, a few turns after it was stopped, and no request leaves afterwards", async () => {
    const wasAsked = (call: string) => server.calls.some((asked) => firstOf(asked) === call);
    const states: Record<string, FakeHandler> = {
      // Streaming: the drafts come, the end does not. What is made of them queues at the gate.
      segment_1: ({ body }) => says(answerTo(body), { ending: "stall" }),
      // In the sleep before a retry.
      segment_11: () => status(500, "broken"),
      // Turned away: from now on all new calls are in the pause.
      segment_21: async () => {
        await waitUntil(() => wasAsked("final_prompt"));
        return status(429, "slow down", { "retry-after": "90" });
      },
      // Before its first word.
      segment_31: () => ({ kind: "hang" }),
    };
    const handler: FakeHandler = (call) => states[firstOf(call)!]?.(call) ?? (firstOf(call) === "final_prompt" ? { kind: "hang" } : says(answerTo(call.body)));
    const server = await serve(handler);
    const control = new AbortController();
    const run = directing(server, { maxCalls: 6, segments: 40, signal: control.signal });
    await waitUntil(() => run.waits().length >= 2 && run.timing.asleep >= 2 && server.calls.length >= 6);
    const asked = server.calls.map(firstOf);
    for (const call of ["segment_1", "segment_11", "segment_21", "segment_31", "final_prompt"]) assert.ok(wasAsked(call), call);
    assert.ok(asked.length - 5 < 10, "some of the ten final prompts wait at the gate");
    assert.match(run.story()!.note!, /^waiting 1 min 30 s for 127\.0\.0\.1:\d+ \(rate limit\)$/);

    const shown = watchRows(run.progress);
    control.abort();
    for (let turns = 0; run.story()!.state === "running"; turns++) {
      assert.ok(turns < 5, "it takes its time");
      await new Promise(setImmediate);
    }
    const cancelled = nodesBelow(run.story()!).filter(({ state }) => state === "cancelled");
    for (const path of ["story", "story/script/batch-4", "story/script/batch-1/segment_1"]) assert.ok(cancelled.some((node) => node.path === path), path);
    assert.deepEqual(cancelled.filter((node) => !shown.has(node)).map(({ path }) => path), [], "VS Code is told of all of them, and no timer ran");
    assert.ok(isAbortError(await run.ended));
    const left = server.calls.length;
    run.timing.wake();
    run.timers.fire();
    await waitUntil(() => server.openAnswers === 0);
    assert.equal(server.calls.length, left);
    const unfinished = nodesBelow(run.story()!).filter(({ state }) => state === "running" || state === "failed");
    assert.deepEqual(unfinished.map(({ path }) => path), []);
    assert.ok(nodesBelow(run.story()!).every(({ note }) => note === undefined));
    assert.deepEqual([run.story()!.state, run.timing.asleep, run.timing.running, run.timers.count], ["cancelled", 0, [], 0]);
    assert.equal(getEventListeners(control.signal, "abort").length, 0);
    assert.equal(run.events.at(-1)!["outcome"], "cancelled");
  });

  it("makes all of it where the server only wants time, and tells of each wait once", async () => {
    let refusals = 0;
    const server = await serve((call) => (firstOf(call) === "segment_11" && refusals++ === 0 ? status(429, "slow down", { "retry-after": "30" }) : says(answerTo(call.body))));
    const run = directing(server);
    await waitUntil(() => run.timing.asleep > 0);
    // Whatever was under way is finished; all the rest is in the pause.
    await waitUntil(() => server.openAnswers === 0);
    const asked = server.calls.length;
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
    assert.equal(server.calls.length, asked, "nobody calls in the pause");
    assert.match(run.story()!.note!, /waiting 30 s/);
    run.timing.wake();
    await waitUntil(() => server.calls.length > asked);
    assert.equal(await run.ended, undefined);
    assert.equal(segmentNodes(run.progress).filter(({ state }) => state === "done").length, 12);
    assert.deepEqual(run.waits().map(({ why, ms }) => [why, ms]), [["rate limit", 30_000]]);
    assert.ok(!run.events.some(({ step }) => String(step).startsWith("waiting")));
  });
});

describe("stories that are directed side by side", () => {
  const serve = fakeModelServers();
  const folderOf = tempFolders();

  it("wait together where the server that both ask says so", async () => {
    const server = await serve(({ index, body }) => (index === 0 ? status(429, "slow down", { "retry-after": "30" }) : says(answerTo(body))));
    const timing = sleepyTiming();
    const shared = { pauses: createPauses(timing) };
    const direct = () => {
      const director = openStoryDirector({ folder: folderOf(testStory({ segments: 3 })), director: { provider: "compatible", baseUrl: server.baseUrl, model: "m" }, shared });
      return director.direct({}, { progress: new ProgressManager({ now: () => 0 }), signal: never });
    };
    const first = direct();
    await waitUntil(() => timing.asleep === 1);
    const second = direct();
    await waitUntil(() => timing.asleep === 2);
    assert.equal(server.calls.length, 1);
    timing.wake();
    assert.deepEqual((await Promise.all([first, second])).map(({ ready }) => ready), [3, 3]);
  });

  it("do not wait for another server", () => {
    const pauses = createPauses(sleepyTiming());
    assert.equal(pauses.of("https://a.example"), pauses.of("https://a.example"));
    assert.notEqual(pauses.of("https://a.example"), pauses.of("https://b.example"));
  });
});
