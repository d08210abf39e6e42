import assert from "node:assert/strict";
import type { Frame } from "../host/browser.ts";
import { addPicture, addScript, dropFile } from "./formPage.ts";
import { openWorkbench, type Workbench } from "./workbench.ts";

const SUBTITLES = "1\n00:00:00,000 --> 00:00:06,000\nThe train leaves at nine.\n\n2\n00:00:06,000 --> 00:00:11,000\nNobody waves.\n";

describe("the content security policy of the new-story form on the workbench", () => {
  let workbench: Workbench;
  let page: Frame;
  const blocked: string[] = [];

  before(async () => {
    workbench = await openWorkbench({ size: { width: 1280, height: 1000 } });
    workbench.page.on("console", (message) => {
      if (/Content Security Policy/i.test(message.text())) blocked.push(message.text());
    });
  });
  after(() => workbench?.dispose());

  const waitForText = (selector: string, pattern: RegExp) => workbench.waitFor(`${selector} to say ${pattern}`, async () => (await page.locator(selector).allInnerTexts()).find((text) => pattern.test(text)));

  it("blocks nothing of the form while it is opened, filled and run", async () => {
    await workbench.runCommand("Story Director: New Story…");
    page = await workbench.webview("[data-name=createAndDirect]");
    await page.locator("[data-name=text]").click();
    await workbench.page.keyboard.type("The train leaves at nine.");
    await waitForText(".estimate", /segment/);
    await dropFile(page, "the-train.srt", SUBTITLES);
    await waitForText(".field .summary", /in your own words · 1 cue/);
    await page.locator("[data-name=usesOwnWords]").click();
    await waitForText(".field .summary", /2 cues/);
    await page.locator(".more > summary").click();
    await page.locator(".look").filter({ hasText: "Film noir" }).first().click();
    await page.locator("[data-name=language]").click();
    await page.locator("[data-name=createAndDirect]").click();
    await waitForText(".run-message", /production-ready in/);
    assert.deepEqual(blocked, []);
  });

  it("blocks a picture from the net and a script without the nonce", async () => {
    await addPicture(page, "http://127.0.0.1:9/picture.png");
    await addScript(page, "document.title = 'taken over'");
    await workbench.waitFor("both to be blocked", async () => blocked.some((text) => /img-src/.test(text)) && blocked.some((text) => /script-src/.test(text)));
    assert.equal(await page.evaluate(() => (globalThis as unknown as { document: { title: string } }).document.title), "New Story");
  });
});
