import { findProfile, PROFILE_IDS } from "./outputs.ts";
import type { SegmentFile } from "./documents/segmentDocument.ts";
import type { Path } from "./documents/source.ts";
import type { Problem, SourceRange } from "./problem.ts";
import { storedRaw } from "./staleness.ts";
import { resolveTag, segmentIndexes, type Story } from "./story.ts";
import { assetPath, segmentPath, storyPaths } from "./storyFolder.ts";
import { textProblems } from "./validateSegment.ts";

/** Ranges of one document by path of keys. */
export type RangeOf = (path: Path) => SourceRange | undefined;

export function checkOutputs({ settings }: Story, rangeOf: RangeOf): Problem[] {
  return Object.entries(settings.outputs).flatMap(([name, { profile: id, aspectRatio }]): Problem[] => {
    const place = (key: string) => ({ file: storyPaths.story, range: rangeOf(["outputs", name, key]) });
    const profile = findProfile(id);
    if (!profile) {
      const message = `outputs.${name}: there is no profile "${id}"`;
      return [{ severity: "error", code: "unknown-profile", message, hint: `Use one of ${PROFILE_IDS.join(", ")}.`, ...place("profile") }];
    }
    if (profile.aspectRatios.includes(aspectRatio)) return [];
    const message = `outputs.${name}: ${profile.name} is not known to make ${aspectRatio}`;
    const hint = `Known are ${profile.aspectRatios.join(", ")} (as of ${profile.asOf}).`;
    return [{ severity: "warning", code: "aspect-ratio", message, hint, ...place("aspectRatio") }];
  });
}

/** Every `from` is a segment of the map, in its order; places, cast and looks are on file. */
export function checkScenePlan({ scenes, timing, assets, style }: Story, rangeOf: RangeOf): Problem[] {
  const positions = segmentIndexes(timing.segments);
  const problems: Problem[] = [];
  let latest = -1;
  const report = (severity: Problem["severity"], path: Path, [code, message, hint]: readonly [string, string, string]) =>
    problems.push({ severity, code, message, hint, file: storyPaths.scenePlan, range: rangeOf(["scenes", ...path]) });
  scenes.forEach((scene, index) => {
    const position = positions.get(scene.from);
    if (position === undefined) {
      const hint = "Let the scene start from a segment that is there, or take the scene out.";
      report("error", [index, "from"], ["unknown-from", `the timing map has no segment "${scene.from}"`, hint]);
    } else if (position <= latest) {
      const hint = "Put the scenes into the order of the timing map, each from a segment of its own.";
      report("error", [index, "from"], ["unordered-from", `${scene.from} does not come after the scene before it`, hint]);
    } else latest = position;
    const place = resolveTag(assets, scene.place);
    if (place && place.asset.kind !== "location") {
      const hint = "Name a location here, or change the asset's kind.";
      report("warning", [index, "place"], ["not-a-place", `@${scene.place} is a ${place.asset.kind}, not a location`, hint]);
    }
    const made = "It is made when a segment uses it.";
    if (!place) report("warning", [index, "place"], ["missing-asset", `@${scene.place} is not on file`, made]);
    scene.cast.forEach((tag, at) => {
      if (!resolveTag(assets, tag)) report("warning", [index, "cast", at], ["missing-asset", `@${tag} is not on file`, made]);
    });
    if (scene.look !== undefined && !style.looks.has(scene.look)) {
      const hint = `Add a heading "## ${scene.look}" with the look below it.`;
      report("error", [index, "look"], ["unknown-look", `style.md has no look "${scene.look}"`, hint]);
    }
  });
  return problems;
}

/** No two assets answer to one name; an image's state is described. */
export function checkAssets({ assets }: Story): Problem[] {
  const owners = new Map<string, string>();
  const problems: Problem[] = [];
  for (const asset of assets.values()) {
    const file = assetPath(asset.id);
    const report = (code: string, message: string, hint: string) => problems.push({ severity: "warning", code, message, hint, file });
    for (const name of new Set([asset.name, ...asset.aliases].map((text) => text.normalize("NFC").toLowerCase()))) {
      const owner = owners.get(name);
      if (owner) report("shared-name", `"${name}" also names @${owner}`, "Take the name out of one of the two.");
      else owners.set(name, asset.id);
    }
    for (const { file: image, state } of asset.images) {
      if (state === undefined || asset.states.has(state)) continue;
      report("unknown-state", `${image} shows the state "${state}", which is not described`, `Add a section ## State: ${state}`);
    }
  }
  return problems;
}

/** A file that the map does not name, prompts of outputs that are gone, and tags that lead nowhere. */
export function checkSegment(file: SegmentFile, story: Story, isTimed: boolean): Problem[] {
  const path = segmentPath(file.id);
  const warn = (code: string, message: string, hint: string): Problem => ({ severity: "warning", code, message, hint, file: path });
  if (!isTimed) {
    return [warn("unused-segment", "the timing map has no such segment; the file is kept, but unused", "Delete it when you no longer need it.")];
  }
  const outputs = [...file.finalPrompts.keys()].filter((name) => !Object.hasOwn(story.settings.outputs, name));
  const unused = outputs.map((name) => warn("unused-final", `story.yaml has no output "${name}"; its prompt is kept, but unused`, "Delete the fence when you no longer need it."));
  if (!file.sections.get("SCENE")) return unused;
  const { tags, sections } = storedRaw(file, story);
  const candidate = { id: file.id, sections, usedAssets: tags, file };
  return [...unused, ...textProblems(candidate, story)];
}
