import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseTimingMap } from "../../src/core/documents/timingMapDocument.ts";
import { copySample, readDocuments, run, temporaryFolders } from "./commandLine.ts";

describe("retime as a program", function () {
  this.timeout(120_000);

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

  it("tells narration.md anew where it says what the story said, and says so where a person wrote something else", async () => {
    for (const [name, added, line] of [["own", "", "narration.md gets the new words."], ["edited", "By hand.\n", "narration.md is left as it is: it says other words than the story did."]] as const) {
      const story = copySample("the-yeast-works-nights", folder(name));
      const before = `${readDocuments(story)["narration.md"]!}${added}`;
      writeFileSync(join(story, "narration.md"), before);
      const { segments } = parseTimingMap(readDocuments(story)["timing-map.json"]!).value!;
      const [second] = segments.slice(1);
      const take = join(story, "..", `${name}.txt`);
      writeFileSync(take, segments.map(({ id, narration }) => (id === second!.id ? "The baker is called Maud, and she hums." : narration)).join("\n\n"));
      const { stdout, stderr } = await run("retime", story, "--from", take);
      assert.ok(stdout.split("\n").includes(line), stdout + stderr);
      const after = added ? before : before.replace(second!.narration, "The baker is called Maud, and she hums.");
      assert.equal(readDocuments(story)["narration.md"], after);
    }
  });
});
