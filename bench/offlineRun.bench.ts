import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openStoryDirector } from "../src/compose.ts";
import { readFrontMatter } from "../src/core/documents/frontMatter.ts";
import { readMarkdown } from "../src/core/documents/markdown.ts";
import { parseYaml } from "../src/core/documents/source.ts";
import { loadStory, type StoryTexts } from "../src/core/loadStory.ts";
import { ProgressManager } from "../src/progress/progressManager.ts";
import { createDiskStore } from "../src/story/diskStore.ts";
import { bytesWritten, sizeOfSegments, writeLongStory } from "./longStory.ts";

const SIZES = [53, 500, 10_000];
/** What is compared with each other is measured in turns, as often as this; the one in the middle counts. */
const TURNS = 5;
const sample = fileURLToPath(new URL("../samples/the-trumpet-and-the-silence", import.meta.url));
const self = fileURLToPath(import.meta.url);

/** What one process measured of itself. */
interface Measured {
  /** Milliseconds of CPU, user and system. */
  readonly cpu: number;
  /** Mebibytes. */
  readonly peakMemory: number;
  readonly bytesWritten: number;
}

const [job, folder] = process.argv.slice(2);
if (job && folder) await measure(job, folder);
else compare();

function compare(): void {
  const parent = mkdtempSync(join(tmpdir(), "story-director-bench-"));
  try {
    const rows = SIZES.map((size) => {
      const story = writeLongStory(sample, join(parent, String(size)), size);
      const first = child("run", story);
      const turns = Array.from({ length: TURNS }, () => ({ idle: cpu("idle", story), again: cpu("run", story), parse: cpu("parse", story), load: cpu("load", story) }));
      const [idle, again, parse, load] = (["idle", "again", "parse", "load"] as const).map((task) => median(turns.map((turn) => turn[task])));
      return { size, first, idle: idle!, again: again! - idle!, parse: parse! - idle!, load: load! - idle!, segmentBytes: sizeOfSegments(story) };
    });
    const perSegment = rows.map(({ size, first, idle }) => (first.cpu - idle) / size);
    const ratio = (part: number, whole: number) => `${(part / whole).toFixed(2)} x`;
    console.log("Offline run, each in a process of its own; the cost of starting and loading the program is taken off CPU.\n");
    print(["segments", "CPU/segment, to 53's", "written/segment bytes", "peak memory", "up to date again/parse all", "load/parse all"]);
    rows.forEach(({ size, first, again, parse, load, segmentBytes }, index) => {
      const growth = `${perSegment[index]!.toFixed(2)} ms = ${ratio(perSegment[index]!, perSegment[0]!)}`;
      print([String(size), growth, ratio(first.bytesWritten, segmentBytes), `${first.peakMemory.toFixed(0)} MiB`, ratio(again, parse), ratio(load, parse)]);
    });
  } finally {
    rmSync(parent, { recursive: true, force: true });
  }
}

function print(cells: readonly string[]): void {
  const widths = [8, 20, 21, 11, 26, 14];
  console.log(cells.map((cell, index) => cell.padStart(widths[index]!)).join(" | "));
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
}

/** Milliseconds. */
function cpu(task: string, story: string): number {
  return child(task, story).cpu;
}

function child(task: string, story: string): Measured {
  const { stdout, stderr, status } = spawnSync(process.execPath, ["--import", "tsx", self, task, story], { encoding: "utf8", maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Measured;
}

async function measure(task: string, story: string): Promise<void> {
  // Held until CPU is taken: what is read is kept, as in a run.
  let read: unknown;
  if (task === "run") await runStory(story);
  if (task === "parse") read = parseAll((await createDiskStore(story).readAll()).texts);
  if (task === "load") read = loadStory((await createDiskStore(story).readAll()).texts);
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const measured: Measured = { cpu: (userCPUTime + systemCPUTime) / 1000, peakMemory: maxRSS / 1024, bytesWritten: bytesWritten() };
  console.log(JSON.stringify(measured));
  void read;
}

/** The least that anybody does who wants to know what stands in the files: no schema, no check, no state. */
function parseAll(texts: StoryTexts): unknown[] {
  return [...texts].map(([path, text]) => {
    if (path.endsWith(".json")) return JSON.parse(text) as unknown;
    if (path.endsWith(".yaml")) return parseYaml(text).toJS() as unknown;
    const document = readMarkdown(text, path);
    return { document, front: readFrontMatter(document, path).data };
  });
}

async function runStory(story: string): Promise<void> {
  const progress = new ProgressManager({ now: () => Date.now() });
  await openStoryDirector({ folder: story }).direct({}, { progress, signal: new AbortController().signal });
}
