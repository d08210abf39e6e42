import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadStory } from "../../src/core/loadStory.ts";
import { copySample, readDocuments, root, run, segmentFiles, start, temporaryFolders, writeStory } from "./commandLine.ts";

const TRUMPET = "the-trumpet-and-the-silence";

describe("story-director regenerate", () => {
  const folderFor = temporaryFolders();
  const lastLine = (text: string) => text.trimEnd().split("\n").at(-1)!;

  it("makes 53 well-formed segments of the sample, and then finds everything up to date", async () => {
    const folder = copySample(TRUMPET, folderFor("sample"));
    const first = await run("regenerate", folder);
    assert.equal(first.code, 0, first.stderr);
    assert.match(lastLine(first.stdout), /^53\/53 segments production-ready in [\d.]+ m?s → .*sample$/);
    for (let number = 1; number <= 6; number++) assert.ok(first.stdout.includes(`Batch ${number}/6`));
    const documents = readDocuments(folder);
    assert.equal(segmentFiles(folder).length, 53);
    assert.deepEqual(loadStory(new Map(Object.entries(documents))).problems, []);
    const times = segmentFiles(folder).map((path) => statSync(join(folder, path)).mtimeMs);

    const second = await run("regenerate", folder);
    assert.equal(second.code, 0, second.stderr);
    assert.match(lastLine(second.stdout), /^53\/53 segments production-ready in /);
    assert.deepEqual(readDocuments(folder), documents);
    assert.deepEqual(segmentFiles(folder).map((path) => statSync(join(folder, path)).mtimeMs), times);
  });

  it("gives the same bytes with one call at a time", async () => {
    const [wide, narrow] = [copySample(TRUMPET, folderFor("wide")), copySample(TRUMPET, folderFor("narrow"))];
    await run("regenerate", wide);
    const result = await run("regenerate", narrow, "--max-calls", "1");
    assert.equal(result.code, 0, result.stderr);
    assert.deepEqual(readDocuments(narrow), readDocuments(wide));
  });

  it("prints one JSON object a line with --json, and keeps the same stream as the run log", async () => {
    const folder = copySample("the-yeast-works-nights", folderFor("json"));
    const { stdout, code } = await run("regenerate", folder, "--json");
    assert.equal(code, 0);
    const runs = join(folder, ".story-director", "runs");
    const [log] = readdirSync(runs);
    assert.equal(readFileSync(join(runs, log!), "utf8"), stdout);
    const events = stdout.trimEnd().split("\n").map((line) => JSON.parse(line) as { event: string });
    assert.deepEqual([events[0]!.event, events.at(-1)!.event], ["run-start", "run-end"]);
  });

  it("stops at a person's typo with its place, and writes nothing", async () => {
    const folder = copySample("the-yeast-works-nights", folderFor("typo"));
    await run("regenerate", folder);
    const path = join(folder, "segments", "segment_3.md");
    writeFileSync(path, readFileSync(path, "utf8").replace(/## SCENE\n\n/, "## SCENE\n\n@nobody waits. "));
    const before = readDocuments(folder);
    const { code, stdout, stderr } = await run("regenerate", folder);
    assert.equal(code, 1);
    assert.match(stdout + stderr, /segments\/segment_3\.md:\d+:1 SCENE.*@nobody/);
    assert.deepEqual(readDocuments(folder), before);
  });

  it("says in one sentence what is wrong with a folder that is no story, and leaves it as it is", async () => {
    const folder = folderFor("empty");
    mkdirSync(folder);
    const { code, stderr } = await run("regenerate", folder);
    assert.equal(code, 1);
    assert.match(stderr, /is not a story folder/);
    assert.deepEqual(readdirSync(folder), []);
  });

  it("ends with 2 when it is called wrongly", async () => {
    for (const args of [[], ["regenerate"], ["regenrate", "x"], ["regenerate", "x", "--batch-size", "none"]]) {
      assert.equal((await run(...args)).code, 2, args.join(" "));
    }
  });

  it("stops cleanly at Ctrl+C, ends with 130 and says what is saved", async function () {
    if (process.platform === "win32") this.skip();
    // Long enough not to be done before the signal comes, also on a busy machine.
    const folder = writeStory(folderFor("interrupted"), 400);
    const running = start("regenerate", folder, "--parallel-batches", "1", "--batch-size", "1");
    await running.printed("segment_3 ");
    running.process.kill("SIGINT");
    const { code, stdout, stderr } = await running.ended;
    assert.equal(code, 130, stdout + stderr);
    assert.match(stdout + stderr, /\d+ of 400 segments/);
    assert.ok(!readdirSync(join(folder, ".story-director")).includes("lock"));
    const again = await run("regenerate", folder);
    assert.match(lastLine(again.stdout), /^400\/400 /);
  });

  it("knows its version", async () => {
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
    assert.equal((await run("--version")).stdout.trim(), version);
  });
});

describe("story-director check and status", () => {
  const folderFor = temporaryFolders();

  it("find nothing wrong with a fresh sample, and say what is not made yet", async () => {
    const folder = copySample("the-yeast-works-nights", folderFor("fresh"));
    assert.equal((await run("check", folder)).code, 0);
    const { code, stdout } = await run("status", folder);
    assert.equal(code, 0);
    assert.match(stdout, /segment_12 .*not made yet/);
  });

  it("print every problem of every file, and end with 1", async () => {
    const folder = copySample("the-yeast-works-nights", folderFor("broken"));
    await run("regenerate", folder);
    writeFileSync(join(folder, "scene-plan.yaml"), "scenes:\n  - from: segment_99\n    place: bakery\n    time: night\n");
    writeFileSync(join(folder, "assets", "cat.md"), "---\nkind: animal\nname: Cat\n---\nblack cat\n");
    const { code, stdout } = await run("check", folder);
    assert.equal(code, 1);
    assert.match(stdout, /assets\/cat\.md:2:\d+/);
    assert.match(stdout, /scene-plan\.yaml:2:\d+/);
  });
});
