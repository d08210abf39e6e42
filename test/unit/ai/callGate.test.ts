import assert from "node:assert/strict";
import fc from "fast-check";
import { createCallGate, type CallKind } from "../../../src/ai/callGate.ts";
import { gateDirector } from "../../../src/ai/gatedDirector.ts";
import { createFakeDirector, type FakeDirector } from "../../support/fakeDirector.ts";

const never = new AbortController().signal;
const turn = () => new Promise(setImmediate);

describe("the call gate", () => {
  it("never lets in more calls than it has slots, and lets in all of them", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), fc.array(fc.constantFrom<CallKind>("draft", "optimize"), { maxLength: 30 }), async (slots, kinds) => {
        const gate = createCallGate(slots);
        let [open, most, ended] = [0, 0, 0];
        await Promise.all(
          kinds.map(async (kind) => {
            const leave = await gate.enter(kind, never);
            most = Math.max(most, ++open);
            await turn();
            open--;
            ended++;
            leave();
          }),
        );
        assert.ok(most <= slots);
        assert.equal(ended, kinds.length);
      }),
      { numRuns: 30 },
    );
  });

  it("lets optimizing go before drafting", async () => {
    const gate = createCallGate(1);
    const order: string[] = [];
    const leaveFirst = await gate.enter("draft", never);
    const enter = async (name: string, kind: CallKind) => {
      const leave = await gate.enter(kind, never);
      order.push(name);
      leave();
    };
    const waiting = [enter("draft", "draft"), enter("optimize 1", "optimize"), enter("optimize 2", "optimize")];
    leaveFirst();
    await Promise.all(waiting);
    assert.deepEqual(order, ["optimize 1", "optimize 2", "draft"]);
  });

  it("takes whoever is aborted out of the queue", async () => {
    const gate = createCallGate(1);
    const leave = await gate.enter("draft", never);
    const control = new AbortController();
    const waiting = gate.enter("draft", control.signal);
    control.abort();
    await assert.rejects(waiting, { name: "AbortError" });
    await assert.rejects(gate.enter("draft", control.signal), { name: "AbortError" });
    leave();
    (await gate.enter("draft", never))();
  });

  it("counts a slot that is given back twice once", async () => {
    const gate = createCallGate(1);
    const leave = await gate.enter("draft", never);
    leave();
    leave();
    await gate.enter("draft", never);
    let entered = false;
    void gate.enter("draft", never).then(() => (entered = true));
    await turn();
    assert.equal(entered, false);
  });
});

describe("a gated director", () => {
  it("gives its slot back when a stream of drafts is left early", async () => {
    const gate = createCallGate(1);
    const director = gateDirector(createFakeDirector({ before: () => Promise.reject(new Error("no")) }), gate);
    const stream = director.draftSegments({ timing: { segments: [] } } as never, ["segment_1"], never);
    await assert.rejects(async () => {
      for await (const draft of stream) assert.fail(draft.id);
    }, /no/);
    (await gate.enter("draft", never))();
  });

  it("repairs only where the director can", () => {
    const canRepair = (director: FakeDirector) => "repairDraft" in gateDirector(director, createCallGate(1));
    assert.equal(canRepair(createFakeDirector()), false);
    assert.equal(canRepair(createFakeDirector({ repair: (draft) => draft })), true);
  });
});
