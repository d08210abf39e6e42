import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { commands, ConfigurationTarget, LanguageModelError, workspace } from "vscode";
import { isAbortError } from "../../../../src/core/errors.ts";
import { findTextModel } from "../../../../src/vscode/models/chatModels.ts";
import { answering } from "../../answering.ts";
import { openedStory, read, segmentNames, until, type OpenedStory } from "../../openedStory.ts";
import { answerWell, testModels, type TestModels } from "../../testModels.ts";

describe("a language model that VS Code has", () => {
  let story: OpenedStory;
  let models: TestModels;

  before(async () => {
    story = await openedStory();
    models = await testModels();
  });

  beforeEach(() => {
    models.calls.length = 0;
    models.answerWith(answerWell);
  });

  const set = (key: string, value: unknown) => workspace.getConfiguration("storyDirector.model").update(key, value, ConfigurationTarget.Global);

  it("directs a whole story, with no key anywhere", async () => {
    const { ready, total } = await story.app.runs.direct(story.folder, {});
    assert.deepEqual([ready, total, segmentNames(story).length], [12, 12, 12]);
    assert.ok(models.calls.every(({ model }) => model === "storyteller-1"));
    assert.match(read(story, "segments", "segment_1.md"), /by: vscode\/story-director-test\/storyteller-1/);
    assert.match(models.calls[0]!.prompt, /Answer with one JSON object/);
  });

  it("is told of in the views: who directs, and where the story went", () => {
    assert.equal(story.app.storiesTree.description, "story-director-test/storyteller-1");
    const told = "The story is sent to Storyteller (story-director-test) through VS Code, with the account that you use there.";
    assert.deepEqual([story.app.runs.all[0]!.told, story.app.progressTree.message], [told, told]);
  });

  it("has final prompts compiled by the cheaper model that is set", async () => {
    await set("optimizer", "story-director-test/sketch/1");
    await story.app.runs.direct(story.folder, { segments: ["1"] });
    const asked = (model: string) => models.calls.filter((call) => call.model === model).map(({ prompt }) => /^Write the (\w+)/m.exec(prompt)?.[1]);
    assert.deepEqual([new Set(asked("sketch/1")), asked("storyteller-1").includes("prompt")], [new Set(["prompt"]), false]);
    await set("optimizer", undefined);
  });

  it("is kept by a run that began with it, whatever is chosen meanwhile", async () => {
    models.answerWith(async (call, write) => {
      if (models.calls.length === 1) await set("director", "story-director-test/sketch/1");
      await answerWell(call, write);
    });
    await story.app.runs.direct(story.folder, { segments: ["2", "3"] });
    await until(() => story.app.storiesTree.description === "story-director-test/sketch/1");
    assert.deepEqual([...new Set(models.calls.map(({ model }) => model))], ["storyteller-1"]);
    assert.match(read(story, "segments", "segment_3.md"), /by: vscode\/story-director-test\/storyteller-1/);
    await set("director", "story-director-test/storyteller-1");
  });

  it("is told to stop when the run is", async () => {
    let isCancelled = false;
    models.answerWith(({ token }) => new Promise((resolve) => {
      token.onCancellationRequested(() => {
        isCancelled = true;
        resolve();
      });
      story.app.runs.stop();
    }));
    await assert.rejects(story.app.runs.direct(story.folder, { segments: ["4"] }), isAbortError);
    await until(() => isCancelled);
  });

  it("shares its limits with the other models of its vendor", async () => {
    const found = await Promise.all(["storyteller-1", "sketch/1"].map((id) => findTextModel(`story-director-test/${id}`)));
    assert.deepEqual(found.map((model) => model?.vendor), ["vscode:story-director-test", "vscode:story-director-test"]);
  });

  it("is told at once where the run was stopped before it was asked", async () => {
    let wasCancelled: boolean | undefined;
    models.answerWith(({ token }) => Promise.resolve(void (wasCancelled = token.isCancellationRequested)));
    const model = await findTextModel("story-director-test/storyteller-1");
    const pieces = model!.write("Answer with this one word: ready", AbortSignal.abort())[Symbol.asyncIterator]();
    await pieces.next().catch(() => undefined);
    assert.notEqual(wasCancelled, false);
  });

  it("fails with its own words and the way out, and spoils nothing", async () => {
    const before = read(story, "segments", "segment_5.md");
    models.answerWith(() => Promise.reject(LanguageModelError.Blocked("The monthly limit is reached")));
    const error: unknown = await story.app.runs.direct(story.folder, { segments: ["5"] }).catch((reason: unknown) => reason);
    assert.match((error as Error).message, /Storyteller \(story-director-test\) is blocked for Story Director, or its quota is spent: "The monthly limit is reached"/);
    assert.match((error as { hint?: string }).hint!, /choose another model/);
    assert.equal(read(story, "segments", "segment_5.md"), before);
  });

  it("is asked again after a failure that may pass", async () => {
    models.answerWith(async (call, write) => {
      if (models.calls.length === 1) throw new Error("502 from upstream");
      await answerWell(call, write);
    });
    assert.equal((await story.app.runs.direct(story.folder, { segments: ["6"] })).ready, 12);
  });

  it("is missed in words when it is gone", async () => {
    await set("director", "story-director-test/gone");
    await assert.rejects(story.app.runs.direct(story.folder, { segments: ["7"] }), /VS Code has no language model "story-director-test\/gone" now/);
    await set("director", "story-director-test/storyteller-1");
  });

  it("is asked for one word by Test Connection", async () => {
    models.answerWith(async (_call, write) => write("ready"));
    void commands.executeCommand("storyDirector.testConnection");
    await until(() => models.calls.length > 0);
    assert.deepEqual(models.calls.map(({ prompt }) => prompt), ["Answer with this one word: ready"]);
  });

  it("is asked for the cast alone, until a person has looked at it", async () => {
    writeFileSync(story.path("scene-plan.yaml"), "scenes: []\n");
    const [asked] = await answering([undefined], () => commands.executeCommand("storyDirector.regenerateScript"));
    assert.match(asked!.text, /assets found\. Look through the cast before prompts and images are paid for\.$/);
    assert.deepEqual(asked!.choices, ["Go On", "Show Cast"]);
    const prompts = models.calls.map(({ prompt }) => /^Write the (\w+)/m.exec(prompt)?.[1]);
    assert.ok(prompts.length > 0 && !prompts.includes("prompt"), prompts.join());
  });
});
