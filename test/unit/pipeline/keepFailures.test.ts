import assert from "node:assert/strict";
import { ProblemsError, StorageError, StoryDirectorError } from "../../../src/core/errors.ts";
import type { Exchange } from "../../../src/core/exchange.ts";
import { createFailureKeeper, keepingFailures } from "../../../src/pipeline/keepFailures.ts";
import { ProgressManager } from "../../../src/progress/progressManager.ts";
import { createFakeDirector } from "../../support/fakeDirector.ts";
import { createMemoryStore, type MemoryStore } from "../../support/memoryStore.ts";
import { runStory } from "../../support/runStory.ts";
import { testStory } from "../../support/testStory.ts";

const clock = { now: () => 0 };
const exchange: Exchange = { purpose: "optimize", role: "optimizer", model: "m", ids: ["lamp/lit"], outcome: "its answer was complete", answer: "the key is hunter22" };
const kept = ({ files }: MemoryStore) => [...files].filter(([path]) => path.startsWith(".story-director/failures/"));
function fail(error: unknown): never {
  throw error;
}

const redact = (text: string) => text.replaceAll("hunter22", "[redacted]");

function keeping(store: MemoryStore) {
  const progress = new ProgressManager(clock);
  const states: string[] = [];
  progress.onChange(({ changes }) => {
    for (const change of changes) if (change.what === "state") states.push(`${change.node.path} ${change.node.state} ${kept(store).length}`);
  });
  const root = keepingFailures(progress.root, createFailureKeeper({ store, clock, title: "T", director: "d", redact }));
  const run = async (error: unknown) => {
    root.plan([{ id: "story", label: "s", kind: "story", children: [{ id: "batch", label: "b", kind: "batch" }] }]);
    return root.run("story", (story) => story.run("batch", async () => fail(error)));
  };
  return { run, states };
}

describe("a failure with a model's answer", () => {
  it("is kept once, without keys, before its node shows it", async () => {
    const store = createMemoryStore({});
    const { run, states } = keeping(store);
    const error = new StoryDirectorError("no", { exchanges: [exchange] });
    await assert.rejects(run(error), (thrown) => thrown === error);
    assert.deepEqual(kept(store).map(([path]) => path), [".story-director/failures/1970-01-01T00-00-00-lamp-lit.md"]);
    assert.match(kept(store)[0]![1], /the key is \[redacted\]/);
    assert.equal(error.bundle, kept(store)[0]![0]);
    assert.deepEqual(states, ["story running 0", "story/batch running 0", "story/batch failed 1", "story failed 1"]);
  });

  it("is told as it is where it cannot be kept", async () => {
    const store = createMemoryStore({});
    const error = new StoryDirectorError("no", { exchanges: [exchange] });
    const full = { ...store, keepFailure: () => Promise.reject(new StorageError("the disk is full")) };
    await assert.rejects(keeping(full).run(error), (thrown) => thrown === error);
    assert.equal(error.bundle, undefined);
  });

  it("is nothing that a failure without an answer, or a stop, leaves", async () => {
    const store = createMemoryStore({});
    for (const error of [new StoryDirectorError("no"), new DOMException("stopped", "AbortError"), "text"]) {
      await assert.rejects(keeping(store).run(error), (thrown) => thrown === error);
    }
    assert.deepEqual(kept(store), []);
  });

  it("holds both drafts where a repair left a tag unknown", async () => {
    const draft = (plain: { id: string }) => (plain.id === "segment_4" ? { ...plain, visualPrompt: "@mria waits." } : plain);
    const repair = (faulty: { visualPrompt: string }) => ({ ...faulty, visualPrompt: "@marai waits." });
    const store = createMemoryStore(testStory());
    const { error, events } = await runStory({ store, director: createFakeDirector({ draft: draft as never, repair: repair as never }) });
    assert.ok(error instanceof ProblemsError);
    const [[path, text]] = kept(store) as [[string, string]];
    assert.match(path, /-segment_4\.md$/);
    assert.match(text, /^# segment_4 is not production-ready\n[\s\S]*@marai[\s\S]*## Call 1: draft[\s\S]*"@mria waits\."[\s\S]*## Call 2: repair[\s\S]*"@marai waits\."/);
    const named = events.filter(({ bundle }) => bundle === path);
    assert.deepEqual(named.map(({ event, path: at }) => at ?? event), ["story/script/batch-1/segment_4", "run-end"]);
  });
});
