import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Job, Measured, Way } from "./modelRun/child.ts";
import { BATCH_SIZE, BOUND_IN_WORDS, boundOf, SLOTS } from "./modelRun/speeds.ts";

const WAYS: readonly Way[] = ["two loops", "batch by batch", "ours"];
interface Size {
  readonly segments: number;
  /** How many times faster than the model's own time the clock of ours goes; 0 for a virtual one. */
  readonly factor: number;
  /** Ours may be so much longer than the bound. */
  readonly mayBe: number;
}

const SIZES: readonly Size[] = [
  { segments: 53, factor: 5, mayBe: 1.1 },
  { segments: 500, factor: 5, mayBe: 1.07 },
  { segments: 10_000, factor: 0, mayBe: 1.02 },
];
const FEWEST_TIMES_FASTER = 7;
const MOST_OF_FIRST_BOUND = 1.05;
const MOST_CPU_MS = 2;
/** Costs that grow with the story do so in proportion; this leaves room for what a machine makes of the same work. */
const MOST_GROWTH = 1.3;
const MOST_WRITTEN = 1.2;

const sample = fileURLToPath(new URL("../samples/the-trumpet-and-the-silence", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "story-director-bench-"));
try {
  const program = await bundle(join(folder, "child.cjs"));
  console.log(`${BOUND_IN_WORDS}\n`);
  console.log("The model is played; assets and scenes are on file. Input tokens at four characters each; cacheable are those of a call's beginning that a call");
  console.log("before had in the same words, and had begun to be answered. CPU is that of a run on the virtual clock, less that of playing the same calls alone, after a warm-up");
  console.log(`run; that of a segment is what each one takes beyond the ${BATCH_SIZE} of a run over one batch, whose CPU is told as start: locking, reading and planning are no cost of a segment.\n`);
  const costs: number[] = [];
  for (const size of SIZES) costs.push(await compare(program, size));
  SIZES.slice(1).forEach(({ segments }, index) => judge(`CPU per segment at ${segments} / at ${SIZES[0]!.segments}`, costs[index + 1]! / costs[0]!, MOST_GROWTH));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** As it is shipped: in one file, so that the costs are those that people have. */
async function bundle(outfile: string): Promise<string> {
  const entry = fileURLToPath(new URL("modelRun/child.ts", import.meta.url));
  await build({ entryPoints: [entry], outfile, bundle: true, platform: "node", target: "node20", format: "cjs", mainFields: ["module", "main"], minify: true, keepNames: true, logLevel: "warning" });
  return outfile;
}

interface Row {
  readonly way: Way;
  readonly factor: number;
  readonly measured: Measured;
}

/** @returns milliseconds of CPU that each segment of ours takes */
async function compare(program: string, { segments, factor, mayBe }: Size): Promise<number> {
  const rows: Row[] = [];
  for (const way of WAYS) {
    // One call after the other takes hours; the virtual clock counts nothing but the model's time against it.
    const own = way === "ours" ? factor : 0;
    rows.push({ way, factor: own, measured: await child(program, { way, segments, factor: own, sample, folder }) });
  }
  const bound = boundOf(segments);
  console.log(`${segments} segments, bound ${seconds(bound.totalMs)} (work ${seconds(bound.workMs)}, critical path ${seconds(bound.criticalMs)}), first segment ${seconds(bound.firstMs)}`);
  table([
    ["", "clock", "total", "x bound", "first ready", "x bound", "peak", "calls", "input tokens", "cacheable", "CPU/segment", "start", "written/segments"],
    ...rows.map((row) => cellsOf(row, segments)),
  ]);
  const [, second, ours] = rows.map(({ measured }) => measured) as [Measured, Measured, Measured];
  judge("total / bound", ours.totalMs / bound.totalMs, mayBe);
  judge("first ready / its bound", ours.firstMs / bound.firstMs, MOST_OF_FIRST_BOUND);
  judge("peak calls", ours.peakCalls, SLOTS);
  const cost = cpuPerSegment(ours, segments);
  judge("own CPU per segment, ms", cost, MOST_CPU_MS);
  if (ours.bytesWritten > 0) judge("bytes written / bytes of segments", ours.bytesWritten / ours.segmentBytes, MOST_WRITTEN);
  judge(`ours / batch by batch: 1/${(second.totalMs / ours.totalMs).toFixed(2)}`, ours.totalMs / second.totalMs, 1 / FEWEST_TIMES_FASTER);
  console.log("");
  return cost;
}

function cellsOf({ way, measured, factor }: Row, segments: number): string[] {
  const bound = boundOf(segments);
  return [
    way,
    factor === 0 ? "virtual" : `${factor} x`,
    seconds(measured.totalMs),
    (measured.totalMs / bound.totalMs).toFixed(3),
    seconds(measured.firstMs),
    (measured.firstMs / bound.firstMs).toFixed(3),
    String(measured.peakCalls),
    String(measured.calls),
    Math.round(measured.inputTokens).toLocaleString("en"),
    `${((100 * measured.cacheableTokens) / measured.inputTokens).toFixed(0)} %`,
    `${cpuPerSegment(measured, segments).toFixed(2)} ms (model ${(measured.modelCpuMs / segments).toFixed(2)})`,
    `${measured.firstBatchCpuMs.toFixed(0)} ms`,
    (measured.bytesWritten / measured.segmentBytes).toFixed(2),
  ];
}

/** Milliseconds of each segment that comes after the first batch. */
function cpuPerSegment({ ownCpuMs, firstBatchCpuMs }: Measured, segments: number): number {
  return (ownCpuMs - firstBatchCpuMs) / (segments - BATCH_SIZE);
}

function judge(what: string, value: number, most: number): void {
  const isKept = value <= most;
  console.log(`  ${isKept ? "kept  " : "MISSED"}  ${what}: ${value.toFixed(3)}, at most ${most.toFixed(3)}`);
  if (!isKept) process.exitCode = 1;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function table(rows: readonly (readonly string[])[]): void {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  for (const row of rows) console.log(`  ${row.map((cell, column) => (column < 2 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))).join("  ")}`);
}

function child(program: string, job: Job): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const running = spawn(process.execPath, [program, JSON.stringify(job)], { stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    running.stdout.on("data", (part: Buffer) => void (output += part.toString()));
    running.once("error", reject);
    running.once("close", (code) => (code === 0 ? resolve(JSON.parse(output) as Measured) : reject(new Error(`${job.way}, ${job.segments} segments: ended with ${code}`))));
  });
}
