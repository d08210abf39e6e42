import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openStoryDirector } from "../src/compose.ts";
import { loadStory } from "../src/core/loadStory.ts";
import { ProgressManager } from "../src/progress/progressManager.ts";
import { createDiskStore } from "../src/story/diskStore.ts";
import { bytesWritten, sizeOfSegments, writeLongStory } from "./longStory.ts";

const SIZES = [53, 500, 10_000];
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
      const idle = child("load", story);
      const first = child("run", story);
      const again = child("run", story);
      const reading = child("read", story);
      return { size, idle, first, again, reading, segmentBytes: sizeOfSegments(story) };
    });
    const perSegment = rows.map(({ size, first, idle }) => (first.cpu - idle.cpu) / size);
    console.log("Offline run, each in a process of its own; the cost of starting and loading the program is taken off CPU.\n");
    console.log("segments | CPU/segment, to 53's | written/segment bytes | peak memory | up to date again/read and parse");
    rows.forEach(({ size, idle, first, again, reading, segmentBytes }, index) => {
      const growth = `${perSegment[index]!.toFixed(2)} ms = ${(perSegment[index]! / perSegment[0]!).toFixed(2)} x`;
      const written = `${(first.bytesWritten / segmentBytes).toFixed(2)} x`;
      const repeat = `${((again.cpu - idle.cpu) / (reading.cpu - idle.cpu)).toFixed(2)} x`;
      console.log([String(size).padStart(8), growth.padStart(20), written.padStart(21), `${first.peakMemory.toFixed(0)} MiB`.padStart(11), repeat.padStart(31)].join(" | "));
    });
  } finally {
    rmSync(parent, { recursive: true, force: true });
  }
}

function child(task: string, story: string): Measured {
  const { stdout, stderr, status } = spawnSync(process.execPath, ["--import", "tsx", self, task, story], { encoding: "utf8", maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Measured;
}

async function measure(task: string, story: string): Promise<void> {
  if (task === "run") await runStory(story);
  if (task === "read") loadStory((await createDiskStore(story).readAll()).texts);
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const measured: Measured = { cpu: (userCPUTime + systemCPUTime) / 1000, peakMemory: maxRSS / 1024, bytesWritten: bytesWritten() };
  console.log(JSON.stringify(measured));
}

async function runStory(story: string): Promise<void> {
  const progress = new ProgressManager({ now: () => Date.now() });
  await openStoryDirector({ folder: story }).direct({}, { progress, signal: new AbortController().signal });
}
