import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { openWorkbench, type Workbench } from "./workbench.ts";

describe("a window without a story", () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await openWorkbench({ size: { width: 1600, height: 1000 } });
  });
  after(() => workbench?.dispose());
  afterEach(async function () {
    if (this.currentTest?.state === "failed") await workbench.screenshot("welcome-failed");
  });

  it("welcomes with a button that opens the form", async () => {
    await workbench.focusView("Stories");
    await workbench.page.locator(".welcome-view-content .monaco-button").filter({ hasText: "New Story…" }).first().click();
    const form = await workbench.webview("[data-name=createAndDirect]");
    await workbench.waitFor("the form", () => form.locator("[data-name=createAndDirect]").isVisible());
    await workbench.screenshot("welcome");
  });

  it("makes the sample story by the first step of the walkthrough, which is done then", async () => {
    await workbench.runCommand("View: Close All Editors");
    await workbench.runCommand("Welcome: Open Walkthrough...");
    await workbench.pick("Get Started with Story Director");
    const step = workbench.page.locator(".getting-started-step").filter({ hasText: "Open the sample story" }).first();
    await step.locator(".step-title").first().click();
    await step.locator(".monaco-button").filter({ hasText: "Open Sample Story" }).first().click();
    await workbench.page.locator(".tab").filter({ hasText: "narration.md" }).first().waitFor();
    await workbench.waitFor("the story in its view", async () => (await workbench.rows("Stories")).find(({ label }) => label === "The Trumpet and the Silence"));
    assert.ok(existsSync(join(workbench.folder, "the-trumpet-and-the-silence", "timing-map.json")));
    await workbench.runCommand("Welcome: Open Walkthrough...");
    await workbench.pick("Get Started with Story Director");
    await workbench.waitFor("the step to be done", async () => (await step.locator(".codicon-getting-started-step-checked").count()) > 0);
    await workbench.screenshot("walkthrough-sample");
  });
});
