import assert from "node:assert/strict";
import { join } from "node:path";
import { openWorkbench, root, type Workbench } from "./workbench.ts";

describe("the log", () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench({ folder: join(root, "samples", "the-trumpet-and-the-silence") });
  });
  after(() => workbench?.dispose());

  it("is shown in the Output panel by its command", async () => {
    await workbench.runCommand("Story Director: Show Log");
    await workbench.eventually(async () => assert.equal((await workbench.output())?.channel, "Story Director"));
    await workbench.screenshot("show-log");
  });

  it("starts with a window that says nothing by itself", async () => {
    assert.deepEqual(await workbench.notifications(), []);
  });
});
