import assert from "node:assert/strict";
import { createStoryDirector, fixedDirector } from "../../src/compose.ts";
import { formatAsset, parseAsset, type Asset } from "../../src/core/documents/assetDocument.ts";
import type { RawSection } from "../../src/core/documents/segmentDocument.ts";
import { formatTimingMap } from "../../src/core/documents/timingMapDocument.ts";
import { isId } from "../../src/core/ids.ts";
import { loadStory } from "../../src/core/loadStory.ts";
import { findProfile, PROFILE_IDS, type Output } from "../../src/core/outputs.ts";
import type { Problem } from "../../src/core/problem.ts";
import { segmentDraftSchema, type SegmentDraft } from "../../src/core/segmentDraft.ts";
import { resolveTag } from "../../src/core/story.ts";
import { tagsIn } from "../../src/core/tags.ts";
import { validateFinal } from "../../src/core/validateSegment.ts";
import type { Director, StoryBrief } from "../../src/pipeline/ports.ts";
import { ProgressManager } from "../../src/progress/progressManager.ts";
import { createMemoryStore } from "./memoryStore.ts";
import { countingClock } from "./runStory.ts";
import { testStory } from "./testStory.ts";

/** A director, and how to let go of what it needs. */
export interface OpenedDirector {
  readonly director: Director;
  close?(): Promise<void> | void;
}

const NARRATION = [
  "In the kitchen above the old square, a trumpet hung on a nail.",
  "Maria had not touched it for eleven years.",
  "",
  "Tonight she lifted the trumpet down, and went out into the fog.",
  "The old square lay empty under the lamps.",
  "Maria stood beneath the arcade and listened.",
  "She raised the trumpet. The square held its breath.",
  "One note rose over the roofs, and a window opened.",
  "Her father had played here when she was a girl.",
  "Maria played the song to its end.",
  "The old square was full of people.",
  "She hung the trumpet back on its nail, and slept.",
];
const ALL = { first: 0, last: NARRATION.length - 1 } as const;
const FILES: Readonly<Record<string, string>> = {
  ...testStory(),
  "timing-map.json": formatTimingMap({ format: 1, basis: "aligned", segments: NARRATION.map((narration, index) => ({ id: `segment_${index + 1}`, start: index * 5, end: index * 5 + 5, narration })) }),
};
const IDS = NARRATION.map((_, index) => `segment_${index + 1}`);
const RAW: ReadonlyMap<RawSection, string> = new Map([
  ["TAGS", "- @maria: woman, 62, silver braid, navy wool coat\n- @trumpet: worn brass trumpet, dented bell"],
  ["SCENE", "@maria lifts @trumpet, facing right. End: the mouthpiece at her lips, still."],
  ["CAMERA", "Medium close-up, eye level, 50 mm, one slow push-in."],
  ["LIGHTING", "Low dusk sun from behind left."],
  ["MOOD", "Tender."],
]);

/**
 * The contract of the port `Director`, as mocha tests: the same for everybody who directs.
 * @param open Is called before each test; what it gives is closed after it.
 */
export function directorSuite(name: string, open: () => OpenedDirector | Promise<OpenedDirector>): void {
  describe(`the director ${name}`, () => {
    let opened: OpenedDirector;
    let director: Director;
    beforeEach(async () => {
      opened = await open();
      director = opened.director;
    });
    afterEach(() => opened.close?.());

    it("has a name that may stand in people's files", () => assert.match(director.name, /^[\w.:/@+-]{1,120}$/));
    it("finds assets, and plans scenes from the start of what is wanted to its end", () => coversAll(director));
    it("finds what it found before under the same names", () => findsAgain(director));
    it("plans only the scenes of the ranges that are wanted", () => plansRanges(director));
    it("drafts exactly the segments that are wanted, by rule and with tags that exist", () => draftsWanted(director));
    it("drafts a segment the same whatever else is wanted, and every time", () => draftsAlike(director, open));
    it("stops at once when it is aborted", () => stops(director));
    it("describes an asset that a draft brought up", () => describesAsset(director));
    it("describes a state of an asset, and lets its description stand", () => describesState(director));
    it("writes a final prompt within the limits of every profile, with no tag in it", () => optimizes(director));
    it("repairs a draft with an unknown tag, where it repairs at all", () => repairs(director));
    it("makes a whole script, and then has nothing to do", () => runsWhole(director));
  });
}

const never = (): AbortSignal => new AbortController().signal;

function briefOf(assets: ReadonlyMap<string, Asset> = new Map(), scenes: StoryBrief["scenes"] = []): StoryBrief {
  const { story } = loadStory(new Map(Object.entries(FILES)));
  const { settings, style, research, timing } = story!;
  return { settings, style, research, timing, scenes, assets, directions: new Map() };
}

/** The brief of a story whose assets and scenes this director found. */
async function plannedBrief(director: Director): Promise<StoryBrief> {
  const { assets, scenes } = await director.extractAssets(briefOf(), [ALL], never());
  const onFile = assets.map((draft): [string, Asset] => [draft.id, parseAsset(formatAsset(draft, { by: director.name, late: false }), draft.id).value!]);
  return briefOf(new Map(onFile), scenes);
}

async function draftsOf(director: Director, story: StoryBrief, ids: readonly string[]): Promise<SegmentDraft[]> {
  const drafts: SegmentDraft[] = [];
  for await (const draft of director.draftSegments(story, ids, never())) drafts.push(draft);
  return drafts.sort((a, b) => IDS.indexOf(a.id) - IDS.indexOf(b.id));
}

async function coversAll(director: Director): Promise<void> {
  const { assets, scenes } = await director.extractAssets(briefOf(), [ALL], never());
  assert.equal(scenes[0]?.from, "segment_1");
  const starts = scenes.map(({ from }) => IDS.indexOf(from));
  assert.deepEqual(starts, [...new Set(starts)].sort((a, b) => a - b), "in the order of the story");
  assert.ok(!starts.includes(-1));
  assert.ok(assets.length > 0);
  assert.equal(new Set(assets.map(({ id }) => id)).size, assets.length);
  for (const { id, description, states } of assets) {
    assert.ok(isId(id), id);
    assert.ok(description !== "" || states.size > 0, `${id} is described`);
    assert.deepEqual(tagsIn([description, ...states.values()].join(" ")), []);
  }
  const { assets: onFile } = await plannedBrief(director);
  for (const { place, cast } of scenes) for (const tag of [place, ...cast]) assert.ok(resolveTag(onFile, tag), `@${tag} is there`);
}

async function findsAgain(director: Director): Promise<void> {
  const planned = await plannedBrief(director);
  const again = await director.extractAssets(planned, [ALL], never());
  const known = [...planned.assets.keys()];
  assert.deepEqual(again.assets.map(({ id }) => id).filter((id) => !known.includes(id)), []);
  assert.deepEqual(again.scenes.map(({ from }) => from), planned.scenes.map(({ from }) => from));
}

async function plansRanges(director: Director): Promise<void> {
  const planned = await plannedBrief(director);
  const ranges = [{ first: 2, last: 4 }, { first: 8, last: 9 }];
  const { scenes } = await director.extractAssets(planned, ranges, never());
  const starts = scenes.map(({ from }) => IDS.indexOf(from));
  for (const { first } of ranges) assert.ok(starts.includes(first), `a scene starts from ${IDS[first]}`);
  assert.ok(starts.every((start) => ranges.some(({ first, last }) => start >= first && start <= last)), scenes.map(({ from }) => from).join());
}

async function draftsWanted(director: Director): Promise<void> {
  const story = await plannedBrief(director);
  for (const wanted of [IDS, ["segment_3"], ["segment_11", "segment_4"], []]) {
    const drafts = await draftsOf(director, story, wanted);
    assert.deepEqual(drafts.map(({ id }) => id).sort(), [...wanted].sort());
    for (const draft of drafts) {
      assert.deepEqual(segmentDraftSchema.parse(draft), draft);
      const tags = tagsIn([draft.visualPrompt, draft.cameraWork, draft.lighting, draft.mood].join(" "));
      for (const tag of tags) assert.ok(draft.usedAssets.includes(tag) || resolveTag(story.assets, tag), `${draft.id}: @${tag}`);
    }
  }
}

async function draftsAlike(director: Director, open: () => OpenedDirector | Promise<OpenedDirector>): Promise<void> {
  const story = await plannedBrief(director);
  const all = await draftsOf(director, story, IDS);
  const some = ["segment_2", "segment_7", "segment_12"];
  assert.deepEqual(await draftsOf(director, story, some), all.filter(({ id }) => some.includes(id)));
  assert.deepEqual(await draftsOf(director, story, IDS), all);
  const other = await open();
  try {
    assert.deepEqual(await draftsOf(other.director, story, IDS), all);
  } finally {
    await other.close?.();
  }
}

async function stops(director: Director): Promise<void> {
  const story = await plannedBrief(director);
  const [draft] = await draftsOf(director, story, ["segment_1"]);
  const asAbort = { name: "AbortError" };
  const gone = AbortSignal.abort();
  const output = outputFor("general");
  const calls = [
    director.extractAssets(story, [ALL], gone),
    drain(director.draftSegments(story, IDS, gone)),
    director.describeAsset(story, { tag: "lamp", lines: [] }, gone),
    director.optimizePrompt({ segmentId: "segment_1", raw: RAW, output }, gone),
    ...(director.repairDraft ? [director.repairDraft(story, { draft: draft!, problems: [] }, gone)] : []),
  ];
  for (const call of calls) await assert.rejects(call, asAbort);
  const control = new AbortController();
  await assert.rejects(async () => {
    for await (const { id } of director.draftSegments(story, IDS, control.signal)) if (isId(id)) control.abort();
  }, asAbort);
}

async function drain(drafts: AsyncIterable<SegmentDraft>): Promise<void> {
  for await (const { id } of drafts) assert.fail(`a draft of ${id}`);
}

async function describesAsset(director: Director): Promise<void> {
  const story = await plannedBrief(director);
  const missing = { tag: "lamp", lines: ["The old square lay empty under the lamps."] };
  const content = await director.describeAsset(story, missing, never());
  assert.ok(content.description.trim());
  assert.ok(content.name.trim());
  assert.deepEqual(tagsIn(content.description), []);
  assert.equal(parseAsset(formatAsset(content, { by: director.name, late: true }), "lamp").value?.description, content.description);
  assert.deepEqual(await director.describeAsset(story, missing, never()), content);
}

async function describesState(director: Director): Promise<void> {
  const story = await plannedBrief(director);
  const [id, before] = [...story.assets].find(([, { kind, description }]) => kind === "character" && description) ?? assert.fail("no character was found");
  const content = await director.describeAsset(story, { tag: `${id}/soaked`, lines: [], existing: before }, never());
  assert.ok(content.states.get("soaked")?.trim());
  assert.equal(content.description, before.description);
  assert.deepEqual(tagsIn(content.states.get("soaked")!), []);
}

function outputFor(id: string): Output {
  return { name: "main", profile: findProfile(id)!, aspectRatio: "16:9" };
}

async function optimizes(director: Director): Promise<void> {
  for (const id of PROFILE_IDS) {
    const request = { segmentId: "segment_1", raw: RAW, output: outputFor(id) };
    const text = await director.optimizePrompt(request, never());
    assert.deepEqual(validateFinal("segment_1", request.output, text), [], id);
    for (const word of ["braid", "trumpet"]) assert.match(text, new RegExp(word), `${id} shows what is in the picture`);
    assert.equal(await director.optimizePrompt(request, never()), text);
  }
}

async function repairs(director: Director): Promise<void> {
  if (!director.repairDraft) return;
  const story = await plannedBrief(director);
  const [good] = await draftsOf(director, story, ["segment_6"]);
  const problem: Problem = { severity: "error", code: "unknown-tag", message: "@mria is no asset of this story", hint: "Did you mean @maria?", file: "segments/segment_6.md", section: "SCENE" };
  const repaired = await director.repairDraft(story, { draft: { ...good!, visualPrompt: "@mria waits. End: still." }, problems: [problem] }, never());
  assert.equal(repaired.id, "segment_6");
  assert.deepEqual(segmentDraftSchema.parse(repaired), repaired);
  for (const tag of tagsIn(repaired.visualPrompt)) assert.ok(repaired.usedAssets.includes(tag) || resolveTag(story.assets, tag), `@${tag}`);
}

async function runsWhole(director: Director): Promise<void> {
  const store = createMemoryStore(FILES);
  const engine = createStoryDirector({ store, director: fixedDirector(director), clock: countingClock() });
  const run = () => engine.direct({ batchSize: 5 }, { progress: new ProgressManager(countingClock()), signal: never() });
  const documents = () => [...store.files].filter(([path]) => !path.startsWith(".story-director/"));
  const first = await run();
  assert.deepEqual([first.ready, first.made], [NARRATION.length, NARRATION.length]);
  assert.deepEqual((await engine.check()).problems.filter(({ severity }) => severity === "error"), []);
  const made = documents();
  const second = await run();
  assert.deepEqual([second.ready, second.made, second.upToDate], [NARRATION.length, 0, NARRATION.length]);
  assert.deepEqual(documents(), made);
}
