import assert from "node:assert/strict";
import { addressOf, type NarrationRequest } from "../../../../src/compose.ts";
import { findEar, type EarDeps } from "../../../../src/vscode/models/ears.ts";
import { offerFor } from "../../../../src/vscode/models/offers.ts";

const WHAT = "voice.mp3 is an MP3 recording";
const SOUND = { what: WHAT, seconds: 245 };

function depsFor(provider: EarDeps["settings"]["provider"], baseUrl?: string): EarDeps & { readonly asked: NarrationRequest[] } {
  const asked: NarrationRequest[] = [];
  return {
    asked,
    settings: { provider, transcription: "whisper-1" },
    choose: () => Promise.resolve({ choice: provider === "openai" || provider === "compatible" ? { provider, baseUrl, apiKey: "sk-1" } : assert.fail("nobody is to be chosen") }),
    engine: { addressOf, readNarration: (_file, request) => (asked.push(request), Promise.resolve({ problems: [] })) },
    log: { info: () => undefined, error: () => undefined },
  };
}

describe("who transcribes a recording", () => {
  it("is told with the server, and with what it costs", async () => {
    const told = async (provider: "openai" | "compatible", baseUrl?: string) => (await findEar(SOUND, depsFor(provider, baseUrl))).told;
    assert.equal(await told("openai"), "whisper-1 at api.openai.com, which costs about $0.02");
    assert.equal(await told("compatible", "https://api.openai.com/v1"), "whisper-1 at api.openai.com, which costs about $0.02");
    assert.equal(await told("compatible", "https://sound.example/v1"), "whisper-1 at sound.example, which may cost money");
    for (const host of ["localhost:8000", "127.0.0.1:8000", "[::1]:8000"]) assert.equal(await told("compatible", `http://${host}/v1`), `whisper-1 at ${host}, on this machine`);
    assert.equal(await told("compatible", "https://localhost.example/v1"), "whisper-1 at localhost.example, which may cost money");
  });

  it("is told with an unknown price where nobody knows the model's, or the length", async () => {
    const deps = depsFor("openai");
    assert.equal((await findEar({ ...SOUND, seconds: undefined }, deps)).told, "whisper-1 at api.openai.com, at an unknown price");
    const other = { ...deps, settings: { ...deps.settings, transcription: "gpt-4o-transcribe" } };
    assert.equal((await findEar(SOUND, other)).told, "gpt-4o-transcribe at api.openai.com, at an unknown price");
  });

  it("is the server that directs, with its key and the model that is set", async () => {
    const deps = depsFor("compatible", "https://sound.example/v1");
    const { hear } = await findEar(SOUND, deps);
    assert.deepEqual(deps.asked, []);
    const { signal } = new AbortController();
    await hear({ name: "voice.mp3", bytes: new Uint8Array() }, { language: "de", wordsPerMinute: 150, signal });
    assert.equal(deps.asked.length, 1);
    const { director, transcriptionModel, language, signal: given } = deps.asked.at(0)!;
    assert.deepEqual([director, transcriptionModel, language], [{ provider: "compatible", baseUrl: "https://sound.example/v1", apiKey: "sk-1" }, "whisper-1", "de"]);
    assert.equal(given, signal);
  });

  it("is nobody where none takes sound, and what to do is said", async () => {
    await assert.rejects(findEar(SOUND, depsFor("offline")), { message: `${WHAT}, and the offline director cannot transcribe it`, hint: /Choose OpenAI .*JSON or SRT/ });
    await assert.rejects(findEar(SOUND, depsFor("vscode")), { message: `${WHAT}, and language models of VS Code take no sound` });
    for (const provider of ["offline", "vscode"] as const) assert.equal(offerFor(await findEar(SOUND, depsFor(provider)).catch((error: unknown) => error))?.title, "Choose AI Model");
  });
});
