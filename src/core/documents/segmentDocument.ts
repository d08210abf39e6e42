import type { Document } from "yaml";
import * as z from "zod";
import { hashSchema, idSchema, tagNameSchema } from "../ids.ts";
import type { Problem, SourceRange } from "../problem.ts";
import { segmentPath } from "../storyFolder.ts";
import { readFinalPrompts, writeFinalPrompts, type FinalPrompts } from "./finalPrompts.ts";
import { editFrontMatter, readFrontMatter } from "./frontMatter.ts";
import { bare, partText, readMarkdown, sectionLines, textStart, withLineEnds, writeMarkdown, type MarkdownBlock, type MarkdownDocument } from "./markdown.ts";
import { newFrontLines, readOwnFrontLines } from "./ownSegmentFront.ts";
import { flowNode, setFields, setValue, validate, wholeLine, type DataSource, type Parsed } from "./source.ts";

/** The sections that a director writes, in the order of the file. */
export const DRAFT_SECTIONS = ["SCENE", "CAMERA", "LIGHTING", "MOOD"] as const;

/** The sections whose text is `rawVisualPrompt`; SOUND, TEXT and AVOID come from people only. */
export const RAW_SECTIONS = ["TAGS", ...DRAFT_SECTIONS, "SOUND", "TEXT", "AVOID"] as const;

const FINAL_PROMPT = "FINAL PROMPT";

const SECTION_ORDER = [...RAW_SECTIONS, FINAL_PROMPT, "DIRECTION", "NOTES"] as const;

export type DraftSection = (typeof DRAFT_SECTIONS)[number];
export type RawSection = (typeof RAW_SECTIONS)[number];
export type SectionName = RawSection | "DIRECTION" | "NOTES";

const textHashesSchema = z
  .object({ tags: hashSchema, scene: hashSchema, camera: hashSchema, lighting: hashSchema, mood: hashSchema })
  .partial();

const segmentFrontSchema = z.object({
  /** What the draft was written for; seconds. */
  madeFor: z.object({ narration: z.string(), seconds: z.number().nonnegative() }).optional(),
  usedAssets: z.array(tagNameSchema).optional(),
  generated: z
    .object({
      by: z.string(),
      from: z.object({
        scene: hashSchema,
        story: hashSchema,
        direction: hashSchema.optional(),
        assets: z.record(tagNameSchema, hashSchema),
      }),
      text: textHashesSchema,
    })
    .optional(),
  finals: z.record(idSchema, z.object({ from: hashSchema, text: hashSchema })).optional(),
  locked: z.boolean().optional(),
});

export type SegmentFront = z.infer<typeof segmentFrontSchema>;
export type TextHashes = z.infer<typeof textHashesSchema>;

/** A segment's file as a value. Sections that are absent have no entry. */
export interface SegmentFile {
  readonly id: string;
  readonly front: SegmentFront;
  readonly sections: ReadonlyMap<SectionName, string>;
  readonly finalPrompts: FinalPrompts;
  /** The text that was read: what is written next keeps its unknown parts. */
  readonly source: string;
}

/** Ranges of a segment's parts, made when asked for. */
export interface SegmentPlaces {
  /** A place in a section's text, by zero-based offset there. */
  rangeIn(section: string, start: number, end: number): SourceRange | undefined;
  rangeOf(path: readonly (string | number)[]): SourceRange | undefined;
}

export function parseSegment(text: string, id: string): Parsed<SegmentFile> {
  const file = segmentPath(id);
  const document = readSegmentMarkdown(text, file);
  const parsed = validate(segmentFrontSchema, readFront(document, file), file);
  const finals = readFinalPrompts(document.sections.filter(isFinalPrompt), file);
  const problems = [...document.problems, ...parsed.problems, ...doubledSections(document, file), ...finals.problems];
  if (!parsed.value || problems.length) return { value: undefined, problems, rangeOf: parsed.rangeOf };
  const known = document.sections.filter((section) => isSectionName(section.name) && section.name !== FINAL_PROMPT);
  const sections = new Map(known.map((section) => [section.name as SectionName, partText(section)]));
  const value: SegmentFile = { id, front: parsed.value, sections, finalPrompts: finals.prompts, source: text };
  return { value, problems: [], rangeOf: parsed.rangeOf };
}

/** The library reads what others wrote, and the places in what we wrote when somebody asks for one. */
function readFront(document: MarkdownDocument, file: string): DataSource {
  const own = readOwnFrontLines(document.frontMatter?.lines ?? []);
  const rangeOf: DataSource["rangeOf"] = (path) => readFrontMatter(document, file).rangeOf(path);
  return own ? { data: own, problems: [], rangeOf } : readFrontMatter(document, file);
}

function readSegmentMarkdown(text: string, file: string): MarkdownDocument {
  return readMarkdown(text, file, (name) => name === FINAL_PROMPT);
}

function isFinalPrompt(section: { readonly name: string }): boolean {
  return section.name === FINAL_PROMPT;
}

function isSectionName(name: string): boolean {
  return (SECTION_ORDER as readonly string[]).includes(name);
}

function doubledSections(document: MarkdownDocument, file: string): Problem[] {
  const seen = new Set<string>();
  return document.sections.flatMap(({ name, firstLine }): Problem[] => {
    if (!isSectionName(name) || !seen.has(name)) {
      seen.add(name);
      return [];
    }
    const hint = `Put both into one section; if this line is text, write it as \\## ${name}`;
    const range = wholeLine(firstLine - 1, name.length + 3);
    return [{ severity: "error", code: "doubled-section", message: `a second section ${name}`, hint, file, section: name, range }];
  });
}

/** Where the parts of a segment's file stand. */
export function segmentPlaces(file: SegmentFile): SegmentPlaces {
  const path = segmentPath(file.id);
  const document = readSegmentMarkdown(file.source, path);
  return {
    rangeOf: (keys) => readFrontMatter(document, path).rangeOf(keys),
    rangeIn(name, start, end) {
      const section = document.sections.find((candidate) => candidate.name === name);
      if (!section) return undefined;
      const lines = partText(section).split("\n");
      const firstLine = textStart(section);
      const position = (offset: number) => {
        let line = 0;
        let character = offset;
        while (line < lines.length - 1 && character > lines[line]!.length) character -= lines[line++]!.length + 1;
        // The `\` before a heading is in the file, but not in the text.
        const raw = bare(section.lines[firstLine + line - section.firstLine] ?? "");
        return { line: firstLine + line, character: character + raw.length - (lines[line]?.length ?? 0) };
      };
      return { start: position(start), end: position(end) };
    },
  };
}

/** What a segment's file is to say next: only these parts are written, all others stay. */
export interface SegmentWriting {
  readonly id: string;
  readonly front: Omit<SegmentFront, "locked">;
  readonly sections: ReadonlyMap<SectionName, string>;
  readonly finalPrompts: FinalPrompts;
}

/** The whole file. With the text that stands there, every part that did not change keeps its bytes. */
export function formatSegment(writing: SegmentWriting, previousText = ""): string {
  const document = readSegmentMarkdown(previousText, segmentPath(writing.id));
  const { mark, lineEnd } = document;
  const sections: Section[] = [...document.sections];
  for (const [name, text] of writing.sections) {
    const before = find(sections, name);
    if (before && partText(before) === text) continue;
    put(sections, { name, heading: before?.heading ?? heading(name, lineEnd), lines: sectionLines(text, lineEnd) });
  }
  if (writing.finalPrompts.size) {
    const before = find(sections, FINAL_PROMPT);
    const lines = writeFinalPrompts(before?.lines ?? [], writing.finalPrompts, lineEnd);
    if (!before || lines.join() !== before.lines.join()) {
      put(sections, { name: FINAL_PROMPT, heading: before?.heading ?? heading(FINAL_PROMPT, lineEnd), lines });
    }
  }
  const isNew = previousText.trim() === "";
  const newLines = isNew && mark === "" && lineEnd === "\n" ? newFrontLines(writing.front) : undefined;
  const frontMatter = newLines ?? editFrontMatter(document, (yaml) => writeFront(yaml, writing.front));
  const preface = isNew ? { lines: withLineEnds([`# ${writing.id}`], lineEnd), isWritten: true } : document.preface;
  const isSame = frontMatter === document.frontMatter?.lines && sections.every((section, index) => section === document.sections[index]);
  return isSame ? previousText : writeMarkdown({ mark, frontMatter, blocks: [preface, ...sections], lineEnd });
}

interface Section extends MarkdownBlock {
  readonly name: string;
}

function heading(name: string, lineEnd: "\n" | "\r\n"): string {
  return withLineEnds([`## ${name}`], lineEnd)[0]!;
}

function find(sections: readonly Section[], name: string): Section | undefined {
  return sections.find((section) => section.name === name);
}

/** Replaces the section, or inserts it behind the last one that comes before it in the order of the file. */
function put(sections: Section[], section: Section): void {
  const written = { ...section, isWritten: true };
  const at = sections.findIndex(({ name }) => name === section.name);
  if (at >= 0) {
    sections[at] = written;
    return;
  }
  const order = (name: string) => (SECTION_ORDER as readonly string[]).indexOf(name);
  const before = sections.findLastIndex(({ name }) => isSectionName(name) && order(name) < order(section.name));
  sections.splice(before + 1, 0, written);
}

function writeFront(yaml: Document, { madeFor, usedAssets, generated, finals }: SegmentWriting["front"]): void {
  for (const [key, value] of Object.entries(madeFor ?? {})) setValue(yaml, ["madeFor", key], yaml.createNode(value));
  if (usedAssets) setValue(yaml, ["usedAssets"], flowNode(yaml, usedAssets));
  if (generated) {
    const { scene, story, direction, assets } = generated.from;
    setValue(yaml, ["generated", "by"], yaml.createNode(generated.by));
    setFields(yaml, ["generated", "from"], { scene, story, direction, assets });
    setFields(yaml, ["generated", "text"], generated.text);
  }
  for (const [output, hashes] of Object.entries(finals ?? {})) setFields(yaml, ["finals", output], hashes);
}
