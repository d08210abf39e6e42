import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fakeModelServers } from "../support/fakeModelServer.ts";
import { says } from "../support/fakeModelServer/answers.ts";
import { answerTo } from "../support/fakeModelServer/answerTo.ts";
import { readDocuments, run, segmentFiles, temporaryFolders, writeStory } from "./commandLine.ts";

describe("what a run costs", () => {
  const folderFor = temporaryFolders();
  const startServer = fakeModelServers();

  /** A model of this machine, made to cost something by a file of prices. */
  const setUp = async (segments: number) => {
    const server = await startServer(({ body }) => says(answerTo(body), { usage: { input: 4000, cached: 1000, output: 500 } }));
    const folder = writeStory(folderFor("story"), segments);
    const prices = join(folder, "..", "prices.json");
    writeFileSync(prices, '{ "local-1": { "input": 1, "cachedInput": 0.1, "output": 5 } }');
    const args = ["regenerate", folder, "--base-url", server.baseUrl, "--model", "local-1"];
    const log = () => {
      const runs = join(folder, ".story-director", "runs");
      const lines = readdirSync(runs).flatMap((name) => readFileSync(join(runs, name), "utf8").trim().split("\n"));
      return lines.map((line) => JSON.parse(line) as { event: string; [key: string]: unknown });
    };
    return { server, folder, prices, args, log };
  };

  it("is nothing on this machine, and is told as nothing", async () => {
    const { args } = await setUp(3);
    const { code, stdout } = await run(...args);
    assert.equal(code, 0);
    assert.match(stdout, /^Estimate: 5 to \d+ calls, .*: no cost, in less than a minute$/m);
    assert.match(stdout, /^No cost, 5 calls, 20k tokens in, 3k out\.$/m);
  });

  it("is estimated without asking the model or writing a file", async () => {
    const { server, folder, prices, args } = await setUp(12);
    const before = readDocuments(folder);
    const { code, stdout } = await run(...args, "--prices", prices, "--estimate");
    assert.equal(code, 0);
    assert.match(stdout, /^12 segments to direct, 0 to refresh; 1 model: local-1\n15 to \d+ calls, .*: \$0\.\d\d to \$0\.\d\d, in about \d min\n$/);
    assert.equal(server.calls.length, 0);
    assert.deepEqual(readDocuments(folder), before);
    assert.ok(!readdirSync(folder).includes(".story-director"));
  });

  it("stands in the run log, call by call and segment by segment", async () => {
    const { prices, args, log } = await setUp(3);
    const { stdout } = await run(...args, "--prices", prices);
    assert.match(stdout, /^\$0\.03, 5 calls\.$/m);
    const events = log();
    const call = events.find(({ event }) => event === "model-call")!;
    assert.equal(call["usd"], (3000 * 1 + 1000 * 0.1 + 500 * 5) / 1e6);
    const bills = events.filter(({ event }) => event === "segment-cost");
    assert.deepEqual(bills.map(({ id }) => String(id)).sort(), ["segment_1", "segment_2", "segment_3"]);
    assert.deepEqual(bills[0]!["models"], ["local-1"]);
  });

  it("stops at its budget where nobody can be asked, with what to do, and goes on from there", async () => {
    const { folder, prices, args } = await setUp(40);
    const stopped = await run(...args, "--prices", prices, "--budget", "0.05");
    assert.equal(stopped.code, 1);
    assert.match(stopped.stderr, /The budget of \$0\.05 is spent: the run came to \$0\.\d\d/);
    assert.match(stopped.stderr, /of 40 segments are production-ready and saved; run the same command again to go on from there\. \$0\.\d\d, \d+ calls\./);
    const saved = segmentFiles(folder).length;
    assert.ok(saved > 0 && saved < 40, String(saved));
    assert.equal((await run(...args, "--prices", prices, "--budget", "5")).code, 0);
    assert.equal(segmentFiles(folder).length, 40);
  });
});
