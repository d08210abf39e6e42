import assert from "node:assert/strict";
import { createStoryDirector, fixedDirector, type StoryDirector, type TimingEditRequest } from "../../../src/compose.ts";
import { formatScenePlan, hashSceneContent, parseScenePlan, type Scene } from "../../../src/core/documents/scenePlanDocument.ts";
import { parseTimingMap, type TimedSegment } from "../../../src/core/documents/timingMapDocument.ts";
import { StoryDirectorError, StoryHeldError, TimingEditError } from "../../../src/core/errors.ts";
import { loadStory } from "../../../src/core/loadStory.ts";
import { isError } from "../../../src/core/problem.ts";
import { hashSceneNarration } from "../../../src/core/story.ts";
import type { Cue, Transcript } from "../../../src/import/transcript.ts";
import { createFakeDirector } from "../../support/fakeDirector.ts";
import type { MemoryStore } from "../../support/memoryStore.ts";
import { countingClock, documents, runStory, storeOf } from "../../support/runStory.ts";
import { testStory } from "../../support/testStory.ts";

/** Twelve directed segments of 5 s, a scene from each of these. */
async function directed(...froms: readonly string[]): Promise<MemoryStore> {
  const store = storeOf(testStory());
  assert.equal((await runStory({ store })).error, undefined);
  const [first] = scenesOf(store);
  const segments = segmentsOf(store);
  const starts = froms.map((id) => segments.findIndex((segment) => segment.id === id));
  const scenes = starts.map((start, index): Scene => {
    const scene = { ...first!, from: segments[start]!.id };
    return { ...scene, generated: { by: "fake", from: hashSceneNarration(segments.slice(start, starts[index + 1])), text: hashSceneContent(scene) } };
  });
  if (scenes.length) store.files.set("scene-plan.yaml", `# mine\n${formatScenePlan(scenes)}`);
  assert.deepEqual(await nextCalls(store), []);
  return store;
}

describe("an edit of the timing map", () => {
  it("makes exactly the two halves of a split stale, and plans no scene anew", async () => {
    const store = await directed("segment_1", "segment_7");
    const report = await engineOf(store).editTiming({ kind: "split", id: "segment_3", at: { wordIndex: 4 } });
    assert.deepEqual([report.created, report.unused, report.scenes], [["segment_3b"], [], []]);
    assert.deepEqual(await staleIds(store), { segment_3: "stale", segment_3b: "not made yet" });
    assert.deepEqual(await nextCalls(store), ["draft segment_3", "draft segment_3b", "optimize segment_3 main", "optimize segment_3b main"]);
    assert.deepEqual(await staleIds(store), {});
  });

  it("makes a merged segment stale and nothing else, and keeps the file of the one that goes", async () => {
    const store = await directed("segment_1", "segment_7");
    const report = await engineOf(store).editTiming({ kind: "merge", id: "segment_3" });
    assert.deepEqual([report.unused, report.unusedFiles, report.scenes], [["segment_4"], ["segments/segment_4.md"], []]);
    assert.ok(store.files.has("segments/segment_4.md"));
    assert.deepEqual(await staleIds(store), { segment_3: "stale" });
    assert.deepEqual(await nextCalls(store), ["draft segment_3", "optimize segment_3 main"]);
  });

  it("never gives out the id of a file that is unused, be it damaged", async () => {
    const store = await directed("segment_1");
    store.files.set("segments/segment_3b.md", "");
    store.files.set("segments/segment_3c.md", "---\nnot: [yaml\n---\n");
    const report = await engineOf(store).editTiming({ kind: "split", id: "segment_3", at: { wordIndex: 4 } });
    assert.deepEqual(report.created, ["segment_3d"]);
  });

  it("hands a scene on to the segment that a merge leaves, with comments and all else in its place", async () => {
    const store = await directed("segment_1", "segment_7");
    const plan = store.files.get("scene-plan.yaml")!;
    const report = await engineOf(store).editTiming({ kind: "merge", id: "segment_6" });
    assert.deepEqual(report.scenes, [{ from: "segment_7", to: "segment_6" }]);
    assert.deepEqual(errorsOf(store), []);
    const [, old] = parseScenePlan(plan).value!;
    const [, handed] = scenesOf(store);
    assert.equal(store.files.get("scene-plan.yaml"), plan.replace("from: segment_7", "from: segment_6").replace(old!.generated!.text, handed!.generated!.text));
    assert.deepEqual(await staleIds(store), { segment_6: "stale" });
    // The words of both scenes are others now.
    assert.equal((await nextCalls(store))[0], "extract");
  });

  it("takes out a scene that has no segment left, after a copy", async () => {
    const store = await directed("segment_1", "segment_2", "segment_3");
    const plan = store.files.get("scene-plan.yaml")!;
    const shown = await engineOf(store).editTiming({ kind: "merge", id: "segment_1" }, { dryRun: true });
    assert.equal(store.files.get("scene-plan.yaml"), plan);
    const report = await engineOf(store).editTiming({ kind: "merge", id: "segment_1" }, { basedOn: shown.basedOn });
    assert.deepEqual(report, shown);
    assert.deepEqual(report.scenes, [{ from: "segment_2", to: undefined }]);
    assert.deepEqual(scenesOf(store).map(({ from }) => from), ["segment_1", "segment_3"]);
    assert.ok(copies(store).includes(plan));
    assert.deepEqual(errorsOf(store), []);
  });

  it("makes nothing stale by less than a quarter of a second, and by more only what got another length", async () => {
    const store = await directed("segment_1");
    await engineOf(store).editTiming({ kind: "retime", id: "segment_3", end: 15.2 });
    assert.deepEqual(segmentsOf(store).slice(2, 4).map(({ start, end }) => [start, end]), [[10, 15.2], [15.2, 20]]);
    assert.deepEqual(await staleIds(store), {});
    await engineOf(store).editTiming({ kind: "retime", id: "segment_12", end: 61 });
    assert.deepEqual(await staleIds(store), { segment_12: "stale" });
  });

  it("is refused with what to do, and changes nothing", async () => {
    const store = await directed("segment_1");
    const before = documents(store);
    const wrong: TimingEditRequest[] = [{ kind: "merge", id: "segment_12" }, { kind: "split", id: "x", at: { seconds: 1 } }, { kind: "retime", id: "segment_2", start: 9.95 }];
    for (const edit of wrong) await assert.rejects(engineOf(store).editTiming(edit), (error) => error instanceof TimingEditError && Boolean(error.hint));
    assert.deepEqual(documents(store), before);
  });

  it("waits for nobody: a story that another run holds is not edited", async () => {
    const store = await directed("segment_1");
    store.heldElsewhere = true;
    await assert.rejects(engineOf(store).editTiming({ kind: "merge", id: "segment_1" }), StoryHeldError);
    assert.equal(segmentsOf(store).length, 12);
  });

  it("is refused where a newer version wrote the story, or where there is none", async () => {
    const store = await directed("segment_1");
    store.files.set("story.yaml", store.files.get("story.yaml")!.replace("format: 1", "format: 2"));
    await assert.rejects(engineOf(store).editTiming({ kind: "merge", id: "segment_1" }), /newer version/);
    await assert.rejects(engineOf(store).requireEditable(), /newer version/);
    const empty = storeOf({});
    await assert.rejects(engineOf(empty).editTiming({ kind: "merge", id: "segment_1" }), /not a story folder/);
    await assert.rejects(engineOf(empty).requireEditable(), /not a story folder/);
    assert.deepEqual([...empty.files.keys()], []);
  });

  it("tells beforehand that another process works on the story, unless nothing is to be written", async () => {
    const store = await directed("segment_1");
    const lock = await store.lock({ takeOver: false });
    await assert.rejects(engineOf(store).requireEditable(), StoryHeldError);
    assert.equal((await engineOf(store).requireEditable({ dryRun: true })).title, "The Test");
    await lock.release();
    await engineOf(store).requireEditable();
    await (await store.lock({ takeOver: false })).release();
  });

  it("tells beforehand that it is possible, whatever is wrong in a segment's file", async () => {
    const store = await directed("segment_1");
    store.files.set("segments/segment_1.md", "---\nusedAssets: 1\n---\n");
    assert.equal((await engineOf(store).requireEditable()).title, "The Test");
  });

  it("leaves a story that can be used wherever it is cut off, and the same edit completes it", async () => {
    const edit: TimingEditRequest = { kind: "merge", id: "segment_6" };
    const undisturbed = await directed("segment_1", "segment_7");
    await engineOf(undisturbed).editTiming(edit);
    for (const last of [0, 1]) {
      const store = await directed("segment_1", "segment_7");
      let written = 0;
      store.beforeRename = () => {
        if (written++ >= last) throw new Error("the power is gone");
      };
      await assert.rejects(engineOf(store).editTiming(edit), /power/);
      store.beforeRename = undefined;
      assert.deepEqual(errorsOf(store), []);
      assert.equal(segmentsOf(store).length, 12);
      assert.equal(scenesOf(store)[1]!.from, last === 0 ? "segment_7" : "segment_6");
      await engineOf(store).editTiming(edit);
      assert.deepEqual(documents(store), documents(undisturbed));
    }
  });

  it("changes nothing where somebody changes one of the files meanwhile", async () => {
    for (const path of ["timing-map.json", "scene-plan.yaml"]) {
      const store = await directed("segment_1", "segment_7");
      const theirs = `${store.files.get(path)!}\n`;
      const before = documents(store);
      store.beforeRename = (saved) => {
        if (saved === path) store.files.set(path, theirs);
      };
      await assert.rejects(engineOf(store).editTiming({ kind: "merge", id: "segment_6" }), (error) => error instanceof StoryDirectorError && error.message.includes(`${path} changed`));
      assert.deepEqual(documents(store), { ...before, [path]: theirs });
    }
  });
});

describe("a new take", () => {
  it("is told before it acts, and then does what was told", async () => {
    const store = await directed("segment_1", "segment_7");
    const before = new Map(store.files);
    const transcript = takeOf(store, { shiftFrom: "segment_5", seconds: 1 });
    const shown = await engineOf(store).retime({ transcript, dryRun: true });
    assert.equal(shown.summary, "8 moved, 1 changed length");
    assert.deepEqual(store.files, before);
    const done = await engineOf(store).retime({ transcript, basedOn: shown.basedOn });
    assert.deepEqual(done, shown);
    assert.deepEqual(await staleIds(store), { segment_4: "stale" });
    assert.deepEqual(await nextCalls(store), ["draft segment_4", "optimize segment_4 main"]);
    assert.ok(copies(store).includes(before.get("timing-map.json")!));
  });

  it("is not written over another map than was shown", async () => {
    const store = await directed("segment_1");
    const transcript = takeOf(store, { shiftFrom: "segment_5", seconds: 1 });
    const { basedOn } = await engineOf(store).retime({ transcript, dryRun: true });
    await engineOf(store).editTiming({ kind: "retime", id: "segment_3", end: 15.2 });
    const before = documents(store);
    await assert.rejects(engineOf(store).retime({ transcript, basedOn }), /timing-map\.json changed/);
    assert.deepEqual(documents(store), before);
  });

  it("redoes what it says changed, and nothing else", async () => {
    const store = await directed("segment_1", "segment_7");
    const take = takeOf(store, { shiftFrom: "segment_1", seconds: 0 });
    const cues = take.cues.flatMap((cue, index): Cue[] => {
      if (index === 2) return [];
      return index === 8 ? [{ ...cue, text: cue.text.replace("lifts", "drops") }] : [cue];
    });
    const report = await engineOf(store).retime({ transcript: { ...take, cues } });
    const whats = Object.fromEntries(report.changes.map(({ id, what }) => [id, what]));
    // The pause where its words were is a segment of its own now.
    assert.deepEqual(whats, { segment_3: "unused", segment_2b: "new", segment_9: "text" });
    assert.deepEqual(await staleIds(store), { segment_2b: "not made yet", segment_9: "stale" });
    assert.deepEqual(errorsOf(store), []);
  });

  describe("and narration.md", () => {
    /** Words that a machine wrote, in paragraphs of its own, and a take that says one of them otherwise. */
    const withProse = async (prose: (said: string) => string) => {
      const store = await directed("segment_1", "segment_7");
      const said = `${segmentsOf(store).map(({ narration }, index) => (index === 6 ? `\n\n${narration}` : narration)).join(" ").trim()}\n`;
      store.files.set(NARRATION, prose(said));
      const take = takeOf(store, { shiftFrom: "segment_1", seconds: 0 });
      const cues = take.cues.map((cue, index): Cue => (index === 8 ? { ...cue, text: cue.text.replace("lifts", "drops") } : cue));
      return { store, said, transcript: { ...take, cues } };
    };

    it("is told anew in the same save, after a copy, and again by the next take", async () => {
      const { store, said, transcript } = await withProse((text) => text);
      const firstTake = takeOf(store, { shiftFrom: "segment_1", seconds: 0 });
      const shown = await engineOf(store).retime({ transcript, dryRun: true });
      assert.deepEqual([shown.prose, store.files.get(NARRATION)], ["rewritten", said]);
      const done = await engineOf(store).retime({ transcript, basedOn: shown.basedOn });
      assert.deepEqual(done, shown);
      assert.equal(store.files.get(NARRATION), said.replace("lifts the trumpet for the 9.", "drops the trumpet for the 9."));
      assert.ok(copies(store).includes(said));
      await engineOf(store).retime({ transcript: firstTake });
      assert.equal(store.files.get(NARRATION), said);
    });

    it("is left where a person wrote something else, and that is told", async () => {
      const { store, transcript } = await withProse((text) => `Act one. ${text}`);
      const before = store.files.get(NARRATION)!;
      const { prose } = await engineOf(store).retime({ transcript });
      assert.deepEqual([prose, store.files.get(NARRATION), copies(store).includes(before)], ["left", before, false]);
      assert.match(segmentsOf(store)[8]!.narration, /drops/);
    });

    it("is not spoken of where no word changes, as by a split or a merge, or where there is none", async () => {
      const { store, transcript } = await withProse((text) => `Act one. ${text}`);
      const before = store.files.get(NARRATION)!;
      const edits: TimingEditRequest[] = [{ kind: "split", id: "segment_3", at: { wordIndex: 4 } }, { kind: "merge", id: "segment_3" }, { kind: "retime", id: "segment_5", end: 25.2 }];
      for (const edit of edits) assert.equal((await engineOf(store).editTiming(edit)).prose, undefined, edit.kind);
      assert.equal(store.files.get(NARRATION), before);
      store.files.delete(NARRATION);
      assert.equal((await engineOf(store).retime({ transcript })).prose, undefined);
      assert.equal(store.files.has(NARRATION), false);
    });

    it("never says other words than the map for good: where a save is cut off, the same take completes it", async () => {
      const undisturbed = await withProse((text) => text);
      await engineOf(undisturbed.store).retime({ transcript: undisturbed.transcript });
      const { store, transcript } = await withProse((text) => text);
      let isGone = false;
      store.beforeRename = (path) => {
        isGone ||= path === "timing-map.json";
        if (isGone) throw new Error("the power is gone");
      };
      await assert.rejects(engineOf(store).retime({ transcript }), /power/);
      store.beforeRename = undefined;
      assert.match(store.files.get(NARRATION)!, /drops/);
      assert.equal((await engineOf(store).retime({ transcript })).prose, undefined);
      assert.deepEqual(documents(store), documents(undisturbed.store));
    });

    it("takes the whole change with it where somebody writes in it meanwhile", async () => {
      const { store, said, transcript } = await withProse((text) => text);
      const before = documents(store);
      store.beforeRename = (path) => {
        if (path === NARRATION) store.files.set(NARRATION, `${said}Mine.`);
      };
      await assert.rejects(engineOf(store).retime({ transcript }), /narration\.md changed in the meantime; nothing was changed/);
      assert.deepEqual(documents(store), { ...before, [NARRATION]: `${said}Mine.` });
    });
  });

  it("is refused where it is none of this story", async () => {
    const store = await directed("segment_1");
    const before = documents(store);
    const take = takeOf(store, { shiftFrom: "segment_1", seconds: 0 });
    const other = { ...take, cues: take.cues.map((cue) => ({ ...cue, text: "Once upon another time there was a fish." })) };
    for (const transcript of [other, { ...take, cues: [] }]) {
      await assert.rejects(engineOf(store).retime({ transcript }), (error) => error instanceof TimingEditError && Boolean(error.hint));
    }
    assert.deepEqual(documents(store), before);
  });
});

const NARRATION = "narration.md";

function engineOf(store: MemoryStore): StoryDirector {
  return createStoryDirector({ store, director: fixedDirector(createFakeDirector()), clock: countingClock() });
}

/** What the next run asks the director for; it makes what is stale. */
async function nextCalls(store: MemoryStore): Promise<string[]> {
  const { calls, error } = await runStory({ store });
  assert.equal(error, undefined);
  return calls.toSorted((a, b) => Number(a.startsWith("optimize")) - Number(b.startsWith("optimize")));
}

async function staleIds(store: MemoryStore): Promise<Record<string, string>> {
  const { segments } = await engineOf(store).status();
  return Object.fromEntries(segments.filter(({ state }) => state !== "up to date").map(({ id, state }) => [id, state]));
}

function segmentsOf(store: MemoryStore): readonly TimedSegment[] {
  return parseTimingMap(store.files.get("timing-map.json")!).value!.segments;
}

function scenesOf(store: MemoryStore): readonly Scene[] {
  return parseScenePlan(store.files.get("scene-plan.yaml")!).value!;
}

function errorsOf(store: MemoryStore): unknown[] {
  return loadStory(new Map(Object.entries(documents(store)))).problems.filter(isError);
}

function copies(store: MemoryStore): string[] {
  return [...store.files].filter(([path]) => path.startsWith(".story-director/history/")).map(([, text]) => text);
}

/** The story as it is said, each segment a cue; from one segment on so much later. */
function takeOf(store: MemoryStore, { shiftFrom, seconds }: { shiftFrom: string; seconds: number }): Transcript {
  const segments = segmentsOf(store);
  const first = segments.findIndex(({ id }) => id === shiftFrom);
  const cues = segments.map(({ start, end, narration }, index): Cue => {
    const later = index < first ? 0 : seconds;
    return { start: start + later, end: end + later, text: narration };
  });
  return { format: "test", basis: "aligned", cues, findings: [] };
}
