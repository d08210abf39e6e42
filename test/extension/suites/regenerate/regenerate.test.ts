import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { commands, Position, Uri, window, workspace, WorkspaceEdit } from "vscode";
import type { ProgressNode } from "../../../../src/progress/progressTree.ts";
import { createStoryActions } from "../../../../src/vscode/wizard/storyActions.ts";
import { answering } from "../../answering.ts";
import { activeDocument, closeEditors, openedStory, read, segmentNames, until, type OpenedStory } from "../../openedStory.ts";

describe("Regenerate Director's Script", () => {
  let story: OpenedStory;

  before(async () => {
    story = await openedStory();
  });

  const newestRun = () => story.app.runs.all[0]!;
  const nodesOf = (kind: string): ProgressNode[] => {
    const collect = (nodes: readonly ProgressNode[]): ProgressNode[] => nodes.flatMap((node) => [node, ...collect(node.children)]);
    return collect(newestRun().progress.nodes).filter((node) => node.kind === kind);
  };

  it("makes every segment of the story", async () => {
    assert.deepEqual(segmentNames(story), []);
    await commands.executeCommand("storyDirector.regenerateScript");
    assert.equal(segmentNames(story).length, 12);
    assert.deepEqual(nodesOf("batch").map(({ label }) => label), ["Batch 1/2: Segments 1-10", "Batch 2/2: Segments 11-12"]);
    assert.ok(nodesOf("segment").every(({ state, step }) => state === "done" && step === "Production-ready"));
  });

  it("tells behind a row what it waits for", () => {
    const [top] = nodesOf("story");
    const waiting = { ...top!, state: "running", note: "waiting 12 s for example.com (rate limit)" } as const;
    assert.equal(story.app.progressTree.getTreeItem(waiting).description, "waiting 12 s for example.com (rate limit)");
  });

  it("shows the stories with their scenes, segments and assets", async () => {
    const { storiesTree } = story.app;
    await until(async () => (await (await story.app.stories.list())[0]!.outline()).story.scenes.length > 0);
    const [top] = await storiesTree.getChildren();
    assert.equal((await storiesTree.getTreeItem(top!)).label, "The Yeast Works Nights");
    const children = await storiesTree.getChildren(top);
    assert.ok(children.some(({ kind }) => kind === "assets"));
    const scene = children.find(({ kind }) => kind === "scene")!;
    const [segment] = await storiesTree.getChildren(scene);
    const item = await storiesTree.getTreeItem(segment!);
    assert.match(textOf(item.label), /^1 · (?:ECU|CU|MCU|MS|MLS|LS|ELS) · \S/);
    assert.match(textOf(item.description), /^0:00 · \d\.\d s$/);
  });

  it("directs one segment that is asked for, and leaves the others", async () => {
    await commands.executeCommand("storyDirector.regenerateSegment", Uri.joinPath(story.folder, "segments", "segment_3.md"));
    const states = new Map(nodesOf("segment").map(({ id, state }) => [id, state]));
    assert.equal(states.get("segment_3"), "done");
    assert.equal([...states.values()].filter((state) => state === "skipped").length, 11);
  });

  it("opens a segment, and copies its final prompt", async () => {
    const node = nodesOf("segment").find(({ id }) => id === "segment_3");
    await commands.executeCommand("storyDirector.openSegment", node);
    await activeDocument("/segments/segment_3.md");
    await closeEditors();
  });

  it("never writes under unsaved changes, and says so", async () => {
    const uri = Uri.joinPath(story.folder, "segments", "segment_5.md");
    const document = await workspace.openTextDocument(uri);
    await window.showTextDocument(document);
    const edit = new WorkspaceEdit();
    edit.insert(uri, new Position(document.lineCount, 0), "\n## NOTES\n\nNot saved yet.\n");
    await workspace.applyEdit(edit);
    await until(() => document.isDirty);
    const before = read(story, "segments", "segment_5.md");
    writeFileSync(story.path("style.md"), "Cold blue, hand-held.\n");
    const summary = await story.app.runs.direct(story.folder, {});
    assert.equal(read(story, "segments", "segment_5.md"), before);
    assert.ok(document.isDirty);
    assert.match(document.getText(), /Not saved yet/);
    assert.deepEqual(summary.kept, [{ id: "segment_5", reason: "unsaved changes" }]);
    assert.equal(summary.made, 11);
    await closeEditors();
  });

  it("stops at a failure, with the problem at the segment, its batch and the story", async () => {
    const text = read(story, "segments", "segment_2.md");
    const tag = /usedAssets: \[ ([a-z0-9_-]+)/.exec(text)![1]!;
    const whole = read(story, "assets", `${tag}.md`);
    writeFileSync(story.path("assets", `${tag}.md`), whole.replace(/^kind:/m, "images: [ { file: gone.png } ]\nkind:"));
    await assert.rejects(story.app.runs.direct(story.folder, { segments: ["2"] }), /segment_2 is not production-ready/);
    assert.equal(nodesOf("segment").find(({ id }) => id === "segment_2")!.state, "failed");
    assert.deepEqual([nodesOf("batch")[0]!.state, nodesOf("story")[0]!.state], ["failed", "failed"]);
    const item = story.app.progressTree.getTreeItem(nodesOf("segment")[1]!);
    assert.match(textOf(item.description), /gone\.png, which cannot be read/);
    assert.equal(read(story, "segments", "segment_2.md"), text);
    writeFileSync(story.path("assets", `${tag}.md`), whole);
  });

  it("stops when it is told to, and gives the story free", async () => {
    const started = story.app.runs.onDidStart(() => void commands.executeCommand("storyDirector.stop"));
    await assert.rejects(story.app.runs.direct(story.folder, { all: true }), { name: "AbortError" });
    started.dispose();
    assert.equal(nodesOf("story")[0]!.state, "cancelled");
    const summary = await story.app.runs.direct(story.folder, {});
    assert.equal(summary.ready, 12);
  });

  it("is no failure when the form that directs is out of sight and a person stops the run", async () => {
    const { app, folder } = story;
    const actions = createStoryActions({ app, loadEngine: app.models.loadEngine, isInView: () => false });
    const directing = () => actions.direct(folder.fsPath, { onProgress: () => undefined });
    rmSync(story.path("segments", "segment_3.md"));
    const started = app.runs.onDidStart(() => app.runs.stop());
    const told = await answering([], () => assert.rejects(directing(), { name: "AbortError" }));
    started.dispose();
    assert.deepEqual(told, []);
    assert.match(await directing(), /12\/12 segments production-ready/);
  });

  it("leaves a story alone that another window holds", async () => {
    const record = { id: "00000000-0000-4000-8000-000000000000", pid: process.ppid, host: hostname(), startedAt: new Date().toISOString() };
    writeFileSync(story.path(".story-director", "lock"), JSON.stringify(record));
    const before = read(story, "segments", "segment_1.md");
    await assert.rejects(story.app.runs.direct(story.folder, { all: true }), /is held by process/);
    assert.equal(read(story, "segments", "segment_1.md"), before);
    writeFileSync(story.path(".story-director", "lock"), JSON.stringify({ ...record, pid: 2 ** 22 + 7 }));
    assert.equal((await story.app.runs.direct(story.folder, {})).ready, 12);
  });

  it("keeps earlier runs readable until they are cleared", async () => {
    assert.deepEqual(await story.app.earlierRuns.list(), [], "what the tree shows is not listed twice");
    story.app.runs.clear();
    const runs = await story.app.earlierRuns.list();
    assert.ok(runs.length >= 5);
    const [top] = await story.app.earlierRuns.nodes(runs[0]!);
    assert.match(top!.label, /^Regenerating: "The Yeast Works Nights"/);
    await commands.executeCommand("storyDirector.clearEarlierRuns");
    assert.deepEqual(await story.app.earlierRuns.list(), []);
  });

  it("opens what is kept of a failure, from a row of the tree", async () => {
    const bundle = ".story-director/failures/2026-01-02T03-04-05-segment_1.md";
    const change = { event: "task-change", atMs: 0, path: "story" };
    const events = [
      { event: "run-start", at: "2026-01-02T03:04:05.000Z", title: "T" },
      { event: "task-plan", atMs: 0, path: "", children: [{ id: "story", label: "T", kind: "story" }] },
      { ...change, state: "running" },
      { ...change, state: "failed", message: "no draft", problems: [], bundle },
    ];
    mkdirSync(story.path(".story-director", "failures"), { recursive: true });
    writeFileSync(story.path(...bundle.split("/")), "# What the model wrote\n");
    writeFileSync(story.path(".story-director", "runs", "20260102T030405.000Z.jsonl"), events.map((event) => `${JSON.stringify(event)}\n`).join(""));
    story.app.earlierRuns.forget();
    const [run] = await story.app.earlierRuns.list();
    const [node] = await story.app.earlierRuns.nodes(run!);
    assert.equal(story.app.progressTree.getTreeItem(node!).contextValue, "story.failed.kept");
    await commands.executeCommand("storyDirector.openFailure", node);
    assert.equal((await activeDocument(bundle)).getText(), "# What the model wrote\n");
    await closeEditors();
    await commands.executeCommand("storyDirector.clearEarlierRuns");
    assert.deepEqual(await story.app.earlierRuns.list(), []);
  });
});

function textOf(value: unknown): string {
  assert.equal(typeof value, "string");
  return value as string;
}
