import assert from "node:assert/strict";
import type { DirectRequest } from "../../../src/compose.ts";
import { createFakeDirector } from "../../support/fakeDirector.ts";
import type { MemoryStore } from "../../support/memoryStore.ts";
import { documents, runStory, stateOf, storeOf } from "../../support/runStory.ts";
import { testStory } from "../../support/testStory.ts";

const PATH = "segments/segment_2.md";

async function finishedStory(): Promise<MemoryStore> {
  const store = storeOf(testStory({ segments: 3 }));
  await runStory({ store });
  return store;
}

function edit(store: MemoryStore, change: (text: string) => string): void {
  const before = store.files.get(PATH)!;
  const after = change(before);
  assert.notEqual(after, before, "the test changes something");
  store.files.set(PATH, after);
}

/** One edit in every part that the machine writes, with the words that have to survive. */
const EDITS: readonly { readonly part: string; readonly words: string; readonly change: (text: string) => string }[] = [
  { part: "TAGS", words: "silver braid, red scarf", change: (text) => text.replace("silver braid", "silver braid, red scarf") },
  { part: "SCENE", words: "On her knees", change: (text) => text.replace("@maria lifts", "On her knees @maria lifts") },
  { part: "CAMERA", words: "85 mm", change: (text) => text.replace("50 mm", "85 mm") },
  { part: "LIGHTING", words: "Moonlight.", change: (text) => text.replace("Low dusk sun.", "Moonlight.") },
  { part: "MOOD", words: "Broken.", change: (text) => text.replace("Resolute.", "Broken.") },
  { part: "FINAL PROMPT", words: "my own words", change: (text) => text.replace("Veo 3.1: ", "Veo 3.1: my own words, ") },
];

const RUNS: readonly { readonly title: string; readonly request: DirectRequest; readonly before?: (store: MemoryStore) => void }[] = [
  { title: "a plain run", request: {} },
  { title: "a run that asks for it by name", request: { segments: ["segment_2"] } },
  { title: "a run over everything", request: { all: true } },
  {
    title: "a run after its narration changed",
    request: {},
    before: (store) => store.files.set("timing-map.json", store.files.get("timing-map.json")!.replace("for the 2. time", "no more")),
  },
  {
    title: "a run after an asset changed",
    request: {},
    before: (store) => store.files.set("assets/trumpet.md", store.files.get("assets/trumpet.md")!.replace("dented bell", "new bell")),
  },
  { title: "a run that keeps going", request: { keepGoing: true, all: true } },
];

describe("a person's words", () => {
  for (const { part, words, change } of EDITS) {
    for (const { title, request, before } of RUNS) {
      it(`survive in ${part} through ${title}`, async () => {
        const store = await finishedStory();
        edit(store, change);
        before?.(store);
        const { error, calls } = await runStory({ store, request });
        assert.equal(error, undefined);
        assert.ok(store.files.get(PATH)!.includes(words));
        assert.ok(!calls.includes("draft segment_2"), "an edited segment keeps its draft");
        const settled = documents(store);
        const again = await runStory({ store });
        assert.deepEqual(documents(store), settled, "and the next run leaves all as it is");
        assert.deepEqual(again.calls, []);
      });
    }

    it(`in ${part} give way only when told, after a copy was put aside`, async () => {
      const store = await finishedStory();
      const machine = store.files.get(PATH);
      edit(store, change);
      const edited = store.files.get(PATH)!;
      const { error } = await runStory({ store, request: { segments: ["segment_2"], overwriteEdits: true } });
      assert.equal(error, undefined);
      assert.equal(store.files.get(PATH), machine);
      const copies = [...store.files].filter(([path]) => path.startsWith(".story-director/history/"));
      assert.deepEqual(copies.map(([, text]) => text), [edited]);
    });
  }

  it("in SCENE bring TAGS and the final up to date, and nothing else", async () => {
    const store = await finishedStory();
    store.files.set("assets/dog.md", "---\nkind: character\nname: Dog\n---\nsmall brown dog\n");
    edit(store, (text) => text.replace("@maria lifts", "@dog watches; @maria lifts"));
    const { calls } = await runStory({ store });
    assert.deepEqual(calls, ["optimize segment_2 main"]);
    const text = store.files.get(PATH)!;
    assert.match(text, /usedAssets: \[ maria, trumpet, square, dog \]/);
    assert.match(text, /- @dog: small brown dog/);
    assert.match(text, /small brown dog\)/, "the final carries the new look");
  });

  it("in TAGS win, and the front matter follows", async () => {
    const store = await finishedStory();
    edit(store, (text) => text.replace(/- @square: .*\n/, "").replace(" on @square", ""));
    const { error } = await runStory({ store });
    assert.equal(error, undefined);
    assert.match(store.files.get(PATH)!, /usedAssets: \[ maria, trumpet \]/);
  });

  it("are kept when they are saved during the run", async () => {
    const store = storeOf(testStory({ segments: 3 }));
    const mine = "---\nlocked: false\n---\n## SCENE\n\nMine.\n";
    const before = (call: string) => {
      if (call === "optimize segment_2 main") store.files.set(PATH, mine);
    };
    const { progress, summary } = await runStory({ store, director: createFakeDirector({ before }) });
    assert.equal(store.files.get(PATH), mine);
    assert.equal(stateOf(progress, "segment_2"), "skipped: changed during the run");
    assert.equal(summary?.made, 2);
    assert.deepEqual(summary?.kept, [{ id: "segment_2", reason: "changed during the run" }]);
  });

  it("say that a locked segment is never written", async () => {
    const store = await finishedStory();
    edit(store, (text) => text.replace("usedAssets:", "locked: true\nusedAssets:"));
    const locked = store.files.get(PATH);
    const { progress } = await runStory({ store, request: { all: true, overwriteEdits: true } });
    assert.equal(store.files.get(PATH), locked);
    assert.equal(stateOf(progress, "segment_2"), "skipped: locked");
  });

  it("are completed where a person wrote only a part of a segment", async () => {
    const store = storeOf({ ...testStory({ segments: 3 }), [PATH]: "## CAMERA\n\nOne long static take, 35 mm.\n\n## DIRECTION\n\nRain.\n" });
    const { error } = await runStory({ store });
    assert.equal(error, undefined);
    const text = store.files.get(PATH)!;
    assert.match(text, /## CAMERA\n\nOne long static take, 35 mm\.\n/);
    assert.match(text, /@maria lifts @trumpet on @square\. \d+ breaths\. Rain\./);
    assert.deepEqual(text.match(/^## .*/gm), ["## TAGS", "## SCENE", "## CAMERA", "## LIGHTING", "## MOOD", "## FINAL PROMPT", "## DIRECTION"]);
  });

  it("stand in assets and scenes whatever the run is", async () => {
    const store = await finishedStory();
    store.files.set("assets/maria.md", store.files.get("assets/maria.md")!.replace("woman, 62", "woman, 70"));
    store.files.set("scene-plan.yaml", store.files.get("scene-plan.yaml")!.replace("time: dusk", "time: deep night # mine"));
    const { error } = await runStory({ store, request: { all: true, overwriteEdits: true } });
    assert.equal(error, undefined);
    assert.match(store.files.get("assets/maria.md")!, /woman, 70/);
    assert.match(store.files.get("scene-plan.yaml")!, /time: deep night # mine/);
  });
});
