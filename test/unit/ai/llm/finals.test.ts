import assert from "node:assert/strict";
import { createLlmDirector } from "../../../../src/ai/llmDirector.ts";
import { checkFinal, headWords } from "../../../../src/ai/llm/checkFinal.ts";
import type { ModelAnswerError } from "../../../../src/ai/llm/modelAnswerError.ts";
import { findProfile, type Output } from "../../../../src/core/outputs.ts";
import type { RawSection } from "../../../../src/core/documents/segmentDocument.ts";
import { createFakeLanguageModel, finalFor, type CannedAnswer } from "../../../support/fakeLanguageModel.ts";
import type { ModelRequest } from "../../../../src/pipeline/ports.ts";
import { never, recordingLog } from "./brief.ts";

const output = (id: string): Output => ({ name: "main", profile: findProfile(id)!, aspectRatio: "16:9" });
const VEO = output("veo-3.1");

function raw(changes: Partial<Record<RawSection, string>> = {}): Map<RawSection, string> {
  const sections = {
    TAGS: "- @maria/old: woman, 62, silver braid over her left shoulder, navy wool coat\n- @square: cobbled square, sandstone arcade",
    SCENE: "@maria/old stands on @square. End: still.",
    CAMERA: "Medium shot.",
    LIGHTING: "Dusk.",
    MOOD: "Calm.",
    ...changes,
  };
  return new Map(Object.entries(sections) as [RawSection, string][]);
}

const GOOD = "Medium shot. A woman, 62, silver braid over her left shoulder, navy wool coat, stands on a cobbled square, sandstone arcade. Dusk. Ambient: wind; no dialogue, no music.";

async function optimize(script: (request: ModelRequest, call: number) => CannedAnswer | string, sections = raw(), to = VEO) {
  const model = createFakeLanguageModel(script);
  const log = recordingLog();
  const director = createLlmDirector({ model, log });
  const text = await director.optimizePrompt({ segmentId: "segment_3", raw: sections, output: to }, never);
  return { text, requests: model.requests, log: log.lines };
}

const said = (finalPrompt: unknown) => JSON.stringify({ finalPrompt });

describe("the final prompt of a language model", () => {
  it("is one call to the cheaper model, made from the raw alone", async () => {
    const { text, requests } = await optimize(() => said(`\n ${GOOD.replace("stands", "\n stands")} `), raw({ AVOID: "birds" }));
    assert.equal(text, GOOD);
    assert.equal(requests.length, 1);
    assert.equal(requests[0]!.role, "optimizer");
    assert.doesNotMatch(JSON.stringify(requests[0]), /birds|segment_3/);
  });

  it("gets one repair, with exactly what is wrong", async () => {
    const long = `${GOOD} ${"x".repeat(1000)} @maria/old`;
    const { text, requests, log } = await optimize((_request, call) => said(call === 0 ? long : GOOD));
    assert.deepEqual(log, ["fake/model-1: No final prompt for segment_3, output main: its answer was complete, 2 problems; asking once more"]);
    assert.equal(text, GOOD);
    assert.match(requests[1]!.instruction, /- 1\d\d\d characters, but Veo 3\.1 takes 1000/);
    assert.match(requests[1]!.instruction, /- still has @maria\/old/);
    assert.equal(requests[1]!.context, requests[0]!.context);
  });

  it("fails where the repair is no better, with every problem and the model's text", async () => {
    await assert.rejects(optimize(() => said("A woman.")), (error: ModelAnswerError) => {
      assert.match(error.message, /^No final prompt for segment_3, output main: /);
      assert.equal(error.problems.length, 3);
      assert.deepEqual([error.problems[0]!.file, error.problems[0]!.section], ["segments/segment_3.md", "FINAL PROMPT"]);
      return error.transcript.split("A woman.").length === 3;
    });
    await assert.rejects(optimize(() => "no JSON here"), /No final prompt/);
    await assert.rejects(optimize(() => ({ text: Array.from({ length: 300 }, () => " ".repeat(8192)) })), /its answer was cut off at the length limit/);
    let calls = 0;
    await assert.rejects(optimize(() => ({ text: `refusal ${++calls}`, outcome: "refused" })), /it refused to answer/);
    assert.equal(calls, 1, "who refuses is not asked again");
  });

  it("asks again where an answer broke off, and passes on what a model says that never began", async () => {
    const { requests } = await optimize((_request, call) => (call === 0 ? { text: '{"fin', endless: true } : said(GOOD)));
    assert.deepEqual(requests[1], requests[0]);
    const error = new Error("no key");
    await assert.rejects(optimize(() => ({ error })), error);
  });

  it("stops when it is aborted", async () => {
    const control = new AbortController();
    const model = createFakeLanguageModel(() => ({ text: "x", before: new Promise(() => undefined) }));
    const waiting = createLlmDirector({ model, log: recordingLog() }).optimizePrompt({ segmentId: "segment_1", raw: raw(), output: VEO }, control.signal);
    setImmediate(() => control.abort());
    await assert.rejects(waiting, { name: "AbortError" });
    assert.equal(model.open, 0);
  });

  it("passes its own check for what the fake writes, for every profile", async () => {
    for (const id of ["veo-3.1", "kling-3", "seedance-2", "general"]) {
      const { requests } = await optimize((request) => said(finalFor(request)), raw({ SOUND: 'Rain; she says "Now."', TEXT: 'A sign reads "CAFÉ".' }), output(id));
      assert.equal(requests.length, 1, id);
    }
  });
});

describe("the check of a final prompt", () => {
  const check = (text: string, changes: Partial<Record<RawSection, string>> = {}, to = VEO) => checkFinal(text, { segmentId: "segment_3", raw: raw(changes), output: to });

  it("finds nothing in a good one", () => {
    assert.deepEqual(check(GOOD), []);
    assert.deepEqual(check("Ambient: rain.", { TAGS: "(none)" }), []);
  });

  it("misses a look that is reworded or lost, and names its words", () => {
    assert.deepEqual(check(GOOD.replace("woman, 62, silver braid", "lady in her sixties with a braid")), [
      'the look of @maria/old is not carried over: "woman", "62", "silver" of "woman, 62, silver braid over her left shoulder, navy wool coat" is not in the prompt',
    ]);
    assert.equal(check(GOOD.replace("cobbled square", "place")).length, 1);
    assert.equal(check(GOOD.replace("woman", "womanly shape")).length, 1, "a part of a word is not the word");
  });

  it("takes the first parts of a description for what tells it apart", () => {
    assert.deepEqual(headWords("woman, 62, silver braid over her left shoulder, navy coat"), ["woman", "62", "silver", "braid"]);
    assert.deepEqual(headWords("worn brass trumpet with a dented bell, pearl caps"), ["worn", "brass", "trumpet", "dented"]);
    assert.deepEqual(headWords("The twin of @anton: man, 30"), ["twin", "man", "30"]);
    assert.deepEqual(headWords(""), []);
  });

  it("reads looks in scripts without blanks", () => {
    assert.deepEqual(check("一位老妇人，银色辫子，站着。 Ambient: wind.", { TAGS: "- @maria: 老妇人，银色辫子，蓝外套" }), ['the look of @maria is not carried over: "蓝外套" of "老妇人，银色辫子，蓝外套" is not in the prompt']);
  });

  it("wants sound or silence stated where the model makes sound", () => {
    const mute = GOOD.replace(/ Ambient.*/, "");
    assert.match(check(mute).join(), /neither sound nor silence/);
    assert.deepEqual(check(mute, {}, output("general")), []);
    assert.deepEqual(check(`${mute} Rain falls.`, { SOUND: "Rain." }), []);
    assert.match(check(GOOD, { SOUND: 'She says "Now, Anton."' }).join(), /SOUND orders "Now, Anton\."/);
  });

  it("wants the text that a person ordered, word for word where it is quoted", () => {
    assert.match(check(GOOD, { TEXT: 'Sign: “CAFÉ SILVA”' }).join(), /TEXT orders "CAFÉ SILVA"/);
    assert.deepEqual(check(`${GOOD} A sign reads "CAFÉ SILVA".`, { TEXT: 'Sign: "CAFÉ SILVA"' }), []);
    assert.match(check(GOOD, { TEXT: "BAKERY over the door" }).join(), /TEXT is not in the prompt: BAKERY over the door/);
  });

  it("counts the limit in the model's own unit", () => {
    const general = output("general");
    assert.deepEqual(check(`${GOOD} ${"😀".repeat(1500)}`, {}, general), []);
    assert.match(check(`${GOOD} ${"😀".repeat(1500)}`).join(), /but Veo 3\.1 takes 1000/);
  });
});
