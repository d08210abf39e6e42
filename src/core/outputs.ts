import type { OutputSettings } from "./documents/storyDocument.ts";

/** How a video model's limit on the length of its prompt is counted. */
export type LengthUnit = "characters" | "utf16" | "bytes" | "words";

/** What Story Director knows of a video model. Limits age; `asOf` and `source` say where they come from. */
export interface OutputProfile {
  readonly id: string;
  readonly name: string;
  readonly promptLimit: { readonly max: number; readonly unit: LengthUnit };
  readonly aspectRatios: readonly string[];
  /** Lengths of one clip that can be had, seconds. */
  readonly clipSeconds: readonly number[] | { readonly shortest: number; readonly longest: number };
  /** Whether there is a field for what to avoid; AVOID is for it and never part of the prompt. */
  readonly negativeField: boolean;
  /** Whether the model makes sound, so that the prompt has to state sound or silence. */
  readonly sound: boolean;
  /** The order of a prompt's parts that the model's makers recommend. */
  readonly order: readonly PromptPart[];
  readonly source: string;
  /** ISO date on which the facts were looked up. */
  readonly asOf: string;
}

export type PromptPart = "camera" | "subjects" | "action" | "place" | "light" | "mood" | "sound";

const PROFILES: readonly OutputProfile[] = [
  {
    id: "veo-3.1",
    name: "Veo 3.1",
    promptLimit: { max: 1000, unit: "utf16" },
    aspectRatios: ["16:9", "9:16"],
    clipSeconds: [4, 6, 8],
    negativeField: true,
    sound: true,
    order: ["camera", "subjects", "action", "place", "light", "mood", "sound"],
    source: "Runway API schema 4.12 (limit, ratios, lengths); Google Cloud prompt guide for Veo (order)",
    asOf: "2026-11-22",
  },
  {
    id: "kling-3",
    name: "Kling 3.0",
    promptLimit: { max: 2500, unit: "characters" },
    aspectRatios: ["16:9", "9:16", "1:1"],
    clipSeconds: { shortest: 3, longest: 15 },
    negativeField: true,
    sound: true,
    order: ["place", "subjects", "action", "camera", "light", "mood", "sound"],
    source: "fal API schema of 2026-08-02 (limit, ratios, lengths); Kling guide of 2026-03-30 (order)",
    asOf: "2026-11-22",
  },
  {
    id: "seedance-2",
    name: "Seedance 2.0",
    promptLimit: { max: 3500, unit: "characters" },
    aspectRatios: ["21:9", "16:9", "4:3", "1:1", "3:4", "9:16"],
    clipSeconds: { shortest: 4, longest: 15 },
    negativeField: false,
    sound: true,
    order: ["subjects", "action", "place", "light", "mood", "camera", "sound"],
    source: "Runway API schema 4.12 (limit); fal API schema of 2026-08-02 (ratios, lengths); BytePlus prompt guide (order)",
    asOf: "2026-11-22",
  },
  {
    id: "general",
    name: "Any video model",
    promptLimit: { max: 2000, unit: "characters" },
    aspectRatios: ["16:9", "9:16", "1:1", "4:3", "3:4", "21:9"],
    clipSeconds: { shortest: 2, longest: 15 },
    negativeField: false,
    sound: false,
    order: ["camera", "subjects", "action", "place", "light", "mood"],
    source: "the common ground of the profiles above",
    asOf: "2026-11-22",
  },
];

const PROFILES_BY_ID = new Map(PROFILES.map((profile) => [profile.id, profile]));

export const PROFILE_IDS: readonly string[] = PROFILES.map(({ id }) => id);

export function findProfile(id: string): OutputProfile | undefined {
  return PROFILES_BY_ID.get(id);
}

/** An output of a story: the name that fences carry, and the model behind it. */
export interface Output {
  readonly name: string;
  readonly profile: OutputProfile;
  readonly aspectRatio: string;
}

/** The outputs whose profile is known; a check of the story reports the others. */
export function resolveOutputs(settings: Readonly<Record<string, OutputSettings>>): Output[] {
  return Object.entries(settings).flatMap(([name, { profile: id, aspectRatio }]) => {
    const profile = findProfile(id);
    return profile ? [{ name, profile, aspectRatio }] : [];
  });
}

export function measureLength(text: string, unit: LengthUnit): number {
  switch (unit) {
    case "characters":
      return Array.from(text).length;
    case "utf16":
      return text.length;
    case "bytes":
      return new TextEncoder().encode(text).length;
    case "words":
      return text.split(/\s+/).filter(Boolean).length;
  }
}
