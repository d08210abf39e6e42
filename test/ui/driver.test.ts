import assert from "node:assert/strict";
import { join } from "node:path";
import { openWorkbench, root, type Workbench } from "./workbench.ts";

describe("the driver of the workbench", () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench({ extensions: [join(root, "test", "ui", "fixtures", "tree-extension")], theme: "light" });
  });
  after(() => workbench?.dispose());

  it("reads and expands the rows of a tree", async () => {
    await workbench.focusView("Batches");
    await workbench.waitFor("two rows", async () => (await workbench.rows("Batches")).length === 2);
    await workbench.expandRow("Batches", "Batch 2");
    await workbench.eventually(async () => {
      assert.deepEqual(await workbench.rows("Batches"), [
        { label: "Batch 1", description: "10/10", level: 1, expanded: false, selected: false, icon: "check", spoken: "Batch 1 10/10" },
        { label: "Batch 2", description: "2/10", level: 1, expanded: true, selected: false, icon: "loading~spin", spoken: "Batch 2 2/10" },
        { label: "segment_11", description: "Production-ready", level: 2, expanded: undefined, selected: false, icon: "circle-outline", spoken: "segment_11 Production-ready" },
      ]);
    });
    await workbench.screenshot("driver-tree");
    await workbench.collapseRow("Batches", "Batch 2");
    await workbench.eventually(async () => assert.deepEqual((await workbench.rows("Batches")).map(({ label }) => label), ["Batch 1", "Batch 2"]));
  });

  it("calls the command of a row that is clicked", async () => {
    await workbench.expandRow("Batches", "Batch 1");
    await workbench.clickRow("Batches", "segment_2");
    await message("Opened segment_2");
  });

  it("answers questions and presses buttons of messages", async () => {
    await workbench.runCommand("Fixture: Ask");
    await workbench.pick("Cat");
    await workbench.answer("Tom");
    assert.deepEqual((await message("Cat Tom")).buttons, ["Feed"]);
    await workbench.pressNotificationButton("Feed");
    await message("Feed it");
  });

  it("reads the status bar", async () => {
    await workbench.eventually(async () => {
      const entries = await workbench.statusBar();
      assert.ok(entries.some(({ text }) => text === "12/53"), JSON.stringify(entries));
    });
  });

  it("reaches into a webview and back", async () => {
    await workbench.runCommand("Fixture: Show Page");
    const frame = await workbench.webview("button");
    await frame.locator("button").click();
    await message("The button was pressed");
  });

  it("changes the theme", async () => {
    for (const theme of ["dark", "hc", "light"] as const) {
      await workbench.setTheme(theme);
      await workbench.screenshot(`driver-${theme}`);
    }
  });

  function message(text: string) {
    return workbench.waitFor(`the message "${text}"`, async () => (await workbench.notifications()).find((shown) => shown.message === text));
  }
});
