import assert from "node:assert/strict";
import fc from "fast-check";
import { checkForm, readCutting, type Facts, type FolderState } from "../../../../src/vscode/wizard/checks.ts";
import { newForm } from "../../../../src/vscode/wizard/defaults.ts";
import type { Field, Form } from "../../../../src/vscode/wizard/protocol.ts";

const FINE: Facts = { title: "Night", language: "en", folder: { path: "/stories/night", state: "free", isInWindow: true }, source: "measured", segmentCount: 3, isTrusted: true };

const problemOf = (field: Field, form: Partial<Form>, facts: Partial<Facts> = {}) => checkForm({ ...newForm(), ...form }, { ...FINE, ...facts }).problems[field];

describe("the checks of the new-story form", () => {
  it("find nothing wrong with the defaults", () => {
    assert.deepEqual(checkForm(newForm(), FINE), { problems: {}, notes: { folder: "/stories/night" } });
  });

  it("say in a sentence what each field needs", () => {
    const folder = (state: FolderState) => ({ folder: { path: "/stories/x", state, isInWindow: true } });
    const cases: readonly (readonly [Field, Partial<Form>, Partial<Facts>, RegExp])[] = [
      ["source", {}, { source: "none" }, /Choose a file/],
      ["source", {}, { source: "unreadable", sourceError: "Line 3 has no time." }, /^Line 3 has no time\.$/],
      ["source", {}, { segmentCount: 0 }, /no narration/],
      ["source", {}, { isTrusted: false }, /Restricted Mode/],
      ["title", {}, { title: "  " }, /Give the story a title/],
      ["title", {}, { title: "x".repeat(201) }, /this one has 201/],
      ["folder", {}, { folder: undefined }, /Say where/],
      ["folder", {}, folder("taken"), /\/stories\/x is there already and not empty/],
      ["folder", {}, folder("file"), /is a file/],
      ["folder", {}, folder("nowhere"), /whole path/],
      ["language", {}, { language: "english please" }, /Choose the language/],
      ["outputs", { outputs: [] }, {}, /at least one/],
      ["shotLength", { shortest: "6" }, {}, /found 6, 5 and 8/],
      ["shotLength", { longest: "long" }, {}, /three numbers/],
      ["shotLength", { shortest: "0" }, {}, /three numbers/],
      ["wordsPerMinute", { wordsPerMinute: "4" }, {}, /40 to 400/],
      ["frameRate", { frameRate: "fast" }, {}, /24, 25 or 29\.97/],
    ];
    for (const [field, form, facts, wanted] of cases) {
      const problem = problemOf(field, form, facts);
      assert.equal(problem?.severity, "error", `${field} ${JSON.stringify(form)}`);
      assert.match(problem.message, wanted);
    }
  });

  it("take an empty folder, and one outside the window, and say so", () => {
    const { problems, notes } = checkForm(newForm(), { ...FINE, folder: { path: "/elsewhere/night", state: "empty", isInWindow: false } });
    assert.deepEqual(problems, {});
    assert.equal(notes.folder, "/elsewhere/night, outside the folders of this window");
  });

  it("warn where a segment may be longer than any clip of the chosen model", () => {
    const veo = [{ profile: "veo-3.1", aspectRatio: "16:9" }];
    assert.equal(problemOf("shotLength", { outputs: veo }), undefined);
    const problem = problemOf("shotLength", { outputs: veo, longest: "10" });
    assert.deepEqual([problem?.severity, /Veo 3\.1: 8 s/.test(problem!.message)], ["warning", true]);
  });

  it("warn of a look without words, and let it pass", () => {
    assert.equal(problemOf("look", { lookTexts: { "natural-film": " \n" } })?.severity, "warning");
  });

  it("read numbers with a point or a comma", () => {
    const { cutting } = readCutting({ ...newForm(), shortest: " 2,5 ", ideal: "4.", longest: "8", frameRate: "29.97" });
    assert.deepEqual(cutting, { shotLength: { shortest: 2.5, ideal: 4, longest: 8 }, wordsPerMinute: 150, frameRate: 29.97 });
  });

  it("give lengths in order, or a sentence, whatever is typed", () => {
    const typed = fc.oneof(fc.string(), fc.double().map(String), fc.nat(200).map(String));
    fc.assert(fc.property(typed, typed, typed, (shortest, ideal, longest) => {
      const { cutting, problems } = readCutting({ ...newForm(), shortest, ideal, longest });
      if (!cutting) return assert.ok(problems.shotLength!.message.endsWith("."));
      const { shotLength } = cutting;
      assert.ok(shotLength.shortest >= 0.5 && shotLength.shortest <= shotLength.ideal && shotLength.ideal <= shotLength.longest && shotLength.longest <= 120);
    }));
  });
});
