import assert from "node:assert/strict";
import { documents, runStory, stateOf, storeOf } from "../../support/runStory.ts";
import type { MemoryStore } from "../../support/memoryStore.ts";
import { testStory } from "../../support/testStory.ts";

/** A story of twelve segments that a run has just completed. */
async function finishedStory(): Promise<MemoryStore> {
  const store = storeOf(testStory());
  const { error } = await runStory({ store });
  assert.equal(error, undefined);
  return store;
}

function change(store: MemoryStore, path: string, edit: (text: string) => string): void {
  const before = store.files.get(path) ?? "";
  const after = edit(before);
  assert.notEqual(after, before, "the test changes something");
  store.files.set(path, after);
}

const ids = Array.from({ length: 12 }, (_, index) => `segment_${index + 1}`);
const drafts = (list: readonly string[]) => list.map((id) => `draft ${id}`);
const finals = (list: readonly string[], output = "main") => list.map((id) => `optimize ${id} ${output}`);

interface Row {
  readonly title: string;
  readonly path: string;
  readonly edit: (text: string) => string;
  /** Every call that the next run makes; nothing else may be asked. */
  readonly asks: readonly string[];
  /** The files that it writes. */
  readonly writes: readonly string[];
}

const segmentFiles = (list: readonly string[]) => list.map((id) => `segments/${id}.md`);

const TABLE: readonly Row[] = [
  {
    title: "a narration redoes its draft, its final and the plan of its scene",
    path: "timing-map.json",
    edit: (text) => text.replace("for the 3. time", "for the third and last time"),
    asks: ["extract", ...drafts(["segment_3"]), ...finals(["segment_3"])],
    writes: ["scene-plan.yaml", ...segmentFiles(["segment_3"])],
  },
  {
    title: "a length beyond a quarter of a second redoes its draft and final",
    path: "timing-map.json",
    edit: (text) => text.replace('"start":10,"end":15', '"start":10,"end":14.7'),
    asks: [...drafts(["segment_3"]), ...finals(["segment_3"])],
    writes: segmentFiles(["segment_3"]),
  },
  {
    title: "a length within a quarter of a second redoes nothing",
    path: "timing-map.json",
    edit: (text) => text.replace('"start":10,"end":15', '"start":10,"end":14.8'),
    asks: [],
    writes: [],
  },
  {
    title: "a scene's time redoes every draft of the scene",
    path: "scene-plan.yaml",
    edit: (text) => text.replace("time: dusk", "time: night"),
    asks: [...drafts(ids), ...finals(ids)],
    writes: segmentFiles(ids),
  },
  {
    title: "the style redoes every draft",
    path: "style.md",
    edit: (text) => text.replace("warm grain", "cold grain"),
    asks: [...drafts(ids), ...finals(ids)],
    writes: segmentFiles(ids),
  },
  {
    title: "a look that no scene asks for redoes nothing",
    path: "style.md",
    edit: (text) => text.replace("Faded", "Bleached"),
    asks: [],
    writes: [],
  },
  {
    title: "a DIRECTION redoes its segment",
    path: "segments/segment_5.md",
    edit: (text) => `${text}\n## DIRECTION\n\nShow her hands only.\n`,
    asks: [...drafts(["segment_5"]), ...finals(["segment_5"])],
    writes: segmentFiles(["segment_5"]),
  },
  {
    title: "a description recompiles finals and directs nothing",
    path: "assets/maria.md",
    edit: (text) => text.replace("silver braid", "short grey hair"),
    asks: finals(ids),
    writes: segmentFiles(ids),
  },
  {
    title: "an alias of an asset redoes nothing",
    path: "assets/maria.md",
    edit: (text) => text.replace("name: maria", "name: maria\naliases: [ the old woman ]"),
    asks: [],
    writes: [],
  },
  {
    title: "a new output adds its finals only",
    path: "story.yaml",
    edit: (text) => `${text}  kling: { profile: kling-3, aspectRatio: "9:16" }\n`,
    asks: finals(ids, "kling"),
    writes: segmentFiles(ids),
  },
  {
    title: "an aspect ratio recompiles the finals of its output",
    path: "story.yaml",
    edit: (text) => text.replace("16:9", "9:16"),
    asks: finals(ids),
    writes: segmentFiles(ids),
  },
  {
    title: "a person's SOUND recompiles the final of its segment",
    path: "segments/segment_7.md",
    edit: (text) => text.replace("## FINAL PROMPT", "## SOUND\n\nDistant bells.\n\n## FINAL PROMPT"),
    asks: finals(["segment_7"]),
    writes: segmentFiles(["segment_7"]),
  },
  {
    title: "NOTES, a review and unknown keys redo nothing",
    path: "segments/segment_7.md",
    edit: (text) => `${text.replace("usedAssets:", "review: good\nmine: 1\nusedAssets:")}\n## NOTES\n\nAsk for a second take.\n`,
    asks: [],
    writes: [],
  },
];

describe("what a change redoes", () => {
  for (const row of TABLE) {
    it(row.title, async () => {
      const store = await finishedStory();
      change(store, row.path, row.edit);
      const before = documents(store);
      const { calls, error } = await runStory({ store });
      assert.equal(error, undefined);
      assert.deepEqual([...calls].sort(), [...row.asks].sort());
      const after = documents(store);
      const written = Object.keys(after).filter((path) => after[path] !== before[path]);
      assert.deepEqual(written.sort(), [...row.writes].sort());
      const again = await runStory({ store });
      assert.deepEqual(again.calls, [], "a second run finds everything up to date");
      assert.deepEqual(documents(store), after);
    });
  }

  it("directs a segment that is asked for by position, range or id, and leaves the others", async () => {
    const store = await finishedStory();
    const { calls, progress } = await runStory({ store, request: { segments: ["3", "7-8", "segment_12"] } });
    const wanted = ["segment_3", "segment_7", "segment_8", "segment_12"];
    assert.deepEqual([...calls].sort(), [...drafts(wanted), ...finals(wanted)].sort());
    assert.equal(stateOf(progress, "segment_1"), "skipped: not asked for");
  });

  it("refuses a selection that leads nowhere, before anything is asked", async () => {
    const store = await finishedStory();
    const { error, calls } = await runStory({ store, request: { segments: ["3", "13", "x"] } });
    assert.match((error as Error).message, /No such segment: "13", "x"/);
    assert.deepEqual(calls, []);
  });

  it("directs everything with all, Extract Assets too, and deletes nothing", async () => {
    const store = await finishedStory();
    store.files.set("assets/lamp.md", "---\nkind: prop\nname: Lamp\n---\nold lamp\n");
    const { calls } = await runStory({ store, request: { all: true } });
    assert.deepEqual([...calls].sort(), ["extract", ...drafts(ids), ...finals(ids)].sort());
    assert.ok(store.files.has("assets/lamp.md"));
  });

  it("plans anew only the scenes whose narration changed", async () => {
    const store = await finishedStory();
    const plan = "scenes:\n  - from: segment_1\n    place: square\n    time: noon\n  - from: segment_7\n    place: square\n    time: night\n";
    store.files.set("scene-plan.yaml", plan);
    await runStory({ store });
    change(store, "timing-map.json", (text) => text.replace("for the 9. time", "once more"));
    const { calls } = await runStory({ store });
    assert.ok(!calls.includes("extract"), "a person's scenes are not planned again");
    assert.deepEqual([...calls].sort(), ["draft segment_9", "optimize segment_9 main"]);
    assert.equal(store.files.get("scene-plan.yaml"), plan);
  });

  it("takes a formatter's pass for no edit", async () => {
    const store = await finishedStory();
    for (const id of ids) {
      change(store, `segments/${id}.md`, (text) => text.replace(/\n\n/g, "\n\n\n").replace(/\n/g, "\r\n"));
    }
    const before = documents(store);
    const { calls, summary } = await runStory({ store });
    assert.deepEqual(calls, []);
    assert.equal(summary?.upToDate, 12);
    assert.deepEqual(documents(store), before);
  });

  it("makes again what Extract Assets made, when the file is gone", async () => {
    const store = await finishedStory();
    const before = documents(store);
    store.files.delete("assets/maria.md");
    const { calls } = await runStory({ store });
    assert.deepEqual(calls, ["extract"]);
    assert.deepEqual(documents(store), before);
  });
});
