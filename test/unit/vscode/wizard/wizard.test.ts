import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { StorageError } from "../../../../src/core/errors.ts";
import { readTranscript } from "../../../../src/import/read/readTranscript.ts";
import type { Transcript } from "../../../../src/import/transcript.ts";
import type { StoryMaker } from "../../../../src/vscode/engine.ts";
import { newForm } from "../../../../src/vscode/wizard/defaults.ts";
import type { Form, PageMessage } from "../../../../src/vscode/wizard/protocol.ts";
import { FakeWindow } from "./wizardHarness.ts";

const READY: PageMessage = { type: "ready" };
const SRT = "file:///stories/the-night-train.srt";
const LINES = "The train leaves at nine.\nNobody waves.\nIt rains on the platform.";

const form = (change: Partial<Form>, revision = 1): PageMessage => ({ type: "form", revision, form: { ...newForm(), ...change } });
const file = (name: string, text: string): PageMessage => ({ type: "file", name, bytes: new TextEncoder().encode(text) });
const action = (name: Extract<PageMessage, { type: "action" }>["action"]): PageMessage => ({ type: "action", action: name });

describe("the new-story form", () => {
  it("comes with good defaults once a file is given", async () => {
    const { send, last } = new FakeWindow().open();
    await send(READY);
    assert.equal(last("checks").checks.canCreate, false);
    await send(file("the-night-train.srt", LINES));
    const { suggestions, canCreate, estimate, problems } = last("checks").checks;
    assert.deepEqual(suggestions, { title: "The night train", folder: "the-night-train", language: "en" });
    assert.deepEqual(problems, {});
    assert.equal(canCreate, true);
    assert.deepEqual(estimate, ["3 segments · 0:15", "5.0 s each", "3 final prompts"]);
    assert.equal(last("plan").segments.length, 3);
    assert.equal(last("source").source?.summary, "SubRip subtitles · 3 cues · 0:15 · times as measured");
  });

  it("takes typed narration, and its heading for the title", async () => {
    const { send, last } = new FakeWindow().open();
    await send(READY, { type: "text", revision: 1, text: `# Rain\n\n${LINES}` });
    assert.equal(last("checks").checks.suggestions.title, "Rain");
    assert.equal(last("source").source?.isEstimated, true);
    await send({ type: "text", revision: 2, text: "  " });
    assert.equal(last("source").source, undefined);
    assert.deepEqual(last("plan").segments, []);
  });

  it("suggests a folder that is free", async () => {
    const window = new FakeWindow();
    window.folders.set("the-night-train", "taken").set("the-night-train-2", "file");
    const { send, last } = window.open();
    await send(READY, file("the-night-train.srt", LINES));
    assert.equal(last("checks").checks.suggestions.folder, "the-night-train-3");
  });

  it("says while it is typed that a folder is taken, and makes nothing there", async () => {
    const window = new FakeWindow();
    window.folders.set("old", "taken");
    const { send, last } = window.open();
    await send(READY, file("a.srt", LINES), form({ folder: "old" }));
    const { problems, canCreate } = last("checks").checks;
    assert.match(problems.folder!.message, /\/stories\/old is there already and not empty/);
    assert.equal(canCreate, false);
    await send({ type: "create", direct: false });
    assert.deepEqual(last("focus").field, "folder");
    assert.deepEqual(window.maker.created, []);
  });

  it("plans again as the settings move, and keeps the last plan while a number is being typed", async () => {
    const { send, last, posted } = new FakeWindow().open();
    await send(READY, file("a.srt", LINES), form({ ideal: "4" }));
    assert.equal(last("plan").segments.at(-1)!.end, 12);
    const count = posted.filter(({ type }) => type === "plan").length;
    await send(form({ ideal: "" }, 2));
    assert.equal(posted.filter(({ type }) => type === "plan").length, count);
    assert.equal(last("checks").checks.canCreate, false);
    assert.match(last("checks").checks.problems.shotLength!.message, /Expected three numbers/);
  });

  it("does not plan again for a title", async () => {
    const window = new FakeWindow();
    const { send, posted } = window.open();
    await send(READY, file("a.srt", LINES));
    const count = posted.filter(({ type }) => type === "plan").length;
    await send(form({ title: "N" }), form({ title: "Ni" }, 2));
    assert.equal(posted.filter(({ type }) => type === "plan").length, count);
    assert.equal(window.maker.readCount, 1);
  });

  it("makes the story as the form says, hand edits included, and directs it", async () => {
    const window = new FakeWindow();
    window.run = (onProgress) => {
      onProgress({ message: "Generate Director's Script", settled: 1, total: 2 });
      return Promise.resolve("“Night”: 2/2 segments production-ready in 0.1 s.");
    };
    const { send, last, posted } = window.open();
    const outputs = [{ profile: "veo-3.1", aspectRatio: "9:16" }, { profile: "veo-3.1", aspectRatio: "16:9" }];
    await send(READY, file("a.srt", LINES), form({ title: " Night ", language: "de", look: "noir", outputs, frameRate: "25" }));
    await send({ type: "edit", edit: { kind: "merge", index: 0 } });
    assert.deepEqual(last("splice"), { type: "splice", at: 0, remove: 2, insert: [{ start: 0, end: 10, narration: "The train leaves at nine. Nobody waves." }], edits: 1 });
    await send({ type: "create", direct: true });
    await setTimeout(5);
    const [{ folder, story }] = window.maker.created as [{ folder: string; story: never }] & typeof window.maker.created;
    assert.equal(folder, "/stories/night");
    const { look, ...rest } = story as (typeof window.maker.created)[number]["story"];
    assert.match(look, /noir/);
    assert.deepEqual(rest, {
      title: "Night",
      language: "de",
      shotLength: { shortest: 2.5, ideal: 5, longest: 8 },
      outputs: { main: outputs[0], "veo-3-1-16x9": outputs[1] },
      basis: "aligned",
      frameRate: 25,
      source: { file: "a.srt", format: "SubRip subtitles" },
      prose: undefined,
      segments: [
        { start: 0, end: 10, narration: "The train leaves at nine. Nobody waves.", basis: "aligned" },
        { start: 10, end: 15, narration: "It rains on the platform.", basis: "aligned" },
      ],
    });
    const states = posted.flatMap((message) => (message.type === "run" && message.run ? [message.run.state] : []));
    assert.deepEqual(states, ["creating", "created", "directing", "directing", "done"]);
    assert.equal(last("run").run?.message, "“Night”: 2/2 segments production-ready in 0.1 s.");
    assert.equal(window.draft, undefined);
  });

  it("names no file as the source of what was typed", async () => {
    const window = new FakeWindow();
    const { send } = window.open();
    await send(READY, form({ title: "Night", folder: "night" }), { type: "text", revision: 3, text: LINES }, { type: "create", direct: false });
    assert.deepEqual(window.maker.created.map(({ story: { source } }) => [source?.file, source?.format]), [[undefined, "Plain text"]]);
  });

  it("says why a story cannot be made, and keeps the form", async () => {
    const window = new FakeWindow();
    window.maker.failure = new StorageError("/stories/a could not be made: no space left", { hint: "Free some space." });
    const { send, last } = window.open();
    await send(READY, file("a.srt", LINES), { type: "create", direct: true });
    const { run } = last("run");
    assert.deepEqual([run?.state, run?.message, run?.hint, run?.hasStory], ["failed", "/stories/a could not be made: no space left", "Free some space.", false]);
    assert.ok(window.draft);
    window.maker.failure = undefined;
    await send({ type: "create", direct: false });
    assert.equal(last("run").run?.state, "created");
  });

  it("ends with the assets where the form asks for no script", async () => {
    const window = new FakeWindow();
    const { send } = window.open();
    await send(READY, file("a.srt", LINES), form({ script: false }), { type: "create", direct: true });
    assert.deepEqual(window.asked, ["direct /stories/a undefined false"]);
  });

  it("draws images of assets or not, as the form says", async () => {
    for (const images of [undefined, false]) {
      const window = new FakeWindow();
      const { send } = window.open();
      await send(READY, file("a.srt", LINES), form(images === undefined ? {} : { images }), { type: "create", direct: true });
      assert.deepEqual(window.asked, [`direct /stories/a ${images}`]);
    }
  });

  it("stops a run at once, and says that what is saved stays saved", async () => {
    const window = new FakeWindow();
    window.run = (_onProgress, signal) => setTimeout(60_000, "never", { signal });
    const { send, last } = window.open();
    await send(READY, file("a.srt", LINES), { type: "create", direct: true }, action("stop"));
    await setTimeout(5);
    assert.equal(last("run").run?.state, "stopped");
    assert.match(last("run").run!.message, /stays saved/);
  });

  it("makes one story, however often Create is pressed", async () => {
    const window = new FakeWindow();
    window.run = (_onProgress, signal) => setTimeout(60_000, "never", { signal });
    const { send } = window.open();
    await send(READY, file("a.srt", LINES), { type: "create", direct: true }, { type: "create", direct: true });
    assert.equal(window.maker.created.length, 1);
    await send(action("stop"));
  });

  it("takes changes by hand back one by one, and brings them back with the settings they were made for", async () => {
    const { send, last } = new FakeWindow().open();
    await send(READY, file("a.srt", LINES));
    await send({ type: "edit", edit: { kind: "split", index: 2, word: 2 } }, { type: "edit", edit: { kind: "move", index: 0, edge: "end", seconds: 6 } });
    await send(form({ ideal: "4" }));
    assert.deepEqual([last("plan").segments.length, last("plan").edits], [3, 0]);
    assert.match(last("plan").note, /2 changes made by hand/);
    await send(form({ ideal: "5" }, 2));
    assert.deepEqual([last("plan").segments.length, last("plan").edits, last("plan").segments[0]!.end], [4, 2, 6]);
    await send(action("undo"));
    assert.deepEqual([last("plan").segments.length, last("plan").edits, last("plan").segments[0]!.end], [4, 1, 5]);
    await send(action("undoAll"));
    assert.equal(last("plan").segments.length, 3);
  });

  it("says in a sentence why a change by hand cannot be made", async () => {
    const { send, last } = new FakeWindow().open();
    await send(READY, file("a.srt", LINES), { type: "edit", edit: { kind: "move", index: 0, edge: "end", seconds: 30 } });
    assert.match(last("refused").message, /segment_2 would last from 30 s to 10 s\. Leave every segment/);
  });

  it("says what directing would cost, and says it anew when that changes", async () => {
    const { send, last } = new FakeWindow().open();
    await send(READY, file("a.srt", LINES));
    await setTimeout(10);
    assert.equal(last("checks").checks.estimate.at(-1), "about 1 dollars");
    await send(form({ outputs: [{ profile: "kling-3", aspectRatio: "1:1" }, { profile: "general", aspectRatio: "1:1" }] }));
    await setTimeout(10);
    assert.equal(last("checks").checks.estimate.at(-1), "about 2 dollars");
  });

  it("leaves out what may be no narration when it is told to", async () => {
    const { send, last } = new FakeWindow().open();
    await send(READY, file("a.srt", `${LINES}\n[applause]`));
    assert.deepEqual([last("source").source?.doubtful, last("plan").segments.length], [1, 4]);
    await send(form({ leaveOutDoubtful: true }));
    assert.equal(last("plan").segments.length, 3);
  });

  it("starts the story where time codes start, and keeps the silence before when it is told to", async () => {
    const window = new FakeWindow();
    const planned: Transcript[] = [];
    const planSegments: StoryMaker["planSegments"] = (transcript) => {
      planned.push(transcript);
      return [{ start: 0, end: 5, narration: "She comes.", basis: "aligned" }];
    };
    Object.assign(window.maker, { readTranscript, planSegments });
    const { send, last } = window.open();
    await send(READY, file("a.srt", "1\n01:00:04,000 --> 01:00:09,000\nShe comes.\n"));
    assert.deepEqual([last("source").source?.timeCode, last("source").source?.findings[0]?.line], ["1:00:00", 2]);
    await send(form({ keepTimeCodes: true }), form({ keepTimeCodes: true, title: "Well" }), form({ keepTimeCodes: false }));
    assert.deepEqual(planned.map(({ cues }) => cues[0]!.start), [4, 3604, 4]);
    await send(file("b.srt", "1\n00:00:04,000 --> 00:00:09,000\nShe comes.\n"));
    assert.ok(!("timeCode" in last("source").source!));
  });

  it("does nothing but read in Restricted Mode", async () => {
    const window = new FakeWindow();
    window.isTrusted = false;
    const { wizard, send, last } = window.open();
    await send(READY, file("a.srt", LINES), { type: "create", direct: true });
    assert.deepEqual(window.maker.created, []);
    assert.match(last("checks").checks.problems.source!.message, /Restricted Mode/);
    window.isTrusted = true;
    await wizard.recheck();
    assert.equal(last("checks").checks.canCreate, true);
  });

  it("asks for a whole path where the window has no folder", async () => {
    const window = new FakeWindow();
    window.hasFolder = false;
    const { send, last } = window.open();
    await send(READY, file("a.srt", LINES));
    assert.equal(last("checks").checks.suggestions.folder, "");
    assert.match(last("checks").checks.problems.folder!.message, /Say where/);
    await send(form({ folder: "here" }));
    assert.match(last("checks").checks.problems.folder!.message, /whole path/);
    await send(form({ folder: "/home/me/story" }, 2));
    assert.equal(last("checks").checks.problems.folder, undefined);
  });

  it("says with its line why a file is no narration", async () => {
    const { send, last } = new FakeWindow().open();
    await send(READY, { type: "file", name: "a.srt", bytes: new Uint8Array([65, 10, 66, 10, 0xff, 0xfe]) });
    assert.deepEqual(last("source").source?.findings, [{ severity: "error", message: "This is no text.", line: 3 }]);
    assert.equal(last("checks").checks.problems.source?.message, "This is no text.");
  });

  it("leaves what is there in place when another file cannot be read", async () => {
    const window = new FakeWindow();
    window.files.set(SRT, LINES);
    const { wizard, send, last } = window.open();
    await send(READY);
    await wizard.open(SRT);
    await wizard.open("file:///stories/gone%20away.srt");
    assert.equal(last("refused").message, "gone away.srt could not be read: it is not there any more.");
    assert.equal(last("plan").segments.length, 3);
    assert.deepEqual(window.bugs, []);
  });

  it("names a file as it is named, also with a percent sign in it", async () => {
    const window = new FakeWindow();
    const { wizard, send, last } = window.open();
    await send(READY, { type: "unread", name: "100% done%20.srt", reason: "it is a folder." });
    assert.equal(last("refused").message, "100% done%20.srt could not be read: it is a folder.");
    await wizard.open("file:///stories/100%.srt");
    assert.equal(last("refused").message, "100%.srt could not be read: it is not there any more.");
    assert.deepEqual(window.bugs, []);
  });

  it("goes on where what was typed cannot be kept, and says so", async () => {
    const window = new FakeWindow();
    window.hasRoom = false;
    const { send, last } = window.open();
    await send(READY, { type: "text", revision: 1, text: LINES });
    assert.equal(last("plan").segments.length > 0, true);
    assert.deepEqual(window.bugs, [new Error("no room")]);
  });

  it("says so where choosing a model goes wrong", async () => {
    const window = new FakeWindow();
    window.chooseModel = () => Promise.reject(new Error("no list"));
    await window.open().send(READY, action("chooseModel"));
    assert.deepEqual(window.bugs, [new Error("no list")]);
  });

  it("estimates nothing once its page is closed", async () => {
    const window = new FakeWindow();
    window.files.set(SRT, LINES);
    const { wizard, send } = window.open();
    await send(READY);
    const opened = wizard.open(SRT);
    wizard.dispose();
    await opened;
    await setTimeout(5);
    assert.equal(window.estimates, 0);
  });
});

describe("what the new-story form keeps", () => {
  const opened = async (window: FakeWindow, message: PageMessage = READY) => {
    const page = window.open();
    await page.wizard.restore();
    await page.send(message);
    return page;
  };

  it("is there again when its panel was closed", async () => {
    const window = new FakeWindow();
    const first = await opened(window);
    await first.send(file("a.srt", LINES), form({ title: "Kept", ideal: "4" }), { type: "edit", edit: { kind: "merge", index: 1 } });
    const { last } = await opened(window);
    assert.equal(last("show").form.title, "Kept");
    assert.deepEqual([last("plan").segments.length, last("plan").edits], [2, 1]);
    assert.equal(last("source").source?.name, "a.srt");
  });

  it("is the text that was typed, too", async () => {
    const window = new FakeWindow();
    await (await opened(window)).send({ type: "text", revision: 1, text: LINES });
    assert.equal((await opened(window)).last("show").text, LINES);
  });

  it("is read anew from a file of the workspace", async () => {
    const window = new FakeWindow();
    window.files.set(SRT, LINES);
    await (await opened(window)).wizard.open(SRT);
    window.files.set(SRT, `${LINES}\nOne more.`);
    assert.equal((await opened(window)).last("plan").segments.length, 4);
  });

  it("gives way to what the page saw last", async () => {
    const window = new FakeWindow();
    await (await opened(window)).send(form({ title: "Ni" }, 2), { type: "text", revision: 3, text: "Nobody" });
    const state = { revision: 5, form: { ...newForm(), title: "Night" }, text: "Nobody waves." };
    const { last } = await opened(window, { type: "ready", state });
    assert.equal(last("show").form.title, "Night");
    assert.equal(last("show").text, "Nobody waves.");
    const stale = { revision: 1, form: { ...newForm(), title: "Old" }, text: "" };
    assert.equal((await opened(window, { type: "ready", state: stale })).last("show").form.title, "Night");
  });

  it("is forgotten once the story is made, and gives way to a new form when one is asked for", async () => {
    const window = new FakeWindow();
    const { wizard, send, last } = await opened(window);
    await send(file("a.srt", LINES), { type: "create", direct: false }, READY);
    assert.equal(window.draft, undefined);
    assert.equal(last("run").run?.state, "created");
    await wizard.begin();
    assert.deepEqual([last("run").run, last("source").source, last("checks").checks.canCreate], [undefined, undefined, false]);
    await send(file("b.srt", LINES));
    await wizard.begin();
    assert.equal(last("source").source?.name, "b.srt");
  });

  it("is empty after Start Over", async () => {
    const window = new FakeWindow();
    const { send, last } = await opened(window);
    await send(file("a.srt", LINES), form({ title: "Gone" }), action("startOver"));
    assert.equal(last("show").form.title, undefined);
    assert.equal(last("source").source, undefined);
    assert.deepEqual(last("plan").segments, []);
  });
});
