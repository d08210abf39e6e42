import { formatAsset, parseAsset, type Asset, type AssetContent } from "../../../../src/core/documents/assetDocument.ts";
import { parseStory } from "../../../../src/core/documents/storyDocument.ts";
import { parseStyle } from "../../../../src/core/documents/styleDocument.ts";
import type { TimedSegment } from "../../../../src/core/documents/timingMapDocument.ts";
import type { Log, StoryBrief } from "../../../../src/pipeline/ports.ts";

const NARRATION = [
  "In the kitchen above the old square, a trumpet hung on a nail.",
  "Maria had not touched it for eleven years.",
  "",
  "Tonight she lifted it down, and went out into the fog.",
  "Under the arcade she was a girl again, and her father played.",
  "She raised the trumpet. The square held its breath.",
];

export function segments(narration: readonly string[] = NARRATION): TimedSegment[] {
  return narration.map((text, index) => ({ id: `segment_${index + 1}`, start: index * 5, end: index * 5 + 4.5, narration: text }));
}

/** An asset as a machine wrote it. */
export function machineAsset(id: string, content: Partial<AssetContent>): Asset {
  const { kind = "prop", name = id, aliases = [], description = `a ${id}`, states = new Map<string, string>() } = content;
  return parseAsset(formatAsset({ kind, name, aliases, description, states }, { by: "fake/model-1", late: false }), id).value!;
}

/** An asset that a person wrote. */
export function ownAsset(id: string, content: Partial<AssetContent>): Asset {
  return { ...machineAsset(id, content), generated: undefined };
}

export function assetMap(...assets: readonly Asset[]): Map<string, Asset> {
  return new Map(assets.map((asset) => [asset.id, asset]));
}

const ASSETS = assetMap(
  machineAsset("trumpet", { name: "the trumpet", description: "worn brass trumpet, dented bell, pearl valve caps" }),
  machineAsset("maria", {
    kind: "character",
    name: "Maria",
    aliases: ["Ms. Silva"],
    description: "girl, 12, two dark braids, grey wool dress",
    states: new Map([["old", "woman, 62, silver braid over her left shoulder, navy wool coat with horn buttons"]]),
  }),
  machineAsset("old_square", { kind: "location", name: "the old square", description: "cobbled square, sandstone arcade, dry fountain" }),
  machineAsset("kitchen", { kind: "location", name: "kitchen", description: "narrow kitchen, green door, iron stove" }),
);

/** A small story with everything that a director may be shown. */
export function brief(changes: Partial<StoryBrief> = {}): StoryBrief {
  return {
    settings: parseStory('format: 1\ntitle: The Trumpet\nlanguage: en\noutputs:\n  main: { profile: veo-3.1, aspectRatio: "16:9" }\n').value!.settings,
    style: parseStyle("35 mm film, ochre and slate, soft grain.\n\n## Memory\n\n16 mm film, faded amber.\n"),
    research: "A trumpet has three valves.\n",
    timing: { format: 1, basis: "aligned", segments: segments() },
    scenes: [
      { from: "segment_1", place: "kitchen", time: "November evening", cast: ["maria/old"] },
      { from: "segment_4", place: "old_square", time: "foggy night", cast: ["maria/old"], note: "the street lamp behind her is lit" },
      { from: "segment_5", place: "old_square", time: "summer dusk", cast: ["maria"], look: "Memory" },
    ],
    assets: ASSETS,
    directions: new Map([["segment_4", "Show her hands first,\nthen the door."]]),
    ...changes,
  };
}

export const never = new AbortController().signal;

export interface RecordingLog extends Log {
  readonly lines: string[];
}

export function recordingLog(): RecordingLog {
  const lines: string[] = [];
  return { lines, info: (message) => void lines.push(message), error: (message) => void lines.push(message) };
}
