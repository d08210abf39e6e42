import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { readHeard } from "../../../../src/import/readNarration.ts";
import { readTranscript } from "../../../../src/import/read/readTranscript.ts";
import { planSegments } from "../../../../src/import/planSegments.ts";
import { newForm } from "../../../../src/vscode/wizard/defaults.ts";
import type { Form, PageMessage } from "../../../../src/vscode/wizard/protocol.ts";
import { wavOf } from "../../../support/sound.ts";
import { FakeWindow } from "./wizardHarness.ts";

const READY: PageMessage = { type: "ready" };
const HEARD = "1\n00:00:01,000 --> 00:00:04,000\nthe train leaves at 9\n\n2\n00:00:05,000 --> 00:00:09,000\nnobody waves at me\n";
const WRITTEN = "The train leaves at nine.\n\nNobody waves at me!";

const form = (change: Partial<Form>, revision = 1): PageMessage => ({ type: "form", revision, form: { ...newForm(), ...change } });
const text = (written: string, revision = 1): PageMessage => ({ type: "text", revision, text: written });
const file = (name: string, content: string | Uint8Array<ArrayBuffer>): PageMessage => ({ type: "file", name, bytes: typeof content === "string" ? new TextEncoder().encode(content) : content });
const action = (name: Extract<PageMessage, { type: "action" }>["action"]): PageMessage => ({ type: "action", action: name });

/** A window whose sources are read for what they are. */
function open(window = new FakeWindow()) {
  Object.assign(window.maker, { readTranscript, readHeard, planSegments });
  const page = window.open();
  return { ...page, window, told: () => page.last("plan").segments.map(({ start, end, narration }) => [start, end, narration]) };
}

const IN_HIS_WORDS = [[0, 5, "The train leaves at nine."], [5, 9, "Nobody waves at me!"]];

describe("a narration in a person's own words, in the new-story form", () => {
  it("gets its times from a file", async () => {
    const { send, last, told, window } = open();
    await send(READY, file("voice.srt", HEARD));
    assert.equal(last("source").source?.takesWords, true);
    assert.deepEqual(told().map(([, , narration]) => narration).filter(Boolean), ["the train leaves at 9", "nobody waves at me"]);
    await send(form({ ownWords: WRITTEN, usesOwnWords: true }));
    assert.deepEqual(told().filter(([, , narration]) => narration), IN_HIS_WORDS);
    assert.match(last("source").source!.summary, /^SubRip subtitles, in your own words · 2 cues/);
    await send({ type: "create", direct: false });
    const { story } = window.maker.created[0]!;
    assert.deepEqual([story.basis, story.source?.file, story.prose], ["aligned", "voice.srt", "The train leaves at nine.\n\nNobody waves at me!"]);
  });

  it("stays when a file comes, and stands for itself again when the file is removed", async () => {
    const { send, last, told, window } = open();
    await send(READY, text(WRITTEN), file("voice.srt", HEARD));
    assert.deepEqual([last("show").form.ownWords, last("show").text], [WRITTEN, ""]);
    assert.deepEqual(told().filter(([, , narration]) => narration), IN_HIS_WORDS);
    await send(action("clearSource"));
    assert.deepEqual([last("show").form.ownWords, last("show").text, last("source").source?.isEstimated], [undefined, WRITTEN, true]);
    assert.equal(new TextDecoder().decode(window.bytes), WRITTEN);
    await send(action("startOver"), file("voice.srt", HEARD), action("clearSource"));
    assert.deepEqual([last("source").source, last("plan").segments], [undefined, []]);
  });

  it("comes back after the window was closed", async () => {
    const { send, window } = open();
    await send(READY, text(WRITTEN), file("voice.srt", HEARD));
    const again = open(window);
    await again.wizard.restore();
    await again.send(READY);
    assert.deepEqual([again.told().filter(([, , narration]) => narration), again.last("show").form.ownWords], [IN_HIS_WORDS, WRITTEN]);
  });

  it("is told from a recording, too, and waits while it is transcribed", async () => {
    const window = new FakeWindow();
    const answer = new TextEncoder().encode(JSON.stringify({ segments: [{ start: 1, end: 4, text: "the train leaves at 9" }, { start: 5, end: 9, text: "nobody waves at me" }] }));
    window.findEar = () => Promise.resolve({ told: "somebody", hear: () => Promise.resolve({ transcript: { format: "JSON", basis: "aligned", cues: [], findings: [] }, problems: [], heard: { by: "openai/whisper-1", answer } }) });
    const { send, last, told } = open(window);
    await send(READY, text(WRITTEN), file("voice.wav", new Uint8Array(wavOf(9))));
    assert.deepEqual([last("source").source?.takesWords, last("source").source?.sound?.state], [true, "offered"]);
    await send(action("transcribe"));
    await setTimeout(5);
    assert.deepEqual(told().filter(([, , narration]) => narration), IN_HIS_WORDS);
  });

  it("says that it is another text, which no story is made from until it is mended", async () => {
    const { send, last } = open();
    await send(READY, file("voice.srt", HEARD), form({ ownWords: "Call me Ishmael. Some years ago, never mind how long precisely.", usesOwnWords: true }));
    assert.match(last("source").source!.findings[0]!.message, /^Your own words: this is not what is said in voice\.srt: 1 of its 11 words/);
    assert.deepEqual([last("checks").checks.canCreate, last("plan").segments, last("source").source?.takesWords], [false, [], true]);
    for (const change of [{ ownWords: "Call me Ishmael.", usesOwnWords: false }, { ownWords: " ", usesOwnWords: true }]) {
      await send(form({ ownWords: WRITTEN.slice(40), usesOwnWords: true }, 2), form(change, 3));
      assert.deepEqual([last("checks").checks.canCreate, last("source").source?.findings], [true, []]);
    }
  });

  it("is not asked for where a file has no times, and is kept meanwhile", async () => {
    const { send, last, told } = open();
    await send(READY, text(WRITTEN), file("other.txt", "Once there was a train."));
    assert.deepEqual([last("source").source?.takesWords, told().map(([, , narration]) => narration)], [false, ["Once there was a train."]]);
    await send(file("voice.srt", HEARD));
    assert.deepEqual(told().filter(([, , narration]) => narration), IN_HIS_WORDS);
  });

  it("starts where the file's time codes do, and keeps the silence before when it is told to", async () => {
    const { send, last, told } = open();
    await send(READY, file("voice.srt", HEARD.replaceAll("00:00:", "01:00:")), form({ ownWords: WRITTEN, usesOwnWords: true }));
    assert.deepEqual([last("source").source?.timeCode, told()], ["1:00:00", IN_HIS_WORDS]);
    await send(form({ ownWords: WRITTEN, usesOwnWords: true, keepTimeCodes: true }, 2));
    assert.deepEqual(told().filter(([, , narration]) => narration).map(([, end, narration]) => [end, narration]), [[3605, "The train leaves at nine."], [3609, "Nobody waves at me!"]]);
  });

  it("keeps its changes by hand apart from those of the file's words", async () => {
    const { send, last } = open();
    await send(READY, file("voice.srt", HEARD), { type: "edit", edit: { kind: "merge", index: 0 } });
    assert.equal(last("splice").edits, 1);
    await send(form({ ownWords: WRITTEN, usesOwnWords: true }));
    assert.equal(last("plan").edits, 0);
    await send(form({ ownWords: WRITTEN, usesOwnWords: false }, 2));
    assert.equal(last("plan").edits, 1);
  });
});
