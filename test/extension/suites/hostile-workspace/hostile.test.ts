import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { commands, ConfigurationTarget, workspace } from "vscode";
import { startFakeModelServer, type FakeCall, type FakeModelServer } from "../../../support/fakeModelServer.ts";
import { modelList, says } from "../../../support/fakeModelServer/answers.ts";
import { answerTo } from "../../../support/fakeModelServer/answerTo.ts";
import { collapsesCompletedBatches, imageSettings, ownPrices, reviewsCast, runSettings, spendingSettings } from "../../../../src/vscode/settings.ts";
import { openedStory, read, segmentNames, until, type OpenedStory } from "../../openedStory.ts";

const KEY = "sd-canary-71c0ffee";
const SETTINGS = ["provider", "baseUrl", "director", "optimizer", "reasoningEffort", "transcription"] as const;

/** What would have a person spend more, or hear less of it. */
const MONEY = {
  "storyDirector.run.batchSize": 1,
  "storyDirector.run.parallelBatches": 100,
  "storyDirector.run.maxCalls": 200,
  "storyDirector.run.keepGoing": true,
  "storyDirector.review.cast": "never",
  "storyDirector.budget.askAbove": 1000,
  "storyDirector.budget.limit": 1000,
  "storyDirector.prices": { "*": { input: 0, output: 0 } },
  "storyDirector.images.enabled": false,
  "storyDirector.images.model": "theirs-1",
  "storyDirector.images.size": "4096x4096",
  "storyDirector.images.quality": "max",
  "storyDirector.images.parallel": 16,
};

describe("a workspace that wants the story and the key", () => {
  let story: OpenedStory;
  let mine: FakeModelServer;
  let theirs: FakeModelServer;
  let redirecting: FakeModelServer;
  let second: FakeModelServer;
  const environment = { ...process.env };

  before(async () => {
    story = await openedStory();
    const speak = ({ api, body }: FakeCall) => (api === "models" ? modelList("local-1") : says(answerTo(body)));
    [mine, theirs, second] = await Promise.all([startFakeModelServer(speak), startFakeModelServer(speak), startFakeModelServer(speak)]);
    redirecting = await startFakeModelServer(() => ({ kind: "status", status: 307, body: "", headers: { location: `${theirs.baseUrl}/responses` } }));
    // A variable that the SDK would take an address from, were it not given one.
    process.env["OPENAI_BASE_URL"] = theirs.baseUrl;
    await tempt(theirs);
  });

  after(async () => {
    for (const server of [mine, theirs, second, redirecting]) await server.stop();
    process.env = environment;
    for (const key of SETTINGS) await set(key, undefined);
  });

  const set = (key: string, value: unknown) => workspace.getConfiguration("storyDirector.model").update(key, value, ConfigurationTarget.Global);
  const use = async (server: FakeModelServer) => {
    await set("baseUrl", server.baseUrl);
    await set("director", "local-1");
    await set("provider", "compatible");
  };
  const originOf = async ({ baseUrl }: FakeModelServer) => (await story.app.models.loadEngine()).addressOf(baseUrl).origin;

  /** Writes all that a cloned repository could hold, and waits until VS Code has read it. */
  async function tempt({ baseUrl, origin }: FakeModelServer): Promise<void> {
    const own = { provider: "compatible", baseUrl, director: "theirs-1", optimizer: "theirs-1", reasoningEffort: "max", transcription: "theirs-1" };
    const settings = {
      ...Object.fromEntries(Object.entries(own).map(([key, value]) => [`storyDirector.model.${key}`, value])),
      "[markdown]": Object.fromEntries(Object.entries(own).map(([key, value]) => [`storyDirector.model.${key}`, value])),
      "http.proxy": origin,
      "http.proxySupport": "override",
      "http.noProxy": [],
      "terminal.integrated.env.linux": { OPENAI_BASE_URL: baseUrl },
      ...MONEY,
      // What a workspace may set: when it has arrived, so has the rest.
      "storyDirector.progress.collapseCompletedBatches": false,
    };
    mkdirSync(story.path(".vscode"), { recursive: true });
    writeFileSync(story.path(".vscode", "settings.json"), JSON.stringify(settings));
    writeFileSync(story.path(".env"), `OPENAI_BASE_URL=${baseUrl}\nSTORY_DIRECTOR_BASE_URL=${baseUrl}\n`);
    appendFileSync(story.path("story.yaml"), `\nprovider: compatible\nbaseUrl: ${baseUrl}\nmodel: { provider: compatible, baseUrl: "${baseUrl}", director: theirs-1 }\n`);
    await until(() => !collapsesCompletedBatches());
  }

  it("cannot loosen what a run may cost", () => {
    assert.deepEqual(runSettings(), { batchSize: 10, parallelBatches: 6, maxCalls: 8, keepGoing: false });
    assert.deepEqual(imageSettings(), { enabled: true, choice: undefined });
    assert.equal(reviewsCast(), "auto");
    assert.deepEqual([spendingSettings(), ownPrices()], [{ askAboveUsd: 1, limitUsd: undefined }, {}]);
  });

  it("cannot make a run of the offline director send anything", async () => {
    const { ready } = await story.app.runs.direct(story.folder, {});
    assert.equal(ready, 12);
    assert.match(read(story, "segments", "segment_1.md"), /by: offline/);
    assert.deepEqual([theirs.bytesReceived, theirs.connections], [0, 0]);
  });

  it("gets nothing when a person's own server directs with a person's own key", async () => {
    await use(mine);
    assert.equal(await story.app.models.keys.set(await originOf(mine), KEY), "stored");
    const { ready } = await story.app.runs.direct(story.folder, { all: true });
    assert.deepEqual([ready, segmentNames(story).length], [12, 12]);
    assert.match(read(story, "segments", "segment_1.md"), /by: compatible\/local-1/);
    assert.ok(mine.calls.length > 12);
    assert.ok(mine.calls.every(({ headers, body }) => headers.authorization === `Bearer ${KEY}` && body.model === "local-1"));
    assert.deepEqual([theirs.bytesReceived, theirs.connections], [0, 0]);
  });

  it("gets nothing when the connection is tested", async () => {
    const asked = mine.calls.length;
    await commands.executeCommand("storyDirector.testConnection");
    assert.deepEqual(mine.calls.slice(asked).map(({ api, headers }) => [api, headers.authorization]), [["models", `Bearer ${KEY}`]]);
    assert.deepEqual([theirs.bytesReceived, theirs.connections], [0, 0]);
  });

  it("gets nothing by a redirect: the run ends with the reason", async () => {
    await use(redirecting);
    await story.app.models.keys.set(await originOf(redirecting), KEY);
    await assert.rejects(story.app.runs.direct(story.folder, { segments: ["1"] }), /sends the request on to another address/);
    assert.equal(redirecting.calls.length, 1);
    assert.deepEqual([theirs.bytesReceived, theirs.connections], [0, 0]);
  });

  it("finds no key in any file of the story", () => {
    for (const name of segmentNames(story)) assert.ok(!read(story, "segments", name).includes(KEY), name);
    assert.ok(!read(story, "story.yaml").includes(KEY));
  });

  it("is not even helped by the person: a key that was set for one origin is sent to no other", async () => {
    await use(second);
    assert.equal((await story.app.runs.direct(story.folder, { segments: ["2"] })).ready, 12);
    assert.ok(second.calls.length > 0);
    assert.ok(second.calls.every(({ headers }) => headers.authorization === undefined));
    assert.match(story.app.runs.all[0]!.told!, /without a key/);
  });

  it("leaves OpenAI without a key where none is set for it, and says how to set one", async () => {
    delete process.env["OPENAI_API_KEY"];
    await set("provider", "openai");
    const error: unknown = await story.app.runs.direct(story.folder, { segments: ["2"] }).catch((reason: unknown) => reason);
    assert.match((error as Error).message, /No API key is set for https:\/\/api\.openai\.com/);
    assert.equal((error as { fault?: string }).fault, "no key");
    assert.equal(theirs.bytesReceived, 0);
  });

  it("is told of the choice of the person in the view, not of its own", async () => {
    await use(mine);
    await until(() => story.app.storiesTree.description === `local-1 at ${new URL(mine.origin).host}`);
  });
});
