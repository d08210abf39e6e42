import { cpSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { formatTimingMap, parseTimingMap, type TimedSegment } from "../src/core/documents/timingMapDocument.ts";

/** The sample's narration over and over, as long as it takes. @param sample A story folder */
export function writeLongStory(sample: string, story: string, size: number): string {
  cpSync(sample, story, { recursive: true });
  const path = join(story, "timing-map.json");
  const map = parseTimingMap(readFileSync(path, "utf8")).value!;
  let time = 0;
  const segments = Array.from({ length: size }, (_, index): TimedSegment => {
    const { start, end, narration } = map.segments[index % map.segments.length]!;
    const from = time;
    time += end - start;
    return { id: `segment_${index + 1}`, start: from, end: time, narration };
  });
  writeFileSync(path, formatTimingMap({ format: 1, basis: "estimated", segments }));
  return story;
}

export function sizeOfSegments(story: string): number {
  return sizeOfFiles(join(story, "segments"));
}

export function sizeOfFiles(folder: string): number {
  return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}

/** What the kernel counted as written by this process; 0 where it does not count. */
export function bytesWritten(): number {
  try {
    return Number(/^wchar: (\d+)/m.exec(readFileSync("/proc/self/io", "utf8"))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
