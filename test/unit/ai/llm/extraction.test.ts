import assert from "node:assert/strict";
import { createLlmDirector, type CallReport } from "../../../../src/ai/llmDirector.ts";
import { planWindows } from "../../../../src/ai/llm/extraction/windows.ts";
import type { ModelAnswerError } from "../../../../src/ai/llm/modelAnswerError.ts";
import type { SegmentRange } from "../../../../src/core/extractionPlan.ts";
import { isId } from "../../../../src/core/ids.ts";
import { formatAsset, parseAsset } from "../../../../src/core/documents/assetDocument.ts";
import type { AssetDraft, Extraction, ModelRequest, StoryBrief } from "../../../../src/pipeline/ports.ts";
import { createFakeLanguageModel, startsAsked, type CannedAnswer } from "../../../support/fakeLanguageModel.ts";
import { assetMap, brief, machineAsset, never, ownAsset, recordingLog, segments } from "./brief.ts";

type Script = (request: ModelRequest, call: number) => CannedAnswer | string;
const ALL: readonly SegmentRange[] = [{ first: 0, last: 5 }];

interface Extracted {
  readonly extraction: Extraction;
  readonly requests: readonly ModelRequest[];
  readonly reports: readonly CallReport[];
}

async function extract(script: Script, story: StoryBrief = brief({ assets: new Map(), scenes: [] }), ranges = ALL): Promise<Extracted> {
  const model = createFakeLanguageModel(script, { chunk: 64 });
  const reports: CallReport[] = [];
  const director = createLlmDirector({ model, log: recordingLog(), onCall: (report) => void reports.push(report) });
  return { extraction: await director.extractAssets(story, ranges, never), requests: model.requests, reports };
}

const asset = (id: string, changes: Record<string, unknown> = {}) => ({ id, kind: "prop", name: id, aliases: [], description: `a ${id}`, states: [], ...changes });
const square = asset("square", { kind: "location", description: "cobbled square" });
const maria = asset("maria", { kind: "character", name: "Maria", description: "woman, 40, navy coat", states: [{ name: "old", description: "woman, 62, silver braid" }] });
const scene = (from: string, changes: Record<string, unknown> = {}) => ({ from, place: "square", time: "dusk", cast: ["maria/old"], look: null, note: null, ...changes });
const said = (assets: readonly unknown[], scenes: readonly unknown[]) => JSON.stringify({ assets, scenes });
const byId = ({ assets }: Extraction) => new Map(assets.map((found) => [found.id, found]));

function onFile(drafts: readonly AssetDraft[]) {
  return assetMap(...drafts.map((draft) => parseAsset(formatAsset(draft, { by: "fake/model-1", late: false }), draft.id).value!));
}

describe("the extraction of a language model", () => {
  it("gives assets and scenes of one call", async () => {
    const { extraction, requests, reports } = await extract(() => said([maria, square], [scene("segment_1"), scene("segment_4", { time: "night", look: "memory", note: "the lamp is lit" })]));
    assert.equal(requests.length, 1);
    assert.deepEqual(extraction.assets, [
      { id: "maria", kind: "character", name: "Maria", aliases: [], description: "woman, 40, navy coat", states: new Map([["old", "woman, 62, silver braid"]]) },
      { id: "square", kind: "location", name: "square", aliases: [], description: "cobbled square", states: new Map() },
    ]);
    assert.deepEqual(extraction.scenes, [
      { from: "segment_1", place: "square", time: "dusk", cast: ["maria/old"] },
      { from: "segment_4", place: "square", time: "night", cast: ["maria/old"], look: "Memory", note: "the lamp is lit" },
    ]);
    assert.deepEqual(reports.map(({ purpose, ids }) => [purpose, ids.length]), [["extract", 6]]);
  });

  it("makes ids that may be file names, keeps what the model called them, and follows its references", async () => {
    const assets = [
      asset("Old Square", { kind: "location", name: "the old square" }),
      asset("Мария", { kind: "character", name: "Маша", states: [{ name: "Im Alter", description: "woman, 62" }] }),
      asset("../../etc/passwd"),
      asset("con", { name: "the con man", kind: "character" }),
      asset("__proto__", { name: "proto" }),
      asset("@lamp", { name: "Lamp", description: "small oil lamp" }),
      asset("old-square", { name: "another name" }),
    ];
    const { extraction } = await extract(() => said(assets, [scene("segment_1", { place: "@Old Square", cast: ["@Мария/Im Alter", "con", "Маша"] }), scene("segment_2", { place: "old_square", cast: ["мария/im_alter"] })]));
    const ids = extraction.assets.map(({ id }) => id);
    assert.ok(ids.every(isId), ids.join());
    assert.equal(new Set(ids).size, 6, "old-square is Old Square again");
    assert.equal(ids[0], "old_square");
    const [, masha, passwd] = extraction.assets;
    assert.match(masha!.id, /^mari/);
    assert.deepEqual([masha!.name, masha!.aliases], ["Маша", ["Мария"]]);
    assert.deepEqual(passwd!.id, "etc_passwd");
    assert.deepEqual(extraction.scenes[0], { from: "segment_1", place: "old_square", time: "dusk", cast: [`${masha!.id}/im_alter`, "the_con_man", masha!.id] });
    assert.deepEqual(byId(extraction).get("the_con_man")!.aliases, ["con"]);
    assert.deepEqual(extraction.scenes[1]!.cast, [`${masha!.id}/im_alter`]);
  });

  it("numbers what cannot be written in letters of an id", async () => {
    const { extraction } = await extract(() => said([square, asset("", { name: "★" }), asset("☆", { name: "☆" })], [scene("segment_1", { cast: [] })]));
    assert.deepEqual(extraction.assets.map(({ id }) => id), ["square", "prop", "prop_2"]);
  });

  it("finds its own assets again under the same ids", async () => {
    const script = () => said([maria, square], [scene("segment_1")]);
    const { extraction: first } = await extract(script);
    const { extraction: again, requests } = await extract(script, brief({ assets: onFile(first.assets), scenes: [] }));
    assert.deepEqual(again, first);
    assert.match(requests[0]!.instruction, /@maria\/old: woman, 62, silver braid/);
    const silent = await extract(() => said([], [scene("segment_1")]), brief({ assets: onFile(first.assets), scenes: [] }));
    assert.deepEqual(silent.extraction, first, "what the scenes use is found, also where the model does not list it");
  });

  it("knows an asset by its name, whatever the model calls it now", async () => {
    const assets = assetMap(machineAsset("maria", { kind: "character", name: "Maria", aliases: ["Ms. Silva"] }), machineAsset("square", { kind: "location", name: "the old square" }));
    const { extraction } = await extract(() => said([asset("ms_silva", { kind: "character", name: "Ms. Silva", description: "" }), asset("plaza", { kind: "location", name: "Old Square", description: "" })], [scene("segment_1", { place: "plaza", cast: ["ms_silva"] })]), brief({ assets, scenes: [] }));
    assert.deepEqual(extraction.assets.map(({ id, description }) => [id, description]), [["maria", "a maria"], ["square", "a square"]]);
    assert.deepEqual(extraction.scenes, [{ from: "segment_1", place: "square", time: "dusk", cast: ["maria"] }]);
  });

  it("takes two assets of one name in one answer for two", async () => {
    const soldier = (id: string) => asset(id, { kind: "character", name: "Soldier" });
    const { extraction } = await extract(() => said([square, soldier("guard_1"), soldier("guard_2")], [scene("segment_1", { cast: ["guard_1", "guard_2"] })]), brief({ assets: assetMap(machineAsset("soldier", { kind: "character", name: "soldier" })), scenes: [] }));
    assert.deepEqual(extraction.scenes[0]!.cast, ["soldier", "guard_2"]);
  });

  it("puts scenes in the order of the story, and takes the first of two that start together", async () => {
    const { extraction } = await extract(() => said([square, maria], [scene("segment_4"), scene("segment_1"), scene("segment_4", { time: "noon" })]));
    assert.deepEqual(extraction.scenes.map(({ from, time }) => [from, time]), [["segment_1", "dusk"], ["segment_4", "dusk"]]);
  });

  it("keeps a person's words, and adds a state to them", async () => {
    const assets = assetMap(ownAsset("maria", { kind: "character", name: "Maria", description: "my own words", states: new Map([["young", "mine, too"]]) }), machineAsset("square", { kind: "location" }));
    const changed = { ...maria, states: [...maria.states as object[], { name: "young", description: "no" }] };
    const { extraction, requests } = await extract(() => said([changed, { ...square, description: "better square" }], [scene("segment_1")]), brief({ assets, scenes: [] }));
    assert.deepEqual(byId(extraction).get("maria"), { id: "maria", kind: "character", name: "Maria", aliases: [], description: "my own words", states: new Map([["young", "mine, too"], ["old", "woman, 62, silver braid"]]) });
    assert.equal(byId(extraction).get("square")!.description, "better square", "a machine's words may be made better");
    assert.match(requests[0]!.instruction, /a person's words\n@maria\n/);
  });

  it("gives an answer that breaks the rules one repair, with every problem", async () => {
    const bad = said(
      [square, maria, asset("ghost", { description: "" }), asset("thing", { kind: "weather" })],
      [scene("segment_2", { place: "nowhere" }), scene("segment_99"), scene("segment_3", { place: "maria", cast: ["square", "maria/young"] })],
    );
    const { extraction, requests, reports } = await extract((_request, call) => (call === 0 ? bad : said([square, maria], [scene("segment_1")])));
    assert.equal(extraction.scenes.length, 1);
    const { instruction } = requests[1]!;
    for (const problem of [
      /- assets\.3: kind: |- assets\.3\.kind: /,
      /- the scene from segment_2: @nowhere is no asset/,
      /- scenes\.1: from "segment_99" is no segment/,
      /- the scene from segment_3: its place @maria is a character, not a location/,
      /- the scene from segment_3: @square is in the cast, but it is a location/,
      /- the scene from segment_3: @maria\/young: @maria has no such state, only @maria\/old/,
      /- no scene starts from segment_1/,
      /- @ghost has no description/,
    ]) assert.match(instruction, problem);
    assert.deepEqual(reports.map(({ purpose }) => purpose), ["extract", "repair"]);
  });

  it("fails where the repair breaks them, too, with the model's text", async () => {
    await assert.rejects(extract(() => said([], [])), (error: ModelAnswerError) => {
      assert.match(error.message, /^No assets and scenes for segment_1 to segment_6: no scene starts from segment_1/);
      assert.equal(error.problems[0]!.file, "scene-plan.yaml");
      return error.transcript.includes('{"assets":[],"scenes":[]}');
    });
    await assert.rejects(extract(() => ({ text: "Sorry.", outcome: "filtered" })), /a content filter stopped its answer/);
    await assert.rejects(extract(() => said(Array.from({ length: 151 }, (_, index) => asset(`a${index}`)), [scene("segment_1")])), /151 assets are too many/);
  });

  it("asks once more with more room where an answer is cut off, and as before where it breaks off", async () => {
    const whole = said([square, maria], [scene("segment_1")]);
    const cut = await extract((_request, call) => (call === 0 ? { text: whole.slice(0, 100), outcome: "truncated" } : whole));
    assert.equal(cut.requests[1]!.maxOutputTokens, cut.requests[0]!.maxOutputTokens * 2);
    const broken = await extract((_request, call) => (call === 0 ? { text: whole.slice(0, 100), error: new Error("gone") } : whole));
    assert.deepEqual(broken.requests[1], broken.requests[0]);
  });

  it("plans only what is wanted, and leaves out scenes that start elsewhere", async () => {
    const story = brief();
    const { extraction, requests } = await extract(
      () => said([], [scene("segment_1", { place: "kitchen" }), scene("segment_4", { place: "old_square" }), scene("segment_6", { place: "old_square" })]),
      story,
      [{ first: 3, last: 3 }],
    );
    assert.deepEqual(extraction.scenes.map(({ from }) => from), ["segment_4"]);
    assert.deepEqual(extraction.assets.map(({ id }) => id), ["maria", "old_square"]);
    assert.match(requests[0]!.instruction, /the scene before\nplace @kitchen; time November evening/);
  });
});

describe("a long narration", () => {
  const long = brief({ assets: new Map(), scenes: [], timing: { format: 1, basis: "aligned", segments: segments(Array.from({ length: 270 }, (_, index) => `${index + 1} ${"river ".repeat(20)}`)) } });

  it("is read in windows that overlap, each shown what the earlier ones found", async () => {
    const wanted = (request: ModelRequest) => [...request.instruction.matchAll(/^\[wanted\] (\S+)/gm)].map((match) => match[1]!);
    const { extraction, requests } = await extract(
      (request, call) => said(call === 0 ? [maria, square] : [asset(`prop_${call}`)], [scene(wanted(request)[0]!), scene(wanted(request)[20]!, { time: `night ${call}`, cast: [call === 0 ? "maria" : `prop_${call}`] }), scene(wanted(request)[40]!)]),
      long,
      [{ first: 0, last: 269 }],
    );
    assert.ok(requests.length > 2);
    assert.deepEqual(requests.flatMap(wanted), long.timing.segments.map(({ id }) => id));
    assert.equal(new Set(requests.map(({ system, context }) => system + context)).size, 1);
    assert.match(requests[1]!.instruction, /@maria \(character; Maria\): woman, 40, navy coat/);
    assert.match(requests[1]!.instruction, /^\[shown\] /m);
    assert.match(requests[1]!.instruction, /the scene before\nplace @square; time dusk; cast @maria\/old/);
    assert.equal(extraction.scenes.length, 1 + requests.length * 2, "a scene that goes on over a seam is one scene");
    assert.deepEqual(extraction.assets.map(({ id }) => id), ["maria", "square", ...requests.slice(1).map((_, index) => `prop_${index + 1}`)]);
  });

  it("starts a scene where each range does, however windows fall", async () => {
    const ranges = [{ first: 0, last: 9 }, { first: 50, last: 200 }, { first: 250, last: 269 }];
    const { extraction, requests } = await extract((request, call) => said(call === 0 ? [square, maria] : [], startsAsked(request).map((id) => scene(id))), long, ranges);
    assert.deepEqual(extraction.scenes.map(({ from }) => from), ["segment_1", "segment_51", "segment_251"]);
    assert.ok(requests.length > 1);
  });

  it("is cut into windows by its length, and small ranges share one", () => {
    const rows = segments(["a".repeat(100), "b".repeat(100), "", "c".repeat(500), "d", "e", "f"]);
    const size = { characters: 300, overlap: 1 };
    assert.deepEqual(planWindows(rows, [{ first: 0, last: 6 }], size), [
      { wanted: [{ first: 0, last: 1 }], shown: [{ first: 0, last: 2 }] },
      { wanted: [{ first: 2, last: 2 }], shown: [{ first: 1, last: 3 }] },
      { wanted: [{ first: 3, last: 3 }], shown: [{ first: 2, last: 4 }] },
      { wanted: [{ first: 4, last: 6 }], shown: [{ first: 3, last: 6 }] },
    ]);
    assert.deepEqual(planWindows(rows, [{ first: 0, last: 0 }, { first: 4, last: 4 }, { first: 6, last: 6 }], size), [
      { wanted: [{ first: 0, last: 0 }, { first: 4, last: 4 }, { first: 6, last: 6 }], shown: [{ first: 0, last: 1 }, { first: 3, last: 6 }] },
    ]);
    assert.deepEqual(planWindows(rows, [], size), []);
  });
});
