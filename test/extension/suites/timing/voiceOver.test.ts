import assert from "node:assert/strict";
import { readdirSync, writeFileSync } from "node:fs";
import { commands, ConfigurationTarget, Position, Uri, workspace, WorkspaceEdit } from "vscode";
import { parseTimingMap } from "../../../../src/core/documents/timingMapDocument.ts";
import { startFakeModelServer, type FakeCall, type FakeModelServer } from "../../../support/fakeModelServer.ts";
import { modelList, status, type FakeAnswer } from "../../../support/fakeModelServer/answers.ts";
import { hears, type HeardSentence } from "../../../support/fakeModelServer/transcripts.ts";
import { wavOf } from "../../../support/sound.ts";
import { answering, words, type Answer } from "../../answering.ts";
import { closeEditors, openedStory, read, until, type OpenedStory } from "../../openedStory.ts";

const LATER_SECONDS = 1;

describe("a new voice-over that is a recording", () => {
  let story: OpenedStory;
  let server: FakeModelServer;
  let answer: (call: FakeCall) => FakeAnswer | Promise<FakeAnswer>;

  const map = () => parseTimingMap(read(story, "timing-map.json")).value!;
  const voice = () => Uri.joinPath(story.folder, "voice.dat");
  const sent = () => server.calls.filter(({ api }) => api === "audio");
  const set = (key: string, value: unknown) => workspace.getConfiguration("storyDirector.model").update(key, value, ConfigurationTarget.Global);
  const update = (...answers: Answer[]) => answering([voice(), ...answers], () => commands.executeCommand("storyDirector.updateTiming"));
  /** The story as it is told, each segment so much later. */
  const said = () => map().segments.map(({ start, end, narration }): HeardSentence => [start + LATER_SECONDS, end + LATER_SECONDS, narration]);
  /** Another file, of which nothing has been heard yet. */
  const record = (seconds: number) => writeFileSync(voice().fsPath, wavOf(seconds));

  before(async () => {
    story = await openedStory();
    server = await startFakeModelServer((call) => (call.api === "audio" ? answer(call) : modelList("local-1")));
    await set("baseUrl", server.baseUrl);
    await set("director", "local-1");
    record(90);
  });

  beforeEach(() => {
    answer = ({ body }) => hears(said(), body);
  });

  afterEach(async () => {
    await set("provider", undefined);
    await closeEditors();
  });

  after(async () => {
    await server.stop();
    for (const key of ["baseUrl", "director"]) await set(key, undefined);
  });

  it("cannot be heard offline, and leads to the choice of a model", async () => {
    const [, wrong] = await update(undefined);
    assert.match(words(wrong!), /^voice\.dat is a WAV recording, and the offline director cannot transcribe it\. Choose OpenAI .* JSON or SRT that comes out\. \[Choose AI Model, /);
    assert.deepEqual(sent(), []);
  });

  it("is told by its content, with who would transcribe it, and is not sent without a yes", async () => {
    await set("provider", "compatible");
    const before = read(story, "timing-map.json");
    const [, question, ...more] = await update(undefined);
    assert.match(words(question!), new RegExp(`^Have voice\\.dat transcribed\\? voice\\.dat is a WAV recording \\(0\\.7 MB, 1:30\\)\\. It will be transcribed by whisper-1 at ${new URL(server.origin).host}, on this machine\\. .* \\[Transcribe\\]$`));
    assert.deepEqual([more, sent(), read(story, "timing-map.json")], [[], [], before]);
  });

  it("is not even asked for where a newer version wrote the story", async () => {
    await set("provider", "compatible");
    const [settings, already] = [read(story, "story.yaml"), sent().length];
    writeFileSync(story.path("story.yaml"), settings.replace("format: 1", "format: 2"));
    try {
      const [wrong, ...more] = await answering([undefined], () => commands.executeCommand("storyDirector.updateTiming", story.folder));
      assert.match(words(wrong!), /^A newer version of Story Director wrote this story/);
      assert.deepEqual([more, sent().length], [[], already]);
    } finally {
      writeFileSync(story.path("story.yaml"), settings);
    }
  });

  it("says what went wrong with it, and changes nothing", async () => {
    await set("provider", "compatible");
    const before = read(story, "timing-map.json");
    answer = () => status(400, { message: "the file could not be decoded" });
    const [, , wrong] = await update("Transcribe", undefined);
    assert.match(words(wrong!), /cannot read the sound of voice\.dat/);
    answer = () => ({ kind: "status", status: 200, body: { text: "" } });
    const [, , silent] = await update("Transcribe", undefined);
    assert.match(words(silent!), /\[Show Log\]$/);
    assert.equal(read(story, "timing-map.json"), before);
  });

  it("is sent once, however often a person looks at its changes before the story is aligned to it", async () => {
    await set("provider", "compatible");
    const already = sent().length;
    const [before, starts] = [map(), map().segments.map(({ start }) => start)];
    const [, , shown] = await update("Transcribe", undefined);
    assert.match(words(shown!), /moved.* voice\.dat: a WAV recording, transcribed by compatible\/whisper-1\. .*\[Update Timing, Show All\]$/);
    assert.deepEqual(map(), before);
    const [, again] = await update("Update Timing", undefined);
    assert.equal(words(again!), words(shown!));
    assert.deepEqual(map().segments.map(({ id, narration }) => [id, narration]), before.segments.map(({ id, narration }) => [id, narration]));
    assert.ok(map().segments.slice(1).every(({ start }, index) => Math.abs(start - starts[index + 1]! - LATER_SECONDS) < 0.5));
    assert.equal(sent().length, already + 1);
    const { language } = (await (await story.app.stories.list())[0]!.outline()).story.settings;
    assert.equal(sent().at(-1)!.body["language"], language.slice(0, 2));
    assert.ok(readdirSync(story.path(".story-director", "history")).length > 0);
  });

  it("is aligned by its words where its model tells no times", async () => {
    await set("provider", "compatible");
    record(100);
    const lines = said().map(([, , text]) => text);
    answer = () => ({ kind: "status", status: 200, body: { text: lines.join(" ") } });
    const [, , shown] = await update("Transcribe", "Update Timing");
    assert.match(words(shown!), /It has no times of its own: they are estimated from its words and its length\./);
    assert.deepEqual([map().basis, map().segments.map(({ narration }) => narration)], ["estimated", lines]);
  });

  it("is not put under a file that was edited while it was transcribed", async () => {
    await set("provider", "compatible");
    record(80);
    const before = read(story, "timing-map.json");
    answer = async ({ body }) => {
      const edit = new WorkspaceEdit();
      edit.insert(Uri.joinPath(story.folder, "style.md"), new Position(0, 0), "Grain. ");
      await workspace.applyEdit(edit);
      await until(() => workspace.textDocuments.some(({ isDirty }) => isDirty));
      return hears(said(), body);
    };
    const [, , question] = await update("Transcribe", undefined);
    assert.match(words(question!), /^Files of this story have unsaved changes\. Save them first\?/);
    assert.equal(read(story, "timing-map.json"), before);
  });
});
