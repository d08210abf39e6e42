import {
  DRAFT_SECTIONS,
  segmentPlaces,
  type RawSection,
  type SegmentFile,
  type SegmentPlaces,
  type SegmentWriting,
} from "./documents/segmentDocument.ts";
import { measureLength, type Output } from "./outputs.ts";
import { isError, type Problem, type SourceRange } from "./problem.ts";
import { resolveTag, type Story } from "./story.ts";
import { assetPath, segmentPath } from "./storyFolder.ts";
import { isTagName } from "./ids.ts";
import { assetName, findTags, parseDefinitions } from "./tags.ts";

/** A segment with its `rawVisualPrompt` built, before its finals are made. */
export interface SegmentCandidate {
  readonly id: string;
  readonly sections: ReadonlyMap<RawSection, string>;
  readonly usedAssets: readonly string[];
  /** The file as it stood, where the problems of kept parts have their places. */
  readonly file?: SegmentFile | undefined;
}

declare const production: unique symbol;

/** A segment that passed every check: the only kind that a store takes. */
export interface ProductionSegment {
  readonly [production]: true;
  readonly id: string;
  readonly writing: SegmentWriting;
  /** The text of the file when the run read it; undefined where there was none. */
  readonly previousText: string | undefined;
}

/** What the store said of the files that a segment's assets need. */
export interface AccessReport {
  /** Files that are not there or cannot be read, by the tag that needs them. */
  readonly unreadable: ReadonlyMap<string, readonly string[]>;
}

/** Step 4: TAGS and SCENE exist, every tag of the text is defined, every used asset is accessible. */
export function validateRaw(candidate: SegmentCandidate, story: Pick<Story, "assets">, access: AccessReport): Problem[] {
  return [...textProblems(candidate, story), ...assetProblems(candidate, story, access)];
}

/** What can be said of the text alone. */
export function textProblems(candidate: SegmentCandidate, story: Pick<Story, "assets">): Problem[] {
  const report = reporter(candidate);
  const problems: Problem[] = [];
  const tags = candidate.sections.get("TAGS") ?? "";
  if (!tags) problems.push(report("TAGS", ["missing-section", "TAGS is missing", "Regenerate the segment."]));
  if (!candidate.sections.get("SCENE")) {
    problems.push(report("SCENE", ["missing-section", "SCENE is missing", "Write what is seen, or regenerate the segment."]));
  }
  const { definitions, strayLines } = parseDefinitions(tags);
  for (const line of strayLines) {
    const hint = "Every line of TAGS is a definition: - @maria: what a camera would see";
    problems.push(report("TAGS", ["stray-line", "this line defines no tag", hint], lineOffsets(tags, line)));
  }
  for (const { tag } of definitions.filter((definition) => !isTagName(definition.tag))) {
    const start = tags.indexOf(`@${tag}:`);
    problems.push(report("TAGS", ["bad-tag", `@${tag} cannot be a tag`, BAD_TAG_HINT], [start, start + tag.length + 1]));
  }
  const defined = new Set(definitions.map(({ tag }) => tag));
  return [...problems, ...tagProblems(candidate, { story, defined, report })];
}

function assetProblems(candidate: SegmentCandidate, story: Pick<Story, "assets">, { unreadable }: AccessReport): Problem[] {
  const report = reporter(candidate);
  return candidate.usedAssets.flatMap((tag): Problem[] => {
    const missing = (unreadable.get(tag) ?? []).map((path) => {
      const hint = "Put the file there, or take it out of the asset's images.";
      return report("TAGS", ["unreadable-asset", `@${tag} needs ${path}, which cannot be read`, hint]);
    });
    if (resolveTag(story.assets, tag)) return missing;
    if (!isTagName(tag)) return missing;
    const hint = `Make ${assetPath(assetName(tag))}, or take the tag out of usedAssets.`;
    return [report("TAGS", ["missing-asset", `@${tag} is used, but it is not on file`, hint]), ...missing];
  });
}

const BAD_TAG_HINT = "Use a-z, 0-9, _ and -, with a state behind a slash where there is one: @maria/old";

type Offsets = readonly [start: number, end: number];
type Finding = readonly [code: string, message: string, hint: string];
type Report = (section: RawSection, finding: Finding, offsets?: Offsets) => Problem;

/** Places are known where the text in question is the one that stands in the file. */
function reporter({ id, file, sections }: SegmentCandidate): Report {
  let places: SegmentPlaces | undefined;
  return (section, [code, message, hint], offsets) => {
    const stands = file !== undefined && file.sections.get(section) === sections.get(section);
    if (stands && offsets) places ??= segmentPlaces(file);
    const range: SourceRange | undefined = stands && offsets ? places?.rangeIn(section, offsets[0], offsets[1]) : undefined;
    return { severity: "error", code, message, hint, file: segmentPath(id), section, range };
  };
}

interface TagContext {
  readonly story: Pick<Story, "assets">;
  readonly defined: ReadonlySet<string>;
  readonly report: Report;
}

/** Tags of SCENE to MOOD that TAGS does not define; each is reported once a section. */
function tagProblems(candidate: SegmentCandidate, { story, defined, report }: TagContext): Problem[] {
  return DRAFT_SECTIONS.flatMap((section) => {
    const seen = new Set<string>();
    return findTags(candidate.sections.get(section) ?? "").flatMap(({ tag, start, end }): Problem[] => {
      if (defined.has(tag) || seen.has(tag)) return [];
      seen.add(tag);
      if (resolveTag(story.assets, tag)) {
        const hint = `Add a line - @${tag}: … to TAGS.`;
        return [report(section, ["undefined-tag", `@${tag} is not defined in TAGS`, hint], [start, end])];
      }
      return [report(section, ["unknown-tag", `@${tag} is no asset of this story`, hintFor(tag, story)], [start, end])];
    });
  });
}

function hintFor(tag: string, { assets }: Pick<Story, "assets">): string {
  const known = [...assets.values()].flatMap((asset) => [asset.id, ...[...asset.states.keys()].map((state) => `${asset.id}/${state}`)]);
  const near = known.find((candidate) => candidate === tag.toLowerCase()) ?? nearest(tag.toLowerCase(), known);
  const wayOut = isTagName(tag.toLowerCase()) ? `add ${tag.toLowerCase()} to usedAssets, and it is made` : "take the @ away";
  return near ? `Did you mean @${near}? Otherwise ${wayOut}.` : `If it is meant as a tag, ${wayOut}.`;
}

/** The known tag that is at most two edits away, and shares at least half of its letters. */
function nearest(tag: string, known: readonly string[]): string | undefined {
  const ranked = known.map((candidate) => ({ candidate, distance: editDistance(tag, candidate) }));
  ranked.sort((a, b) => a.distance - b.distance);
  return ranked[0] && ranked[0].distance <= Math.min(2, tag.length / 2) ? ranked[0].candidate : undefined;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}

function lineOffsets(text: string, line: number): Offsets {
  const lines = text.split("\n");
  const start = lines.slice(0, line).reduce((sum, { length }) => sum + length + 1, 0);
  return [start, start + (lines[line]?.length ?? 0)];
}

/** What a compiled prompt must be: not empty, within the model's limit, and without tags, which no model knows. */
export function validateFinal(id: string, output: Output, text: string): Problem[] {
  const { max, unit } = output.profile.promptLimit;
  const problem = (message: string, hint: string): Problem => ({
    severity: "error",
    code: "final-prompt",
    message: `${output.name}: ${message}`,
    hint,
    file: segmentPath(id),
    section: "FINAL PROMPT",
  });
  if (text.trim() === "") return [problem("the final prompt is empty", "Regenerate the segment.")];
  const problems: Problem[] = [];
  const length = measureLength(text, unit);
  if (length > max) {
    const hint = "Shorten the descriptions of its assets or the segment's own sections.";
    problems.push(problem(`${length} ${unit === "utf16" ? "characters" : unit}, but ${output.profile.name} takes ${max}`, hint));
  }
  const left = findTags(text).map(({ tag }) => `@${tag}`);
  if (left.length) problems.push(problem(`still has ${[...new Set(left)].join(", ")}, which the model does not know`, "Regenerate the segment."));
  return problems;
}

/** Checks the finals; without errors the segment is production-ready. */
export function toProductionSegment(
  writing: SegmentWriting,
  { made, previousText }: { readonly made: readonly (readonly [Output, string])[]; readonly previousText: string | undefined },
): { readonly segment?: ProductionSegment; readonly problems: readonly Problem[] } {
  const problems = made.flatMap(([output, text]) => validateFinal(writing.id, output, text));
  if (problems.some(isError)) return { problems };
  return { segment: { id: writing.id, writing, previousText } as ProductionSegment, problems };
}
