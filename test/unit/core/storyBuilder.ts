import { hashText } from "../../../src/core/canonical.ts";
import { formatAsset, parseAsset, type Asset, type AssetContent } from "../../../src/core/documents/assetDocument.ts";
import type { Scene } from "../../../src/core/documents/scenePlanDocument.ts";
import { formatSegment, parseSegment, type RawSection, type SegmentFile, type SegmentWriting } from "../../../src/core/documents/segmentDocument.ts";
import { parseStory } from "../../../src/core/documents/storyDocument.ts";
import { parseStyle } from "../../../src/core/documents/styleDocument.ts";
import { resolveOutputs } from "../../../src/core/outputs.ts";
import { hashFinalSource, segmentStatus, statusInputs, usedTags, type SegmentStatus } from "../../../src/core/staleness.ts";
import { hashAsset, hashScene, hashStoryStyle, resolveTag, scenesByIndex, segmentSeconds, type Story } from "../../../src/core/story.ts";
import { formatDefinitions } from "../../../src/core/tags.ts";

const CONTENTS: Readonly<Record<string, AssetContent>> = {
  maria: { kind: "character", name: "Maria", aliases: ["Ms. Silva"], description: "woman, 40, navy coat", states: new Map([["old", "woman, 62, silver braid"]]) },
  horn: { kind: "prop", name: "Horn", aliases: [], description: "worn brass horn", states: new Map() },
  square: { kind: "location", name: "Old square", aliases: [], description: "cobbled square", states: new Map() },
};

/** Assets as a machine would make them; a name without a content of its own becomes a prop. */
export function assetsOf(...names: readonly string[]): Map<string, Asset> {
  return new Map(names.map((name) => [name, assetOf(name, CONTENTS[name] ?? { kind: "prop", name, aliases: [], description: `a ${name}`, states: new Map() })]));
}

export function assetOf(name: string, content: AssetContent): Asset {
  return parseAsset(formatAsset(content, { by: "offline", late: false }), name).value!;
}

export const SCENE: Scene = { from: "segment_1", place: "square", time: "dusk", cast: ["maria/old"], look: "Night", note: "quiet" };

const STORY_YAML = `format: 1
title: T
outputs:
  main: { profile: veo-3.1, aspectRatio: "16:9" }
  tall: { profile: kling-3, aspectRatio: "9:16" }
`;

export const DRAFT: ReadonlyMap<RawSection, string> = new Map<RawSection, string>([
  ["SCENE", "@maria/old lifts @horn on @square. End: still."],
  ["CAMERA", "Close-up, one slow push-in."],
  ["LIGHTING", "Low dusk sun."],
  ["MOOD", "Tender."],
]);

/** A story of two segments in one scene, with two outputs and nothing made yet. */
export function emptyStory(): Story {
  return {
    settings: parseStory(STORY_YAML).value!.settings,
    style: parseStyle("Warm film.\n\n## Night\n\nBlue.\n\n## Day\n\nWhite.\n"),
    research: "",
    timing: {
      format: 1,
      basis: "aligned",
      segments: [
        { id: "segment_1", start: 0, end: 5.2, narration: "She lifted the horn." },
        { id: "constructor", start: 5.2, end: 9, narration: "" },
      ],
    },
    scenes: [SCENE],
    assets: assetsOf("maria", "horn", "square"),
    segments: new Map(),
  };
}

/** What a run writes for a segment of the story, with this draft. */
export function writingFor(id: string, story: Story, draft = DRAFT): SegmentWriting {
  const index = story.timing.segments.findIndex((segment) => segment.id === id);
  const segment = story.timing.segments[index]!;
  const usedAssets = usedTags(["horn"], [...draft.values()].join("\n"), story);
  const resolved = usedAssets.map((tag) => resolveTag(story.assets, tag)!);
  const sections = new Map<RawSection, string>([["TAGS", formatDefinitions(resolved)], ...draft]);
  const finalPrompts = new Map(Object.keys(story.settings.outputs).map((output) => [output, `Prompt for ${output}.`]));
  const finals = resolveOutputs(story.settings.outputs).map((output) => {
    return [output.name, { from: hashFinalSource(sections, output), text: hashText(finalPrompts.get(output.name)!) }];
  });
  const text = Object.fromEntries([...sections].map(([name, said]) => [name.toLowerCase(), hashText(said)]));
  return {
    id,
    front: {
      madeFor: { narration: segment.narration, seconds: segmentSeconds(segment) },
      usedAssets,
      generated: {
        by: "offline",
        from: {
          scene: hashScene(scenesByIndex(story)[index], story.style),
          story: hashStoryStyle(story),
          assets: Object.fromEntries(resolved.map((entry) => [entry.tag, hashAsset(entry)])),
        },
        text,
      },
      finals: Object.fromEntries(finals),
    },
    sections,
    finalPrompts,
  };
}

/** The story with every segment production-ready. */
export function readyStory(story: Story = emptyStory()): Story {
  return withTexts(story, new Map(story.timing.segments.map(({ id }) => [id, formatSegment(writingFor(id, story))])));
}

/** The story with these texts as its segment files. */
export function withTexts(story: Story, texts: ReadonlyMap<string, string>): Story {
  const files = [...texts].map(([id, text]) => [id, readSegment(text, id)] as const);
  return { ...story, segments: new Map([...story.segments, ...files]) };
}

export function readSegment(text: string, id = "segment_1"): SegmentFile {
  const { value, problems } = parseSegment(text, id);
  if (!value) throw new Error(JSON.stringify(problems));
  return value;
}

export function statusOf(story: Story, id = "segment_1"): SegmentStatus {
  const index = story.timing.segments.findIndex((segment) => segment.id === id);
  return segmentStatus(story.timing.segments[index]!, scenesByIndex(story)[index], statusInputs(story, resolveOutputs(story.settings.outputs)));
}
