import assert from "node:assert/strict";
import { inspect } from "node:util";
import { ModelError } from "../../../../src/ai/model/modelError.ts";
import { createTranscriber, type TranscriberOptions } from "../../../../src/ai/openAiTranscriber.ts";
import { StoryDirectorError } from "../../../../src/core/errors.ts";
import { readTranscript } from "../../../../src/import/read/readTranscript.ts";
import type { SpokenSound } from "../../../../src/pipeline/ports.ts";
import { fakeModelServers } from "../../../support/fakeModelServer.ts";
import { status, webPage, type FakeAnswer } from "../../../support/fakeModelServer/answers.ts";
import { hears, type HeardSentence } from "../../../support/fakeModelServer/transcripts.ts";
import { wavOf } from "../../../support/sound.ts";
import { fakeTiming, KEY, waitUntil, type FakeTiming } from "../model/harness.ts";

const SOUND: SpokenSound = { name: "Grandma's own voice.wav", bytes: wavOf(0.1), ending: "wav" };
const SAID: readonly HeardSentence[] = [[0.5, 2.5, "She comes to the well."], [3, 5, "She drinks, and goes."]];

describe("a transcriber behind a server", () => {
  const serve = fakeModelServers();
  const hearing = () => serve(({ body }) => hears(SAID, body));

  describe("asks for a transcript", () => {
    it("in a form with the sound as it is, under a name that tells nothing", async () => {
      const server = await hearing();
      await transcriber({ baseUrl: server.baseUrl }).ask({ ...SOUND, language: "pt-BR" });
      const [{ method, path, headers, body, text }] = server.calls as [(typeof server.calls)[number]];
      assert.equal(`${method} ${path}`, "POST /v1/audio/transcriptions");
      assert.match(headers["content-type"]!, /^multipart\/form-data; boundary=/);
      assert.equal(headers.authorization, `Bearer ${KEY}`);
      assert.deepEqual(body, {
        model: "whisper-1",
        response_format: "verbose_json",
        "timestamp_granularities[]": ["word", "segment"],
        language: "pt",
        file: { name: "sound.wav", type: "audio/wav", bytes: SOUND.bytes },
      });
      assert.doesNotMatch(text, /Grandma/);
    });

    it("sends only the sound's own bytes where they are a part of others", async () => {
      const server = await hearing();
      const buffer = new Uint8Array([9, 9, ...SOUND.bytes, 9]);
      await transcriber({ baseUrl: server.baseUrl }).ask({ ...SOUND, bytes: buffer.subarray(2, buffer.length - 1) });
      assert.deepEqual((server.calls[0]!.body["file"] as { bytes: Uint8Array }).bytes, SOUND.bytes);
    });

    for (const [model, asked] of [
      ["whisper-1", { response_format: "verbose_json", "timestamp_granularities[]": ["word", "segment"], language: "de" }],
      ["Systran/faster-whisper-large-v3", { response_format: "verbose_json", "timestamp_granularities[]": ["word", "segment"], language: "de" }],
      ["gpt-4o-transcribe-diarize", { response_format: "diarized_json", chunking_strategy: "auto", language: "de" }],
      ["gpt-4o-mini-transcribe-2025-12-15", { response_format: "json", language: "de" }],
      ["gpt-transcribe", { response_format: "json", "languages[]": "de" }],
    ] as const) {
      it(`from ${model} as it can answer`, async () => {
        const server = await hearing();
        await transcriber({ baseUrl: server.baseUrl, model }).ask({ ...SOUND, language: "de" });
        const { file: _file, model: sent, ...fields } = server.calls[0]!.body;
        assert.deepEqual([sent, fields], [model, asked]);
      });
    }

    it("says no language that has no short code", async () => {
      const server = await hearing();
      const heard = transcriber({ baseUrl: server.baseUrl });
      for (const language of [undefined, "", "yue-Hant", "fil"]) await heard.ask({ ...SOUND, language });
      assert.ok(server.calls.every(({ body }) => !("language" in body)));
    });
  });

  describe("gives what narration is read from", () => {
    const read = async (options: Partial<TranscriberOptions>) => {
      const { file, error } = await transcriber(options).ask();
      assert.ok(file, String(error));
      const { transcript, problems } = readTranscript(file, { wordsPerMinute: 150 });
      return transcript ?? assert.fail(inspect(problems));
    };

    it("with the times of words", async () => {
      const { baseUrl } = await hearing();
      const { cues, basis, duration, language, findings } = await read({ baseUrl });
      assert.deepEqual(cues.map(({ start, end, text }) => [start, end, text]), SAID);
      assert.deepEqual(cues[1]!.words!.map(({ start, text }) => [start, text]), [[3, "She"], [3.5, "drinks,"], [4, "and"], [4.5, "goes."]]);
      assert.deepEqual([basis, duration, language, findings], ["aligned", 5, "en", []]);
    });

    it("with speakers and their times", async () => {
      const { baseUrl } = await hearing();
      const { cues, basis, format } = await read({ baseUrl, model: "gpt-4o-transcribe-diarize" });
      assert.deepEqual(cues.map(({ start, speaker }) => [start, speaker]), [[0.5, "A"], [3, "B"]]);
      assert.deepEqual([basis, format], ["aligned", "OpenAI diarized JSON"]);
    });

    it("with times that are estimated, where it gave none", async () => {
      const server = await serve(({ body }) => hears(SAID, body, { type: "duration", seconds: 6 }));
      const { cues, basis, findings } = await read({ baseUrl: server.baseUrl, model: "gpt-transcribe" });
      assert.deepEqual([cues.at(-1)!.end, basis, findings.map(({ code }) => code)], [6, "estimated", ["times-estimated"]]);
    });

    it("from servers that send bare text or subtitles, whatever they are asked for", async () => {
      const bare = await serve(() => ({ kind: "raw", type: "text/plain", parts: ["# She drinks.\n"] }));
      const { cues } = await read({ baseUrl: bare.baseUrl });
      assert.deepEqual([cues.length, cues[0]!.text], [1, "# She drinks."]);
      const timed = await serve(() => ({ kind: "raw", type: "text/plain", parts: ["1\n00:00:01,000 --> 00:00:02,000\nShe drinks.\n"] }));
      assert.deepEqual((await read({ baseUrl: timed.baseUrl })).basis, "aligned");
    });
  });

  describe("asks for less where a server refuses", () => {
    it("first the times of words, then all times, then the format itself", async () => {
      const refusals = [
        status(400, { message: "timestamp_granularities is not supported", param: "timestamp_granularities" }),
        status(422, { message: "response_format 'verbose_json' is not compatible" }),
        status(400, { message: "bad value", param: "response_format" }),
      ];
      const server = await serve(({ index, body }) => refusals[index] ?? hears(SAID, body));
      const heard = transcriber({ baseUrl: server.baseUrl });
      assert.equal((await heard.ask()).error, undefined);
      assert.deepEqual(server.calls.map(({ body }) => [body["response_format"], body["timestamp_granularities[]"]]), [["verbose_json", ["word", "segment"]], ["verbose_json", undefined], ["json", undefined], [undefined, undefined]]);
      assert.deepEqual(heard.timing.sleeps, []);
      assert.match(heard.log.join("\n"), /does not give times of words; asking for times of sentences/);
    });

    it("and gives up where nothing is left", async () => {
      const server = await serve(() => status(400, { message: "no such response_format" }));
      const error = modelError(await transcriber({ baseUrl: server.baseUrl, model: "gpt-transcribe" }).ask());
      assert.deepEqual([error.fault, server.calls.length], ["rejected", 1]);
    });
  });

  describe("tries again", () => {
    it("after 429, when the server says so, and after 500 and a cut connection, with a wait that doubles", async () => {
      const server = await serve(({ index, body }) => ([status(429, "slow down", { "retry-after": "7" }), status(500, "oops"), { kind: "drop" }] as const)[index] ?? hears(SAID, body));
      const heard = transcriber({ baseUrl: server.baseUrl });
      assert.equal((await heard.ask()).error, undefined);
      assert.deepEqual(heard.timing.sleeps, [7000, 750, 1500]);
      assert.ok(server.calls.every(({ body }) => (body["file"] as { bytes: Uint8Array }).bytes.length === SOUND.bytes.length));
    });

    it("only once where the transcript itself broke off, for it is paid for", async () => {
      const server = await serve(() => ({ kind: "raw", type: "application/json", parts: ['{"text":"She'], isCut: true }));
      const error = modelError(await transcriber({ baseUrl: server.baseUrl }).ask());
      assert.equal(server.calls.length, 2);
      assert.match(error.hint!, /nothing was made yet/);
    });

    it("never after minutes of silence, for it would be silent again", async () => {
      const server = await serve(() => ({ kind: "hang" }));
      const heard = transcriber({ baseUrl: server.baseUrl });
      const asked = heard.ask();
      await waitUntil(() => server.calls.length === 1);
      heard.timing.fire();
      const error = modelError(await asked);
      assert.deepEqual([error.fault, server.calls.length], ["stalled", 1]);
      assert.match(error.hint!, /Split the sound into parts/);
    });
  });

  describe("does not try again, and says what to do", () => {
    for (const [what, answer, told] of [
      ["a refused key", status(401, { message: `Incorrect API key provided: ${KEY}`, code: "invalid_api_key" }), { fault: "key refused", words: /did not accept the API key/, hint: /Set the key/ }],
      ["a spent quota", status(429, { message: "You exceeded your current quota", code: "insufficient_quota" }), { fault: "quota spent", words: /quota .* is spent/, hint: /credit/ }],
      ["a model that is not allowed", status(403, "no access"), { fault: "not allowed", words: /does not allow it/, hint: /key/ }],
      ["a server without transcription", { kind: "status", status: 404, body: "404 page not found", type: "text/plain" }, { fault: "not found", words: /transcribes nothing: it has no http:.*\/v1\/audio\/transcriptions: 404/, hint: /Choose a provider that does, or transcribe the sound on this machine/ }],
      ["a server that says so with status 200", { kind: "status", status: 200, body: { error: "Unexpected endpoint or method. (POST /v1/audio/transcriptions)" } }, { fault: "not found", words: /transcribes nothing/, hint: /on this machine/ }],
      ["a model that is not there", status(404, { message: "The model `whisper-1` has been shut down", code: "model_not_found" }), { fault: "not found", words: /asked for "whisper-1", did not find it/, hint: /--transcription-model/ }],
      ["sound that is too large", status(413, "26214401 bytes"), { fault: "rejected", words: /Grandma's own voice\.wav is too large or too long/, hint: /64 kbit\/s/ }],
      ["sound that is too long", status(400, "audio duration 1800 seconds is longer than 1500 seconds which is the maximum for this model"), { fault: "rejected", words: /too long for "whisper-1"/, hint: /mono/ }],
      ["sound that it cannot read", status(400, "Invalid file format. Supported formats: ['flac']"), { fault: "rejected", words: /cannot read the sound of Grandma/, hint: /MP3/ }],
      ["another request that it does not take", status(400, "no"), { fault: "rejected", words: /did not accept the request/, hint: /another transcription model/ }],
      ["a web page", webPage(), { fault: "unreadable", words: /gave a web page instead of a transcript/, hint: /another transcription model/ }],
      ["JSON of something else", { kind: "status", status: 200, body: { object: "list", data: [] } }, { fault: "unreadable", words: /gave JSON without a transcript/, hint: /model/ }],
      ["an empty answer", { kind: "raw", type: "text/plain", parts: [] }, { fault: "unreadable", words: /gave an empty answer/, hint: /model/ }],
      ["a redirect", { kind: "status", status: 307, body: "", headers: { location: "http://127.0.0.1:1/v1/audio/transcriptions" } }, { fault: "redirected", words: /sends the request on/, hint: /base URL/ }],
    ] as const satisfies readonly (readonly [string, FakeAnswer, object])[]) {
      it(`after ${what}`, async () => {
        const server = await serve(() => answer);
        const heard = transcriber({ baseUrl: server.baseUrl });
        const asked = await heard.ask();
        const error = modelError(asked);
        assert.deepEqual([error.fault, server.calls.length], [told.fault, 1]);
        assert.match(error.message, told.words);
        assert.match(error.hint!, told.hint);
        assert.doesNotMatch(heard.seen(asked), /canary|feathers/);
      });
    }

    it("where nobody answers", async () => {
      assert.equal(modelError(await transcriber({ baseUrl: "http://127.0.0.1:1/v1" }).ask()).fault, "unreachable");
    });
  });

  it("has the patience that a large sound takes on a slow line", async () => {
    const server = await hearing();
    const heard = transcriber({ baseUrl: server.baseUrl });
    await heard.ask({ ...SOUND, bytes: new Uint8Array(3_200_000) });
    assert.equal(heard.timing.started[0], 295_000 + 100_000);
  });

  it("takes key and sound nowhere else, though a server sends them on", async () => {
    const other = await hearing();
    const server = await serve(() => ({ kind: "status", status: 308, body: "", headers: { location: `${other.baseUrl}/audio/transcriptions` } }));
    assert.equal(modelError(await transcriber({ baseUrl: server.baseUrl }).ask()).fault, "redirected");
    assert.equal(other.bytesReceived, 0);
  });

  it("sends OpenAI nothing that it is known to refuse", async () => {
    const openAi = transcriber({ baseUrl: undefined });
    const large = await openAi.ask({ ...SOUND, bytes: new Uint8Array(25 * 1024 * 1024 + 1) });
    assert.match(String(large.error), /Grandma's own voice\.wav cannot be transcribed: it has 25\.0 MB, and api\.openai\.com takes 25 MB at most/);
    assert.match((large.error as StoryDirectorError).hint!, /mono with 64 kbit\/s.*on this machine/);
    assert.match(String((await openAi.ask({ ...SOUND, ending: "aiff" })).error), /takes no AIFF files/);
  });

  it("leaves the limits of other servers to them", async function () {
    this.timeout(60_000);
    const server = await hearing();
    assert.equal((await transcriber({ baseUrl: server.baseUrl }).ask({ ...SOUND, ending: "aiff", bytes: new Uint8Array(26 * 1024 * 1024) })).error, undefined);
  });

  it("stops at once when told to: before the answer, and while it waits", async () => {
    for (const answer of [{ kind: "hang" }, { kind: "raw", type: "application/json", parts: ["{"], staysOpen: true }] as const satisfies readonly FakeAnswer[]) {
      const server = await serve(() => answer);
      const control = new AbortController();
      const asked = transcriber({ baseUrl: server.baseUrl }).ask(SOUND, control.signal);
      await waitUntil(() => server.calls.length === 1);
      control.abort();
      assert.equal(((await asked).error as Error).name, "AbortError");
      await waitUntil(() => server.openAnswers === 0);
    }
    const server = await hearing();
    assert.equal(((await transcriber({ baseUrl: server.baseUrl }).ask(SOUND, AbortSignal.abort())).error as Error).name, "AbortError");
    assert.equal(server.calls.length, 0);
  });

  it("names provider and model, never the host or the key", () => {
    const name = (options: TranscriberOptions) => createTranscriber({ apiKey: KEY, ...options }).name;
    assert.deepEqual([name({}), name({ baseUrl: "http://localhost:1", model: "w" })], ["openai/whisper-1", "compatible/w"]);
    assert.throws(() => createTranscriber({ apiKey: "a\nb" }), /characters that no key has/);
  });
});

interface Asked {
  readonly file: { readonly name: string; readonly bytes: Uint8Array } | undefined;
  readonly error: unknown;
}

interface TestTranscriber {
  readonly timing: FakeTiming;
  readonly log: readonly string[];
  ask(sound?: SpokenSound, signal?: AbortSignal): Promise<Asked>;
  /** Everything that anybody could have seen of it. */
  seen(asked: Asked): string;
}

function transcriber(options: Partial<TranscriberOptions>): TestTranscriber {
  const timing = fakeTiming();
  const log: string[] = [];
  const note = (message: string) => void log.push(message);
  const made = createTranscriber({ apiKey: KEY, timing, log: { info: note, error: note }, ...options });
  return {
    timing,
    log,
    ask: (sound = SOUND, signal = new AbortController().signal) =>
      made.transcribe(sound, signal).then(
        (file) => ({ file, error: undefined }),
        (error: unknown) => ({ file: undefined, error }),
      ),
    seen: (asked) => inspect([made, log, asked], { depth: 12, showHidden: true, maxStringLength: null }) + String(asked.error),
  };
}

function modelError({ error }: Asked): ModelError {
  if (!(error instanceof ModelError)) assert.fail(`no ModelError but ${inspect(error)}`);
  assert.ok(error.hint, "it says what to do");
  assert.equal(error.cause, undefined);
  return error;
}
