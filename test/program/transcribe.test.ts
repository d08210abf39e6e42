import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parseTimingMap } from "../../src/core/documents/timingMapDocument.ts";
import { storyPaths } from "../../src/core/storyFolder.ts";
import { fakeModelServers } from "../support/fakeModelServer.ts";
import { status } from "../support/fakeModelServer/answers.ts";
import { hears, type HeardSentence } from "../support/fakeModelServer/transcripts.ts";
import { wavOf } from "../support/sound.ts";
import { copySample, readDocuments, run, temporaryFolders, withKey } from "./commandLine.ts";

const KEY = "sd-canary-5d1c9a";
const SAID: readonly HeardSentence[] = [
  [0.4, 4.2, "The bakery is dark when Maria comes in."],
  [5, 9.6, "She lights the oven, and waits for it to sing."],
  [10.2, 14.8, "By six the whole street smells of bread."],
];
const LATER = SAID.map(([start, end, text]): HeardSentence => [start + 1.5, end + 1.5, text]);

describe("a recording as the source of a story", function () {
  this.timeout(120_000);
  const folderFor = temporaryFolders();
  const startServer = fakeModelServers();
  withKey(KEY);

  const recording = (name: string, seconds: number) => {
    const path = `${folderFor(name)}.wav`;
    writeFileSync(path, wavOf(seconds));
    return path;
  };
  const mapOf = (folder: string) => parseTimingMap(readFileSync(join(folder, storyPaths.timingMap), "utf8")).value ?? assert.fail("the map is readable");

  it("becomes a story with the times of its words, and a new take of it moves them", async () => {
    let said = SAID;
    const server = await startServer(({ body }) => hears(said, body));
    const at = ["--base-url", server.baseUrl];
    const [folder, voice] = [folderFor("heard"), recording("The Bakery", 15)];
    const made = await run("new", folder, "--from", voice, ...at);
    assert.deepEqual([made.code, made.stderr], [0, ""], made.stdout);
    assert.match(made.stdout, /a WAV recording of 0:15, is sent to http:\/\/127\.0\.0\.1:\d+\/v1, with the key of STORY_DIRECTOR_API_KEY; whisper-1 transcribes it\./);
    assert.match(made.stdout, /3 segments, 0:1\d, times aligned, from a WAV recording, transcribed by compatible\/whisper-1/);
    const first = mapOf(folder);
    assert.deepEqual([first.basis, first.segments.map(({ narration }) => narration)], ["aligned", SAID.map(([, , text]) => text)]);
    assert.deepEqual((server.calls[0]!.body["file"] as { bytes: Uint8Array }).bytes, new Uint8Array(readFileSync(voice)));
    assert.equal(server.calls[0]!.headers.authorization, `Bearer ${KEY}`);
    said = LATER;
    const moved = await run("retime", folder, "--from", recording("Take 2", 17), ...at);
    assert.equal(moved.code, 0, moved.stderr);
    assert.ok(mapOf(folder).segments.at(-1)!.start > first.segments.at(-1)!.start + 1);
    assert.doesNotMatch(made.stdout + moved.stdout + JSON.stringify(readDocuments(folder)), new RegExp(KEY));
  });

  it("is not sent where a newer version wrote the story", async () => {
    const server = await startServer(({ body }) => hears(SAID, body));
    const folder = copySample("the-yeast-works-nights", folderFor("newer"));
    const settings = join(folder, storyPaths.story);
    writeFileSync(settings, readFileSync(settings, "utf8").replace("format: 1", "format: 2"));
    const { code, stdout, stderr } = await run("retime", folder, "--from", recording("Take", 15), "--base-url", server.baseUrl);
    assert.deepEqual([code, stdout, server.bytesReceived], [1, "", 0]);
    assert.match(stderr, /A newer version of Story Director wrote this story/);
  });

  it("keeps what was heard in a file that makes the same story once more, without a server", async () => {
    const server = await startServer(({ body }) => hears(SAID, body));
    const [folder, again, heard] = [folderFor("bakery"), folderFor("bakery-again"), `${folderFor("heard")}.json`];
    await run("new", folder, "--from", recording("Bakery", 15), "--title", "Bread", "--base-url", server.baseUrl, "--save-transcript", heard);
    const { code, stdout } = await run("new", again, "--from", heard, "--title", "Bread");
    assert.deepEqual([code, server.calls.length], [0, 1], stdout);
    const withoutSource = (story: string) => JSON.stringify(readDocuments(story)).replace(/ {2}\\"source\\": \{.*?\},\\n/, "");
    assert.equal(withoutSource(again), withoutSource(folder));
    assert.deepEqual([mapOf(folder).source?.model, mapOf(again).source], ["compatible/whisper-1", { file: basename(heard), format: "OpenAI verbose JSON" }]);
  });

  it("makes nothing where no provider is named, or the server does not transcribe", async () => {
    const [folder, voice] = [folderFor("nothing"), recording("Voice", 2)];
    const offline = await run("new", folder, "--from", voice);
    assert.equal(offline.code, 1);
    assert.match(offline.stderr, /Voice\.wav is a WAV recording, and the offline director cannot transcribe it[^]*--provider openai[^]*JSON/);
    const server = await startServer(() => status(404, "404 page not found"));
    const deaf = await run("new", folder, "--from", voice, "--base-url", server.baseUrl);
    assert.equal(deaf.code, 1);
    assert.match(deaf.stderr, /transcribes nothing: it has no http:.*\/v1\/audio\/transcriptions/);
    assert.equal(existsSync(folder), false);
  });
});
