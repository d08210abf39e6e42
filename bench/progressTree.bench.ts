import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { buildTestExtension } from "../test/ui/testExtension.ts";
import { openWorkbench, root, type Workbench } from "../test/ui/workbench.ts";
import type { Storm, StormResult } from "./storm-extension/extension.ts";

const SIZES = [53, 500, 10_000];
const SLOWLY: Storm = { segments: 10, steps: 15, everyMs: 1000 };
const STORM: Storm = { segments: 10, steps: 250, everyMs: 20 };

/** Rows that one refresh of each changed node would take: it runs, it is done; each batch opens and folds. */
const ROWS_PER_SEGMENT = 2.2;

const extension = await buildTestExtension("storm", { source: "bench/storm-extension/extension.ts", content: ["media", "dist"] });
const slow = await latencies(SLOWLY);
const stormy = await latencies(STORM);
const kilobytes = (bundle: string) => Math.round(statSync(join(root, "dist", bundle)).size / 1024);

console.log("Loading in the extension host, in one run:");
console.log(`  extension.cjs ${kilobytes("extension.cjs")} KB, ${stormy.result.loadMs.extension.toFixed(0)} ms; engine.cjs, on first use, ${kilobytes("engine.cjs")} KB, ${stormy.result.loadMs.engine.toFixed(0)} ms`);
console.log("From an event to the screen:");
console.log(`  a step a second: median ${percentile(slow.ms, 50)} ms, p95 ${percentile(slow.ms, 95)} ms`);
console.log(`  50 steps a second: p95 ${percentile(stormy.ms, 95)} ms = ${(percentile(stormy.ms, 95) / percentile(slow.ms, 50)).toFixed(1)} x the median of single ones`);
console.log("Rows that VS Code asks for in a whole run:");
for (const segments of SIZES) {
  const { getTreeItem, getChildren } = (await storm({ segments })).result;
  const ratio = getTreeItem / (segments * ROWS_PER_SEGMENT);
  console.log(`  ${String(segments).padStart(6)} segments: ${getTreeItem} getTreeItem = ${(getTreeItem / segments).toFixed(2)} a segment = ${ratio.toFixed(2)} x one refresh for each changed node; ${getChildren} getChildren`);
}

/** From each step's being said to the moment when it, or a later one, is on the screen. */
async function latencies(settings: Storm): Promise<{ ms: number[]; result: StormResult }> {
  const { result, seen } = await storm(settings);
  const ms = result.said.flatMap((at, index) => {
    const shown = seen.find(([step]) => step >= index + 1);
    return shown ? [shown[1] - at] : [];
  });
  return { ms, result };
}

async function storm(settings: Storm): Promise<{ result: StormResult; seen: [step: number, atMs: number][] }> {
  const files = { "story.yaml": "format: 1\ntitle: Storm\n", "storm.json": JSON.stringify(settings) };
  const workbench = await openWorkbench({ files, extension });
  try {
    await workbench.focusView("Progress");
    await watchSteps(workbench);
    await workbench.runCommand("Story Director: Regenerate Director's Script");
    const path = join(workbench.folder, "storm-result.json");
    await workbench.waitFor("the end of the storm", async () => existsSync(path) || undefined, 300_000);
    const seen = await workbench.page.evaluate(() => (globalThis as unknown as { seen: [number, number][] }).seen);
    return { result: JSON.parse(readFileSync(path, "utf8")) as StormResult, seen };
  } finally {
    await workbench.dispose();
  }
}

/** Notes in the page when each step is first seen. */
async function watchSteps({ page }: Workbench): Promise<void> {
  await page.evaluate(() => {
    const seen: [number, number][] = [];
    Object.assign(globalThis, { seen });
    const { document } = globalThis as unknown as { document: { body: { innerText: string } } };
    setInterval(() => {
      const step = Number(/step (\d+)/.exec(document.body.innerText)?.[1] ?? 0);
      if (step > (seen.at(-1)?.[0] ?? 0)) seen.push([step, Date.now()]);
    }, 10);
  });
}

function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN;
}
