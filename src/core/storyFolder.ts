import { isId } from "./ids.ts";

/** Every name that a story has on disk, relative to its folder, with `/` between parts. */
export const storyPaths = {
  story: "story.yaml",
  style: "style.md",
  narration: "narration.md",
  research: "research.md",
  timingMap: "timing-map.json",
  scenePlan: "scene-plan.yaml",
  assets: "assets",
  segments: "segments",
  machine: ".story-director",
  machineIgnore: ".story-director/.gitignore",
  lock: ".story-director/lock",
  runs: ".story-director/runs",
  history: ".story-director/history",
} as const;

export type StoryFileKind =
  | { readonly kind: "story" | "style" | "narration" | "research" | "timing-map" | "scene-plan" }
  | { readonly kind: "asset" | "segment"; readonly id: string };

export function assetPath(name: string): string {
  return `${storyPaths.assets}/${checkedId(name)}.md`;
}

export function segmentPath(id: string): string {
  return `${storyPaths.segments}/${checkedId(id)}.md`;
}

/** The one way from a path to its meaning; undefined for a file that is none of a story's. */
export function kindOf(path: string): StoryFileKind | undefined {
  switch (path) {
    case storyPaths.story:
      return { kind: "story" };
    case storyPaths.style:
      return { kind: "style" };
    case storyPaths.narration:
      return { kind: "narration" };
    case storyPaths.research:
      return { kind: "research" };
    case storyPaths.timingMap:
      return { kind: "timing-map" };
    case storyPaths.scenePlan:
      return { kind: "scene-plan" };
  }
  const match = /^(assets|segments)\/([^/]+)\.md$/.exec(path);
  if (!match || !isId(match[2]!)) return undefined;
  return { kind: match[1] === "assets" ? "asset" : "segment", id: match[2]! };
}

function checkedId(id: string): string {
  if (!isId(id)) throw new RangeError(`not an id: ${JSON.stringify(id)}`);
  return id;
}
