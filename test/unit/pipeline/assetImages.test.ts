import assert from "node:assert/strict";
import { parseAsset } from "../../../src/core/documents/assetDocument.ts";
import { StorageError, StoryDirectorError } from "../../../src/core/errors.ts";
import type { ImageRequest } from "../../../src/pipeline/ports.ts";
import { createFakeDirector } from "../../support/fakeDirector.ts";
import { createFakeImageMaker, HopelessError } from "../../support/fakeImageMaker.ts";
import { picture } from "../../support/fakeModelServer/images.ts";
import type { MemoryStore } from "../../support/memoryStore.ts";
import { documents, runStory, storeOf, type Ran } from "../../support/runStory.ts";
import { testStory } from "../../support/testStory.ts";

const MARIA = "---\nkind: character\nname: Maria # mine\n---\nwoman, 62, silver braid\n\n## State: old\n\nwoman, 80, white braid\n";

/** Every segment asks for one more asset, which is not on file. */
const withLamp = (plain: { usedAssets: readonly string[]; visualPrompt: string }) => ({
  ...plain,
  visualPrompt: `${plain.visualPrompt} Beside it @lamp.`,
  usedAssets: [...plain.usedAssets, "lamp"],
});

describe("the images of assets", () => {
  it("are drawn once for every asset, saved beside it and named in it", async () => {
    const store = storeOf(testStory());
    const imageMaker = createFakeImageMaker();
    const { error, summary, progress } = await runStory({ store, imageMaker });
    assert.deepEqual([error, summary!.ready, summary!.warnings], [undefined, 12, []]);
    assert.deepEqual(imagesOf(store), { maria: [{ file: "maria.png" }], square: [{ file: "square.png" }], trumpet: [{ file: "trumpet.png" }] });
    assert.deepEqual([...store.files.keys()].filter((path) => path.endsWith(".png")).sort(), ["assets/maria.png", "assets/square.png", "assets/trumpet.png"]);
    assert.deepEqual(nodesOf(progress), ["@maria: done maria.png", "@trumpet: done trumpet.png", "@square: done square.png"]);
    assert.equal(phaseOf(progress), "done 3 images");
    const [first] = imageMaker.requests;
    assert.deepEqual([first!.size, first!.quality, first!.reference], ["1536x1024", "low", undefined]);
    assert.match(first!.prompt, /woman, 62, silver braid[\s\S]*35 mm, warm grain\./);
    assert.doesNotMatch(first!.prompt, /Faded, soft edges/, "named looks belong to scenes");
  });

  it("are not drawn again, and make nothing stale", async () => {
    const store = storeOf(testStory());
    await runStory({ store });
    const without = documents(store);
    const imageMaker = createFakeImageMaker();
    const drawn = await runStory({ store, imageMaker });
    assert.deepEqual([drawn.calls, drawn.summary!.upToDate, imageMaker.requests.length], [[], 12, 3]);
    const again = await runStory({ store, imageMaker });
    assert.deepEqual([again.calls, again.summary!.upToDate, imageMaker.requests.length], [[], 12, 3]);
    assert.equal(phaseOf(again.progress), "up to date: 3 images");
    const segments = (files: Record<string, string>) => Object.entries(files).filter(([path]) => path.startsWith("segments/"));
    assert.deepEqual(segments(documents(store)), segments(without));
  });

  it("are not drawn again even where everything is directed anew", async () => {
    const store = storeOf(testStory());
    const imageMaker = createFakeImageMaker();
    await runStory({ store, imageMaker });
    await runStory({ store, imageMaker, request: { all: true } });
    assert.equal(imageMaker.requests.length, 3);
    assert.deepEqual(imagesOf(store)["maria"], [{ file: "maria.png" }]);
  });

  it("show every state, drawn from the image without one", async () => {
    const store = storeOf({ ...testStory(), "assets/maria.md": MARIA });
    const imageMaker = createFakeImageMaker();
    await runStory({ store, imageMaker });
    assert.deepEqual(imagesOf(store)["maria"], [{ file: "maria.png" }, { file: "maria-old.png", state: "old" }]);
    const base = bytesOf(store, "assets/maria.png");
    const old = imageMaker.requests.find(({ prompt }) => prompt.includes("white braid"))!;
    assert.deepEqual([[...old.reference!.bytes], old.reference!.type], [base, "png"]);
    assert.match(old.prompt, /The picture sent along/);
    assert.ok(store.files.get("assets/maria.md")!.includes("name: Maria # mine"));
  });

  it("keep a person's own pictures, and are drawn from them", async () => {
    const own = Buffer.from(picture(7)).toString("latin1");
    const file = MARIA.replace("---\nwoman", "images: [ { file: maria/front.jpg, role: front } ]\n---\nwoman");
    const store = storeOf({ ...testStory(), "assets/maria.md": file, "assets/maria/front.jpg": own, "assets/maria-old.png": "somebody's" });
    const imageMaker = createFakeImageMaker();
    await runStory({ store, imageMaker });
    assert.deepEqual(imagesOf(store)["maria"], [{ file: "maria/front.jpg", role: "front" }, { file: "maria-old-2.png", state: "old" }]);
    assert.equal(store.files.get("assets/maria-old.png"), "somebody's");
    const [old] = imageMaker.requests.filter(({ reference }) => reference);
    assert.deepEqual([[...old!.reference!.bytes], old!.reference!.type], [[...picture(7)], "png"], "told by its bytes, not its name");
  });

  it("do without a picture that no model can read, and say so", async () => {
    const file = MARIA.replace("---\nwoman", "images: [ { file: maria.heic } ]\n---\nwoman");
    const store = storeOf({ ...testStory(), "assets/maria.md": file, "assets/maria.heic": "ftypheic" });
    const imageMaker = createFakeImageMaker();
    const { progress } = await runStory({ store, imageMaker });
    assert.ok(nodesOf(progress).includes("@maria/old: done maria-old.png, drawn without maria.heic"));
    assert.ok(imageMaker.requests.every(({ reference }) => reference === undefined));
  });

  it("are drawn while the script is written, which waits for none of them", async () => {
    const store = storeOf(testStory());
    const written: boolean[] = [];
    const imageMaker = createFakeImageMaker(async () => {
      await eventually(() => store.files.has("segments/segment_12.md"));
      written.push(store.files.has("segments/segment_12.md"));
    });
    const { summary } = await runStory({ store, imageMaker });
    assert.deepEqual([written, summary!.ready], [[true, true, true], 12]);
  });

  it("go side by side as far as is allowed, those of one asset one after the other", async () => {
    const assets = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`assets/prop_${index}.md`, `---\nkind: prop\nname: P${index}\n---\na prop\n\n## State: a\n\nits a\n\n## State: b\n\nits b\n`]));
    const openOf = new Map<string, number>();
    let mostOfOne = 0;
    const imageMaker = createFakeImageMaker(async ({ prompt }) => {
      const name = /Object: (P\d)/.exec(prompt)?.[1] ?? "";
      openOf.set(name, (openOf.get(name) ?? 0) + 1);
      if (name) mostOfOne = Math.max(mostOfOne, openOf.get(name)!);
      await new Promise(setImmediate);
      openOf.set(name, openOf.get(name)! - 1);
    });
    const { summary, progress } = await runStory({ store: storeOf({ ...testStory(), ...assets }), imageMaker });
    assert.deepEqual([summary!.warnings, imageMaker.mostOpen, mostOfOne], [[], 3, 1]);
    assert.equal(imageMaker.requests.length, 30);
    assert.equal(phaseOf(progress), "done 30 images");
  });

  it("follow an asset that is made in the middle of the run, in the same run", async () => {
    const store = storeOf(testStory());
    const imageMaker = createFakeImageMaker();
    const { error, progress } = await runStory({ store, imageMaker, director: createFakeDirector({ draft: withLamp as never }) });
    assert.equal(error, undefined);
    assert.deepEqual(imagesOf(store)["lamp"], [{ file: "lamp.png" }]);
    assert.match(store.files.get("assets/lamp.md")!, /late: true/);
    assert.equal(nodesOf(progress).at(-1), "@lamp: done lamp.png");
  });

  it("follow a state that is added in the middle of the run, while the asset's first is drawn", async () => {
    const store = storeOf({ ...testStory(), "assets/maria.md": MARIA });
    const draft = (plain: { visualPrompt: string }) => ({ ...plain, visualPrompt: plain.visualPrompt.replace("@maria ", "@maria/wet "), usedAssets: ["maria/wet", "trumpet", "square"] });
    const imageMaker = createFakeImageMaker(async (_request, call) => {
      if (call === 0) await eventually(() => store.files.get("assets/maria.md")!.includes("State: wet"));
    });
    const { error, summary } = await runStory({ store, imageMaker, director: createFakeDirector({ draft: draft as never }) });
    assert.deepEqual([error, summary!.warnings], [undefined, []]);
    assert.deepEqual(imagesOf(store)["maria"]!.map(({ state }) => state), [undefined, "old", "wet"]);
    assert.match(store.files.get("assets/maria.md")!, /## State: wet/);
  });

  it("that fail leave the script as it is, and are told at their nodes and at the end", async () => {
    const store = storeOf({ ...testStory(), "assets/maria.md": MARIA });
    const imageMaker = createFakeImageMaker(({ prompt }) => {
      if (prompt.includes("silver braid")) throw new StoryDirectorError("the model refuses to draw this", { hint: "Reword it." });
    });
    const { error, summary, progress, events } = await runStory({ store, imageMaker });
    assert.deepEqual([error, summary!.ready], [undefined, 12]);
    assert.deepEqual(nodesOf(progress).sort(), [
      "@maria/old: skipped: @maria, from which it is drawn, has no image",
      "@maria: failed the model refuses to draw this",
      "@square: done square.png",
      "@trumpet: done trumpet.png",
    ]);
    assert.deepEqual(summary!.warnings, [{ message: "Generate Asset Images: 2 of 4 images were not made (@maria): the model refuses to draw this", hint: "Reword it." }]);
    assert.equal(progress.nodes[0]!.state, "done");
    assert.deepEqual(events.find(({ event }) => event === "run-end")!["warnings"], summary!.warnings);
    assert.equal(imagesOf(store)["maria"]!.length, 0);
    const again = await runStory({ store, imageMaker: createFakeImageMaker() });
    assert.deepEqual([again.summary!.warnings, imagesOf(store)["maria"]!.length], [[], 2], "the next run draws what is missing");
  });

  it("that fail for a late asset fail neither its segment nor the run", async () => {
    const store = storeOf(testStory());
    const imageMaker = createFakeImageMaker(({ prompt }) => {
      if (prompt.includes("a lamp")) throw new StoryDirectorError("the server failed");
    });
    const { error, summary } = await runStory({ store, imageMaker, director: createFakeDirector({ draft: withLamp as never }) });
    assert.deepEqual([error, summary!.ready, summary!.warnings.length], [undefined, 12, 1]);
    assert.match(summary!.warnings[0]!.message, /1 of 4 images was not made \(@lamp\): the server failed/);
  });

  it("are not asked for any more once the key is refused or the quota is spent", async () => {
    const assets = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`assets/prop_${index}.md`, "---\nkind: prop\nname: P\n---\na prop\n"]));
    const imageMaker = createFakeImageMaker(() => {
      throw new HopelessError("the quota is spent", { hint: "Add credit." });
    });
    const { error, summary, progress } = await runStory({ store: storeOf({ ...testStory(), ...assets }), imageMaker });
    assert.deepEqual([error, summary!.ready, imageMaker.requests.length], [undefined, 12, 3], "three were under way");
    assert.equal(nodesOf(progress).filter((node) => node.endsWith("skipped: not tried, since @prop_0 failed")).length, 9);
    assert.deepEqual(summary!.warnings, [{ message: "Generate Asset Images: 12 of 12 images were not made (@prop_0, @prop_1, @prop_2): the quota is spent", hint: "Add credit." }]);
  });

  it("leave an asset that a person changes meanwhile, keep the picture, and say how to name it", async () => {
    const store = storeOf({ ...testStory(), "assets/maria.md": MARIA });
    const edited = MARIA.replace("silver braid", "red braid");
    const imageMaker = createFakeImageMaker((_request, call) => {
      if (call === 0) store.files.set("assets/maria.md", edited);
    });
    const { error, summary } = await runStory({ store, imageMaker });
    assert.equal(error, undefined);
    assert.ok(store.files.get("assets/maria.md")!.includes("red braid"));
    assert.ok(store.files.has("assets/maria.png"));
    assert.equal(imagesOf(store)["maria"]!.length, 0);
    assert.match(summary!.warnings[0]!.message, /assets\/maria\.md changed during the run; assets\/maria\.png is kept, but not named there/);
    assert.match(summary!.warnings[0]!.hint!, /- \{ file: maria\.png \}/);
  });

  it("that cannot be saved are a warning, too", async () => {
    const store = storeOf(testStory());
    store.saveImage = () => Promise.reject(new StorageError("assets/maria.png could not be saved: the disk is full", { hint: "Free some space." }));
    const { error, summary } = await runStory({ store, imageMaker: createFakeImageMaker() });
    assert.deepEqual([error, summary!.ready, summary!.warnings[0]!.hint], [undefined, 12, "Free some space."]);
  });

  it("must be readable: a segment whose asset lost its picture is not production-ready", async () => {
    const store = storeOf(testStory());
    await runStory({ store, imageMaker: createFakeImageMaker() });
    store.files.delete("assets/maria.png");
    const { error } = await runStory({ store, request: { all: true } });
    assert.match((error as StoryDirectorError).problems.map(({ message }) => message).join(), /maria\.png/);
  });

  it("that are drawn in this run are looked for by the segments after them", async () => {
    const store = storeOf(testStory());
    let drawn = false;
    const saveImage = store.saveImage.bind(store);
    store.saveImage = async (tag, image) => {
      const name = await saveImage(tag, image);
      store.files.delete(`assets/${name}`);
      drawn = true;
      return name;
    };
    const before = async (call: string) => {
      if (call === "draft segment_12") await eventually(() => drawn);
    };
    const { error } = await runStory({ store, imageMaker: createFakeImageMaker(), director: createFakeDirector({ before }), request: { batchSize: 1, parallelBatches: 1 } });
    assert.match((error as Error).message, /segment_\d+ is not production-ready.*maria\.png, which cannot be read/);
  });

  it("end with a script that fails, and with a run that is stopped", async () => {
    const failing = await runStory({ store: storeOf(testStory()), imageMaker: stoppable(), director: createFakeDirector({ before: failAt("draft segment_3") }) });
    assert.match((failing.error as Error).message, /the director fell over/);
    assert.equal(phaseOf(failing.progress), "cancelled 0/3 images…");
    const control = new AbortController();
    const stopped = stoppable();
    const stopping = runStory({ store: storeOf(testStory()), imageMaker: stopped, signal: control.signal });
    await eventually(() => stopped.asked === 3);
    control.abort();
    assert.equal(((await stopping).error as Error).name, "AbortError");
  });

  it("are finished although the script failed, where the run is to keep going", async () => {
    const store = storeOf(testStory());
    const { error, progress } = await runStory({ store, imageMaker: createFakeImageMaker(), director: createFakeDirector({ before: failAt("optimize segment_3 main") }), request: { keepGoing: true } });
    assert.match((error as Error).message, /fell over/);
    assert.equal(phaseOf(progress), "done 3 images");
  });

  it("never keep the script from being written, even by a fault of our own", async () => {
    const imageMaker = { ...createFakeImageMaker(), isHopeless: () => assert.fail("a bug"), make: () => Promise.reject(new TypeError("a bug")) };
    const { summary } = await runStory({ store: storeOf(testStory()), imageMaker });
    assert.equal(summary!.ready, 12);
    assert.match(summary!.warnings[0]!.message, /a bug/);
  });

  it("are not drawn where a person turned them off, or no image model is set, each with its reason", async () => {
    const imageMaker = createFakeImageMaker();
    const off = await runStory({ store: storeOf(testStory()), imageMaker, request: { images: false } });
    assert.deepEqual([phaseOf(off.progress), off.summary!.ready, imageMaker.requests.length], ["skipped: turned off", 12, 0]);
    const none = await runStory({ store: storeOf(testStory()) });
    assert.equal(phaseOf(none.progress), "skipped: no image model");
  });

  it("are each told of in the run's log, without prompt and picture", async () => {
    const imageMaker = createFakeImageMaker((_request, call) => {
      if (call === 2) throw new StoryDirectorError("it failed");
    });
    const { events } = await runStory({ store: storeOf(testStory()), imageMaker });
    const calls = events.filter(({ event }) => event === "model-call");
    assert.deepEqual(calls.map(({ purpose, outcome, model }) => `${String(purpose)} ${String(outcome)} ${String(model)}`).sort(), [
      "image broken fake/image-1",
      "image completed image-1",
      "image completed image-1",
    ]);
    assert.deepEqual(calls.flatMap(({ ids }) => ids as string[]).sort(), ["maria", "square", "trumpet"]);
    assert.deepEqual(calls.find(({ outcome }) => outcome === "completed")!["usage"], { inputTokens: 60, cachedInputTokens: 0, outputTokens: 272 });
    assert.doesNotMatch(JSON.stringify(events), /Character reference|PNG|137,80/);
  });
});

function imagesOf(store: MemoryStore): Record<string, readonly { file: string; state?: string | undefined }[]> {
  const assets = [...store.files].filter(([path]) => /^assets\/\w+\.md$/.test(path));
  return Object.fromEntries(assets.map(([path, text]) => [path.slice(7, -3), parseAsset(text, path.slice(7, -3)).value!.images]));
}

function bytesOf(store: MemoryStore, path: string): number[] {
  return [...Buffer.from(store.files.get(path)!, "latin1")];
}

function phase(progress: Ran["progress"]) {
  return progress.nodes[0]!.children[1]!;
}

function phaseOf(progress: Ran["progress"]): string {
  const { state, reason, step } = phase(progress);
  return reason === undefined ? `${state} ${step}` : `${state}: ${reason}`;
}

function nodesOf(progress: Ran["progress"]): string[] {
  return phase(progress).children.map(({ label, state, reason, step, error }) => {
    if (error instanceof Error) return `${label}: ${state} ${error.message}`;
    return reason === undefined ? `${label}: ${state} ${step}` : `${label}: ${state}: ${reason}`;
  });
}

function failAt(wanted: string) {
  return (call: string) => {
    if (call === wanted) throw new StoryDirectorError("the director fell over");
  };
}

/** Draws nothing until it is stopped. */
function stoppable() {
  const maker = createFakeImageMaker();
  let asked = 0;
  return {
    ...maker,
    get asked() {
      return asked;
    },
    make(_request: ImageRequest, signal: AbortSignal): Promise<never> {
      asked++;
      return new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true }));
    },
  };
}

async function eventually(condition: () => boolean): Promise<void> {
  for (let turn = 0; turn < 1000 && !condition(); turn++) await new Promise(setImmediate);
  // What a segment does after it takes some turns, too.
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
}
