import assert from "node:assert/strict";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { commands, Position, Range, Uri, window, workspace, WorkspaceEdit } from "vscode";
import { parseTimingMap, type TimedSegment } from "../../../../src/core/documents/timingMapDocument.ts";
import { spokenWords } from "../../../../src/core/spokenWords.ts";
import { formatTenths, formatExactTime } from "../../../../src/core/times.ts";
import type { SegmentRow, StoriesElement } from "../../../../src/vscode/views/storiesTree.ts";
import { answering, words } from "../../answering.ts";
import { activeDocument, closeEditors, openedStory, read, segmentNames, until, type OpenedStory } from "../../openedStory.ts";

describe("the timing of a story", () => {
  let story: OpenedStory;

  const segments = (): readonly TimedSegment[] => parseTimingMap(read(story, "timing-map.json")).value!.segments;
  const segment = (id: string) => segments().find((candidate) => candidate.id === id)!;
  const at = (...parts: string[]) => Uri.joinPath(story.folder, ...parts);
  const call = (name: string, on?: unknown) => commands.executeCommand(`storyDirector.${name}`, on);
  const handle = async () => (await story.app.stories.list())[0]!;
  const row = async (id: string): Promise<SegmentRow> => ({ kind: "segment", story: await handle(), id, index: segments().findIndex((candidate) => candidate.id === id) });
  const shownIds = async () => {
    const { storiesTree } = story.app;
    const rows = await storiesTree.getChildren((await storiesTree.getChildren())[0]);
    const shown = await Promise.all(rows.filter(({ kind }) => kind === "scene").map((scene) => storiesTree.getChildren(scene)));
    return shown.flat().map((element) => (element as SegmentRow).id);
  };
  const selected = () => story.app.storiesTree.selection.map((element: StoriesElement) => (element.kind === "segment" ? element.id : element.kind));
  /** Puts the cursor before the words, where the file says them for the first time. */
  const cursorBefore = async (words: string, ...parts: string[]): Promise<Uri> => {
    const document = await workspace.openTextDocument(at(...parts));
    // One that was open before is read again some time after its file has changed.
    await until(() => document.getText() === read(story, ...parts));
    const place = document.positionAt(document.getText().indexOf(words));
    await window.showTextDocument(document, { selection: new Range(place, place) });
    // What is active, and where its cursor is, is told some time after it was shown.
    await until(() => window.activeTextEditor?.document === document && window.activeTextEditor.selection.active.isEqual(place));
    return document.uri;
  };
  const splitPlaces = async (id: string): Promise<string[]> => {
    const [asked] = await answering([undefined], async () => call("splitSegment", await row(id)));
    return asked!.choices.map((choice) => choice.replace(/ \d+:[\d.]+$/, ""));
  };
  const states = async () => new Map((await (await handle()).status()).segments.map(({ id, state }) => [id, state]));
  const regenerate = () => story.app.runs.direct(story.folder, {});

  before(async () => {
    story = await openedStory();
    await call("regenerateScript");
    await until(() => segmentNames(story).length === 12);
    await commands.executeCommand("storyDirector.stories.focus");
  });

  afterEach(closeEditors);

  it("splits a segment at the cursor in its file's narration, shows the new part, and offers to direct both", async () => {
    const before = segment("segment_3");
    const uri = await cursorBefore("Nothing else", "segments", "segment_3.md");
    const asked = await answering([undefined], () => call("splitSegment", uri));
    const [first, second] = [segment("segment_3"), segment("segment_3b")];
    assert.deepEqual([first.narration, second.narration], ["Ines tips flour, water, salt and yeast into a steel bowl.", "Nothing else tonight will happen quickly."]);
    assert.deepEqual([first.start, first.end, second.end], [before.start, second.start, before.end]);
    assert.deepEqual(words(asked[0]!), "segment_3 is split; its second part is segment_3b. 2 segments are to be directed. [Regenerate]");
    assert.ok((await shownIds()).includes("segment_3b"));
  });

  it("can select the row of a segment, inside a scene that nobody opened", async () => {
    await until(async () => {
      // A view that is not in sight yet, or is being read anew, selects nothing.
      await story.app.storiesTree.reveal(await handle(), "segment_3b");
      return selected().includes("segment_3b");
    });
  });

  it("directs what became stale by it and nothing else, when that is wanted", async () => {
    const untouched = read(story, "segments", "segment_4.md");
    const uri = await cursorBefore("will happen", "timing-map.json");
    await answering(["Regenerate", undefined], () => call("splitSegment", uri));
    assert.equal(segment("segment_3c").narration, "will happen quickly.");
    await until(() => existsSync(story.path("segments", "segment_3c.md")));
    await until(async () => !story.app.runs.isRunning(story.folder));
    const after = await states();
    assert.deepEqual([after.get("segment_3b"), after.get("segment_3c")], ["up to date", "up to date"]);
    assert.equal(after.get("segment_3"), "stale", "the earlier split is not what was asked for");
    assert.equal(read(story, "segments", "segment_4.md"), untouched);
    await regenerate();
  });

  it("lets a person pick a place between words, from a row", async () => {
    const before = segment("segment_5");
    const target = spokenWords(before)[3]!;
    const asked = await answering(["Now everyone waits. | Waiting is a step. It …", undefined], async () => call("splitSegment", await row("segment_5")));
    assert.match(words(asked[0]!), /^Split segment_5 Where does the second part begin\?/);
    assert.ok(asked[0]!.choices.some((choice) => choice.endsWith(` ${formatTenths(target.start)}`)), asked[0]!.choices.join("\n"));
    assert.equal(segment("segment_5").narration, "Now everyone waits.");
  });

  it("merges a segment with the next only when that is confirmed, and says what it means", async () => {
    const before = segments();
    const asked = await answering([undefined], async () => call("mergeSegment", await row("segment_5")));
    assert.deepEqual(segments(), before);
    assert.match(words(asked[0]!), /^Merge segment_5 with segment_5b\? segment_5 gets the words of both and lasts from 0:23\.8 to 0:28\.3 \(4\.5 s\)\. \[Merge\]$/);
    await answering(["Merge"], async () => call("mergeSegment", await row("segment_5")));
    assert.deepEqual(segment("segment_5"), { id: "segment_5", start: 23.833, end: 28.333, narration: "Now everyone waits. Waiting is a step. It is in the recipe." });
    const unused = await answering([undefined], async () => call("mergeSegment", await row("segment_6")));
    assert.match(words(unused[0]!), /Unused from now on, and kept: segments\/segment_7\.md\./);
  });

  it("retimes a segment between its neighbours, and refuses what is typed where it does not fit", async () => {
    const [before, next] = [segment("segment_8"), segment("segment_9")];
    const asked = await answering([() => formatExactTime(before.start), () => "0:45.5", undefined], async () => call("retimeSegment", await row("segment_8")));
    assert.match(words(asked[1]!), new RegExp(`segment_9 ends at ${formatExactTime(next.end)}`));
    assert.match(String(asked[1]!.wrong(formatExactTime(next.end))), /segment_9 would last/);
    assert.match(String(asked[1]!.wrong("soon")), /such as 1:23\.4/);
    assert.match(String(asked[0]!.wrong("0:00")), /segment_7 would last/);
    assert.equal(asked[0]!.wrong("0:47"), undefined, "the end may still move");
    assert.deepEqual([segment("segment_8").end, segment("segment_9").start], [45.5, 45.5]);
    assert.match(words(asked[2]!), /^segment_8 lasts from 0:40\.75 to 0:45\.5\. 2 segments are to be directed\. \[Regenerate\]$/);
  });

  it("asks to save what is unsaved, and does nothing without", async () => {
    const edit = new WorkspaceEdit();
    const { end } = (await workspace.openTextDocument(at("style.md"))).lineAt(0).range;
    edit.insert(at("style.md"), end, " Grain.");
    await workspace.applyEdit(edit);
    await until(() => workspace.textDocuments.some(({ uri, isDirty }) => isDirty && uri.toString() === at("style.md").toString()));
    const before = segments();
    await answering([undefined], async () => call("mergeSegment", await row("segment_6")));
    assert.deepEqual(segments(), before);
    await answering(["Save All", undefined], async () => call("mergeSegment", await row("segment_6")));
    assert.match(read(story, "style.md"), / Grain\./);
  });

  it("does nothing to a timing map that changed while it asked", async () => {
    const [label] = await splitPlaces("segment_9");
    const changed = read(story, "timing-map.json").replace('"start":45.5,', '"start":45.6,');
    const asked = await answering([() => (writeFileSync(story.path("timing-map.json"), changed), label), undefined], async () => call("splitSegment", await row("segment_9")));
    assert.match(words(asked[1]!), /^timing-map\.json changed in the meantime; nothing was changed\./);
    assert.equal(read(story, "timing-map.json"), changed);
  });

  it("splits a pause at a time", async () => {
    const { start, end } = segment("segment_10");
    const [, box] = await answering(["$(clock) At a Time…", formatExactTime(end - 1), undefined], async () => call("splitSegment", await row("segment_10")));
    assert.match(String(box!.wrong(formatExactTime(start))), /cannot be split/);
    assert.equal(segment("segment_10b").start, Math.round((end - 1) * 24) / 24);
  });

  it("says so where the cursor of the timing map is in no segment, and where a file is unused", async () => {
    const uri = await cursorBefore("basis", "timing-map.json");
    const [nowhere] = await answering([undefined], () => call("splitSegment", uri));
    assert.match(words(nowhere!), /^The cursor is in no segment of the timing map\. Put it into the one that you mean\./);
    writeFileSync(story.path("segments", "segment_99.md"), "## NOTES\n\nold\n");
    const [unused] = await answering([undefined], () => call("mergeSegment", at("segments", "segment_99.md")));
    assert.match(words(unused!), /^The timing map has no segment segment_99\./);
  });

  describe("with a new voice-over", () => {
    const take = () => at("take.srt");
    const writeTake = (lines: readonly string[], seconds: number) => writeFileSync(take().fsPath, subtitles(lines, seconds));
    let said: string[];

    before(async () => {
      await regenerate();
      said = segments().map(({ narration }) => narration);
    });

    it("shows what changes before it acts, and writes nothing without a yes", async () => {
      writeTake(said.map((text, index) => (index === 1 ? "The baker is called Maud, and she hums." : text)).slice(0, -1), 6);
      const before = read(story, "timing-map.json");
      const [open, shown] = await answering([take(), undefined], () => call("updateTiming"));
      assert.equal(open!.kind, "open");
      assert.match(words(shown!), /^\d+ (?:moved, \d+ )?changed length, 1 changed text, 1 unused take\.srt: SubRip subtitles\. \d+ segments to be directed; all others stay as they are\. Ids stay\./);
      assert.match(words(shown!), /segment_2 changed text “The baker is called Maud, and she hums\.”/);
      assert.deepEqual(shown!.choices, ["Update Timing", "Show All"]);
      assert.equal(read(story, "timing-map.json"), before);
    });

    it("shows the whole list to read, and can be left then, too", async () => {
      const before = read(story, "timing-map.json");
      await answering([take(), "Show All", "$(close) Leave Everything as It Is"], () => call("updateTiming"));
      await until(() => window.activeTextEditor?.document.uri.scheme === "story-director-report");
      const { document } = window.activeTextEditor!;
      const listed = document.getText().match(/^segment_\S+/gm)!;
      assert.ok(listed.includes("segment_2") && listed.includes("segment_12"), listed.join());
      assert.equal(document.isDirty, false);
      assert.equal(read(story, "timing-map.json"), before);
    });

    it("does nothing where the story changed while the changes were read", async () => {
      const before = read(story, "timing-map.json");
      const changed = before.replace('"basis": "estimated"', '"basis": "aligned"');
      assert.notEqual(changed, before);
      const asked = await answering([take(), () => (writeFileSync(story.path("timing-map.json"), changed), "Update Timing"), undefined], () => call("updateTiming"));
      assert.match(words(asked[2]!), /^timing-map\.json changed in the meantime; nothing was changed\./);
      assert.equal(read(story, "timing-map.json"), changed);
      writeFileSync(story.path("timing-map.json"), before);
    });

    it("aligns the story to it: ids stay, files stay, and only what changed is to be directed", async () => {
      const [ids, files] = [segments().map(({ id }) => id), segmentNames(story)];
      await answering([take(), "Show All", "$(check) Update Timing", undefined], () => call("updateTiming"));
      assert.deepEqual(segments().map(({ id }) => id), ids.slice(0, -1));
      assert.equal(segment("segment_2").narration, "The baker is called Maud, and she hums.");
      assert.deepEqual(segmentNames(story), files);
      assert.equal((await states()).get("segment_2"), "stale");
      assert.ok(readdirSync(story.path(".story-director", "history")).length > 0);
    });

    it("directs nothing where all only moves", async () => {
      await regenerate();
      const map = segments();
      const shifted = map.map(({ start, end, narration }, index) => cue(index, { start: start + 0.125, end: end + 0.125 }, narration)).join("\n");
      writeFileSync(take().fsPath, shifted);
      const [, shown] = await answering([take(), "Update Timing"], () => call("updateTiming"));
      assert.match(words(shown!), /^\d+ moved /);
      assert.ok([...(await states()).values()].every((state) => state === "up to date"));
    });

    it("lets a person leave out what is no narration", async () => {
      writeTake([...segments().map(({ narration }) => narration), "Thanks for watching!"], 5);
      const [, doubt, shown] = await answering([take(), "Leave Out", undefined], () => call("updateTiming"));
      assert.match(words(doubt!), /^take\.srt has 1 line that may not be narration\. .*“Thanks for watching!”.*\[Leave Out, Keep\]$/);
      assert.doesNotMatch(words(shown!), /Thanks for watching/);
    });

    it("says what is wrong with a file that is no take, at its place", async () => {
      writeFileSync(at("broken.json").fsPath, '{ "segments": [ }');
      const [, wrong] = await answering([at("broken.json"), "Show Problem"], () => call("updateTiming"));
      assert.match(words(wrong!), /^broken\.json cannot be read as a take: broken\.json:1:\d+: /);
      await activeDocument("/broken.json");
      await until(() => window.activeTextEditor!.selection.active.isAfter(new Position(0, 0)));
      assert.ok(new Range(0, 0, 1, 0).contains(window.activeTextEditor!.selection));
    });
  });
});

function subtitles(lines: readonly string[], seconds: number): string {
  return lines.map((text, index) => cue(index, { start: index * seconds, end: (index + 1) * seconds }, text)).join("\n");
}

function cue(index: number, { start, end }: { start: number; end: number }, text: string): string {
  return `${index + 1}\n${subtitleTime(start)} --> ${subtitleTime(end)}\n${text}\n`;
}

function subtitleTime(seconds: number): string {
  return new Date(Math.round(seconds * 1000)).toISOString().slice(11, 23).replace(".", ",");
}
