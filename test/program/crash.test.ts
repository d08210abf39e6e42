import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { copySample, readDocuments, run, segmentFiles, start, temporaryFolders, writeStory } from "./commandLine.ts";

const TRUMPET = "the-trumpet-and-the-silence";

describe("a run that is killed", () => {
  const folderFor = temporaryFolders();

  it("loses nothing that was saved, and the next run gives what an undisturbed one gives, byte for byte", async function () {
    this.timeout(120_000);
    const undisturbed = copySample(TRUMPET, folderFor("undisturbed"));
    const { code } = await run("regenerate", undisturbed);
    assert.equal(code, 0);
    const wanted = readDocuments(undisturbed);
    for (let round = 0; round < 4; round++) {
      const folder = copySample(TRUMPET, folderFor("killed"));
      // Chance picks how far a run may come; the later kills hit what is left of the story.
      for (let kill = 0; kill < 3; kill++) {
        const running = start("regenerate", folder);
        await Promise.race([running.ended, running.printed("Offline").then(() => wait(Math.random() * 250))]);
        running.process.kill("SIGKILL");
        await running.ended;
        for (const path of segmentFiles(folder)) assert.equal(readFileSync(join(folder, path), "utf8"), wanted[path]);
      }
      const times = new Set(segmentFiles(folder));
      const last = await run("regenerate", folder, "--json");
      assert.equal(last.code, 0, last.stderr);
      assert.deepEqual(readDocuments(folder), wanted);
      assert.deepEqual(madeAgain(last.stdout, times), [], "what was saved is not made twice");
    }
  });

  it("gives its lock to the next run", async () => {
    const folder = writeStory(folderFor("lock"), 400);
    const running = start("regenerate", folder);
    await running.printed("Offline");
    running.process.kill("SIGKILL");
    await running.ended;
    const { code, stderr } = await run("regenerate", folder);
    assert.equal(code, 0, stderr);
  });
});

describe("two runs on one story", () => {
  const folderFor = temporaryFolders();

  it("are told apart: the second one says who holds the story, and changes nothing", async () => {
    const folder = writeStory(folderFor("shared"), 600);
    const first = start("regenerate", folder);
    await until(() => existsSync(join(folder, ".story-director", "lock")));
    // However long the second one takes to start, the first one is not done by then. Windows has no such signals.
    if (process.platform !== "win32") first.process.kill("SIGSTOP");
    const second = await run("regenerate", folder);
    if (process.platform !== "win32") first.process.kill("SIGCONT");
    assert.equal(second.code, 1);
    assert.match(second.stderr, new RegExp(`\\b${first.process.pid}\\b`));
    const { code, stdout } = await first.ended;
    assert.equal(code, 0);
    assert.match(stdout, /600\/600 segments production-ready/);
  });
});

function madeAgain(stdout: string, saved: ReadonlySet<string>): string[] {
  const events = stdout.trimEnd().split("\n").map((line) => JSON.parse(line) as { path?: string; kind?: string; state?: string });
  const made = events.filter(({ kind, state }) => kind === "segment" && state === "done");
  return made.map(({ path }) => join("segments", `${path!.split("/").at(-1)}.md`)).filter((path) => saved.has(path));
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await wait(1);
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
