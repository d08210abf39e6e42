import assert from "node:assert/strict";
import type { Frame } from "../host/browser.ts";
import { dropFile, takeName } from "./formPage.ts";
import { spokenControls, wrongNames } from "./spoken.ts";
import { openWorkbench, type Workbench } from "./workbench.ts";

const SUBTITLES = "1\n00:00:00,000 --> 00:00:06,000\nThe train leaves at nine, and the rain leaves with the train.\n\n2\n00:00:06,000 --> 00:00:11,000\nNobody waves.\n";

describe("a person who hears the new-story form", () => {
  let workbench: Workbench;
  let page: Frame;

  before(async () => {
    workbench = await openWorkbench({ files: { "50% off.srt": SUBTITLES }, size: { width: 1280, height: 1000 } });
    await workbench.runCommand("Story Director: New Story…");
    page = await workbench.webview("[data-name=createAndDirect]");
  });
  after(() => workbench?.dispose());

  const waitForText = (selector: string, pattern: RegExp) => workbench.waitFor(`${selector} to say ${pattern}`, async () => (await page.locator(selector).allInnerTexts()).find((text) => pattern.test(text)));

  it("hears a name of its own for everything that takes the focus", async () => {
    assert.deepEqual(wrongNames(await spokenControls(workbench.page, page)), []);
    await dropFile(page, "the-train.srt", SUBTITLES);
    await waitForText(".estimate", /segments/);
    await page.locator(".more > summary").click();
    const controls = await spokenControls(workbench.page, page);
    assert.deepEqual(wrongNames(controls), []);
    const names = controls.map(({ name }) => name);
    for (const name of ["Title", "Folder", "Veo 3.1, 9:16", "Language", "Time line, 2 segments", "Split before “leaves”, word 9"]) assert.ok(names.includes(name), `${name}: ${names.join(" | ")}`);
  });

  it("is missed where one control loses its name, or takes that of another", async () => {
    await takeName(page, "[data-name=title]", "");
    await takeName(page, "[data-name=longest]", "Ideal segment, seconds");
    assert.deepEqual(wrongNames(await spokenControls(workbench.page, page)), ["a textbox without a name", "more than one textbox “Ideal segment, seconds”"]);
    await takeName(page, "[data-name=title]", "Title");
    await takeName(page, "[data-name=longest]", "Longest segment, seconds");
  });
});
