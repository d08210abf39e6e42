import assert from "node:assert/strict";
import fc from "fast-check";
import { newForm } from "../../../../src/vscode/wizard/defaults.ts";
import { editSchema, FIELDS, formSchema, readHostMessage, readPageMessage, readPageState, SOUND_STATES, type Form } from "../../../../src/vscode/wizard/protocol.ts";

const text = fc.string();
/** A value for every field of the form: one that the schema has and this has not is missed by the compiler, and by a test. */
const fields: { readonly [Name in keyof Required<Form>]: fc.Arbitrary<Required<Form>[Name]> } = {
  title: text, folder: text, language: text, look: text,
  lookTexts: fc.dictionary(text.filter((key) => key !== "__proto__"), text, { noNullPrototype: true }),
  outputs: fc.array(fc.record({ profile: text, aspectRatio: text }, { noNullPrototype: true })),
  shortest: text, ideal: text, longest: text, wordsPerMinute: text, frameRate: text,
  leaveOutDoubtful: fc.boolean(), keepTimeCodes: fc.boolean(), ownWords: text, usesOwnWords: fc.boolean(), images: fc.boolean(), script: fc.boolean(),
};
const required = ["look", "lookTexts", "outputs", "shortest", "ideal", "longest", "wordsPerMinute", "frameRate", "leaveOutDoubtful"] as const;
const forms: fc.Arbitrary<Form> = fc.record(fields, { requiredKeys: [...required], noNullPrototype: true });

describe("the messages between the form and its page", () => {
  it("are tried with every field that a form has, and refused without one that it needs", () => {
    assert.deepEqual(Object.keys(fields).sort(), Object.keys(formSchema.shape).sort());
    const whole = fc.sample(fc.record(fields, { noNullPrototype: true }), 1)[0]!;
    const needed = Object.keys(fields).filter((name) => {
      const { [name as keyof Form]: _left, ...form } = whole;
      return !readPageMessage({ type: "form", revision: 1, form });
    });
    assert.deepEqual(needed.sort(), [...required].sort());
  });

  it("come through as they were sent, whatever was typed", () => {
    fc.assert(fc.property(forms, fc.nat(), (form, revision) => {
      const message = { type: "form", revision, form };
      assert.deepEqual(readPageMessage(structuredClone(message)), message);
      assert.deepEqual(readPageState(JSON.parse(JSON.stringify({ revision, form }))), { revision, form });
    }));
  });

  it("carry the bytes of a file", () => {
    const message = { type: "file", name: "a.srt", bytes: new Uint8Array([1, 2, 255]) };
    assert.deepEqual(readPageMessage(structuredClone(message)), message);
  });

  it("carry whatever can be said of a recording", () => {
    fc.assert(fc.property(fc.record({ state: fc.constantFrom(...SOUND_STATES), told: text }), text, fc.boolean(), (sound, name, canShow) => {
      const message = { type: "source", source: { kind: "file", name, summary: "", canShow, isEstimated: false, doubtful: 0, takesWords: true, findings: [], sound: { ...sound } } };
      assert.deepEqual(readHostMessage(JSON.parse(JSON.stringify(message))), message);
      assert.equal(readHostMessage({ ...message, source: { ...message.source, sound: { ...sound, state: "sent" } } }), undefined);
    }));
    for (const action of ["transcribe", "stopTranscribing", "chooseModel"]) assert.deepEqual(readPageMessage({ type: "action", action }), { type: "action", action });
  });

  it("are refused by the host where a part is missing, too much, or of another kind", () => {
    const wrong: unknown[] = [
      undefined, null, "ready", {}, { type: "runCommand", command: "workbench.action.quit" },
      { type: "ready", state: {} },
      { type: "form", revision: 1, form: { ...newForm(), shortest: 2.5 } },
      { type: "form", revision: 1.5, form: newForm() },
      { type: "form", revision: 1, form: newForm(), extra: true },
      { type: "file", name: "a.srt", bytes: [1, 2] },
      { type: "action", action: "deleteAll" },
      { type: "action", action: "transcribe", to: "https://elsewhere.example" },
      { type: "action", action: "showSource", line: -1 },
      { type: "create" },
      { type: "edit", edit: { kind: "split", index: 0 } },
      { type: "edit", edit: { kind: "move", index: 0, edge: "end", seconds: Number.NaN } },
    ];
    for (const message of wrong) assert.equal(readPageMessage(message), undefined, JSON.stringify(message));
  });

  it("are refused by the page likewise", () => {
    const checks = { suggestions: { title: "", folder: "", language: "en" }, problems: {}, notes: {}, estimate: [], canCreate: true };
    assert.ok(readHostMessage({ type: "checks", checks }));
    assert.ok(readHostMessage({ type: "checks", checks: { ...checks, problems: Object.fromEntries(FIELDS.map((field) => [field, { severity: "error", message: "!" }])) } }));
    const wrong: unknown[] = [
      { type: "checks" },
      { type: "checks", checks: { ...checks, problems: { password: { severity: "error", message: "?" } } } },
      { type: "plan", segments: [{ start: "0", end: 1, narration: "" }], edits: 0, note: "" },
      { type: "splice", at: -1, remove: 0, insert: [], edits: 0 },
      { type: "run", run: { state: "exploded" } },
      { type: "html", html: "<script>" },
    ];
    for (const message of wrong) assert.equal(readHostMessage(message), undefined, JSON.stringify(message));
  });

  it("name no edit that the engine does not know", () => {
    const edits = [{ kind: "split", index: 0, word: 1 }, { kind: "merge", index: 3 }, { kind: "move", index: 1, edge: "start", seconds: 2.5 }];
    for (const edit of edits) assert.deepEqual(editSchema.parse(edit), edit);
  });
});
