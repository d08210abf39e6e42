import assert from "node:assert/strict";
import { readNarration } from "../../src/compose.ts";
import { fakeModelServers } from "../support/fakeModelServer.ts";
import { hears } from "../support/fakeModelServer/transcripts.ts";
import { createFakeTextModel } from "../support/fakeTextModel.ts";
import { wavOf } from "../support/sound.ts";

describe("narration from sound", () => {
  const serve = fakeModelServers();
  const file = { name: "voice.wav", bytes: wavOf(5) };
  const options = () => ({ wordsPerMinute: 150, signal: new AbortController().signal });

  it("is transcribed by the server that directs, with its key", async () => {
    const server = await serve(({ body }) => hears([[1, 4, "She drinks."]], body));
    const director = { provider: "compatible", baseUrl: server.baseUrl, apiKey: "k", model: "writer" } as const;
    const { transcript, heard } = await readNarration(file, { ...options(), director, transcriptionModel: "ear-1", language: "en-GB" });
    assert.deepEqual(transcript!.cues.map(({ start, end, text }) => [start, end, text]), [[1, 4, "She drinks."]]);
    assert.equal(heard!.by, "compatible/ear-1");
    assert.deepEqual(server.calls.map(({ body, headers }) => [body.model, body["language"], headers.authorization]), [["ear-1", "en", "Bearer k"]]);
  });

  it("goes to OpenAI's own address and to whisper-1 where nothing else is said, whatever the environment says", async () => {
    const server = await serve(({ body }) => hears([[1, 4, "She drinks."]], body));
    const realFetch = globalThis.fetch;
    process.env["OPENAI_BASE_URL"] = "http://localhost:9/v1";
    globalThis.fetch = (input, init) => {
      const url = new URL(input instanceof Request ? input.url : input);
      assert.equal(url.origin, "https://api.openai.com");
      return realFetch(`${server.origin}${url.pathname}`, init);
    };
    try {
      const { heard } = await readNarration(file, { ...options(), director: { provider: "openai", apiKey: "k" } });
      assert.deepEqual([heard!.by, server.calls.map(({ body }) => body.model)], ["openai/whisper-1", ["whisper-1"]]);
    } finally {
      globalThis.fetch = realFetch;
      delete process.env["OPENAI_BASE_URL"];
    }
  });

  it("is refused with the ways out where nobody can transcribe it", async () => {
    const hint = /--provider openai.*Choose AI Model.*on this machine.*JSON or SRT/;
    await assert.rejects(async () => readNarration(file, options()), { name: "StoryDirectorError", message: "voice.wav is a WAV recording, and the offline director cannot transcribe it", hint });
    const director = { provider: "vscode", director: createFakeTextModel(() => "") } as const;
    await assert.rejects(async () => readNarration(file, { ...options(), director }), { message: /language models of VS Code take no sound/, hint });
  });
});
