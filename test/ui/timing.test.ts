import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseTimingMap } from "../../src/core/documents/timingMapDocument.ts";
import { openWorkbench, root, type Workbench } from "./workbench.ts";

describe("the timing of a story on the workbench", () => {
  let workbench: Workbench;

  const segments = () => parseTimingMap(readFileSync(join(workbench.folder, "timing-map.json"), "utf8")).value!.segments;
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
    // The view says "Segments 1-12" until it knows of the scenes that the run made.
    const scene = await workbench.waitFor("a scene", async () => (await workbench.rows("Stories")).find(({ label, level }) => level === 2 && /^\d+ · /.test(label)));
    await workbench.expandRow("Stories", scene.label);
    await workbench.openMenu(rowOf("2 ·"), ["Split Segment Here", "Merge with Next", "Retime…"]);
    await workbench.screenshot("segment-menu");
    await workbench.chooseFromMenu("Merge with Next");
    await workbench.eventually(async () => {
      const text = await workbench.dialog();
      assert.match(text, /Merge segment_2 with segment_3\?/);
      assert.match(text, /segment_2 gets the words of both and lasts from 0:05\.5 to 0:17\.3/);
      assert.match(text, /Unused from now on, and kept: segments\/segment_3\.md/);
    });
    await workbench.screenshot("merge");
    await workbench.pressDialogButton("Cancel");
    assert.equal(segments().length, 12);
  });

  it("meets a new voice-over by a dialog, a list to read, and a question that waits meanwhile", async () => {
    assert.equal(segments().length, 12, "what was cancelled before stays undone");
    const lines = segments().map(({ narration }, index) => (index === 1 ? "The baker is called Maud, and she hums." : narration));
    const take = join(workbench.folder, "take.srt");
    writeFileSync(take, lines.map((line, index) => `${index + 1}\n${time(index * 6)} --> ${time(index * 6 + 6)}\n${line}\n`).join("\n"));
    await workbench.runCommand("Story Director: Update Timing from New Voice-over…");
    await workbench.pick("take.srt");
    await workbench.eventually(async () => assert.match(await workbench.dialog(), /1 changed text/));
    await workbench.screenshot("update-timing");
    await workbench.pressDialogButton("Show All");
    await workbench.waitFor("the list", async () => (await workbench.page.locator(".tab").allInnerTexts()).some((tab) => tab.includes("Timing Changes")));
    const answers = ["Update Timing", "Leave Everything as It Is"];
    const isAsked = async () => {
      const shown = await workbench.choices();
      return answers.every((answer) => shown.some((label) => label.includes(answer)));
    };
    await workbench.waitFor("the question", isAsked);
    // A click beside it closes other pickers.
    await workbench.page.locator(".editor-instance .view-lines").first().click();
    await workbench.screenshot("update-timing-all");
    assert.ok(await isAsked(), (await workbench.choices()).join());
    const yes = workbench.page.locator(".quick-input-list .monaco-list-row").filter({ hasText: "Update Timing" }).first();
    await workbench.waitFor("the question to close", async () => {
      await yes.click({ timeout: 5000 }).catch(() => undefined);
      return !(await yes.isVisible());
    });
    await workbench.waitFor("the new times", async () => segments()[1]!.narration.includes("Maud"));
    const told = await workbench.waitFor("what is to be done", async () => (await workbench.notifications()).find(({ message }) => message.startsWith("Timing is updated")));
    assert.deepEqual(told.buttons, ["Regenerate"]);
  });
});

function time(seconds: number): string {
  return `00:${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")},000`;
}
