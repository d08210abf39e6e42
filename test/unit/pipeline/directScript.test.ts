import assert from "node:assert/strict";
import { createStoryDirector, fixedDirector } from "../../../src/compose.ts";
import { ProblemsError, StoryDirectorError } from "../../../src/core/errors.ts";
import type { MissingAsset } from "../../../src/pipeline/ports.ts";
import { ProgressManager } from "../../../src/progress/progressManager.ts";
import { createFakeDirector, type FakeDirector } from "../../support/fakeDirector.ts";
import { documents, runStory, segmentNodes, stateOf, storeOf } from "../../support/runStory.ts";
import { testStory } from "../../support/testStory.ts";

const SEGMENT_FILE = /^segments\/segment_\d+\.md$/;

describe("a run over a story", () => {
  it("ends with the assets when no script is asked for, and goes on from there", async () => {
    const store = storeOf(testStory());
    const first = await runStory({ store, request: { script: false } });
    assert.equal(first.error, undefined);
    assert.deepEqual(first.calls.filter((call) => !call.startsWith("extract")), []);
    assert.deepEqual([first.summary?.made, first.summary?.ready, first.summary?.total], [0, 0, 12]);
    assert.ok([...store.files.keys()].some((path) => path.startsWith("assets/")));
    assert.ok(![...store.files.keys()].some((path) => path.startsWith("segments/")));
    const second = await runStory({ store });
    assert.equal(second.summary?.made, 12);
    assert.deepEqual(second.calls.filter((call) => call.startsWith("extract")), []);
  });

  it("makes every segment production-ready, in batches of ten under their phase", async () => {
    const store = storeOf(testStory({ segments: 53 }));
    const { summary, progress, error } = await runStory({ store });
    assert.equal(error, undefined);
    assert.equal(summary?.ready, 53);
    assert.equal(summary?.made, 53);
    const [story] = progress.nodes;
    assert.deepEqual(story!.children.map(({ label }) => label), ["Extract Assets", "Generate Asset Images", "Generate Director's Script"]);
    const batches = story!.children[2]!.children;
    assert.deepEqual(batches.map(({ label }) => label), [
      "Batch 1/6: Segments 1-10",
      "Batch 2/6: Segments 11-20",
      "Batch 3/6: Segments 21-30",
      "Batch 4/6: Segments 31-40",
      "Batch 5/6: Segments 41-50",
      "Batch 6/6: Segments 51-53",
    ]);
    assert.deepEqual(batches.map(({ children }) => children.length), [10, 10, 10, 10, 10, 3]);
    assert.equal(batches[1]!.children[0]!.label, "segment_11 (11/53)");
    assert.equal([...store.files.keys()].filter((path) => SEGMENT_FILE.test(path)).length, 53);
  });

  it("takes every segment through the six steps in their order", async () => {
    const { progress } = await runStory({ store: storeOf(testStory()) });
    for (const node of segmentNodes(progress)) {
      assert.deepEqual(
        node.steps.map(({ text }) => text),
        ["checking tags…", "resolving assets…", "building…", "validating…", "optimizing…", "saving…", "Production-ready"],
      );
    }
  });

  it("saves a segment while the next one is still being written", async () => {
    const store = storeOf(testStory());
    const saved: boolean[] = [];
    const before = async (call: string) => {
      if (call !== "draft segment_2") return;
      for (let turn = 0; turn < 50 && !store.files.has("segments/segment_1.md"); turn++) await new Promise(setImmediate);
      saved.push(store.files.has("segments/segment_1.md"));
    };
    await runStory({ store, director: createFakeDirector({ before }) });
    assert.deepEqual(saved, [true]);
  });

  it("says that a batch is drafted until its first draft is there", async () => {
    const notes: (string | undefined)[] = [];
    const before = async (call: string) => {
      if (call.startsWith("draft")) await new Promise(setImmediate);
    };
    const director = createFakeDirector({ before });
    const progress = new ProgressManager({ now: () => 0 });
    progress.onChange(({ changes }) => {
      for (const { what, node } of changes) if (what === "note") notes.push(`${node.id} ${node.note} ${director.calls.length}`);
    });
    await createStoryDirector({ store: storeOf(testStory({ segments: 3 })), director: fixedDirector(director), clock: { now: () => 0 } }).direct({}, { progress, signal: new AbortController().signal });
    // One call was for the assets, one for the first draft.
    assert.deepEqual(notes, ["batch-1 drafting… 1", "batch-1 undefined 2"]);
  });

  it("does nothing the second time, and asks the director nothing", async () => {
    const store = storeOf(testStory({ segments: 23 }));
    await runStory({ store });
    const files = documents(store);
    const again = await runStory({ store });
    assert.deepEqual(again.calls, []);
    assert.deepEqual(documents(store), files);
    assert.equal(again.summary?.upToDate, 23);
    assert.equal(again.summary?.ready, 23);
  });

  it("finishes with a single call at a time, whatever is asked for side by side", async () => {
    let open = 0;
    let most = 0;
    const before = async () => {
      most = Math.max(most, ++open);
      await new Promise(setImmediate);
      open--;
    };
    const { summary } = await runStory({ store: storeOf(testStory({ segments: 53 })), director: createFakeDirector({ before }), maxCalls: 1 });
    assert.equal(summary?.ready, 53);
    assert.equal(most, 1);
  });

  it("gives the same files for every number of calls, batches and segments a batch", async () => {
    const reference = storeOf(testStory({ segments: 23 }));
    await runStory({ store: reference });
    for (const [maxCalls, batchSize, parallelBatches] of [[1, 10, 6], [8, 3, 2], [3, 1, 6], [8, 50, 1]] as const) {
      const store = storeOf(testStory({ segments: 23 }));
      await runStory({ store, maxCalls, request: { batchSize, parallelBatches } });
      assert.deepEqual(documents(store), documents(reference));
    }
  });

  it("makes a missing asset once, from every line that mentions it, and marks it late", async () => {
    const draft = (plain: { id: string; usedAssets: string[]; visualPrompt: string }) => ({
      ...plain,
      visualPrompt: `${plain.visualPrompt} Beside it @old_lamp.`,
      usedAssets: [...plain.usedAssets, "old_lamp"],
    });
    const files = testStory();
    files["timing-map.json"] = files["timing-map.json"]!.replace("for the 3. time", "beside the Old Lamp");
    const store = storeOf(files);
    const { calls, summary } = await runStory({ store, director: createFakeDirector({ draft: draft as never }) });
    assert.equal(summary?.ready, 12);
    assert.deepEqual(calls.filter((call) => call.startsWith("describe")), ["describe old_lamp"]);
    assert.match(store.files.get("assets/old_lamp.md")!, /late: true[\s\S]*seen in 1 lines/);
  });

  it("appends a missing state to the asset, and leaves the rest of the file", async () => {
    const draft = (plain: { visualPrompt: string }) => ({
      ...plain,
      visualPrompt: plain.visualPrompt.replace("@maria ", "@maria/old "),
      usedAssets: ["maria/old", "trumpet", "square"],
    });
    const files = { ...testStory(), "assets/maria.md": "---\nkind: character\nname: Maria # mine\n---\nwoman in a blue coat\n" };
    const store = storeOf(files);
    const { error } = await runStory({ store, director: createFakeDirector({ draft: draft as never }) });
    assert.equal(error, undefined);
    const text = store.files.get("assets/maria.md")!;
    assert.ok(text.startsWith(files["assets/maria.md"]), "what a person wrote stands as it was");
    assert.match(text, /## State: old\n\na maria, seen in 12 lines, old\n$/);
  });

  it("shows the director what stands of an asset whose state is missing, also of a late one", async () => {
    const draft = (plain: { visualPrompt: string; usedAssets: string[] }) => ({ ...plain, visualPrompt: `${plain.visualPrompt} @lamp/lit`, usedAssets: [...plain.usedAssets, "lamp/lit"] });
    const files = { ...testStory(), "assets/lamp.md": "---\nkind: prop\nname: Aladdin\nlate: true\n---\nbrass lamp, dented\n" };
    const director = createFakeDirector({ draft: draft as never });
    const asked: MissingAsset[] = [];
    const describeAsset: FakeDirector["describeAsset"] = (story, missing, signal) => {
      asked.push(missing);
      return director.describeAsset(story, missing, signal);
    };
    const { error } = await runStory({ store: storeOf(files), director: { ...director, describeAsset } });
    assert.equal(error, undefined);
    assert.deepEqual(asked.map(({ tag, existing }) => [tag, existing?.name, existing?.description]), [["lamp/lit", "Aladdin", "brass lamp, dented"]]);
  });

  it("gives an unknown tag one repair where the director can", async () => {
    const draft = (plain: { id: string; visualPrompt: string }) =>
      plain.id === "segment_4" ? { ...plain, visualPrompt: "@mria waits." } : plain;
    const repair = (faulty: { visualPrompt: string }) => ({ ...faulty, visualPrompt: "@maria waits." });
    const director = createFakeDirector({ draft: draft as never, repair: repair as never });
    const { summary, calls } = await runStory({ store: storeOf(testStory()), director });
    assert.equal(summary?.ready, 12);
    assert.deepEqual(calls.filter((call) => call.startsWith("repair")), ["repair segment_4"]);
  });

  it("stops where a used asset names an image that cannot be read", async () => {
    const image = "images: [ { file: maria.png } ]";
    const files = { ...testStory(), "assets/maria.md": `---\nkind: character\nname: maria\n${image}\n---\nwoman in blue\n` };
    const store = storeOf(files);
    const { error } = await runStory({ store });
    assert.ok(error instanceof ProblemsError);
    assert.deepEqual([error.problems[0]!.code, error.problems[0]!.message], ["unreadable-asset", "@maria needs assets/maria.png, which cannot be read"]);
    store.files.set("assets/maria.png", "pixels");
    assert.equal((await runStory({ store })).summary?.ready, 12);
  });

  it("names every problem of a segment with its section and a hint", async () => {
    const draft = (plain: { id: string; visualPrompt: string; cameraWork: string }) =>
      plain.id === "segment_4" ? { ...plain, visualPrompt: "@mria waits.", cameraWork: "Close on @nobody_here." } : plain;
    const { error } = await runStory({ store: storeOf(testStory()), director: createFakeDirector({ draft: draft as never }) });
    assert.ok(error instanceof ProblemsError);
    assert.match(error.message, /^segment_4 is not production-ready/);
    assert.deepEqual(
      error.problems.map(({ file, section, code, hint }) => ({ file, section, code, hint })),
      [
        { file: "segments/segment_4.md", section: "SCENE", code: "unknown-tag", hint: "Did you mean @maria? Otherwise add mria to usedAssets, and it is made." },
        { file: "segments/segment_4.md", section: "CAMERA", code: "unknown-tag", hint: "If it is meant as a tag, add nobody_here to usedAssets, and it is made." },
      ],
    );
  });
});

describe("a segment that fails", () => {
  const failAt = (id: string) => ({
    before: (call: string) => {
      if (call === `optimize ${id} main`) throw new StoryDirectorError(`${id} is refused`, { hint: "Say it differently." });
    },
  });

  it("stops the run: what was finished is saved, and nothing further is asked", async () => {
    const store = storeOf(testStory({ segments: 53 }));
    const director = createFakeDirector(failAt("segment_12"));
    const { error, progress, calls } = await runStory({ store, director, request: { parallelBatches: 1 } });
    assert.ok(error instanceof StoryDirectorError);
    assert.equal(error.message, "segment_12 is refused");
    for (let position = 1; position <= 11; position++) assert.ok(store.files.has(`segments/segment_${position}.md`));
    assert.ok(!store.files.has("segments/segment_12.md"));
    assert.deepEqual(calls.filter((call) => /segment_(2[1-9]|[345]\d)\b/.test(call)), []);
    assert.equal(stateOf(progress, "segment_12"), "failed");
    assert.equal(stateOf(progress, "segment_21"), "waiting");
    const script = progress.nodes[0]!.children[2]!;
    assert.deepEqual([progress.nodes[0]!.state, script.state, script.children[1]!.state], ["failed", "failed", "failed"]);
    assert.equal(script.children[2]!.state, "waiting");
  });

  it("does not have to be paid for twice: the next run goes on from what is saved", async () => {
    const store = storeOf(testStory({ segments: 53 }));
    await runStory({ store, director: createFakeDirector(failAt("segment_12")) });
    const saved = [...store.files.keys()].filter((path) => SEGMENT_FILE.test(path)).map((path) => path.slice(9, -3));
    const again = await runStory({ store });
    assert.equal(again.summary?.ready, 53);
    assert.deepEqual(again.calls.filter((call) => saved.some((id) => call.endsWith(` ${id}`))), []);
    const undisturbed = storeOf(testStory({ segments: 53 }));
    await runStory({ store: undisturbed });
    assert.deepEqual(documents(store), documents(undisturbed));
  });

  it("leaves the others alone with keepGoing, and all failures are told", async () => {
    const before = (call: string) => {
      if (/^optimize segment_(12|30) /.test(call)) throw new StoryDirectorError(`${call} is refused`);
    };
    const store = storeOf(testStory({ segments: 53 }));
    const { error, progress } = await runStory({ store, director: createFakeDirector({ before }), request: { keepGoing: true } });
    assert.ok(error instanceof StoryDirectorError);
    assert.deepEqual([error, ...error.also].map((failure) => (failure as Error).message).sort(), ["optimize segment_12 main is refused", "optimize segment_30 main is refused"]);
    assert.equal(segmentNodes(progress).filter(({ state }) => state === "done").length, 51);
  });

  it("counts as ready what stands on disk, also when the run never came to it", async () => {
    const store = storeOf(testStory({ segments: 30 }));
    await runStory({ store });
    const map = store.files.get("timing-map.json")!;
    store.files.set("timing-map.json", map.replace("for the 2. time", "for the very first time"));
    const { events } = await runStory({ store, director: createFakeDirector(failAt("segment_2")), request: { parallelBatches: 1 } });
    const end = events.at(-1)!;
    assert.deepEqual([end.event, end["outcome"], end["ready"], end["total"]], ["run-end", "failed", 29, 30]);
  });
});

describe("a run that is stopped", () => {
  it("rejects with an AbortError, asks nothing more, and keeps what is saved", async () => {
    const store = storeOf(testStory({ segments: 53 }));
    const stop = new AbortController();
    const before = (call: string) => {
      if (call === "draft segment_15") stop.abort();
    };
    const director = createFakeDirector({ before });
    const { error, progress, events } = await runStory({ store, director, signal: stop.signal, request: { parallelBatches: 1 } });
    assert.equal((error as Error).name, "AbortError");
    const count = director.calls.length;
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(director.calls.length, count);
    assert.equal(progress.nodes[0]!.state, "cancelled");
    assert.ok(store.files.has("segments/segment_1.md"));
    assert.equal(events.at(-1)!["outcome"], "cancelled");
    const resumed = await runStory({ store });
    assert.equal(resumed.summary?.ready, 53);
  });
});

describe("a run log", () => {
  it("holds the very events that a listener gets", async () => {
    const store = storeOf(testStory());
    const { events } = await runStory({ store });
    const runs = await store.listRuns();
    assert.equal(runs.length, 1);
    assert.deepEqual(await store.readRun(runs[0]!), JSON.parse(JSON.stringify(events)));
    assert.deepEqual([events[0]!.event, events.at(-1)!.event], ["run-start", "run-end"]);
  });
});

describe("a story that cannot be used", () => {
  it("stops before anything is asked or written", async () => {
    const files = { ...testStory(), "segments/segment_3.md": "---\nusedAssets: [maria\n---\n## SCENE\n\n@maria waits.\n" };
    const store = storeOf(files);
    const { error, calls } = await runStory({ store });
    assert.ok(error instanceof ProblemsError);
    assert.match(error.message, /segments\/segment_3\.md:\d+:\d+/);
    assert.deepEqual(calls, []);
    assert.deepEqual(documents(store), files);
  });

  it("does not turn another folder into a story", async () => {
    const store = storeOf({ "notes.txt": "hello" });
    const { error } = await runStory({ store });
    assert.match((error as Error).message, /is not a story folder/);
    assert.deepEqual([...store.files.keys()], ["notes.txt"]);
  });

  it("is not written by a version older than its format", async () => {
    const files = testStory();
    files["story.yaml"] = files["story.yaml"]!.replace("format: 1", "format: 2");
    const store = storeOf(files);
    const { error } = await runStory({ store });
    assert.match((error as Error).message, /newer version/i);
    assert.deepEqual(documents(store), files);
  });

  it("sets aside files that a crash left empty, and makes them again", async () => {
    const store = storeOf(testStory());
    await runStory({ store });
    const whole = documents(store);
    for (const path of ["segments/segment_2.md", "assets/maria.md"]) store.files.set(path, "\0\0\0");
    const { error } = await runStory({ store });
    assert.equal(error, undefined);
    assert.equal(store.files.get("segments/segment_2.md.damaged"), "\0\0\0");
    assert.equal(store.files.get("segments/segment_2.md"), whole["segments/segment_2.md"]);
    assert.match(store.files.get("assets/maria.md")!, /kind:/);
  });
});
