import assert from "node:assert/strict";
import * as fc from "fast-check";
import { describeStatus, planSegment, type PlanRequest } from "../../../src/core/segmentPlan.ts";
import type { SegmentStatus } from "../../../src/core/staleness.ts";

const CURRENT: SegmentStatus = {
  id: "segment_1",
  locked: false,
  hasDraft: true,
  edited: [],
  draft: [],
  tags: [],
  finals: new Map([["main", []]]),
  keptFinals: [],
};
const PLAIN: PlanRequest = { all: false, overwriteEdits: false };
const THIS = new Set(["segment_1"]);
const UP_TO_DATE = { do: "leave", state: "up to date" };
const KEPT = { do: "leave", state: "skipped", reason: "kept: edited by hand" };
const LOCKED = { do: "leave", state: "skipped", reason: "locked" };

describe("the plan of a segment", () => {
  const rows: [name: string, status: Partial<SegmentStatus>, request: Partial<PlanRequest>, step: object][] = [
    ["leaves what is up to date", {}, {}, UP_TO_DATE],
    ["directs it where it is asked for by name", {}, { only: THIS }, { do: "direct" }],
    ["directs it where all is asked for", {}, { all: true }, { do: "direct" }],
    ["leaves what was not asked for, even when stale", { draft: ["x"] }, { only: new Set(["constructor"]) }, { do: "leave", state: "skipped", reason: "not asked for" }],
    ["directs a stale draft", { draft: ["narration changed"] }, {}, { do: "direct" }],
    ["directs where there is no draft, edited or not", { hasDraft: false, edited: ["MOOD"] }, {}, { do: "direct" }],
    ["refreshes stale TAGS", { tags: ["@horn changed"] }, {}, { do: "refresh" }],
    ["refreshes a stale final", { finals: new Map([["main", ["not made yet"]]]) }, {}, { do: "refresh" }],
    ["writes nothing that is locked", { locked: true, hasDraft: false }, { all: true, overwriteEdits: true }, LOCKED],
    ["writes nothing that is locked, asked for by name", { locked: true, draft: ["x"] }, { only: THIS }, LOCKED],
    ["leaves what is edited and up to date", { edited: ["SCENE"] }, {}, UP_TO_DATE],
    ["keeps an edited draft that is stale", { edited: ["SCENE"], draft: ["x"] }, {}, KEPT],
    ["keeps an edited draft that is asked for by name", { edited: ["MOOD"] }, { only: THIS }, KEPT],
    ["keeps an edited draft when all is asked for", { edited: ["FINAL PROMPT main"] }, { all: true }, KEPT],
    ["refreshes round an edited draft", { edited: ["SCENE"], draft: ["x"], tags: ["x"] }, {}, { do: "refresh" }],
    ["keeps an edited final that is out of date", { edited: ["FINAL PROMPT main"], finals: new Map(), keptFinals: ["main"] }, {}, KEPT],
    ["directs over edits where it may", { edited: ["SCENE"], draft: ["x"] }, { overwriteEdits: true }, { do: "direct" }],
    ["makes an edited final again where it may", { edited: ["FINAL PROMPT main"], finals: new Map(), keptFinals: ["main"] }, { overwriteEdits: true }, { do: "refresh" }],
    ["leaves edits that are up to date, even where it may write over them", { edited: ["SCENE"] }, { overwriteEdits: true }, UP_TO_DATE],
  ];
  for (const [name, status, request, step] of rows) {
    it(name, () => assert.deepEqual(planSegment({ ...CURRENT, ...status }, { ...PLAIN, ...request }), step));
  }

  it("asks what was edited only where a draft is wanted: telling means hashing every text", () => {
    const plan = (draft: readonly string[]) => {
      let asked = 0;
      const status = {
        ...CURRENT,
        draft,
        get edited() {
          asked++;
          return [];
        },
      };
      return { ...planSegment(status, PLAIN), asked };
    };
    assert.deepEqual([plan([]), plan(["x"])], [{ ...UP_TO_DATE, asked: 0 }, { do: "direct", asked: 1 }]);
  });

  it("never directs over an edited draft without being told to", () => {
    const statuses = fc.record({ hasDraft: fc.constant(true), edited: fc.constant(["SCENE"]), draft: fc.subarray(["x"]), tags: fc.subarray(["x"]), locked: fc.boolean() });
    const requests = fc.record({ all: fc.boolean(), overwriteEdits: fc.constant(false), only: fc.constantFrom(undefined, THIS) });
    fc.assert(fc.property(statuses, requests, (status, request) => assert.notEqual(planSegment({ ...CURRENT, ...status }, request).do, "direct")));
  });
});

describe("the description of a segment's state", () => {
  const rows: [status: Partial<SegmentStatus>, state: string, why: string][] = [
    [{}, "up to date", ""],
    [{ hasDraft: false, draft: ["not made yet"] }, "not made yet", ""],
    [{ draft: ["narration changed"], finals: new Map([["main", ["raw prompt or output changed"]]]) }, "stale", "narration changed; final main: raw prompt or output changed"],
    [{ draft: ["narration changed"], edited: ["SCENE"] }, "kept", "narration changed; SCENE edited by hand"],
    [{ locked: true, tags: ["@horn changed"] }, "kept", "@horn changed; locked"],
    [{ edited: ["FINAL PROMPT main"], keptFinals: ["main"] }, "kept", "final main is out of date; FINAL PROMPT main edited by hand"],
  ];
  for (const [status, state, why] of rows) {
    it(`is "${state}" with the reason "${why}"`, () => assert.deepEqual(describeStatus({ ...CURRENT, ...status }), { state, why }));
  }
});
