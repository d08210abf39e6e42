import { formatTimingMap, type TimedSegment } from "../../src/core/documents/timingMapDocument.ts";

export interface TestStoryOptions {
  readonly segments?: number;
  readonly outputs?: string;
}

/** The documents of a small story whose segments last five seconds each. */
export function testStory({ segments = 12, outputs = "main: { profile: veo-3.1, aspectRatio: \"16:9\" }" }: TestStoryOptions = {}): Record<string, string> {
  return {
    "story.yaml": `format: 1\ntitle: The Test\nlanguage: en\noutputs:\n  ${outputs}\n`,
    "style.md": "35 mm, warm grain.\n\n## Memory\n\nFaded, soft edges.\n",
    "timing-map.json": formatTimingMap({ format: 1, basis: "aligned", segments: timedSegments(segments) }),
  };
}

export function timedSegments(count: number): TimedSegment[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `segment_${index + 1}`,
    start: index * 5,
    end: index * 5 + 5,
    narration: `Maria lifts the trumpet for the ${index + 1}. time.`,
  }));
}
