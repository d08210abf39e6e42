import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TreeCalls } from "../support/treeCalls.ts";
import { drawn } from "./drawn.ts";
import { buildPacedExtension } from "./testExtension.ts";
import type { Row } from "./tree.ts";
import { openWorkbench, root, type Workbench } from "./workbench.ts";

const SAMPLE = join(root, "samples", "the-trumpet-and-the-silence");
const REGENERATE = "Story Director: Regenerate Director's Script";

/** VS Code is told of changes that often, and no more. */
const FLUSH_MS = 250;

/** Segments that are held back leave the others a call each. */
const A_CALL_FOR_EACH = { "storyDirector.run.maxCalls": 100 };

describe("a run on the workbench", () => {
  let workbench: Workbench;
  let extension: string;

  before(async () => {
    extension = await buildPacedExtension();
  });

  /** High enough to see every row of two open batches. */
  const open = async (settings = {}) => {
    workbench = await openWorkbench({ folder: SAMPLE, extension, settings, size: { width: 1280, height: 1700 } });
  };

  afterEach(() => workbench?.dispose());

  const pace = (values: object) => {
    const path = join(workbench.folder, "pace.json");
    // The run reads it at any time, and never a part of it.
    writeFileSync(`${path}.new`, JSON.stringify(values));
    renameSync(`${path}.new`, path);
  };
  const row = async (label: string): Promise<Row | undefined> => (await workbench.rows("Progress")).find((candidate) => candidate.label.startsWith(label));
  const batch = (number: number) => row(`Batch ${number}/6`);
  const rowWith = (label: string, isWanted: (found: Row) => boolean) =>
    workbench.waitFor(`${label} as wanted`, async () => {
      const found = await row(label);
      return found && isWanted(found) ? found : undefined;
    });
  const isDone = ({ icon }: Row) => icon === "pass";
  const closing = (pattern: RegExp) =>
    workbench.eventually(async () => {
      const shown = await workbench.notifications();
      assert.ok(shown.some(({ message }) => pattern.test(message)), `${pattern} among ${JSON.stringify(shown)}`);
    });
  /** How many segments the status bar says are settled; undefined where nothing runs. */
  const settled = async () => {
    const found = /^(\d+)\/53/.exec((await workbench.statusBar()).find(({ text }) => text.includes("/53"))?.text ?? "");
    return found ? Number(found[1]) : undefined;
  };
  const isOver = () => workbench.waitFor("the end of the run", async () => (await settled()) === undefined);
  const savedSegments = () => {
    const folder = join(workbench.folder, "segments");
    return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".md")).length : 0;
  };

  it("fills and folds the tree, and ends with 53 production-ready segments", async () => {
    await open(A_CALL_FOR_EACH);
    pace({ holdFrom: 1 });
    await workbench.runCommand(REGENERATE);
    await rowWith("Batch 1/6", ({ expanded, icon }) => expanded === true && icon === "play");
    await workbench.eventually(async () => {
      const rows = await workbench.rows("Progress");
      assert.deepEqual(rows.slice(0, 4).map(({ label, level }) => [label, level]), [
        ['Regenerating: "The Trumpet and the Silence"', 1],
        ["Extract Assets", 2],
        ["Generate Asset Images", 2],
        ["Generate Director's Script", 2],
      ]);
      assert.ok(rows.some(({ label, level }) => label === "segment_1 (1/53)" && level === 4), JSON.stringify(rows));
    });
    for (let number = 1; number < 10; number++) {
      pace({ holdFrom: number + 1 });
      await rowWith(`segment_${number} `, isDone);
    }
    pace({ optimizeMs: 250 });
    await rowWith("Batch 1/6", (found) => isDone(found) && found.expanded === false && found.description === "10/10");
    await closing(/53\/53 segments production-ready in [\d.]+ s/);
    assert.equal(savedSegments(), 53);
    await rowWith("Regenerating", isDone);
    await workbench.eventually(async () => {
      const last = await workbench.rows("Progress");
      assert.deepEqual(last.filter(({ label }) => label.startsWith("Batch")).map(({ expanded, description }) => [expanded, description]), [...Array.from({ length: 5 }, () => [false, "10/10"]), [false, "3/3"]]);
    });
    const calls = await workbench.waitFor("the counted calls", async () => readCalls(workbench.folder));
    // The longer a run takes, the more often VS Code is told of it. What has not changed it hardly asks for.
    assert.ok(calls.getTreeItem - calls.told <= 4 * 53, JSON.stringify(calls));
    assert.ok(calls.flushes <= calls.runMs / FLUSH_MS + 3, JSON.stringify(calls));
    assert.ok(calls.getChildren <= 53, JSON.stringify(calls));
  });

  it("leaves a batch open that a person opened again, and the selection where it is", async () => {
    await open(A_CALL_FOR_EACH);
    pace({ holdFrom: 11 });
    await workbench.runCommand(REGENERATE);
    await rowWith("Batch 1/6", (found) => isDone(found) && found.expanded === false);
    await workbench.expandRow("Progress", "Batch 1/6: Segments 1-10");
    await workbench.clickRow("Progress", "segment_4 (4/53)");
    pace({ optimizeMs: 500 });
    await rowWith("Regenerating", isDone);
    await workbench.eventually(async () => assert.equal((await batch(2))?.expanded, false));
    assert.equal((await batch(1))?.expanded, true);
    assert.equal((await row("segment_4"))?.selected, true);
  });

  it("stays where it was scrolled to while segments change", async () => {
    await open(A_CALL_FOR_EACH);
    await workbench.page.setViewportSize({ width: 1280, height: 800 });
    pace({ holdFrom: 1 });
    await workbench.runCommand(REGENERATE);
    await rowWith("segment_8 ", () => true);
    const tree = workbench.page.locator('.monaco-list[role="tree"][aria-label="Progress"]');
    const list = tree.locator(".monaco-list-rows").first();
    const top = async () => /top: (-?\d+)px/.exec((await list.getAttribute("style")) ?? "")?.[1];
    const unscrolled = await top();
    await workbench.waitFor("the tree to scroll", async () => {
      const { x, y } = (await tree.boundingBox())!;
      await workbench.page.mouse.move(x + 60, y + 60);
      await workbench.page.mouse.wheel(0, 154);
      // The wheel's own motion comes to rest first.
      await drawn(workbench.page);
      return (await top()) !== unscrolled;
    });
    const before = await top();
    // Nine and ten go on, so that no row folds.
    pace({ holdFrom: 9 });
    await workbench.waitFor("some more segments", async () => (await settled()) === 8);
    await rowWith("segment_8 ", isDone);
    assert.equal(await top(), before);
  });

  it("keeps the batch of a failure open, with the problem at its segment", async () => {
    await open();
    pace({ failAt: "segment_12" });
    await workbench.runCommand(REGENERATE);
    const failed = await rowWith("segment_12 ", ({ icon }) => icon === "error");
    assert.equal(failed.description, "@nobody is no asset of this story");
    await closing(/segment_12 is not production-ready/);
    assert.ok(!existsSync(join(workbench.folder, "segments", "segment_12.md")));
    const story = await rowWith("Regenerating", ({ icon }) => icon === "error");
    assert.equal(story.level, 1);
    await workbench.eventually(async () => assert.equal((await batch(2))?.expanded, true));
  });

  it("stops when it is told to, says so, and goes on from there", async () => {
    await open(A_CALL_FOR_EACH);
    pace({ holdFrom: 11 });
    await workbench.runCommand(REGENERATE);
    await workbench.waitFor("some segments", async () => savedSegments() > 3);
    await workbench.runCommand("Story Director: Stop");
    await rowWith("Regenerating", ({ icon }) => icon === "debug-stop");
    const stillRunning = async () => (await workbench.rows("Progress")).filter(({ icon }) => icon === "play" || icon === "loading~spin").map(({ label }) => label);
    await workbench.eventually(async () => assert.deepEqual(await stillRunning(), []));
    await isOver();
    const saved = savedSegments();
    assert.ok(saved < 53);
    pace({});
    await workbench.runCommand(REGENERATE);
    await workbench.waitFor("the rest", async () => savedSegments() === 53);
  });

  it("asks before it does again what is up to date", async () => {
    await open();
    await workbench.runCommand(REGENERATE);
    await rowWith("Regenerating", isDone);
    await isOver();
    await workbench.runCommand(REGENERATE);
    await workbench.eventually(async () => assert.match(await workbench.dialog(), /All 53 segments are up to date\. Regenerate them all\?/));
    await workbench.pressDialogButton("Cancel");
  });
});

function readCalls(folder: string): TreeCalls | undefined {
  const path = join(folder, "tree-calls.json");
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as TreeCalls) : undefined;
}
