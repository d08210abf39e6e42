import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseTimingMap } from "../../src/core/documents/timingMapDocument.ts";
import { copySample, readDocuments, run, temporaryFolders } from "./commandLine.ts";

describe("retime as a program", function () {
  this.timeout(60_000);

  const folder = temporaryFolders();

  it("tells what a new take changes, then puts the story to it, and keeps every id", async () => {
    const story = copySample("the-trumpet-and-the-silence", folder("story"));
    const before = readDocuments(story);
    const { segments } = parseTimingMap(before["timing-map.json"]!).value!;
    const later = (seconds: number) => new Date((seconds + 1) * 1000).toISOString().slice(11, 23).replace(".", ",");
    const cues = segments.filter(({ narration }) => narration).map(({ start, end, narration }, index) => `${index + 1}\n${later(start)} --> ${later(end)}\n${narration}\n`);
    const take = join(story, "..", "take2.srt");
    writeFileSync(take, cues.join("\n"));
    const shown = await run("retime", story, "--from", take, "--dry-run");
    assert.equal(shown.code, 0, shown.stderr);
    assert.deepEqual(readDocuments(story), before);
    const done = await run("retime", story, "--from", take);
    assert.equal(done.code, 0, done.stderr);
    const summary = /\d+ moved.*/.exec(shown.stdout)![0];
    assert.ok(done.stdout.includes(summary), done.stdout);
    const after = parseTimingMap(readDocuments(story)["timing-map.json"]!).value!.segments;
    assert.deepEqual(after.map(({ id, narration }) => [id, narration]), segments.map(({ id, narration }) => [id, narration]));
    assert.equal((await run("check", story)).code, 0);
  });
});
