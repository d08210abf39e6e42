import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseTimingMap } from "../../src/core/documents/timingMapDocument.ts";
import { startFakeModelServer, type FakeModelServer } from "../support/fakeModelServer.ts";
import { modelList } from "../support/fakeModelServer/answers.ts";
import { hears, type HeardSentence } from "../support/fakeModelServer/transcripts.ts";
import { wavOf } from "../support/sound.ts";
import { openWorkbench, root, type Workbench } from "./workbench.ts";

describe("a recording of a new voice-over on the workbench", () => {
  let workbench: Workbench;
  let server: FakeModelServer;
  let isDeaf = true;

  const segments = () => parseTimingMap(readFileSync(join(workbench.folder, "timing-map.json"), "utf8")).value!.segments;
  const sent = () => server.calls.filter(({ api }) => api === "audio");
  const says = (...patterns: readonly RegExp[]) =>
    workbench.eventually(async () => {
      const text = await workbench.dialog();
      for (const pattern of patterns) assert.match(text, pattern);
    });
  const chooseTake = async () => {
    await workbench.runCommand("Story Director: Update Timing from New Voice-over…");
    await workbench.pick("take2.wav");
    await says(/Have take2\.wav transcribed\?/);
  };

  before(async () => {
    server = await startFakeModelServer(({ api, body }) => {
      if (api !== "audio") return modelList("llama3");
      const said = segments().map(({ start, end, narration }, index): HeardSentence => [start + 2, end + 2, index === 1 ? "The baker is called Maud, and she hums." : narration]);
      return isDeaf ? { kind: "hang" } : hears(said, body);
    });
    const settings = { "storyDirector.model.provider": "compatible", "storyDirector.model.baseUrl": server.baseUrl, "storyDirector.model.director": "llama3" };
    workbench = await openWorkbench({ folder: join(root, "samples", "the-yeast-works-nights"), settings });
    writeFileSync(join(workbench.folder, "take2.wav"), wavOf(80));
    await workbench.focusView("Stories");
  });
  after(async () => {
    await workbench?.dispose();
    await server?.stop();
  });
  afterEach(async function () {
    if (this.currentTest?.state === "failed") await workbench.screenshot("voice-over-failed");
  });

  it("is sent to nobody before a person has read where to and said yes", async () => {
    await chooseTake();
    await says(/take2\.wav is a WAV recording \(0\.6 MB, 1:20\)\. It will be transcribed by whisper-1 at 127\.0\.0\.1:\d+, on this machine\./);
    await workbench.screenshot("voice-over");
    await workbench.pressDialogButton("Cancel");
    assert.equal(sent().length, 0);
  });

  it("is transcribed under a notification that stops it", async () => {
    const before = segments();
    await chooseTake();
    await workbench.pressDialogButton("Transcribe");
    await workbench.waitFor("the call", async () => sent().length === 1 && server.openAnswers === 1);
    await workbench.waitFor("the notification", async () => (await workbench.notifications()).some(({ message }) => message.startsWith("Transcribing take2.wav by whisper-1")));
    await workbench.screenshot("voice-over-progress");
    await workbench.pressNotificationButton("Cancel");
    await workbench.waitFor("the call to end", async () => server.openAnswers === 0);
    await workbench.waitFor("the notification to go", async () => (await workbench.notifications()).length === 0);
    assert.deepEqual(segments(), before);
  });

  it("changes the story once its changes were read, too", async () => {
    isDeaf = false;
    await chooseTake();
    await workbench.pressDialogButton("Transcribe");
    await says(/1 changed text/, /take2\.wav: a WAV recording, transcribed by compatible\/whisper-1/);
    await workbench.screenshot("voice-over-changes");
    await workbench.pressDialogButton("Update Timing");
    await workbench.waitFor("the new words", async () => segments()[1]!.narration.includes("Maud"));
    assert.equal(sent().length, 2);
  });
});
