import type { SceneContent } from "../../../core/documents/scenePlanDocument.ts";
import type { SegmentRange } from "../../../core/extractionPlan.ts";
import type { AssetDraft, StoryBrief } from "../../../pipeline/ports.ts";
import { fenced } from "./fence.ts";
import { assetRows, frameBlocks, narrationRow, sceneText } from "./storyContext.ts";

/** What holds for every window of a reading: the frame, without assets or narration. */
export function extractionContext(story: StoryBrief): string {
  return `# The story\n\n${fenced(frameBlocks(story))}`;
}

/** One call's share of the narration. */
export interface WindowPrompt {
  readonly story: StoryBrief;
  /** Segments to plan scenes for, as index ranges. */
  readonly wanted: readonly SegmentRange[];
  /** Segments that are shown, the wanted ones among them. */
  readonly shown: readonly SegmentRange[];
  /** Assets on file and those found in earlier windows. */
  readonly assets: readonly AssetDraft[];
  /** Ids of assets that a person wrote or changed. */
  readonly touched: readonly string[];
  /** The scene that the segments before the window are in, where one is planned. */
  readonly before: SceneContent | undefined;
}

export function extractionInstruction({ story, wanted, shown, assets, touched, before }: WindowPrompt): string {
  const { segments } = story.timing;
  const starts = wanted.map(({ first }) => segments[first]!.id);
  const isWanted = (index: number) => wanted.some(({ first, last }) => index >= first && index <= last);
  const rows = shown.map(({ first, last }) =>
    segments.slice(first, last + 1).map((segment, offset) => `${isWanted(first + offset) ? "[wanted]" : "[shown] "} ${narrationRow(segment)}`).join("\n"),
  );
  const must = starts.length === 1 ? `A scene starts from ${starts[0]}` : `Scenes start from each of ${starts.join(", ")}`;
  const goesOn = before ? " Where the scene before goes on there, repeat its place, time, cast and look." : "";
  return `List the assets of the narration below and plan the scenes of its wanted segments. ${must}.${goesOn}\n\n${fenced([
    ["known assets", assetRows(assets)],
    ["known assets that are a person's words", touched.map((id) => `@${id}`).join(", ")],
    ["the scene before", before ? sceneText(before) : ""],
    ["narration", rows.join("\n[…]\n")],
  ])}`;
}
