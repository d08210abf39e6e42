import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Frame } from "../host/browser.ts";
import { startFakeModelServer, type FakeModelServer } from "../support/fakeModelServer.ts";
import { modelList, status } from "../support/fakeModelServer/answers.ts";
import { hears } from "../support/fakeModelServer/transcripts.ts";
import { dropFile, focusedControl, valueOf } from "./formPage.ts";
import { openWorkbench, type Workbench } from "./workbench.ts";

/** A second of WAV, mono, 8 kHz, 8 bits, in bytes that are the same in UTF-8. */
const SECOND = `RIFF\x64\x1f\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0data\x40\x1f\0\0${"@".repeat(8000)}`;

describe("a recording in the new-story form on the workbench", () => {
  let workbench: Workbench;
  let server: FakeModelServer;
  let isDown = true;

  before(async () => {
    server = await startFakeModelServer(({ api, body }) => {
      if (api !== "audio") return modelList("llama3");
      return isDown ? status(400, { message: "the file could not be decoded" }) : hears([[0, 4, "Maria lifts the trumpet."], [4, 9, "Nobody waves."]], body);
    });
    const settings = { "storyDirector.model.provider": "compatible", "storyDirector.model.baseUrl": server.baseUrl, "storyDirector.model.director": "llama3" };
    workbench = await openWorkbench({ settings, size: { width: 1280, height: 1000 } });
  });
  after(async () => {
    await workbench?.dispose();
    await server?.stop();
  });
  afterEach(async function () {
    if (this.currentTest?.state === "failed") await workbench.screenshot("new-story-recording-failed");
  });

  const sent = () => server.calls.filter(({ api }) => api === "audio");
  const waitForText = (page: Frame, selector: string, pattern: RegExp) => workbench.waitFor(`${selector} to say ${pattern}`, async () => (await page.locator(selector).allInnerTexts()).find((text) => pattern.test(text)));

  it("is sent when Transcribe is pressed and no sooner, once more after a failure, and never again", async () => {
    await workbench.runCommand("Story Director: New Story…");
    const page = await workbench.webview("[data-name=createAndDirect]");
    await dropFile(page, "the-trumpet.wav", SECOND);
    await waitForText(page, ".sound .told", new RegExp(`^0\\.1 MB · 0:01 · will be transcribed by whisper-1 at ${new URL(server.origin).host}, on this machine$`));
    await workbench.screenshot("new-story-recording");
    assert.equal(sent().length, 0);
    const transcribe = page.locator("[data-name=transcribe]");
    await transcribe.click();
    await waitForText(page, "[data-field=source] .message.error", /cannot read the sound of the-trumpet\.wav/);
    await workbench.screenshot("new-story-recording-refused");
    isDown = false;
    const before = sent().length;
    await transcribe.click();
    await waitForText(page, ".field .summary", /a WAV recording, transcribed by compatible\/whisper-1 · 2 cues/);
    assert.equal(await page.locator(".sound").isVisible(), false);
    await workbench.screenshot("new-story-recording-heard");
    assert.equal(sent().length, before + 1);
    await page.locator("[data-name=create]").click();
    await waitForText(page, ".run-message", /is made: \d+ segments? in /);
    assert.match(readFileSync(join(workbench.folder, "the-trumpet", "timing-map.json"), "utf8"), /"basis": "aligned"/);
    assert.equal(sent().length, before + 1);
  });

  it("gives narration that was written before its times, and lets it be changed", async () => {
    await workbench.runCommand("Story Director: New Story…");
    const page = await workbench.webview("[data-name=createAndDirect]");
    await page.locator("[data-name=text] textarea").fill("Maria lifts the Trumpet!\n\nNobody waves.");
    await waitForText(page, ".field .summary", /times estimated/);
    await dropFile(page, "the-take.wav", SECOND);
    await waitForText(page, ".sound .told", /will be transcribed/);
    await workbench.screenshot("new-story-own-words-offered");
    await page.locator("[data-name=transcribe]").click();
    await waitForText(page, ".field .summary", /in your own words · 2 cues/);
    assert.deepEqual([await page.locator(".own-words").isVisible(), await valueOf(page, "[data-name=ownWords]")], [true, "Maria lifts the Trumpet!\n\nNobody waves."]);
    await page.locator("[data-name=ownWords] textarea").fill("Something else entirely was said in here.");
    await waitForText(page, ".findings", /Your own words: this is not what is said in the-take\.wav/);
    await workbench.screenshot("new-story-own-words-refused");
    await page.locator("[data-name=ownWords] textarea").fill("");
    await waitForText(page, ".field .summary", /whisper-1 · 2 cues/);
    const tick = page.locator("[data-name=usesOwnWords]");
    await tick.click();
    await page.locator(".own-words").waitFor({ state: "hidden" });
    await tick.click();
    await page.locator(".own-words").waitFor({ state: "visible" });
    assert.equal(await focusedControl(page), "ownWords");
    await page.locator("[data-name=ownWords] textarea").fill("Maria lifts the old Trumpet.\n\nNobody waves.");
    await page.locator("[data-name=create]").click();
    await waitForText(page, ".run-message", /^“The take” is made: \d+ segments? in /);
    const map = readFileSync(join(workbench.folder, "the-take", "timing-map.json"), "utf8");
    assert.match(map, /"narration":"Maria lifts the old Trumpet\./);
    assert.match(map, /"basis": "aligned"/);
    assert.match(readFileSync(join(workbench.folder, "the-take", "narration.md"), "utf8"), /^Maria lifts the old Trumpet\.\n\nNobody waves\.\n$/);
  });
});
