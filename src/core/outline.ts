import { parseSegment } from "./documents/segmentDocument.ts";
import { resolveOutputs } from "./outputs.ts";
import { sceneSummary, shotSize } from "./segmentLabel.ts";
import { describeStatus, type StateName } from "./segmentPlan.ts";
import { segmentStatus, statusInputs } from "./staleness.ts";
import { resolveTag, sceneRanges, scenesByIndex, type Story } from "./story.ts";

/** A story without its segment files: read quickly, however long it is. */
export interface StoryOutline {
  readonly story: Story;
  readonly scenes: readonly SceneOutline[];
}

export interface SceneOutline {
  /** `1 · Old Square` */
  readonly label: string;
  /** `dusk · 12 segments` */
  readonly description: string;
  readonly segments: readonly { readonly id: string; readonly index: number }[];
}

/** What a list shows of one segment. */
export interface SegmentView {
  readonly id: string;
  readonly state: StateName | "unreadable";
  readonly why: string;
  /** Names of the parts that were edited by hand. */
  readonly edited: readonly string[];
  /** `MCU` */
  readonly shotSize: string | undefined;
  /** `Maria lifts the trumpet`; undefined where there is no SCENE. */
  readonly summary: string | undefined;
  /** By output, in the order of the story. */
  readonly finalPrompts: ReadonlyMap<string, string>;
}

/** Segments that no scene covers yet are shown in groups of this many. */
const GROUP_SIZE = 50;

export function outlineStory(story: Story): StoryOutline {
  const { segments } = story.timing;
  const ranges = sceneRanges(story.scenes, segments);
  const firstCovered = ranges[0]?.first ?? segments.length;
  const groups: SceneOutline[] = [];
  for (let first = 0; first < firstCovered; first += GROUP_SIZE) {
    const last = Math.min(first + GROUP_SIZE, firstCovered) - 1;
    groups.push({ label: `Segments ${first + 1}-${last + 1}`, description: "no scenes yet", segments: slice(story, first, last) });
  }
  const scenes = ranges.map(({ scene, first, last }, index): SceneOutline => {
    const place = resolveTag(story.assets, scene.place)?.asset.name ?? scene.place;
    const count = last === first ? "1 segment" : `${last - first + 1} segments`;
    return { label: `${index + 1} · ${capitalize(place)}`, description: `${scene.time} · ${count}`, segments: slice(story, first, last) };
  });
  return { story, scenes: [...groups, ...scenes] };
}

/** @param text The segment's file; undefined where there is none. */
export function viewSegment({ story }: StoryOutline, id: string, text: string | undefined): SegmentView {
  const parsed = text === undefined ? undefined : parseSegment(text, id);
  const nothing = { id, edited: [], shotSize: undefined, summary: undefined, finalPrompts: new Map<string, string>() };
  if (parsed && !parsed.value) return { ...nothing, state: "unreadable", why: parsed.problems[0]?.message ?? "" };
  const index = story.timing.segments.findIndex((segment) => segment.id === id);
  const segment = story.timing.segments[index];
  if (!segment) return { ...nothing, state: "unreadable", why: "the timing map has no such segment" };
  const file = parsed?.value;
  const withFile = { ...story, segments: new Map(file ? [[id, file]] : []) };
  const outputs = resolveOutputs(story.settings.outputs);
  const status = segmentStatus(segment, scenesByIndex(story)[index], statusInputs(withFile, outputs));
  const scene = file?.sections.get("SCENE");
  const finals = outputs.flatMap(({ name }): [string, string][] => {
    const prompt = file?.finalPrompts.get(name);
    return prompt === undefined ? [] : [[name, prompt]];
  });
  return {
    id,
    ...describeStatus(status),
    edited: status.edited,
    shotSize: shotSize(file?.sections.get("CAMERA") ?? ""),
    summary: scene ? sceneSummary(scene, story.assets) : undefined,
    finalPrompts: new Map(finals),
  };
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function slice(story: Story, first: number, last: number): SceneOutline["segments"] {
  return story.timing.segments.slice(first, last + 1).map(({ id }, offset) => ({ id, index: first + offset }));
}
