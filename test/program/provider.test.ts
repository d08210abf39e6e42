import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fakeModelServers, type FakeBody } from "../support/fakeModelServer.ts";
import { answerTo } from "../support/fakeModelServer/answerTo.ts";
import { says, status } from "../support/fakeModelServer/answers.ts";
import { readDocuments, run, segmentFiles, startIn, temporaryFolders, withKey, writeStory } from "./commandLine.ts";

const KEY = "sd-canary-5f1c9a";

describe("a run with a model behind a server", () => {
  const folderFor = temporaryFolders();
  const startServer = fakeModelServers();
  withKey(KEY);

  it("makes a complete script, and keeps the key out of every file and every line", async () => {
    const server = await startServer(({ api, body }) => (api === "responses" ? says(answerTo(body)) : status(404, {})));
    const folder = writeStory(folderFor("model"), 23);
    const { code, stdout, stderr } = await run("regenerate", folder, "--base-url", server.baseUrl, "--model", "local-1");
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, /The story is sent to http:\/\/127\.0\.0\.1:\d+\/v1, with the key of STORY_DIRECTOR_API_KEY\./);
    assert.match(stdout, /23\/23 segments production-ready/);
    assert.equal(segmentFiles(folder).length, 23);
    assert.match(readDocuments(folder)["segments/segment_1.md"]!, /by: compatible\/local-1/);
    assert.ok(server.calls.every(({ headers }) => headers.authorization === `Bearer ${KEY}`));
    const runs = join(folder, ".story-director", "runs");
    const log = readdirSync(runs).map((name) => readFileSync(join(runs, name), "utf8")).join("");
    assert.match(log, /"event":"model-call"/);
    assert.ok(![stdout, stderr, log, ...Object.values(readDocuments(folder))].some((text) => text.includes(KEY)));
  });

  it("remembers from one run to the next what the server cannot do", async () => {
    const server = await startServer(({ api, body }) => (api === "chat" ? says(answerTo(asResponses(body))) : status(404, {})));
    const apis = async (name: string) => {
      const before = server.calls.length;
      const { code, stderr } = await run("regenerate", writeStory(folderFor(name), 2), "--base-url", server.baseUrl, "--model", "local-1");
      assert.equal(code, 0, stderr);
      return server.calls.slice(before).map(({ api }) => api);
    };
    assert.equal((await apis("first"))[0], "responses");
    assert.deepEqual(new Set(await apis("second")), new Set(["chat"]));
  });

  it("asks the server that the environment names, and none that a file in the story's folder names", async () => {
    const server = await startServer(({ body }) => says(answerTo(body)));
    const words = { STORY_DIRECTOR_PROVIDER: "compatible", STORY_DIRECTOR_BASE_URL: server.baseUrl, STORY_DIRECTOR_MODEL: "local-1", STORY_DIRECTOR_OPTIMIZER_MODEL: "local-2" };
    const folder = writeStory(folderFor("environment"), 2);
    const lines = Object.entries({ ...words, OPENAI_BASE_URL: server.baseUrl }).map(([name, value]) => `${name}=${value}\n`).join("");
    for (const name of [".env", ".env.local", ".story-director.env"]) writeFileSync(join(folder, name), lines);
    const offline = await startIn({ cwd: folder }, "regenerate", ".").ended;
    assert.deepEqual([offline.code, server.calls.length], [0, 0], offline.stderr);
    assert.match(readDocuments(folder)["segments/segment_1.md"]!, /by: offline/);
    const asked = await startIn({ cwd: folder, env: words }, "regenerate", ".", "--all").ended;
    assert.equal(asked.code, 0, asked.stderr);
    assert.match(asked.stdout, /The story is sent to http:\/\/127\.0\.0\.1:\d+\/v1 \(STORY_DIRECTOR_BASE_URL\)/);
    assert.deepEqual(new Set(server.calls.map(({ body }) => (body as { model?: string }).model)), new Set(["local-1", "local-2"]));
  });

  it("asks nothing when everything is up to date", async () => {
    const server = await startServer(({ body }) => says(answerTo(body)));
    const folder = writeStory(folderFor("again"), 12);
    const args = ["regenerate", folder, "--base-url", server.baseUrl, "--model", "local-1"];
    assert.equal((await run(...args)).code, 0);
    const asked = server.calls.length;
    assert.equal((await run(...args)).code, 0);
    assert.equal(server.calls.length, asked);
  });

  it("stops at a refused key with one clear error, and nothing half-made", async () => {
    const server = await startServer(() => status(401, { error: { message: "Incorrect API key provided", code: "invalid_api_key" } }));
    const folder = writeStory(folderFor("refused"), 12);
    const { code, stderr } = await run("regenerate", folder, "--base-url", server.baseUrl, "--model", "local-1");
    assert.equal(code, 1);
    assert.match(stderr, /key/i);
    assert.ok(!stderr.includes(KEY));
    assert.equal(server.calls.length, 1);
    assert.equal(segmentFiles(folder).length, 0);
  });
});

/** A body of Chat Completions in the shape of the other API, as far as answers look at it. */
function asResponses(body: FakeBody): FakeBody {
  const { messages, response_format: format } = body as unknown as { messages: unknown[]; response_format: { json_schema: { name: string } } };
  return { input: messages, text: { format: { name: format.json_schema.name } } };
}
