import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAsset } from "../../src/core/documents/assetDocument.ts";
import { imageTypeOf } from "../../src/core/imageType.ts";
import { fakeModelServers, type FakeCall } from "../support/fakeModelServer.ts";
import { answerTo } from "../support/fakeModelServer/answerTo.ts";
import { says, status, type FakeAnswer } from "../support/fakeModelServer/answers.ts";
import { draws } from "../support/fakeModelServer/images.ts";
import { readDocuments, run, segmentFiles, temporaryFolders, withKey, writeStory } from "./commandLine.ts";

const KEY = "sd-canary-77e0b2";

describe("a run that draws the images of assets", function () {
  this.timeout(120_000);
  const folderFor = temporaryFolders();
  const startServer = fakeModelServers();
  withKey(KEY);

  const answering = (image: (call: FakeCall) => FakeAnswer) => (call: FakeCall) => (call.api === "images" ? image(call) : says(answerTo(call.body)));
  const imageCalls = (calls: readonly FakeCall[]) => calls.filter(({ api }) => api === "images");

  it("leaves a picture for every asset, named in its front matter, and draws none the second time", async () => {
    const server = await startServer(answering(() => draws({ bytesPerPiece: 7 })));
    const folder = writeStory(folderFor("drawn"), 12);
    const args = ["regenerate", folder, "--base-url", server.baseUrl, "--model", "local-1", "--image-model", "painter-1", "--image-quality", "low", "--image-size", "auto"];
    const { code, stdout, stderr } = await run(...args);
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, /Images of assets that have none are drawn there by painter-1/);
    assert.match(stdout, /✓ Generate Asset Images +\d+ images/);
    const assets = assetsOf(folder);
    assert.ok(assets.length >= 3);
    for (const { id, images } of assets) {
      assert.ok(images.length > 0, id);
      for (const { file } of images) assert.equal(imageTypeOf(readFileSync(join(folder, "assets", file))), "png", file);
    }
    const pictures = readdirSync(join(folder, "assets")).filter((name) => name.endsWith(".png"));
    assert.deepEqual(pictures.sort(), assets.flatMap(({ images }) => images.map(({ file }) => file)).sort());
    assert.equal(imageCalls(server.calls).length, pictures.length);
    assert.ok(imageCalls(server.calls).every(({ body }) => body.model === "painter-1" && body["quality"] === "low" && !("size" in body)));
    const before = readDocuments(folder);
    const asked = server.calls.length;
    const again = await run(...args);
    assert.match(again.stdout, /Everything is up to date\./);
    assert.equal(server.calls.length, asked);
    assert.deepEqual(readDocuments(folder), before);
  });

  it("tells of every picture in the run's log, and of none of them the bytes or the key", async () => {
    const server = await startServer(answering(() => draws()));
    const folder = writeStory(folderFor("log"), 12);
    const { stdout } = await run("regenerate", folder, "--base-url", server.baseUrl, "--model", "local-1", "--image-model", "painter-1", "--json");
    const runs = join(folder, ".story-director", "runs");
    const log = readdirSync(runs).map((name) => readFileSync(join(runs, name), "utf8")).join("");
    const events = log.trim().split("\n").map((line) => JSON.parse(line) as { event: string; purpose?: string; usage?: unknown });
    const drawn = events.filter(({ event, purpose }) => event === "model-call" && purpose === "image");
    assert.equal(drawn.length, imageCalls(server.calls).length);
    assert.deepEqual(drawn[0]!.usage, { inputTokens: 60, outputTokens: 272, cachedInputTokens: 0, imageInputTokens: 10 });
    for (const text of [log, stdout]) assert.doesNotMatch(text, new RegExp(`${KEY}|iVBORw0KGgo`));
  });

  it("completes the script where pictures are refused, and says which and what to do", async () => {
    const refused = status(400, { message: "Your request was rejected by the safety system.", code: "moderation_blocked" });
    const server = await startServer(answering(({ body }) => (String(body["prompt"]).includes("@") ? status(500, "no tag belongs here") : String(body["prompt"]).startsWith("Character") ? refused : draws())));
    const folder = writeStory(folderFor("refused"), 12);
    const { code, stdout } = await run("regenerate", folder, "--base-url", server.baseUrl, "--model", "local-1", "--image-model", "painter-1");
    assert.equal(code, 0);
    assert.equal(segmentFiles(folder).length, 12);
    assert.match(stdout, /Warning: Generate Asset Images: 1 of \d+ images was not made \(@maria\): .*refuses to draw this.*\n {2}Reword the asset's description/);
    assert.match(stdout, /12\/12 segments production-ready/);
  });

  it("stops asking a server that makes no images, and says how to turn them off", async () => {
    const server = await startServer(answering(() => ({ kind: "status", status: 404, body: "404 page not found", type: "text/plain" })));
    const folder = writeStory(folderFor("none"), 12);
    const args = ["regenerate", folder, "--base-url", server.baseUrl, "--model", "local-1", "--image-model", "painter-1"];
    const { code, stdout } = await run(...args);
    assert.equal(code, 0);
    assert.match(stdout, /makes no images/);
    assert.match(stdout, /--no-images/);
    const asked = imageCalls(server.calls).length;
    assert.ok(asked <= 3, `${asked} were under way together`);
    const off = await run(...args, "--no-images");
    assert.match(off.stdout, /Generate Asset Images +skipped: turned off/);
    assert.equal(imageCalls(server.calls).length, asked);
  });
});

function assetsOf(folder: string) {
  const files = Object.entries(readDocuments(folder)).filter(([path]) => /^assets.\w+\.md$/.test(path));
  return files.map(([path, text]) => parseAsset(text, path.slice(7, -3)).value!);
}
