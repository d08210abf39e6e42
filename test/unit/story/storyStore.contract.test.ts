import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { StorageError, StoryHeldError } from "../../../src/core/errors.ts";
import { toProductionSegment, type ProductionSegment } from "../../../src/core/validateSegment.ts";
import type { StoryStore } from "../../../src/pipeline/ports.ts";
import { createDiskStore } from "../../../src/story/diskStore.ts";
import { createMemoryStore } from "../../support/memoryStore.ts";
import { filesIn, putFile, tempFolders, textOf } from "../../support/tempFolder.ts";
import { watchedFiles } from "./watchedFiles.ts";

/** A store, and the hands of a person on its files. */
interface Subject {
  readonly store: StoryStore;
  readonly read: (path: string) => string | undefined;
  readonly write: (path: string, text: string) => void;
  readonly list: () => string[];
  /** Sets what runs when a save is about to put its text in place. */
  readonly beforeRename: (action: () => void) => void;
}

const STORY = { "story.yaml": "format: 1\n", "timing-map.json": "{}\n" };

/** Bytes that are no text. */
const PICTURE = { bytes: new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 255, 128, 10]), type: "png" } as const;

const clock = { now: () => Date.UTC(2026, 0, 31, 9, 5, 7, 42) };

contract("memory", () => (files) => {
  const store = createMemoryStore(files);
  return {
    store,
    read: (path) => store.files.get(path),
    write: (path, text) => void store.files.set(path, text),
    list: () => [...store.files.keys()].sort(),
    beforeRename: (action) => {
      store.beforeRename = action;
    },
  };
});

contract("disk", () => {
  const makeFolder = tempFolders();
  return (files) => {
    const folder = makeFolder(files);
    let action: (() => void) | undefined;
    const watched = watchedFiles((_, name) => {
      if (name === "sync") action?.();
    });
    return {
      store: createDiskStore(folder, { files: watched, clock }),
      read: (path) => (existsSync(join(folder, path)) ? textOf(folder, path) : undefined),
      write: (path, text) => putFile(folder, path, text),
      list: () => filesIn(folder),
      beforeRename: (wanted) => {
        action = wanted;
      },
    };
  };
});

function contract(kind: string, prepare: () => (files: Record<string, string>) => Subject): void {
  describe(`a story's store (${kind})`, function () {
    this.timeout(60_000);
    const make = prepare();

    it("reads every document in a steady order, and nothing else", async () => {
      const documents = {
        "narration.md": "Once.\n",
        "research.md": "",
        "scene-plan.yaml": "scenes: []\n",
        "story.yaml": "format: 1\r\n",
        "style.md": "\uFEFFGrain.\n",
        "timing-map.json": "{}\n",
        "assets/Bad Name.md": "x",
        "assets/maria.md": "Zoë 🎺\n",
        "segments/segment_1.md": "\0\0",
        "segments/segment_10.md": "b",
        "segments/segment_2.md": "c",
      };
      const others = ["README.md", "assets/maria.png", "assets/.hidden.md", "assets/maria.md.damaged", "segments/.segment_1.md.a1.story-director-tmp", ".story-director/lock", "segments/old/segment_9.md"];
      const { store } = make({ ...Object.fromEntries(others.map((path) => [path, "no"])), ...documents });
      const { texts, problems } = await store.readAll();
      assert.deepEqual(problems, []);
      assert.deepEqual([...texts], Object.entries(documents));
      const outline = await store.readAll("outline");
      assert.deepEqual([...outline.texts], Object.entries(documents).filter(([path]) => !path.startsWith("segments/")));
    });

    it("reads one text, or says that there is none", async () => {
      const { store } = make({ ...STORY, "segments/segment_1.md": "one\r\n" });
      assert.equal(await store.readText("segments/segment_1.md"), "one\r\n");
      assert.equal(await store.readText("segments/segment_2.md"), undefined);
      assert.equal(await store.readText("assets/maria.md"), undefined);
    });

    it("knows whether a picture can be read", async () => {
      const { store } = make({ ...STORY, "assets/maria/front.png": "png" });
      assert.equal(await store.isReadable("assets/maria/front.png"), true);
      assert.equal(await store.isReadable("assets/maria/back.png"), false);
      for (const path of ["assets", "assets/../story.yaml", "./story.yaml", "/story.yaml", "assets//maria/front.png"]) {
        assert.equal(await store.isReadable(path), false, path);
      }
    });

    it("saves an image beside its asset, byte for byte, and reads it back", async () => {
      const { store, list } = make(STORY);
      assert.equal(await store.saveImage("maria", PICTURE), "maria.png");
      assert.equal(await store.saveImage("maria/old", { bytes: PICTURE.bytes, type: "jpeg" }), "maria-old.jpg");
      assert.deepEqual(list(), ["assets/maria-old.jpg", "assets/maria.png", "story.yaml", "timing-map.json"]);
      assert.deepEqual([...(await store.readImage("maria.png"))!], [...PICTURE.bytes]);
      assert.equal(await store.isReadable("assets/maria.png"), true);
      assert.equal(await store.readImage("nobody.png"), undefined);
    });

    it("never saves an image over another file", async () => {
      const { store, read } = make({ ...STORY, "assets/maria.png": "a person's" });
      assert.equal(await store.saveImage("maria", PICTURE), "maria-2.png");
      assert.deepEqual(await Promise.all([1, 2, 3].map(() => store.saveImage("maria", PICTURE))), ["maria-3.png", "maria-4.png", "maria-5.png"]);
      assert.equal(read("assets/maria.png"), "a person's");
    });

    it("takes the next name for an image where a person takes the first one meanwhile", async () => {
      const { store, read, write, list, beforeRename } = make({ ...STORY, "assets/lamp.png": "png" });
      beforeRename(() => write("assets/maria.png", "a person's"));
      assert.equal(await store.saveImage("maria", PICTURE), "maria-2.png");
      assert.equal(read("assets/maria.png"), "a person's");
      assert.deepEqual(list(), ["assets/lamp.png", "assets/maria-2.png", "assets/maria.png", "story.yaml", "timing-map.json"]);
    });

    it("gives no image a name outside the assets, and reads none there", async () => {
      const { store, list } = make(STORY);
      for (const tag of ["../maria", "maria/../old", "Maria", "con", "", "a/b/c"]) await assert.rejects(store.saveImage(tag, PICTURE), StorageError, tag);
      await assert.rejects(store.readImage("../story.yaml"), StorageError);
      assert.deepEqual(list(), ["story.yaml", "timing-map.json"]);
    });

    it("saves new files and changed ones", async () => {
      const { store, read } = make({ ...STORY, "scene-plan.yaml": "scenes: []\n" });
      assert.equal(await store.saveAsset("maria", "Maria", undefined), "saved");
      assert.equal(await store.saveAsset("maria", "Maria, 62", "Maria"), "saved");
      assert.equal(read("assets/maria.md"), "Maria, 62");
      assert.equal(await store.saveScenePlan("scenes:\n", "scenes: []\n"), "saved");
      assert.equal(read("scene-plan.yaml"), "scenes:\n");
    });

    it("saves a segment over the text it was made from, and keeps a person's parts", async () => {
      const { store, read } = make(STORY);
      assert.equal(await store.saveSegment(segment("She plays.")), "saved");
      const first = read("segments/segment_1.md")!;
      assert.match(first, /^---\n[\s\S]*# segment_1\n[\s\S]*## SCENE\n\nShe plays\.\n/);
      const withNotes = `${first}\n## NOTES\n\nmine\n`;
      assert.equal(await store.saveSegment(segment("She stops.", withNotes)), "changed");
      assert.equal(read("segments/segment_1.md"), first);
      assert.equal(await store.saveSegment(segment("She stops.", first)), "saved");
      assert.match(read("segments/segment_1.md")!, /She stops\./);
    });

    it("leaves a file that is not what the run read", async () => {
      const { store, read, list } = make({ ...STORY, "assets/maria.md": "a person's" });
      for (const previous of ["the run's", "", undefined]) {
        assert.equal(await store.saveAsset("maria", "new", previous), "changed");
      }
      assert.equal(await store.saveAsset("dog", "new", "was there once"), "changed");
      assert.equal(read("assets/maria.md"), "a person's");
      assert.deepEqual(list(), ["assets/maria.md", "story.yaml", "timing-map.json"]);
    });

    it("leaves a file that changes while its new text is written", async () => {
      const { store, read, write, list, beforeRename } = make({ ...STORY, "assets/maria.md": "old" });
      beforeRename(() => write("assets/maria.md", "a person's"));
      assert.equal(await store.saveAsset("maria", "new", "old"), "changed");
      beforeRename(() => write("assets/dog.md", "a person's"));
      assert.equal(await store.saveAsset("dog", "new", undefined), "changed");
      assert.equal(read("assets/maria.md"), "a person's");
      assert.equal(read("assets/dog.md"), "a person's");
      assert.deepEqual(list(), ["assets/dog.md", "assets/maria.md", "story.yaml", "timing-map.json"]);
    });

    it("takes a text that stands there already for saved, and writes nothing", async () => {
      const { store, beforeRename } = make({ ...STORY, "assets/maria.md": "same" });
      beforeRename(() => assert.fail("written"));
      assert.equal(await store.saveAsset("maria", "same", "same"), "saved");
      assert.equal(await store.saveAsset("maria", "same", undefined), "saved");
    });

    it("saves one file in the order in which it was asked to", async () => {
      const { store, read } = make(STORY);
      const texts = Array.from({ length: 8 }, (_, index) => `text ${index}`);
      const saves = texts.map((text, index) => store.saveAsset("maria", text, texts[index - 1]));
      assert.deepEqual(await Promise.all(saves), texts.map(() => "saved"));
      assert.equal(read("assets/maria.md"), "text 7");
    });

    it("writes what a person's command changed, over the text that the command read", async () => {
      const { store, read } = make({ ...STORY, "segments/segment_1.md": "one" });
      assert.equal(await store.saveDocument("segments/segment_1.md", "two", "one"), "saved");
      assert.equal(await store.saveDocument("segments/segment_1.md", "three", "one"), "changed");
      assert.equal(await store.saveDocument("assets/maria.md", "Maria", undefined), "saved");
      assert.deepEqual([read("segments/segment_1.md"), read("assets/maria.md")], ["two", "Maria"]);
    });

    it("takes a document away only as it was read, and keeps a copy", async () => {
      const { store, read, list } = make({ ...STORY, "assets/maria.md": "Maria" });
      assert.equal(await store.removeDocument("assets/maria.md", "somebody"), "changed");
      assert.equal(await store.removeDocument("assets/dog.md", "dog"), "changed");
      assert.equal(read("assets/maria.md"), "Maria");
      assert.equal(await store.removeDocument("assets/maria.md", "Maria"), "saved");
      const [copy, ...rest] = list();
      assert.match(copy!, /^\.story-director\/history\/maria\./);
      assert.equal(read(copy!), "Maria");
      assert.deepEqual(rest, ["story.yaml", "timing-map.json"]);
    });

    it("keeps copies that never replace one another", async () => {
      const { store, read, list, write } = make({ ...STORY, "segments/segment_1.md": "one" });
      await store.keepCopy("segments/segment_1.md");
      write("segments/segment_1.md", "two");
      await store.keepCopy("segments/segment_1.md");
      const copies = list().filter((path) => path.startsWith(".story-director/history/"));
      assert.deepEqual(new Set(copies.map(read)), new Set(["one", "two"]));
      for (const copy of copies) assert.match(copy, /\/segment_1\.\d{8}T\d{6}\.\d{3}Z(\.2)?\.md$/);
      assert.equal(read("segments/segment_1.md"), "two");
    });

    it("keeps failures by time and place, none over another, and forgets all but the newest twenty", async () => {
      const { store, read, write, list } = make(STORY);
      const failures = () => list().filter((path) => path.startsWith(".story-director/failures/"));
      const first = await store.keepFailure("maria/old", "zwölf\n");
      assert.match(first, /^\.story-director\/failures\/\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-maria-old\.md$/);
      const second = await store.keepFailure("maria/old", "two");
      assert.deepEqual([read(first), read(second), failures().length], ["zwölf\n", "two", 2]);
      for (let day = 10; day < 35; day++) write(`.story-director/failures/1960-01-${day}T00-00-00-segment_1.md`, "old");
      write(".story-director/failures/1950-01-01.md", "a person's");
      const third = await store.keepFailure("segment_2", "three");
      assert.deepEqual(failures().filter((path) => !path.includes("/1960-")), [".story-director/failures/1950-01-01.md", first, second, third].sort());
      const old = failures().filter((path) => path.includes("/1960-"));
      assert.deepEqual([old.length, old[0]], [17, ".story-director/failures/1960-01-18T00-00-00-segment_1.md"]);
      for (const about of ["../x", "", "a b", "x".repeat(200)]) assert.match(await store.keepFailure(about, "t"), /-run(?:\.\d)?\.md$/);
    });

    it("sets damaged files aside without losing an earlier one", async () => {
      const { store, read, write, list } = make({ ...STORY, "segments/segment_1.md": "\0" });
      await store.setAside("segments/segment_1.md");
      write("segments/segment_1.md", "\0\0");
      await store.setAside("segments/segment_1.md");
      await store.setAside("story.yaml");
      assert.equal(read("segments/segment_1.md.damaged"), "\0");
      assert.equal(read("segments/segment_1.md.damaged.2"), "\0\0");
      assert.deepEqual(list(), ["segments/segment_1.md.damaged", "segments/segment_1.md.damaged.2", "story.yaml.damaged", "timing-map.json"]);
    });

    it("copies and sets aside only what is there", async () => {
      const { store } = make(STORY);
      await assert.rejects(store.keepCopy("assets/maria.md"), StorageError);
      await assert.rejects(store.setAside("assets/maria.md"), StorageError);
    });

    it("refuses every name that is none of a story's", async () => {
      const { store, list } = make({ ...STORY, "notes.txt": "mine" });
      for (const name of ["../x", "/etc/x", "a/b", "", ".", "..", "a\0b", "C:\\x", "con", "A", "x".repeat(64)]) {
        await assert.rejects(store.saveAsset(name, "text", undefined), StorageError, name);
        await assert.rejects(store.saveSegment({ ...segment("x"), id: name }), StorageError, name);
        for (const path of [name, `assets/${name}.md`, `segments/../${name}.md`]) {
          await assert.rejects(store.readText(path), StorageError, path);
          await assert.rejects(store.keepCopy(path), StorageError, path);
          await assert.rejects(store.saveDocument(path, "text", undefined), StorageError, path);
          await assert.rejects(store.removeDocument(path, "text"), StorageError, path);
          await assert.rejects(store.setAside(path), StorageError, path);
          assert.equal(await store.isReadable(path), false, path);
        }
        await assert.rejects(store.readRun(name), StorageError, name);
      }
      await assert.rejects(store.setAside("notes.txt"), StorageError);
      assert.deepEqual(list(), ["notes.txt", "story.yaml", "timing-map.json"]);
    });

    it("holds the story for one run at a time", async () => {
      const { store, read } = make(STORY);
      const lock = await store.lock({ takeOver: false });
      await assert.rejects(store.lock({ takeOver: false }), (error) => error instanceof StoryHeldError && Boolean(error.hint));
      await assert.rejects(store.lock({ takeOver: true }), StoryHeldError);
      assert.equal(read(".story-director/.gitignore"), "*\n");
      await lock.release();
      await (await store.lock({ takeOver: false })).release();
    });

    it("sweeps what dead runs left, when it locks", async () => {
      const left = ["", "assets/", "segments/", ".story-director/", ".story-director/history/", ".story-director/failures/"].map((folder) => `${folder}.x.md.0a1b2c3d.story-director-tmp`);
      const { store, list } = make({ ...STORY, ...Object.fromEntries(left.map((path) => [path, "half"])), "segments/.mine.tmp": "a person's" });
      await (await store.lock({ takeOver: false })).release();
      assert.deepEqual(list(), [".story-director/.gitignore", "segments/.mine.tmp", "story.yaml", "timing-map.json"]);
    });

    it("keeps the log of every run, and lists the oldest first", async () => {
      const { store } = make(STORY);
      assert.deepEqual(await store.listRuns(), []);
      const names: string[] = [];
      for (let run = 0; run < 11; run++) {
        const log = await store.startRunLog();
        names.push(log.name);
        for (let line = 0; line < 30; line++) log.append({ event: "saved", run, line, text: "zwölf\n" });
        await log.close();
      }
      assert.deepEqual(await store.listRuns(), names);
      const events = await store.readRun(names[10]!);
      assert.deepEqual(events, Array.from({ length: 30 }, (_, line) => ({ event: "saved", run: 10, line, text: "zwölf\n" })));
      await assert.rejects(store.readRun("20260131T090507.042Z.99.jsonl"), StorageError);
    });

    it("deletes the logs of runs, and nothing else", async () => {
      const { store, write, list } = make(STORY);
      await store.clearRuns();
      await (await store.startRunLog()).close();
      await (await store.startRunLog()).close();
      write(".story-director/runs/mine.txt", "a person's");
      await store.clearRuns();
      assert.deepEqual(await store.listRuns(), []);
      assert.deepEqual(list(), [".story-director/runs/mine.txt", "story.yaml", "timing-map.json"]);
    });

    it("reads a log whose last line a crash tore", async () => {
      const { store, write } = make(STORY);
      write(".story-director/runs/20260131T090507.042Z.jsonl", '{"event":"started"}\n{"event":"saved","id":1}\n{"event":"sav');
      const [name] = await store.listRuns();
      assert.deepEqual(await store.readRun(name!), [{ event: "started" }, { event: "saved", id: 1 }]);
    });
  });
}

function segment(scene: string, previousText?: string): ProductionSegment {
  const writing = { id: "segment_1", front: { usedAssets: [] }, sections: new Map([["TAGS", "(none)"], ["SCENE", scene]] as const), finalPrompts: new Map() };
  return toProductionSegment(writing, { made: [], previousText }).segment!;
}
