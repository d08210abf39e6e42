import { imageEnding, type ImageType } from "./imageType.ts";
import { isId, isTagName } from "./ids.ts";

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
  failures: ".story-director/failures",
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

/** The `attempt`th name, from 1, for an image of an asset, inside the folder of assets: `maria-old.png`, then `maria-old-2.png`. */
export function imageName(tag: string, type: ImageType, attempt: number): string {
  if (!isTagName(tag)) throw new RangeError(`not a tag: ${JSON.stringify(tag)}`);
  return `${tag.replace("/", "-")}${attempt > 1 ? `-${attempt}` : ""}.${imageEnding(type)}`;
}

/** The path of an image that an asset names. */
export function imagePath(file: string): string {
  return `${storyPaths.assets}/${file}`;
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
