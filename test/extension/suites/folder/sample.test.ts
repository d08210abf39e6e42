import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { commands } from "vscode";
import { answering } from "../../answering.ts";
import { activeDocument, closeEditors, openedStory, type OpenedStory } from "../../openedStory.ts";

const SAMPLE = "the-trumpet-and-the-silence";

describe("Open Sample Story", () => {
  let story: OpenedStory;
  let sample: string;

  before(async () => {
    story = await openedStory();
    sample = story.path(SAMPLE);
  });

  afterEach(async () => {
    await closeEditors();
    rmSync(sample, { recursive: true, force: true });
    await story.app.stories.refresh();
  });

  const open = () => answering([], () => commands.executeCommand("storyDirector.openSampleStory"));

  it("puts every file of the sample into the folder, lists the story, and shows its narration", async () => {
    assert.deepEqual(await open(), []);
    const source = join(story.app.context.extensionPath, "samples", SAMPLE);
    const names = readdirSync(source, { recursive: true, encoding: "utf8" });
    assert.deepEqual(readdirSync(sample, { recursive: true, encoding: "utf8" }).sort(), names.sort());
    for (const name of ["story.yaml", "narration.md", "timing-map.json"]) assert.deepEqual(readFileSync(join(sample, name)), readFileSync(join(source, name)));
    await activeDocument(`/${SAMPLE}/narration.md`);
    assert.equal(story.app.stories.known.filter(({ folder }) => folder.path.endsWith(SAMPLE)).length, 1);
  });

  it("leads to the story that is there already, and changes nothing in it", async () => {
    await open();
    writeFileSync(join(sample, "style.md"), "In my own words.\n");
    await closeEditors();
    assert.deepEqual(await open(), []);
    await activeDocument(`/${SAMPLE}/narration.md`);
    assert.equal(readFileSync(join(sample, "style.md"), "utf8"), "In my own words.\n");
  });

  it("touches nothing else of that name, and says what to do", async () => {
    const others = [() => mkdirSync(sample), () => (mkdirSync(sample), writeFileSync(join(sample, "mine.txt"), "")), () => writeFileSync(sample, "mine")];
    for (const make of others) {
      make();
      const before = existsSync(join(sample, "mine.txt"));
      const [told] = await open();
      assert.match(told?.text ?? "", /the-trumpet-and-the-silence is there already, and is no story\. Rename it or move it away/);
      assert.ok(!existsSync(join(sample, "story.yaml")));
      assert.equal(existsSync(join(sample, "mine.txt")), before);
      rmSync(sample, { recursive: true });
    }
  });
});
