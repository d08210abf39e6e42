import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { buildPacedExtension } from "./testExtension.ts";
import type { Row } from "./tree.ts";
import { openWorkbench, root, type Workbench } from "./workbench.ts";

const SAMPLE = join(root, "samples", "the-trumpet-and-the-silence");
const REGENERATE = "Story Director: Regenerate Director's Script";

describe("a run on the workbench", () => {
  let workbench: Workbench;
  let extension: string;

  before(async () => {
    extension = await buildPacedExtension();
  });

  beforeEach(async () => {
    // One call at a time would hide what runs side by side; high enough to see every row of two open batches.
    workbench = await openWorkbench({ folder: SAMPLE, extension, size: { width: 1280, height: 1700 } });
  });

  afterEach(() => workbench?.dispose());

  const pace = (values: object) => writeFileSync(join(workbench.folder, "pace.json"), JSON.stringify(values));
  const row = async (label: string): Promise<Row | undefined> => (await workbench.rows("Progress")).find((candidate) => candidate.label.startsWith(label));
  const batch = (number: number) => row(`Batch ${number}/6`);
  const rowWith = (label: string, isWanted: (found: Row) => boolean) =>
    workbench.waitFor(`${label} as wanted`, async () => {
      const found = await row(label);
      return found && isWanted(found) ? found : undefined;
    });
  const isDone = ({ icon }: Row) => icon === "pass";
  const savedSegments = () => {
    const folder = join(workbench.folder, "segments");
    return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".md")).length : 0;
  };

  it("fills and folds the tree, and ends with 53 production-ready segments", async () => {
    pace({ optimizeMs: 250 });
    await workbench.runCommand(REGENERATE);
    await rowWith("Batch 1/6", ({ expanded, icon }) => expanded === true && icon === "play");
    const rows = await workbench.rows("Progress");
    assert.deepEqual(rows.slice(0, 4).map(({ label, level }) => [label, level]), [
      ['Regenerating: "The Trumpet and the Silence"', 1],
      ["Extract Assets", 2],
      ["Generate Asset Images", 2],
      ["Generate Director's Script", 2],
    ]);
    assert.ok(rows.some(({ label, level }) => label === "segment_1 (1/53)" && level === 4));
    await rowWith("Batch 1/6", (found) => isDone(found) && found.expanded === false && found.description === "10/10");
    await rowWith("Regenerating", isDone);
    assert.equal(savedSegments(), 53);
    const last = await workbench.rows("Progress");
    assert.deepEqual(last.filter(({ label }) => label.startsWith("Batch")).map(({ expanded, description }) => [expanded, description]), [...Array.from({ length: 5 }, () => [false, "10/10"]), [false, "3/3"]]);
    const [notification] = await workbench.waitFor("the closing notification", async () => {
      const shown = await workbench.notifications();
      return shown.length ? shown : undefined;
    });
    assert.match(notification!.message, /53\/53 segments production-ready in [\d.]+ s/);
    const calls = await workbench.waitFor("the counted calls", async () => readCalls(workbench.folder));
    assert.ok(calls.getTreeItem <= 4 * 53, `${calls.getTreeItem} rows for 53 segments`);
    assert.ok(calls.getChildren <= 4 * 53);
  });

  it("leaves a batch open that a person opened again, and the selection where it is", async () => {
    pace({ optimizeMs: 500 });
    await workbench.runCommand(REGENERATE);
    await rowWith("Batch 1/6", (found) => isDone(found) && found.expanded === false);
    await workbench.expandRow("Progress", "Batch 1/6: Segments 1-10");
    await workbench.clickRow("Progress", "segment_4 (4/53)");
    await rowWith("Regenerating", isDone);
    assert.equal((await batch(1))!.expanded, true);
    assert.equal((await row("segment_4"))!.selected, true);
    assert.equal((await batch(2))!.expanded, false);
  });

  it("stays where it was scrolled to while segments change", async () => {
    await workbench.page.setViewportSize({ width: 1280, height: 800 });
    pace({ optimizeMs: 4000 });
    await workbench.runCommand(REGENERATE);
    await rowWith("Batch 1/6", ({ expanded }) => expanded === true);
    const tree = (await workbench.page.locator('.monaco-list[role="tree"][aria-label="Progress"]').boundingBox())!;
    await workbench.page.mouse.move(tree.x + 60, tree.y + 60);
    const list = workbench.page.locator('.monaco-list[role="tree"][aria-label="Progress"] .monaco-list-rows').first();
    const top = async () => /top: (-?\d+)px/.exec((await list.getAttribute("style")) ?? "")?.[1];
    const unscrolled = await top();
    await workbench.page.mouse.wheel(0, 154);
    await workbench.waitFor("the tree to scroll", async () => (await top()) !== unscrolled || undefined);
    // The wheel's own motion comes to rest first.
    await setTimeout(500);
    const before = await top();
    const settled = async () => Number(/^(\d+)\/53/.exec((await workbench.statusBar()).find(({ text }) => text.includes("/53"))?.text ?? "")?.[1] ?? 0);
    const start = await settled();
    await workbench.waitFor("some more segments", async () => (await settled()) >= start + 8 || undefined, 30_000);
    assert.equal(await top(), before);
  });

  it("keeps the batch of a failure open, with the problem at its segment", async () => {
    pace({ failAt: "segment_12" });
    await workbench.runCommand(REGENERATE);
    const failed = await rowWith("segment_12 ", ({ icon }) => icon === "error");
    assert.equal(failed.description, "@nobody is no asset of this story");
    const story = await rowWith("Regenerating", ({ icon }) => icon === "error");
    assert.equal(story.level, 1);
    assert.equal((await batch(2))!.expanded, true);
    const [notification] = await workbench.waitFor("the notification", async () => {
      const shown = await workbench.notifications();
      return shown.length ? shown : undefined;
    });
    assert.match(notification!.message, /segment_12 is not production-ready/);
    assert.ok(!existsSync(join(workbench.folder, "segments", "segment_12.md")));
  });

  it("stops when it is told to, says so, and goes on from there", async () => {
    pace({ optimizeMs: 400 });
    await workbench.runCommand(REGENERATE);
    await workbench.waitFor("some segments", async () => savedSegments() > 3 || undefined);
    await workbench.runCommand("Story Director: Stop");
    await rowWith("Regenerating", ({ icon }) => icon === "debug-stop");
    const saved = savedSegments();
    assert.ok(saved < 53);
    pace({});
    await workbench.runCommand(REGENERATE);
    await workbench.waitFor("the rest", async () => savedSegments() === 53 || undefined);
  });

  it("asks before it does again what is up to date", async () => {
    pace({});
    await workbench.runCommand(REGENERATE);
    await rowWith("Regenerating", isDone);
    await workbench.runCommand(REGENERATE);
    const dialog = workbench.page.locator(".monaco-dialog-box");
    await dialog.waitFor();
    assert.match((await dialog.textContent()) ?? "", /All 53 segments are up to date\. Regenerate them all\?/);
    await dialog.locator(".monaco-button").filter({ hasText: "Cancel" }).first().click();
  });
});

interface TreeCalls {
  readonly getChildren: number;
  readonly getTreeItem: number;
}

function readCalls(folder: string): TreeCalls | undefined {
  const path = join(folder, "tree-calls.json");
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as TreeCalls) : undefined;
}
