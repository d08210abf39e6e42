import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { StoryDirectorError } from "../../../../src/core/errors.ts";
import type { Narration } from "../../../../src/compose.ts";
import { newForm } from "../../../../src/vscode/wizard/defaults.ts";
import type { Form, PageMessage } from "../../../../src/vscode/wizard/protocol.ts";
import type { HearOptions } from "../../../../src/vscode/models/ears.ts";
import { wavOf } from "../../../support/sound.ts";
import { FakeWindow } from "./wizardHarness.ts";

const ANSWER = new TextEncoder().encode("The train leaves at nine.\nNobody waves.\nIt rains on the platform.");
const SOUND = new Uint8Array(wavOf(90));
const VOICE: PageMessage = { type: "file", name: "the-night-train.wav", bytes: SOUND };
const TOLD = "whisper-1 at api.openai.com, which costs less than $0.01";

const form = (change: Partial<Form>, revision = 1): PageMessage => ({ type: "form", revision, form: { ...newForm(), ...change } });
const action = (name: Extract<PageMessage, { type: "action" }>["action"]): PageMessage => ({ type: "action", action: name });

/** A window with a server that hears `ANSWER`, unless it is told otherwise. */
class HearingWindow extends FakeWindow {
  readonly sent: { readonly name: string; readonly bytes: Uint8Array; readonly language: string | undefined; readonly to: string }[] = [];
  told = TOLD;
  answer: (signal: AbortSignal) => Promise<Narration> = () => Promise.resolve(heard());

  override findEar: FakeWindow["findEar"] = ({ seconds }) => {
    assert.equal(seconds, 90);
    const to = this.told;
    const hear = ({ name, bytes }: { name: string; bytes: Uint8Array }, { language, signal }: HearOptions) => {
      this.sent.push({ name, bytes, language, to });
      return this.answer(signal);
    };
    return Promise.resolve({ told: to, hear });
  };

  /** Opens the form as a new panel does. */
  async opened() {
    const page = this.open();
    await page.wizard.restore();
    await page.send({ type: "ready" });
    return { ...page, sound: () => page.last("source").source?.sound };
  }
}

function heard(): Narration {
  const transcript = { format: "JSON", basis: "aligned" as const, cues: [], findings: [] };
  return { transcript, problems: [], heard: { by: "openai/whisper-1", answer: ANSWER } };
}

const never = (signal: AbortSignal) => setTimeout<Narration>(60_000, heard(), { signal });

describe("a recording in the new-story form", () => {
  it("is told by its content, and nothing of it is sent before Transcribe is pressed", async () => {
    const window = new HearingWindow();
    const { send, last, sound, wizard } = await window.opened();
    await send({ type: "file", name: "voice.txt", bytes: SOUND }, form({ ideal: "4" }), { type: "create", direct: true });
    await wizard.recheck();
    assert.deepEqual(sound(), { state: "offered", told: `0.7 MB · 1:30 · will be transcribed by ${TOLD}` });
    assert.deepEqual([last("focus").field, last("source").source?.canShow, last("checks").checks.canCreate], ["source", false, false]);
    assert.deepEqual([window.sent, window.maker.created, window.maker.readCount], [[], [], 0]);
  });

  it("becomes segments once it is transcribed, and a story", async () => {
    const window = new HearingWindow();
    const { send, last, sound } = await window.opened();
    await send(VOICE, action("transcribe"));
    await setTimeout(5);
    assert.equal(sound(), undefined);
    assert.equal(last("source").source?.summary, "a WAV recording, transcribed by openai/whisper-1 · 3 cues · 1:30 · times as measured");
    assert.deepEqual([last("plan").segments.length, last("checks").checks.suggestions.title, last("checks").checks.canCreate], [3, "The night train", true]);
    await send({ type: "create", direct: false });
    assert.equal(window.maker.created[0]?.story.segments.length, 3);
  });

  it("is transcribed once, however often settings move", async () => {
    const window = new HearingWindow();
    const { send, last, wizard } = await window.opened();
    await send(VOICE, form({ language: "de" }), action("transcribe"), action("transcribe"));
    await setTimeout(5);
    for (const [revision, change] of [{ ideal: "4" }, { wordsPerMinute: "120" }, { frameRate: "25" }, { language: "en" }].entries()) await send(form(change, revision + 2));
    await send(action("transcribe"));
    await wizard.recheck();
    assert.equal(last("plan").segments.length, 3);
    assert.deepEqual(window.sent.map(({ name, language, to }) => [name, language, to]), [["the-night-train.wav", "de", TOLD]]);
    assert.ok(window.maker.readCount > 1);
  });

  it("says who is at it, lets the form be filled meanwhile, and stops at once", async () => {
    const window = new HearingWindow();
    window.answer = never;
    const { send, last, sound } = await window.opened();
    await send(VOICE, action("transcribe"), action("transcribe"), form({ title: "Night" }));
    assert.equal(window.sent.length, 1);
    assert.deepEqual([sound()?.state, sound()?.told, last("checks").checks.canCreate], ["transcribing", `0.7 MB · 1:30 · by ${TOLD}`, false]);
    await send(action("stopTranscribing"));
    await setTimeout(5);
    assert.deepEqual([sound()?.state, last("checks").checks.problems.source, window.bugs], ["offered", undefined, []]);
    window.answer = () => Promise.resolve(heard());
    await send(action("transcribe"));
    await setTimeout(5);
    assert.deepEqual([window.sent.length, last("plan").segments.length], [2, 3]);
  });

  it("says why it could not be transcribed and what to do, and can be sent once more", async () => {
    const window = new HearingWindow();
    window.answer = () => Promise.reject(new StoryDirectorError("api.openai.com did not answer", { hint: "Look at the network." }));
    const { send, last, sound } = await window.opened();
    await send(VOICE, action("transcribe"));
    await setTimeout(5);
    assert.equal(sound()?.state, "failed");
    assert.deepEqual(last("checks").checks.problems.source, { severity: "error", message: "api.openai.com did not answer. Look at the network." });
    window.answer = () => Promise.resolve(heard());
    await send(action("transcribe"));
    await setTimeout(5);
    assert.deepEqual([last("plan").segments.length, last("checks").checks.problems.source, window.bugs], [3, undefined, []]);
  });

  it("stays a recording where no word was heard in it", async () => {
    const window = new HearingWindow();
    window.answer = () => Promise.resolve({ problems: [{ severity: "error", code: "empty", message: "there is no word in it", file: "v.wav", hint: "Choose another." }], heard: { by: "openai/whisper-1", answer: ANSWER } });
    const { send, last, sound } = await window.opened();
    await send(VOICE, action("transcribe"));
    await setTimeout(5);
    assert.deepEqual([sound()?.state, last("checks").checks.problems.source?.message], ["failed", "there is no word in it. Choose another."]);
  });

  it("leads to the choice of a model where nobody can transcribe it, and is offered to that one", async () => {
    const window = new HearingWindow();
    const { findEar } = window;
    window.findEar = ({ what }) => Promise.reject(new StoryDirectorError(`${what}, and the offline director cannot transcribe it`, { hint: "Choose OpenAI." }));
    window.chooseModel = () => void (window.findEar = findEar);
    const { send, last, sound } = await window.opened();
    await send(VOICE, action("transcribe"));
    assert.deepEqual(sound(), { state: "unavailable", told: "0.7 MB · 1:30" });
    assert.equal(last("checks").checks.problems.source?.message, "the-night-train.wav is a WAV recording, and the offline director cannot transcribe it. Choose OpenAI.");
    await send(action("chooseModel"));
    await setTimeout(5);
    assert.deepEqual([sound()?.state, last("checks").checks.problems.source, window.sent.length], ["offered", undefined, 0]);
  });

  it("goes to nobody but who was told", async () => {
    const window = new HearingWindow();
    const { send, last, sound } = await window.opened();
    await send(VOICE);
    window.told = "whisper-1 at sound.example, which may cost money";
    await send(action("transcribe"));
    assert.match(last("refused").message, /Who transcribes has changed. Nothing was sent/);
    assert.match(sound()!.told, /sound\.example/);
    assert.deepEqual(window.sent, []);
    await send(action("transcribe"));
    assert.deepEqual(window.sent.map(({ to }) => to), [window.told]);
  });

  it("is not sent in Restricted Mode", async () => {
    const window = new HearingWindow();
    window.isTrusted = false;
    const { send, sound } = await window.opened();
    await send(VOICE, action("transcribe"));
    assert.deepEqual([sound()?.state, window.sent], ["restricted", []]);
  });

  it("stays a recording where its transcript comes after Stop", async () => {
    const window = new HearingWindow();
    let answer = (_narration: Narration) => undefined as void;
    window.answer = () => new Promise((resolve) => (answer = resolve));
    const { send, sound } = await window.opened();
    await send(VOICE, action("transcribe"), action("stopTranscribing"));
    answer(heard());
    await setTimeout(5);
    assert.equal(sound()?.state, "offered");
  });

  it("gives way to another source, and what is heard of it then is left alone", async () => {
    const window = new HearingWindow();
    let answer = (_narration: Narration) => undefined as void;
    const signals: AbortSignal[] = [];
    window.answer = (signal) => new Promise((resolve) => (signals.push(signal), (answer = resolve)));
    const { send, last, sound } = await window.opened();
    await send(VOICE, action("transcribe"));
    await send(VOICE);
    assert.deepEqual([signals.map(({ aborted }) => aborted), sound()?.state], [[true], "offered"]);
    await send(action("transcribe"));
    // Both at once: what was heard finds the other source there already.
    const other = send({ type: "file", name: "b.srt", bytes: new TextEncoder().encode("One line.") });
    answer(heard());
    await other;
    await setTimeout(5);
    assert.deepEqual([last("source").source?.name, last("plan").segments.length, sound()], ["b.srt", 1, undefined]);
  });
});

describe("what is kept of a recording", () => {
  it("is the transcript, which is there again when the panel was closed, and is not paid for twice", async () => {
    const window = new HearingWindow();
    window.files.set("file:///stories/voice.wav", SOUND);
    const first = await window.opened();
    await first.wizard.open("file:///stories/voice.wav");
    assert.equal(first.last("source").source?.canShow, false);
    await first.send(action("transcribe"));
    await setTimeout(5);
    await first.send({ type: "edit", edit: { kind: "merge", index: 1 } });
    first.wizard.dispose();
    window.draft = JSON.parse(JSON.stringify(window.draft)) as typeof window.draft;
    window.files.clear();
    const { last } = await window.opened();
    assert.deepEqual(window.bytes, ANSWER);
    assert.match(last("source").source!.summary, /^a WAV recording, transcribed by openai\/whisper-1 · 3 cues · 1:30/);
    assert.deepEqual([last("plan").segments.length, last("plan").edits, window.sent.length], [2, 1, 1]);
  });

  it("is the recording itself while it waits", async () => {
    const window = new HearingWindow();
    await (await window.opened()).send(VOICE);
    const { sound } = await window.opened();
    assert.equal(sound()?.state, "offered");
    assert.deepEqual(window.sent, []);
  });

  it("is nothing that was heard after the panel was closed", async () => {
    const window = new HearingWindow();
    let answer = (_narration: Narration) => undefined as void;
    const signals: AbortSignal[] = [];
    window.answer = (signal) => new Promise((resolve) => (signals.push(signal), (answer = resolve)));
    const first = await window.opened();
    await first.send(VOICE, action("transcribe"));
    first.wizard.dispose();
    const second = await window.opened();
    await second.send(form({ title: "Later" }));
    answer(heard());
    await setTimeout(5);
    assert.deepEqual([window.draft?.form.title, second.sound()?.state, signals.map(({ aborted }) => aborted)], ["Later", "offered", [true]]);
  });

  it("is there in the form also where it cannot be saved", async () => {
    const window = new HearingWindow();
    const { send, last } = await window.opened();
    await send(VOICE);
    Object.defineProperty(window, "bytes", { set: () => { throw new Error("no space left"); } });
    await send(action("transcribe"));
    await setTimeout(5);
    assert.equal(last("plan").segments.length, 3);
    assert.equal(window.bugs.length, 1);
  });
});
