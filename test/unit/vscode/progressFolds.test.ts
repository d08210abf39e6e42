import assert from "node:assert/strict";
import type { PlannedTask, ProgressTask } from "../../../src/pipeline/ports.ts";
import { ProgressManager } from "../../../src/progress/progressManager.ts";
import { ProgressFolds } from "../../../src/vscode/views/progressFolds.ts";

const RULES = { holdsSelection: false, mayFold: true };

describe("the folds of the progress tree", () => {
  for (const kind of ["batch", "phase"] as const) {
    it(`open a ${kind} of leaves while it runs, and fold it when it is complete`, async () => {
      const opens = await opensDuring(kind, [{ id: "a", label: "a", kind: kind === "batch" ? "segment" : "step" }]);
      assert.deepEqual(opens, [true, false]);
    });
  }

  it("keep a phase of batches open when it is complete", async () => {
    assert.deepEqual(await opensDuring("phase", [{ id: "a", label: "a", kind: "batch" }]), [true, true]);
  });

  it("keep a phase open whose step failed", async () => {
    const opens = await opensDuring("phase", [{ id: "a", label: "a", kind: "step" }], () => Promise.reject(new Error("failed")));
    assert.deepEqual(opens, [true, true]);
  });
});

/** Whether the node is open while it runs, and after. */
async function opensDuring(kind: PlannedTask["kind"], children: readonly PlannedTask[], work: () => Promise<void> = () => Promise.resolve()): Promise<boolean[]> {
  const folds = new ProgressFolds();
  const progress = new ProgressManager({ now: () => 0 });
  progress.onChange(({ changes }) => {
    for (const { node } of changes) if (node) folds.follow(node, RULES);
  });
  progress.root.plan([{ id: "top", label: "top", kind }]);
  const opens: boolean[] = [];
  const run = async (task: ProgressTask) => {
    task.plan(children);
    await task.run("a", async () => {
      opens.push(folds.get(progress.nodes[0]!).isOpen);
      await work();
    });
  };
  await progress.root.run("top", run).catch(() => undefined);
  return [...opens, folds.get(progress.nodes[0]!).isOpen];
}
