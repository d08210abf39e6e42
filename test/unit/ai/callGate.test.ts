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

  it("finishes the earlier segment first, and among equals whoever came first", async () => {
    const gate = createCallGate(1);
    const order: string[] = [];
    const leaveFirst = await gate.enter("draft", never);
    const enter = async (name: string, rank: number) => {
      const leave = await gate.enter("optimize", never, rank);
      order.push(name);
      leave();
    };
    const waiting = [enter("segment_20", 20), enter("segment_3", 3), enter("segment_20, second output", 20), enter("an asset", -1), enter("segment_7", 7)];
    leaveFirst();
    await Promise.all(waiting);
    assert.deepEqual(order, ["an asset", "segment_3", "segment_7", "segment_20", "segment_20, second output"]);
  });

  it("lets streams have half of the slots, however much waits to be finished", async () => {
    const gate = createCallGate(4);
    const running: string[] = [];
    const leave: Record<string, () => void> = {};
    const enter = async (name: string, kind: CallKind) => {
      leave[name] = await gate.enter(kind, never);
      running.push(name);
    };
    for (const name of ["d1", "d2", "d3"]) await enter(name, "draft");
    await enter("o1", "optimize");
    const waiting = [2, 3, 4, 5, 6].map((number) => enter(`o${number}`, "optimize"));
    waiting.push(enter("d4", "draft"), enter("d5", "draft"), enter("d6", "draft"));
    for (const name of ["d1", "d2", "d3", "o1"]) {
      leave[name]!();
      await turn();
    }
    assert.deepEqual(running.slice(4), ["o2", "d4", "d5", "o3"]);
    for (const name of ["o2", "o3", "o4", "o5", "o6", "d4", "d5", "d6"]) {
      leave[name]!();
      await turn();
    }
    await Promise.all(waiting);
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
  it("finishes segments in the order of the story", async () => {
    const gate = createCallGate(1);
    const inner = createFakeDirector();
    const director = gateDirector(inner, gate);
    const story = { settings: {}, directions: new Map(), timing: { segments: ["b", "c", "a"].map((id) => ({ id, narration: "" })) } };
    for await (const { id } of director.draftSegments(story as never, ["b"], never)) assert.equal(id, "b");
    const leave = await gate.enter("draft", never);
    const raw = new Map();
    const asked = ["a", "c", "b"].map((segmentId) => director.optimizePrompt({ segmentId, raw, output: { name: "main", profile: {} } } as never, never));
    leave();
    await Promise.all(asked);
    assert.deepEqual(inner.calls.slice(1), ["optimize b main", "optimize c main", "optimize a main"]);
  });

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
