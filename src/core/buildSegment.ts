import { hashText } from "./canonical.ts";
import {
  DRAFT_SECTIONS,
  type RawSection,
  type SegmentFile,
  type SegmentFront,
  type SegmentWriting,
} from "./documents/segmentDocument.ts";
import type { Scene } from "./documents/scenePlanDocument.ts";
import type { TimedSegment } from "./documents/timingMapDocument.ts";
import type { Output } from "./outputs.ts";
import { draftSections, draftText } from "./rawVisualPrompt.ts";
import type { SegmentDraft } from "./segmentDraft.ts";
import {
  hashDirection,
  hashFinalSource,
  hashKey,
  isFinalCurrent,
  isFinalEdited,
  isSectionEdited,
  rawSectionsOf,
  usedTags,
} from "./staleness.ts";
import { hashAsset, hashScene, hashStoryStyle, resolveTag, segmentSeconds, type Story } from "./story.ts";
import { formatDefinitions, parseDefinitions } from "./tags.ts";
import type { SegmentCandidate } from "./validateSegment.ts";

/** What one segment is built from. */
export interface SegmentParts {
  readonly draft: SegmentDraft;
  /** Whether the director has just written the draft; otherwise it is the stored one. */
  readonly isDirected: boolean;
  /** The file as it stood when the run read it. */
  readonly file: SegmentFile | undefined;
  readonly segment: TimedSegment;
  readonly scene: Scene | undefined;
  /** Write over what a person edited. */
  readonly overwriteEdits: boolean;
  /** Who directs, for the front matter. */
  readonly director: string;
}

/** A segment with its `rawVisualPrompt`: step 3. */
export interface BuiltSegment extends SegmentCandidate {
  readonly parts: SegmentParts;
  /** The sections that are written; all others stay as they are. */
  readonly written: ReadonlyMap<RawSection, string>;
}

/** The tags that the segment needs, before any missing asset is made. */
export function neededTags(parts: SegmentParts, story: Pick<Story, "assets">): string[] {
  const { draft, file, isDirected } = parts;
  if (file && isKept(parts, "TAGS")) return parseDefinitions(file.sections.get("TAGS") ?? "").definitions.map(({ tag }) => tag);
  const listed = isDirected && !isKept(parts, "SCENE") ? draft.usedAssets : (file?.front.usedAssets ?? []);
  return usedTags(listed, draftText(sectionsOf(parts)), story);
}

/** @param tags The result of `neededTags`, each on file by now. */
export function buildSegment(parts: SegmentParts, tags: readonly string[], story: Pick<Story, "assets">): BuiltSegment {
  const { draft, file, isDirected } = parts;
  const written = new Map<RawSection, string>();
  if (!isKept(parts, "TAGS")) {
    const definitions = tags.map((tag) => ({ tag, description: resolveTag(story.assets, tag)?.description ?? "" }));
    written.set("TAGS", formatDefinitions(definitions));
  }
  for (const [section, text] of isDirected ? draftSections(draft) : []) {
    if (!isKept(parts, section)) written.set(section, text.trim());
  }
  const sections = new Map([...rawSectionsOf(file?.sections ?? new Map()), ...written]);
  return { id: draft.id, sections, usedAssets: tags, file, parts, written };
}

/** SCENE to MOOD as they will stand. */
function sectionsOf(parts: SegmentParts): ReadonlyMap<string, string> {
  const fromDraft = draftSections(parts.draft);
  return new Map(
    DRAFT_SECTIONS.map((section) => {
      const stays = !parts.isDirected || isKept(parts, section);
      return [section, (stays ? parts.file?.sections.get(section) : fromDraft.get(section)) ?? ""];
    }),
  );
}

function isKept({ file, overwriteEdits }: SegmentParts, section: "TAGS" | (typeof DRAFT_SECTIONS)[number]): boolean {
  return file !== undefined && !overwriteEdits && isSectionEdited(file, section);
}

/** The outputs whose final has to be made: step 5. A final that a person edited is kept. */
export function outputsToOptimize({ parts, sections }: BuiltSegment, outputs: readonly Output[]): Output[] {
  const { file, isDirected, overwriteEdits } = parts;
  return outputs.filter((output) => {
    if (!file) return true;
    if (isFinalEdited(file, output.name)) return overwriteEdits;
    return isDirected || !isFinalCurrent(file, sections, output);
  });
}

/** What the file is to say: the written sections, the finals made, and where each came from. */
export function segmentWriting(built: BuiltSegment, finals: readonly (readonly [Output, string])[], story: Story): SegmentWriting {
  const { parts, written, sections, usedAssets } = built;
  const { file, segment } = parts;
  const madeFor = { narration: segment.narration, seconds: segmentSeconds(segment) };
  const finalHashes = finals.map(([output, text]) => [output.name, { from: hashFinalSource(sections, output), text: hashText(text) }]);
  return {
    id: built.id,
    front: {
      madeFor: parts.isDirected ? madeFor : (file?.front.madeFor ?? madeFor),
      usedAssets: [...usedAssets],
      generated: provenance(built, story),
      finals: { ...file?.front.finals, ...Object.fromEntries(finalHashes) },
    },
    sections: written,
    finalPrompts: new Map(finals.map(([output, text]) => [output.name, text])),
  };
}

function provenance({ parts, written, usedAssets }: BuiltSegment, story: Story): NonNullable<SegmentFront["generated"]> {
  const before = parts.isDirected ? undefined : parts.file?.front.generated;
  const direction = before ? before.from.direction : hashDirection(parts.file);
  const assets = usedAssets.map((tag) => [tag, hashAsset(resolveTag(story.assets, tag)!)]);
  const hashes = DRAFT_AND_TAGS.filter((section) => written.has(section)).map((section) => [hashKey(section), hashText(written.get(section)!)]);
  return {
    by: before?.by ?? parts.director,
    from: {
      scene: before?.from.scene ?? hashScene(parts.scene, story.style),
      story: before?.from.story ?? hashStoryStyle(story),
      ...(direction === undefined ? {} : { direction }),
      assets: Object.fromEntries(assets),
    },
    text: { ...parts.file?.front.generated?.text, ...Object.fromEntries(hashes) },
  };
}

const DRAFT_AND_TAGS = ["TAGS", ...DRAFT_SECTIONS] as const;

/** The stored draft, to go through the same processor again. */
export function storedDraft(file: SegmentFile): SegmentDraft {
  return {
    id: file.id,
    visualPrompt: file.sections.get("SCENE") ?? "",
    cameraWork: file.sections.get("CAMERA") ?? "",
    lighting: file.sections.get("LIGHTING") ?? "",
    mood: file.sections.get("MOOD") ?? "",
    usedAssets: file.front.usedAssets ?? [],
  };
}
