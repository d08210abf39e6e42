import { DRAFT_SECTIONS, RAW_SECTIONS, type DraftSection, type RawSection } from "./documents/segmentDocument.ts";
import type { SegmentDraft } from "./segmentDraft.ts";

/** The sections of a `rawVisualPrompt`, outer blank lines removed; absent ones have no entry. */
export type RawSections = ReadonlyMap<RawSection, string>;

/** The draft's parts under the names that its sections have in the file. */
export function draftSections(draft: SegmentDraft): Map<DraftSection, string> {
  return new Map<DraftSection, string>([
    ["SCENE", draft.visualPrompt],
    ["CAMERA", draft.cameraWork],
    ["LIGHTING", draft.lighting],
    ["MOOD", draft.mood],
  ]);
}

/** `rawVisualPrompt` as one text: its sections in their order, each under its heading. */
export function buildRawVisualPrompt(sections: RawSections): string {
  return RAW_SECTIONS.filter((name) => sections.get(name))
    .map((name) => `## ${name}\n\n${sections.get(name)}`)
    .join("\n\n");
}

/** SCENE to MOOD as one text: where tags are looked for. */
export function draftText(sections: ReadonlyMap<string, string>): string {
  return DRAFT_SECTIONS.map((name) => sections.get(name) ?? "").join("\n");
}
