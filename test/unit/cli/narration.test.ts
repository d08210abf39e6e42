import assert from "node:assert/strict";
import { StoryDirectorError } from "../../../src/core/errors.ts";
import type { Transcriber } from "../../../src/pipeline/ports.ts";
import { wavOf } from "../../support/sound.ts";
import { emptyStory } from "../core/storyBuilder.ts";
import { runFake, type FakeHostOptions } from "./fakeHost.ts";

const VERBOSE = {
  task: "transcribe",
  language: "english",
  duration: 5,
  text: "She comes to the well. She drinks.",
  segments: [{ id: 0, start: 0.5, end: 2.5, text: " She comes to the well." }, { id: 1, start: 3, end: 5, text: " She drinks." }],
};
const KEYS = { OPENAI_API_KEY: "sk-canary-o", STORY_DIRECTOR_API_KEY: "canary-s" };

const hears = (answer: object): Transcriber["transcribe"] => ({ name }) => Promise.resolve({ name, bytes: new TextEncoder().encode(JSON.stringify(answer)) });
const withSound = (over: FakeHostOptions = {}): FakeHostOptions => ({ files: { "the-well.wav": wavOf(5) }, transcribe: hears(VERBOSE), env: KEYS, ...over });
const MAKE = ["new", "well", "--from", "the-well.wav"];

describe("new from sound", () => {
  it("says where the sound goes and with whose key, and makes a story of what is heard", async () => {
    const { code, out, err, created, narrations } = await runFake([...MAKE, "--provider", "openai", "--language", "en"], withSound());
    assert.deepEqual([code, err], [0, ""]);
    assert.deepEqual(out.trimEnd().split("\n"), [
      "the-well.wav, a WAV recording of 0:05, is sent to OpenAI, with the key of OPENAI_API_KEY; whisper-1 transcribes it, for less than $0.01.",
      "“The well”: 1 segment, 0:05, times aligned, from a WAV recording, transcribed by fake/ear → well",
      "Next: story-director regenerate well",
    ]);
    assert.deepEqual(created[0]!.story.segments.map(({ narration }) => narration), ["She comes to the well. She drinks."]);
    const [{ director, transcriptionModel, language }] = narrations as [(typeof narrations)[0]];
    assert.deepEqual([director, transcriptionModel, language], [{ provider: "openai", apiKey: KEYS.OPENAI_API_KEY }, undefined, "en"]);
  });

  it("goes to another server with that server's key, or none, and asks the model that is named", async () => {
    const argv = [...MAKE, "--base-url", "http://localhost:8000/v1", "--transcription-model", "large-v3"];
    const { out, narrations } = await runFake(argv, withSound());
    assert.match(out, /is sent to http:\/\/localhost:8000\/v1, with the key of STORY_DIRECTOR_API_KEY; large-v3 transcribes it\./);
    assert.deepEqual([narrations[0]!.director, narrations[0]!.transcriptionModel], [{ provider: "compatible", baseUrl: "http://localhost:8000/v1", apiKey: KEYS.STORY_DIRECTOR_API_KEY }, "large-v3"]);
    assert.match((await runFake(argv, withSound({ env: {} }))).out, /, without a key; large-v3/);
  });

  it("goes where the environment says, where no argument does", async () => {
    const env = { STORY_DIRECTOR_BASE_URL: "http://localhost:8000/v1", STORY_DIRECTOR_TRANSCRIPTION_MODEL: "large-v3", ...KEYS };
    const { out, narrations } = await runFake(MAKE, withSound({ env }));
    assert.match(out, /is sent to http:\/\/localhost:8000\/v1 \(STORY_DIRECTOR_BASE_URL\), with the key of STORY_DIRECTOR_API_KEY; large-v3 transcribes it\./);
    assert.deepEqual([narrations[0]!.director?.provider, narrations[0]!.transcriptionModel], ["compatible", "large-v3"]);
    const openai = await runFake([...MAKE, "--provider", "openai"], withSound({ env }));
    assert.match(openai.out, /is sent to OpenAI, with the key of OPENAI_API_KEY; whisper-1 transcribes it/);
  });

  it("is told in the person's own words where these are given, and in paragraphs", async () => {
    const files = { "the-well.wav": wavOf(5), "well.md": "# The Well\n\nShe comes to *the* well –\n\nshe drinks.\n" };
    const { code, out, created } = await runFake([...MAKE, "--text", "well.md", "--provider", "openai"], withSound({ files }));
    assert.equal(code, 0, out);
    const [{ story }] = created as [(typeof created)[0]];
    assert.deepEqual([story.title, story.prose, story.segments.map(({ narration }) => narration)], ["The Well", "She comes to the well –\n\nshe drinks.", ["She comes to the well – she drinks."]]);
    assert.deepEqual([story.basis, story.source], ["aligned", { file: "the-well.wav", format: "WAV recording", model: "fake/ear" }]);
    assert.match(out, /from a WAV recording, transcribed by fake\/ear, in the words of well\.md/);
  });

  it("sends no sound where the person's own words cannot be read", async () => {
    const { code, err, narrations } = await runFake([...MAKE, "--text", "well.srt", "--provider", "openai"], withSound({ files: { "the-well.wav": wavOf(5), "well.srt": "no times" } }));
    assert.deepEqual([code, narrations.length], [1, 1]);
    assert.match(err, /well\.srt cannot be made into a story/);
  });

  it("says what OpenAI takes for it, as far as that is known", async () => {
    const told = async (seconds: number, ...flags: string[]) => /; (.*)\n/.exec((await runFake([...MAKE, "--provider", "openai", ...flags], withSound({ files: { "the-well.wav": wavOf(seconds) } }))).out)![1];
    assert.equal(await told(300), "whisper-1 transcribes it, for about $0.03.");
    assert.equal(await told(300, "--transcription-model", "gpt-4o-transcribe"), "gpt-4o-transcribe transcribes it, at an unknown price.");
  });

  it("says that times are estimated where the model gives none, stretched to the sound", async () => {
    const { out, created } = await runFake([...MAKE, "--provider", "openai"], withSound({ transcribe: hears({ text: VERBOSE.text }) }));
    assert.match(out, /the-well\.wav.*words without times; the times were estimated .* stretched to the length of the sound, 00:05\.000/s);
    assert.match(out, /times estimated/);
    assert.deepEqual([created[0]!.story.basis, created[0]!.story.segments.at(-1)!.end], ["estimated", 5]);
  });

  it("names no line for what stands in no file of the person's", async () => {
    const doubtful = { ...VERBOSE, segments: [...VERBOSE.segments, { id: 2, start: 6, end: 8, text: " Thanks for watching!", no_speech_prob: 0.9, avg_logprob: -1.2, compression_ratio: 1.1 }] };
    const { out } = await runFake([...MAKE, "--provider", "openai"], withSound({ transcribe: hears(doubtful) }));
    assert.match(out, /Thanks for watching/);
    assert.doesNotMatch(out, /the-well\.wav:\d/);
  });

  it("asks nobody where nothing could be made: a folder that is taken, a transcript that is there, arguments that do not fit", async () => {
    for (const [argv, code, words] of [
      [["new", "taken", "--from", "the-well.wav", "--provider", "openai"], 1, /taken is there already/],
      [[...MAKE, "--provider", "openai", "--save-transcript", "the-well.wav"], 1, /the-well\.wav is there already/],
      [[...MAKE, "--transcription-model", "whisper-1"], 2, /--transcription-model goes with --provider/],
      [[...MAKE, "--provider", "openai", "--base-url", "http://localhost:1"], 2, /--base-url goes with --provider compatible/],
    ] as const) {
      const { code: ended, err, out, narrations, created } = await runFake(argv, withSound());
      assert.deepEqual([ended, out, narrations, created], [code, "", [], []], argv.join(" "));
      assert.match(err, words);
    }
    const keyless = await runFake([...MAKE, "--provider", "openai"], withSound({ env: {} }));
    assert.deepEqual([keyless.code, keyless.narrations], [2, []]);
    assert.match(keyless.err, /OPENAI_API_KEY/);
  });

  it("asks nobody for a text, whatever provider is named", async () => {
    const { code, out, narrations } = await runFake(["new", "w", "--from", "w.txt", "--provider", "openai"], { files: { "w.txt": "She drinks." } });
    assert.deepEqual([code, narrations[0]!.director], [0, undefined]);
    assert.doesNotMatch(out, /sent/);
  });

  it("keeps what was heard where it is told to, also when no story comes of it", async () => {
    const save = ["--provider", "openai", "--save-transcript", "heard.json"];
    assert.deepEqual((await runFake([...MAKE, ...save], withSound())).saved, { "heard.json": JSON.stringify(VERBOSE) });
    const silent = await runFake([...MAKE, ...save], withSound({ transcribe: hears({ text: "" }) }));
    assert.deepEqual([silent.code, silent.saved, silent.created], [1, { "heard.json": '{"text":""}' }, []]);
    const full = await runFake([...MAKE, "--provider", "openai", "--save-transcript", "full/heard.json"], withSound());
    assert.deepEqual([full.code, full.created.length], [0, 1]);
    assert.match(full.err, /the disk is full/);
  });

  it("tells what went wrong with the call, and makes nothing", async () => {
    const transcribe = () => Promise.reject(new StoryDirectorError("localhost transcribes nothing", { hint: "Choose another." }));
    const { code, err, created } = await runFake([...MAKE, "--provider", "openai"], withSound({ transcribe }));
    assert.deepEqual([code, created], [1, []]);
    assert.match(err, /error: localhost transcribes nothing\n.*Choose another\./);
  });

  it("stops on Ctrl+C", async () => {
    let interrupt = () => {};
    const transcribe: Transcriber["transcribe"] = (_sound, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason as Error));
        interrupt();
      });
    const { code, err, created } = await runFake([...MAKE, "--provider", "openai"], withSound({ transcribe, onListen: (listener) => (interrupt = listener) }));
    assert.deepEqual([code, err, created], [130, "Stopped.\n", []]);
  });
});

describe("retime from sound", () => {
  const REPORT = { created: [], unused: [], unusedFiles: [], scenes: [], basedOn: "12345678", changes: [], summary: "nothing changed" };
  const requireEditable = async () => ({ ...emptyStory().settings, language: "pt-BR" });
  const TAKE = ["retime", "well", "--from", "the-well.wav", "--provider", "openai"];

  it("puts the story to what is heard, and says first where the sound goes", async () => {
    const heard: unknown[] = [];
    const retime = async ({ transcript }: { transcript: { basis: string; cues: readonly { text: string }[] } }) => {
      heard.push(transcript.basis, ...transcript.cues.map(({ text }) => text));
      return REPORT;
    };
    const { code, out, narrations } = await runFake(TAKE, withSound({ requireEditable, retime }));
    assert.equal(code, 0);
    assert.match(out, /^the-well\.wav, a WAV recording of 0:05, is sent to OpenAI, with the key of OPENAI_API_KEY; whisper-1 transcribes it, for less than \$0\.01\.\n/);
    assert.equal(narrations[0]!.language, "pt-BR", "that of the story");
    assert.deepEqual(heard, ["aligned", "She comes to the well.", "She drinks."]);
  });

  it("says it beside the JSON, not in it", async () => {
    const { out, err } = await runFake([...TAKE, "--json"], withSound({ requireEditable, retime: async () => REPORT }));
    assert.match(err, /is sent to OpenAI/);
    assert.equal((JSON.parse(out) as { summary: string }).summary, "nothing changed");
  });

  it("asks first whether it may, as the edit itself is asked for", async () => {
    const asked: unknown[] = [];
    const withRequest = (options: unknown) => (asked.push(options), requireEditable());
    const retime = async () => REPORT;
    await runFake(TAKE, withSound({ requireEditable: withRequest, retime }));
    await runFake([...TAKE, "--dry-run", "--take-over"], withSound({ requireEditable: withRequest, retime }));
    assert.deepEqual(asked, [{ dryRun: false, takeOver: false }, { dryRun: true, takeOver: true }]);
  });

  it("sends nothing where the story cannot be edited", async () => {
    const { code, narrations } = await runFake(TAKE, withSound({ requireEditable: () => Promise.reject(new StoryDirectorError("no story")) }));
    assert.deepEqual([code, narrations], [1, []]);
  });
});
