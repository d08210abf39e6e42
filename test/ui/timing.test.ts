import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseTimingMap } from "../../src/core/documents/timingMapDocument.ts";
import { openWorkbench, root, type Workbench } from "./workbench.ts";

describe("the timing of a story on the workbench", () => {
  let workbench: Workbench;

  const segments = () => parseTimingMap(readFileSync(join(workbench.folder, "timing-map.json"), "utf8")).value!.segments;
  const dialog = () => workbench.waitFor("a dialog", async () => (await workbench.page.locator(".monaco-dialog-box").allInnerTexts())[0]);
  const press = (button: string) => workbench.page.locator(".monaco-dialog-box .monaco-button").filter({ hasText: button }).first().click();
  const rowOf = (id: string) => workbench.page.locator(".pane").filter({ hasText: "Stories" }).locator(`.monaco-list-row[aria-label^="Segment ${id}"]`).first();

  before(async () => {
    workbench = await openWorkbench({ folder: join(root, "samples", "the-yeast-works-nights") });
    await workbench.runCommand("Story Director: Regenerate Director's Script");
    await workbench.waitFor("the end of the run", async () => (await workbench.notifications()).some(({ message }) => message.includes("12/12")));
    await workbench.runCommand("Notifications: Clear All Notifications");
    await workbench.focusView("Stories");
  });

  after(() => workbench?.dispose());

  it("is changed from the menu of a segment's row, with a dialog that says what merging means", async () => {
    const scene = await workbench.waitFor("a scene", async () => (await workbench.rows("Stories")).find(({ level }) => level === 2));
    await workbench.expandRow("Stories", scene.label);
    await rowOf("2 ·").click({ button: "right" });
    const menu = await workbench.waitFor("the menu", async () => {
      const labels = await workbench.page.locator(".monaco-menu .action-label").allInnerTexts();
      return labels.some((label) => label.includes("Retime")) ? labels : undefined;
    });
    for (const label of ["Split Segment Here", "Merge with Next", "Retime…"]) assert.ok(menu.includes(label), menu.join());
    await workbench.screenshot("segment-menu");
    await workbench.page.locator(".monaco-menu .action-label").filter({ hasText: "Merge with Next" }).first().click();
    const text = await dialog();
    assert.match(text, /Merge segment_2 with segment_3\?/);
    assert.match(text, /segment_2 gets the words of both and lasts from 0:05\.5 to 0:17\.3/);
    assert.match(text, /Unused from now on, and kept: segments\/segment_3\.md/);
    await workbench.screenshot("merge");
    await press("Cancel");
    assert.equal(segments().length, 12);
  });

  it("meets a new voice-over by a dialog, a list to read, and a question that waits meanwhile", async () => {
    const lines = segments().map(({ narration }, index) => (index === 1 ? "The baker is called Maud, and she hums." : narration));
    const take = join(workbench.folder, "take.srt");
    writeFileSync(take, lines.map((line, index) => `${index + 1}\n${time(index * 6)} --> ${time(index * 6 + 6)}\n${line}\n`).join("\n"));
    await workbench.runCommand("Story Director: Update Timing from New Voice-over…");
    await workbench.pick("take.srt");
    assert.match(await dialog(), /1 changed text/);
    await workbench.screenshot("update-timing");
    await press("Show All");
    await workbench.waitFor("the list", async () => (await workbench.page.locator(".tab").allInnerTexts()).some((tab) => tab.includes("Timing Changes")));
    // A click beside it closes other pickers.
    await workbench.page.locator(".editor-instance .view-lines").first().click();
    await workbench.screenshot("update-timing-all");
    await workbench.page.locator(".quick-input-list .monaco-list-row").filter({ hasText: "Update Timing" }).first().click();
    await workbench.waitFor("the new times", async () => segments()[1]!.narration.includes("Maud"));
    const told = await workbench.waitFor("what is to be done", async () => (await workbench.notifications()).find(({ message }) => message.startsWith("Timing is updated")));
    assert.deepEqual(told.buttons, ["Regenerate"]);
  });
});

function time(seconds: number): string {
  return `00:${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")},000`;
}
