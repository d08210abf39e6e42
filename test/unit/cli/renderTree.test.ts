import assert from "node:assert/strict";
import stringWidth from "string-width";
import * as fc from "fast-check";
import { renderTree, type TreeView } from "../../../src/cli/renderTree.ts";
import { StoryDirectorError } from "../../../src/core/errors.ts";
import { replayRunEvents } from "../../../src/progress/runEvents.ts";
import { createFakeImageMaker } from "../../support/fakeImageMaker.ts";
import { createMemoryStore } from "../../support/memoryStore.ts";
import { runStory } from "../../support/runStory.ts";
import { testStory } from "../../support/testStory.ts";
import { assertGolden } from "./golden.ts";
import { storyTree, type StoryTreeSpec } from "./storyTree.ts";

const VIEW: TreeView = { rows: 60, columns: 100, unicode: true, color: false, nowMs: 0 };

const ONE_AT_A_TIME: StoryTreeSpec = {
  segments: 53,
  states: { "1-12": "done", "13": { step: "optimizing…" } },
};

const SIDE_BY_SIDE: StoryTreeSpec = {
  segments: 600,
  states: {
    "1-140": "done",
    "141-143": "done",
    "144": { step: "optimizing…" },
    "151-152": { step: "checking tags…" },
    "161": "failed",
    "162": { step: "saving…" },
    "171": { step: "optimizing…" },
    "181": { step: "optimizing…" },
    "191-199": "done",
    "200": { step: "validating…" },
  },
};

const TWO_FAILURES: StoryTreeSpec = {
  segments: 53,
  states: { "1-12": "done", "13": "failed", "14-43": "done", "44": "failed", "45-52": "done", "53": "skipped" },
  ended: "failed",
};

describe("renderTree", () => {
  it("draws a run at one batch at a time", () => {
    assertGolden("one-batch-at-a-time", renderTree(storyTree(ONE_AT_A_TIME), VIEW));
  });

  it("draws the same run in ASCII", () => {
    assertGolden("ascii", renderTree(storyTree(ONE_AT_A_TIME), { ...VIEW, unicode: false }));
  });

  it("shortens what does not fit into a narrow window", () => {
    assertGolden("narrow", renderTree(storyTree(ONE_AT_A_TIME), { ...VIEW, columns: 40 }));
  });

  it("merges and shrinks 60 batches in a window of 24 rows", () => {
    assertGolden("short-60-batches", renderTree(storyTree(SIDE_BY_SIDE), { ...VIEW, columns: 80, rows: 24 }));
  });

  it("folds running batches, but not failed ones, in a window of 16 rows", () => {
    assertGolden("shorter-60-batches", renderTree(storyTree(SIDE_BY_SIDE), { ...VIEW, columns: 80, rows: 16 }));
  });

  it("opens a failed batch with its problems at the end", () => {
    const states = { "1-4": "done", "5-6": "cancelled", "11-12": "done", "13": "failed", "14": "cancelled" } as const;
    const nodes = storyTree({ segments: 53, states, ended: "failed" });
    assertGolden("failed", renderTree(nodes, { ...VIEW, rows: Number.POSITIVE_INFINITY, final: true }));
  });

  it("opens both failed batches of a run that kept going", () => {
    assertGolden("keep-going", renderTree(storyTree(TWO_FAILURES), { ...VIEW, rows: Number.POSITIVE_INFINITY, final: true }));
  });

  it("folds what is done at the end", () => {
    const nodes = storyTree({ segments: 53, states: { "1-50": "done", "51-53": "up to date" }, ended: "done" });
    assertGolden("done", renderTree(nodes, { ...VIEW, columns: 80, rows: Number.POSITIVE_INFINITY, final: true }));
  });

  it("opens the images of assets where one is missing, each with its reason", async () => {
    const files = { ...testStory(), "assets/maria.md": "---\nkind: character\nname: Maria\n---\nwoman, 62\n\n## State: old\n\nwoman, 80\n" };
    const imageMaker = createFakeImageMaker(({ prompt }) => {
      if (prompt.includes("Maria.")) throw new StoryDirectorError("the model refuses to draw this");
    });
    const { progress } = await runStory({ store: createMemoryStore(files), imageMaker });
    assertGolden("images", renderTree(progress.nodes, { ...VIEW, rows: Number.POSITIVE_INFINITY, final: true }));
  });

  it("says of batches that never started that they did not start", () => {
    const nodes = storyTree({ segments: 600, states: { "1-20": "done", "21": "cancelled" }, ended: "cancelled" });
    assertGolden("stopped", renderTree(nodes, { ...VIEW, columns: 80, rows: Number.POSITIVE_INFINITY, final: true }));
  });

  it("counts the seconds of a slow step", () => {
    const lines = renderTree(storyTree(ONE_AT_A_TIME), { ...VIEW, nowMs: 12_000 });
    assert.ok(lines.some((line) => line.includes("optimizing… 12 s")));
  });

  it("uses colours only where they are wanted", () => {
    const nodes = storyTree(TWO_FAILURES);
    assert.ok(renderTree(nodes, { ...VIEW, color: true }).join("\n").includes("\u001B[31m✗"));
    assert.ok(!renderTree(nodes, VIEW).join("\n").includes("\u001B"));
  });

  it("takes control characters out of labels", () => {
    const child = { id: "story", label: "one\n\u001B[2Jtwo", kind: "story" };
    const lines = renderTree(replayRunEvents([{ event: "task-plan", path: "", children: [child] }]), VIEW);
    assert.deepEqual(lines, ["○ one [2Jtwo"]);
  });

  it("keeps to the window from 24 columns on", () => {
    const specs = [ONE_AT_A_TIME, SIDE_BY_SIDE, TWO_FAILURES];
    const window = fc.record({ spec: fc.constantFrom(...specs), rows: fc.integer({ min: 1, max: 40 }), columns: fc.integer({ min: 24, max: 130 }) });
    fc.assert(
      fc.property(window, ({ spec, rows, columns }) => {
        const lines = renderTree(storyTree(spec), { ...VIEW, rows, columns });
        assert.ok(lines.length <= Math.max(1, rows - 1), `${lines.length} lines in ${rows} rows`);
        for (const line of lines) assert.ok(stringWidth(line) <= columns, `${line} in ${columns} columns`);
      }),
      { numRuns: 60 },
    );
  });
});
