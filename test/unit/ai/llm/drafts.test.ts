import assert from "node:assert/strict";
import { createLlmDirector, type CallReport } from "../../../../src/ai/llmDirector.ts";
import type { ModelAnswerError } from "../../../../src/ai/llm/modelAnswerError.ts";
import { StoryDirectorError } from "../../../../src/core/errors.ts";
import type { SegmentDraft } from "../../../../src/core/segmentDraft.ts";
import type { ModelRequest, StoryBrief } from "../../../../src/pipeline/ports.ts";
import { createFakeLanguageModel, draftsText, idsAsked, plainDraft, type CannedAnswer } from "../../../support/fakeLanguageModel.ts";
import { brief, never, recordingLog } from "./brief.ts";

const IDS = ["segment_1", "segment_2", "segment_3", "segment_4"];

interface Drafted {
  readonly drafts: readonly SegmentDraft[];
  readonly error: ModelAnswerError;
  readonly requests: readonly ModelRequest[];
  readonly reports: readonly CallReport[];
  readonly log: readonly string[];
}

/** Asks once, and gives all that came before an error, and the error. */
async function draft(script: (request: ModelRequest, call: number) => CannedAnswer | string, ids: readonly string[] = IDS, story: StoryBrief = brief()): Promise<Drafted> {
  const model = createFakeLanguageModel(script);
  const reports: CallReport[] = [];
  const log = recordingLog();
  const director = createLlmDirector({ model, log, onCall: (report) => void reports.push(report) });
  const drafts: SegmentDraft[] = [];
  let error: unknown;
  try {
    for await (const item of director.draftSegments(story, ids, never)) drafts.push(item);
  } catch (caught) {
    error = caught;
  }
  return { drafts, error: error as ModelAnswerError, requests: model.requests, reports, log: log.lines };
}

const idsOf = (drafts: readonly SegmentDraft[]) => drafts.map(({ id }) => id);
const answer = (request: ModelRequest) => draftsText(idsAsked(request).map((id) => plainDraft(id)));

describe("drafts of a language model", () => {
  it("come in one call, and are what the model wrote", async () => {
    const usage = { inputTokens: 1000, cachedInputTokens: 0, outputTokens: 400 };
    const { drafts, error, requests, reports } = await draft((request) => ({ text: answer(request), usage }));
    assert.equal(error, undefined);
    assert.deepEqual(drafts, IDS.map((id) => plainDraft(id)));
    assert.equal(requests.length, 1);
    assert.deepEqual(reports, [{ purpose: "draft", model: "fake/model-1", usage, outcome: "completed", ids: IDS }]);
  });

  it("come as they close, while the rest is still being written", async () => {
    let writeRest: () => void = () => undefined;
    const rest = new Promise<void>((resolve) => (writeRest = resolve));
    const [head, tail] = [`{"segments":[${JSON.stringify(plainDraft("segment_1"))}`, `,${JSON.stringify(plainDraft("segment_2"))}]}`];
    const director = createLlmDirector({ model: createFakeLanguageModel(() => ({ text: [head, tail], afterFirst: rest })), log: recordingLog() });
    const stream = director.draftSegments(brief(), ["segment_1", "segment_2"], never)[Symbol.asyncIterator]();
    const first = await stream.next();
    assert.equal((first.value as SegmentDraft).id, "segment_1");
    writeRest();
    assert.equal(((await stream.next()).value as SegmentDraft).id, "segment_2");
    assert.equal((await stream.next()).done, true);
  });

  it("are taken in any order, each once, and none that was not asked for", async () => {
    const written = ["segment_3", "segment_9", "segment_3", "segment_1", "segment_6"].map((id) => plainDraft(id));
    const { drafts, error, requests, log } = await draft((request, call) => (call === 0 ? draftsText([...written, { ...plainDraft("x"), id: "../../etc" }, {}]) : answer(request)), ["segment_1", "segment_2", "segment_3"]);
    assert.equal(error, undefined);
    assert.deepEqual(idsOf(drafts), ["segment_3", "segment_1", "segment_2"]);
    assert.deepEqual(idsAsked(requests[1]!), ["segment_2"]);
    assert.equal(log.filter((line) => line.includes("was not asked for")).length, 2);
    assert.equal(log.filter((line) => line.includes("a second draft of segment_3")).length, 1);
    assert.equal(log.filter((line) => line.includes("without an id")).length, 2);
    assert.ok(log.every((line) => !line.includes("etc")), "what a model calls things is not logged");
  });

  for (const [name, ending] of [
    ["cut off", { outcome: "truncated" }],
    ["refused", { outcome: "refused" }],
    ["filtered", { outcome: "filtered" }],
    ["disconnected", { error: new StoryDirectorError("fake: the connection broke", { hint: "Check it." }) }],
    ["closed without an end", { endless: true }],
    ["completed too early", {}],
  ] as const) {
    it(`are kept where an answer is ${name}, and only the missing ones are asked for again`, async () => {
      const whole = draftsText(IDS.map((id) => plainDraft(id)));
      const cut = whole.slice(0, whole.indexOf('"segment_3"') + 40);
      const { drafts, error, requests } = await draft((request, call) => (call === 0 ? { text: cut, ...ending } : answer(request)));
      assert.equal(error, undefined);
      assert.deepEqual(idsOf(drafts), IDS);
      assert.deepEqual(requests.map(idsAsked), [IDS, ["segment_3", "segment_4"]]);
      assert.equal(requests[1]!.context, requests[0]!.context);
      assert.equal(requests[1]!.system, requests[0]!.system);
    });
  }

  it("are asked for again three times as long as each time brings something, and no more", async () => {
    const ids = ["segment_1", "segment_2", "segment_3", "segment_4", "segment_5"];
    const { drafts, error, requests } = await draft((request) => ({ text: draftsText([plainDraft(idsAsked(request)[0]!)]), outcome: "truncated" }), ids);
    assert.deepEqual(idsOf(drafts), ids.slice(0, 4));
    assert.equal(requests.length, 4);
    assert.match(error.message, /no draft for segment_5: its answer was cut off/);
  });

  it("fail at once where an answer brings nothing, with what is missing, why, the way out and the model's text", async () => {
    const { drafts, error, requests } = await draft(() => ({ text: "I cannot help with that.", outcome: "refused" }), ["segment_1", "segment_2"]);
    assert.deepEqual(drafts, []);
    assert.equal(requests.length, 1);
    assert.ok(error instanceof StoryDirectorError);
    assert.equal(error.message, "The model wrote no draft for segment_1, segment_2: it refused to answer");
    assert.match(error.hint!, /Reword the narration/);
    assert.deepEqual(error.problems.map(({ file }) => file), ["segments/segment_1.md", "segments/segment_2.md"]);
    assert.match(error.transcript, /it refused to answer\nI cannot help with that\.$/);
  });

  it("pass on what a model says that never began to answer", async () => {
    const refused = new StoryDirectorError("fake: the key was refused", { hint: "Set another." });
    const { error, reports } = await draft(() => ({ error: refused }));
    assert.equal(error, refused);
    assert.deepEqual(reports.map(({ outcome }) => outcome), ["broken"]);
  });

  it("name the host's own hint where an answer breaks off and brings nothing", async () => {
    const { error } = await draft(() => ({ text: "{", error: new StoryDirectorError("gone", { hint: "Plug it in." }) }));
    assert.equal(error.hint, "Plug it in.");
    assert.match(error.transcript, /broke off\n\{/);
  });

  it("that break the form get one repair, in one call, with exactly what is wrong", async () => {
    const bad = [plainDraft("segment_1", { mood: "" }), plainDraft("segment_2", { usedAssets: ["Maria Silva"] }), plainDraft("segment_3")];
    const { drafts, error, requests, reports } = await draft((request, call) => (call === 0 ? draftsText(bad) : answer(request)), IDS.slice(0, 3));
    assert.equal(error, undefined);
    assert.deepEqual(idsOf(drafts), ["segment_3", "segment_1", "segment_2"]);
    assert.deepEqual(reports.map(({ purpose, ids }) => [purpose, ids]), [["draft", IDS.slice(0, 3)], ["repair", ["segment_1", "segment_2"]]]);
    assert.match(requests[1]!.instruction, /- segment_1: mood: expected a text\n- segment_2: usedAssets\.0: expected a tag without @/);
    assert.ok(requests[1]!.instruction.includes(JSON.stringify(bad[1])));
    assert.equal(requests[1]!.context, requests[0]!.context);
  });

  it("that stay broken fail, with every problem", async () => {
    const { error, requests } = await draft((request) => draftsText(idsAsked(request).map((id) => plainDraft(id, id === "segment_2" ? { mood: 7, lighting: null } : {}))), IDS);
    assert.equal(requests.length, 2);
    assert.match(error.message, /no usable draft for segment_2, also when told what was wrong/);
    assert.deepEqual(error.problems.map(({ file, message }) => [file, message.split(":")[0]]), [["segments/segment_2.md", "lighting"], ["segments/segment_2.md", "mood"]]);
    assert.equal(error.transcript.match(/--- answer/g)?.length, 2);
  });

  it("show the first few problems of many", async () => {
    const flood = plainDraft("segment_1", { usedAssets: Array.from({ length: 60 }, () => "NO!") });
    const { error } = await draft(() => draftsText([flood]), ["segment_1"]);
    assert.equal(error.problems.length, 6);
    assert.match(error.problems[5]!.message, /and 55 more/);
    const bomb = plainDraft("segment_1", { usedAssets: Array.from({ length: 40_000 }, () => 0) });
    const { error: bombed } = await draft(() => draftsText([bomb]), ["segment_1"]);
    assert.deepEqual(bombed.problems.map(({ message }) => message), ["usedAssets: expected at most 64 tags"]);
  });

  it("may have their used assets with the @, and keys that nobody asked for", async () => {
    const text = `{"segments":[${JSON.stringify(plainDraft("segment_1", { usedAssets: ["@maria", " trumpet"], extra: 1 })).replace("{", '{"__proto__":{"id":"x"},')}]}`;
    const { drafts } = await draft(() => text, ["segment_1"]);
    assert.deepEqual(drafts, [plainDraft("segment_1", { usedAssets: ["maria", "trumpet"] })]);
    assert.equal(Object.getPrototypeOf(drafts[0]), Object.prototype);
  });

  it("are found behind thoughts, prose and fences", async () => {
    const { drafts, requests } = await draft((request) => `<think>{"segments":[]}</think>Here you are:\n\`\`\`json\n${answer(request)}\n\`\`\`\nDone!`);
    assert.deepEqual(idsOf(drafts), IDS);
    assert.equal(requests.length, 1);
  });

  it("end where a model writes without end", async () => {
    const { error, reports } = await draft(() => ({ text: Array.from({ length: 300 }, () => "{".repeat(8192)) }));
    assert.match(error.message, /cut off at the length limit/);
    assert.equal(reports.length, 1);
    const deep = await draft(() => `{"segments":[${'{"a":'.repeat(5000)}`);
    assert.match(deep.error.message, /cut off at the length limit/);
  });

  it("ask in the same words whatever was asked before, and for all batches of a run behind the same beginning", async () => {
    const story = brief();
    const model = createFakeLanguageModel(answer);
    const director = createLlmDirector({ model, log: recordingLog() });
    for (const ids of [IDS, ["segment_5"], IDS]) for await (const item of director.draftSegments(story, ids, never)) assert.ok(item);
    const [first, second, third] = model.requests;
    assert.deepEqual(third, first);
    for (const key of ["system", "context", "cacheKey", "answer", "role"] as const) assert.equal(second![key], first![key]);
    const again = createFakeLanguageModel(answer);
    for await (const item of createLlmDirector({ model: again, log: recordingLog() }).draftSegments(brief(), IDS, never)) assert.ok(item);
    assert.deepEqual(again.requests[0], first);
  });

  it("ask in the order of the story, and for nothing that is not in it", async () => {
    const { requests } = await draft(answer, ["segment_4", "segment_2", "nowhere"]);
    assert.deepEqual(requests.map(idsAsked), [["segment_2", "segment_4"]]);
    assert.deepEqual((await draft(answer, ["nowhere"])).requests, []);
  });

  it("stop when they are aborted, before and in the middle", async () => {
    const control = new AbortController();
    const reports: CallReport[] = [];
    const model = createFakeLanguageModel(answer);
    const director = createLlmDirector({ model, log: recordingLog(), onCall: (report) => void reports.push(report) });
    const read = async () => {
      for await (const item of director.draftSegments(brief(), IDS, control.signal)) if (item.id === "segment_2") control.abort();
    };
    await assert.rejects(read, { name: "AbortError" });
    assert.deepEqual(reports.map(({ outcome }) => outcome), ["aborted"]);
    await assert.rejects(read, { name: "AbortError" });
    assert.equal(model.requests.length, 1);
    assert.equal(model.open, 0);
  });

  it("leave the model when nobody reads on", async () => {
    const model = createFakeLanguageModel(answer);
    const director = createLlmDirector({ model, log: recordingLog() });
    for await (const item of director.draftSegments(brief(), IDS, never)) if (item) break;
    assert.equal(model.open, 0);
  });
});

describe("the repair of a draft", () => {
  const faulty = {
    draft: plainDraft("segment_2", { visualPrompt: "@mria waits." }) as unknown as SegmentDraft,
    problems: [{ severity: "error", code: "unknown-tag", message: "@mria is no asset of this story", hint: "Did you mean @maria?", file: "segments/segment_2.md", section: "SCENE" }],
  } as const;

  it("is one call with the draft, what is wrong and the tags there are, behind the beginning of the drafts", async () => {
    const model = createFakeLanguageModel(answer);
    const story = brief();
    const director = createLlmDirector({ model, log: recordingLog() });
    for await (const item of director.draftSegments(story, ["segment_1"], never)) assert.ok(item);
    const repaired = await director.repairDraft(story, faulty, never);
    assert.deepEqual(repaired, plainDraft("segment_2"));
    const [drafting, repair] = model.requests;
    for (const key of ["system", "context", "cacheKey", "answer"] as const) assert.equal(repair![key], drafting![key]);
    assert.match(repair!.instruction, /@mria is no asset of this story\. Did you mean @maria\?/);
    assert.match(repair!.instruction, /Tags of this story: @kitchen, @maria, @maria\/old, @old_square, @trumpet\./);
  });

  it("fails with the model's text where no draft comes of it", async () => {
    const director = createLlmDirector({ model: createFakeLanguageModel(() => "no"), log: recordingLog() });
    await assert.rejects(director.repairDraft(brief(), faulty, never), (error: ModelAnswerError) => {
      assert.match(error.message, /could not repair its draft of segment_2/);
      assert.match(error.transcript, /\nno$/);
      return error.problems.length === 2;
    });
  });
});
