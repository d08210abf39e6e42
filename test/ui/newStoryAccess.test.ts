import assert from "node:assert/strict";
import type { Frame } from "../host/browser.ts";
import { FIELDS } from "../../src/vscode/wizard/protocol.ts";
import { dropFile, fieldWithFocus, focusedControl, pressByEar, takeName, tellPage } from "./formPage.ts";
import { spokenControls, wrongNames } from "./spoken.ts";
import { openWorkbench, type Workbench } from "./workbench.ts";

const SUBTITLES = "1\n00:00:00,000 --> 00:00:06,000\nThe train leaves at nine, and the rain leaves with the train.\n\n2\n00:00:06,000 --> 00:00:11,000\nNobody waves.\n";

describe("the new-story form by ear and by keyboard", () => {
  let workbench: Workbench;
  let page: Frame;

  before(async () => {
    workbench = await openWorkbench({ files: { "50% off.srt": SUBTITLES }, size: { width: 1280, height: 1000 } });
    await workbench.runCommand("Story Director: New Story…");
    page = await workbench.webview("[data-name=createAndDirect]");
  });
  after(() => workbench?.dispose());

  const waitForText = (selector: string, pattern: RegExp) => workbench.waitFor(`${selector} to say ${pattern}`, async () => (await page.locator(selector).allInnerTexts()).find((text) => pattern.test(text)));

  it("has a name of its own for everything that takes the focus", async () => {
    assert.deepEqual(wrongNames(await spokenControls(workbench.page, page)), []);
    await dropFile(page, "the-train.srt", SUBTITLES);
    await waitForText(".estimate", /segments/);
    await page.locator(".more > summary").click();
    const controls = await spokenControls(workbench.page, page);
    assert.deepEqual(wrongNames(controls), []);
    const names = controls.map(({ name }) => name);
    for (const name of ["Title", "Folder", "Veo 3.1, 9:16", "Language", "Time line, 2 segments", "Split before “leaves”, word 9"]) assert.ok(names.includes(name), `${name}: ${names.join(" | ")}`);
  });

  it("is found wanting where one control loses its name, or takes that of another", async () => {
    await takeName(page, "[data-name=title]", "");
    await takeName(page, "[data-name=longest]", "Ideal segment, seconds");
    assert.deepEqual(wrongNames(await spokenControls(workbench.page, page)), ["a textbox without a name", "more than one textbox “Ideal segment, seconds”"]);
    await takeName(page, "[data-name=title]", "Title");
    await takeName(page, "[data-name=longest]", "Longest segment, seconds");
  });

  it("takes the press of a screen reader as a tick, tells the same state as it shows, and offers no box that cannot be ticked", async () => {
    const box = 'vscode-checkbox[value="veo-3.1 9:16"]';
    const state = async () => {
      const spoken = (await spokenControls(workbench.page, page)).find(({ name }) => name === "Veo 3.1, 9:16");
      return [spoken?.checked, (await page.locator(box).getAttribute("checked")) !== null];
    };
    const becomes = (wanted: boolean) => workbench.waitFor(`the box to be ${wanted ? "ticked" : "empty"}`, async () => (await state()).join() === `${wanted},${wanted}` || undefined);
    for (const press of [() => pressByEar(page, box), () => page.locator(`${box} input`).press("Space")]) {
      await press();
      await becomes(true);
      await waitForText("[data-field=outputs] .message", /2 final prompts for every segment/);
      await press();
      await becomes(false);
    }
    assert.ok(!(await spokenControls(workbench.page, page)).some(({ name }) => name === "Extract Assets"));
  });

  it("leads into whichever field is wrong", async () => {
    const reached: (string | undefined)[] = [];
    const wanted = FIELDS.filter((field) => field !== "wordsPerMinute");
    for (const field of wanted) {
      await tellPage(page, { type: "focus", field });
      reached.push(await fieldWithFocus(page));
    }
    assert.deepEqual(reached, wanted);
  });

  it("leads to the first of the video models where none is chosen", async () => {
    await page.locator('vscode-checkbox[value="general 16:9"]').click();
    await waitForText("[data-field=outputs] .message.error", /Choose at least one video model/);
    await page.locator("[data-name=create]").click();
    await workbench.waitFor("the models to be focused", async () => (await fieldWithFocus(page)) === "outputs" || undefined);
    await workbench.page.keyboard.press("Space");
    await workbench.waitFor("the first one to be chosen", async () => (await page.locator("[data-field=outputs] .message.error").count()) === 0 || undefined);
  });

  it("leads to a reading speed that makes no sense, also where times are measured", async () => {
    await page.locator("[data-name=clearSource]").click();
    await page.locator("[data-name=wordsPerMinute] input").fill("15000");
    await waitForText("[data-field=wordsPerMinute] .message.error", /words per minute/);
    await dropFile(page, "the-train.srt", SUBTITLES);
    await waitForText(".file-name", /the-train/);
    await page.locator("[data-name=create]").click();
    await workbench.waitFor("the speed to be focused", async () => (await focusedControl(page)) === "wordsPerMinute" || undefined);
    await page.locator("[data-name=wordsPerMinute] input").fill("150");
    await workbench.waitFor("the speed to be gone", async () => !(await page.locator("[data-field=wordsPerMinute]").isVisible()) || undefined);
  });

  it("leads to another file where the chosen one is no narration", async () => {
    await dropFile(page, "empty.srt", "");
    await waitForText("[data-field=source] .message.error", /./);
    await page.locator("[data-name=create]").click();
    await workbench.waitFor("another file to be offered", async () => (await focusedControl(page)) === "chooseAnother" || undefined);
  });
});
