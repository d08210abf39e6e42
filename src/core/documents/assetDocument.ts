import type { Document, Node } from "yaml";
import * as z from "zod";
import { hashValue } from "../canonical.ts";
import { hashSchema, idSchema, isId } from "../ids.ts";
import type { Problem } from "../problem.ts";
import { assetPath } from "../storyFolder.ts";
import {
  bare,
  partText,
  readMarkdown,
  sectionLines,
  textLines,
  withLineEnds,
  writeMarkdown,
  type MarkdownBlock,
  type MarkdownDocument,
  type MarkdownSection,
} from "./markdown.ts";
import { editFrontMatter, frontMatterText, readFrontMatter } from "./frontMatter.ts";
import { flowNode, parseYaml, scalarText, setFields, setValue, validate, wholeLine, type Parsed } from "./source.ts";

export const assetKindSchema = z.enum(["character", "location", "prop"]);
export type AssetKind = z.infer<typeof assetKindSchema>;

const imageSchema = z.object({
  /** Path relative to the asset's own folder. */
  file: z.string().min(1).refine((file) => !/^(?:[/\\]|[a-z]+:)|(?:^|[/\\])\.\.(?:[/\\]|$)/i.test(file), {
    error: "expected a path below the assets folder",
  }),
  role: z.string().optional(),
  state: idSchema.optional(),
});

const assetFrontSchema = z.object({
  kind: assetKindSchema,
  name: z.string().trim().min(1),
  aliases: z.array(z.string().trim().min(1)).default([]),
  images: z.array(imageSchema).default([]),
  /** `text` is the hash of what the machine last wrote; a different one means edited by hand. */
  generated: z.object({ by: z.string(), text: hashSchema }).optional(),
  /** Made in the middle of a run, not by Extract Assets; directors are not shown these. */
  late: z.boolean().optional(),
});

export type AssetImage = z.infer<typeof imageSchema>;

/** What an asset is, apart from how it came about. */
export interface AssetContent {
  readonly kind: AssetKind;
  readonly name: string;
  readonly aliases: readonly string[];
  /** What is seen, without the state; may be empty where only states are described. */
  readonly description: string;
  /** A complete description per state; it stands instead of `description`. */
  readonly states: ReadonlyMap<string, string>;
}

export interface Asset extends AssetContent {
  /** File name and tag: `maria`. */
  readonly id: string;
  readonly images: readonly AssetImage[];
  readonly generated: { readonly by: string; readonly text: string } | undefined;
  readonly late: boolean;
}

const STATE = /^##[ \t]+State:[ \t]*(.*?)[ \t\r]*$/i;

export function parseAsset(text: string, id: string): Parsed<Asset> {
  const file = assetPath(id);
  const document = readMarkdown(text, file);
  const parsed = validate(assetFrontSchema, readFrontMatter(document, file), file);
  const { states, problems: stateProblems } = readStates(document, file);
  const problems = [...document.problems, ...parsed.problems, ...stateProblems];
  if (!parsed.value || problems.length) return { value: undefined, problems, rangeOf: parsed.rangeOf };
  const { generated, late = false, ...rest } = parsed.value;
  const value: Asset = { id, ...rest, generated, late, description: describe(document), states };
  return { value, problems: emptyProblems(value, file), rangeOf: parsed.rangeOf };
}

function describe(document: MarkdownDocument): string {
  return partText({ lines: document.preface.lines.slice(titleLength(document)) });
}

/** A first line `# Maria` is a title for people, not part of what is seen: the number of lines up to it. */
function titleLength({ preface }: MarkdownDocument): number {
  const first = preface.lines.findIndex((line) => line.trim() !== "");
  return first >= 0 && /^#[ \t]/.test(preface.lines[first]!) ? first + 1 : 0;
}

function readStates(document: MarkdownDocument, file: string): { states: Map<string, string>; problems: Problem[] } {
  const states = new Map<string, string>();
  const problems: Problem[] = [];
  for (const section of document.sections) {
    const name = stateOf(section);
    if (name === undefined) continue;
    const report = (message: string, hint: string) =>
      problems.push({ severity: "error", code: "asset-state", message, hint, file, range: wholeLine(section.firstLine - 1, bare(section.heading).length) });
    if (!isId(name)) report(`"${name}" cannot be the name of a state`, "Use a-z, 0-9, _ and -, e.g. ## State: old");
    else if (states.has(name)) report(`the state "${name}" is described twice`, "Put both descriptions into one section.");
    states.set(name, partText(section));
  }
  return { states, problems };
}

function stateOf(section: MarkdownSection): string | undefined {
  return STATE.exec(section.heading)?.[1];
}

function emptyProblems(asset: Asset, file: string): Problem[] {
  const empty = [...asset.states].filter(([, text]) => text === "").map(([state]) => `@${asset.id}/${state}`);
  if (asset.states.size === 0 && asset.description === "") empty.push(`@${asset.id}`);
  return empty.map((tag) => ({
    severity: "error",
    code: "empty-description",
    message: `${tag} has no description`,
    hint: "Write below the front matter what a camera would see.",
    file,
    range: wholeLine(0),
  }));
}

/** Hash of all that a machine writes of an asset; pictures are not part of it. */
export function hashAssetContent({ kind, name, aliases, description, states }: AssetContent): string {
  return hashValue({ kind, name, aliases, description, states: Object.fromEntries(states) });
}

/** Whether a person changed the asset since the machine wrote it, or wrote it from the start. */
export function isAssetTouched(asset: Asset): boolean {
  return asset.generated?.text !== hashAssetContent(asset);
}

export interface AssetWriting {
  readonly by: string;
  readonly late: boolean;
  /** The file as it stands; its pictures, unknown keys and unknown sections are kept. */
  readonly previousText?: string | undefined;
}

/** The whole file of an asset that the machine makes, or makes again. States that it no longer has are taken out. */
export function formatAsset(content: AssetContent, { by, late, previousText = "" }: AssetWriting): string {
  return editAsset(content, previousText, (yaml) => {
    setFields(yaml, ["generated"], { by, text: hashAssetContent(content) });
    setValue(yaml, ["late"], late ? yaml.createNode(true) : undefined);
  });
}

/** The file after a person's command: it says what the value says, its pictures and its `generated` included. */
export function reviseAsset(asset: Asset, previousText: string): string {
  const before = parseAsset(previousText, asset.id).value;
  return editAsset(asset, previousText, (yaml) => {
    if (asset.generated) setFields(yaml, ["generated"], asset.generated);
    // An image may carry keys that are not ours: the list is written only where it changes.
    if (JSON.stringify(before?.images ?? []) === JSON.stringify(asset.images)) return;
    setValue(yaml, ["images"], asset.images.length ? flowNode(yaml, asset.images) : undefined);
  });
}

function editAsset(content: AssetContent, previousText: string, writeRest: (yaml: Document) => void): string {
  const document = readMarkdown(previousText, "");
  const { mark, lineEnd } = document;
  const frontMatter = editFrontMatter(document, (yaml) => {
    setValue(yaml, ["kind"], yaml.createNode(content.kind));
    setValue(yaml, ["name"], yaml.createNode(content.name));
    setValue(yaml, ["aliases"], content.aliases.length ? flowNode(yaml, content.aliases) : undefined);
    writeRest(yaml);
  });
  const blocks = [prefaceBlock(content, document), ...sectionBlocks(content, document)];
  const isSame = blocks.length === document.sections.length + 1 && !blocks.some((block) => block.isWritten);
  return isSame && frontMatter === document.frontMatter?.lines ? previousText : writeMarkdown({ mark, frontMatter, blocks, lineEnd });
}

function prefaceBlock({ description }: AssetContent, document: MarkdownDocument): MarkdownBlock {
  if (description === describe(document)) return document.preface;
  const title = document.preface.lines.slice(0, titleLength(document));
  const gap = title.length ? [""] : [];
  const lines = description ? withLineEnds([...gap, ...textLines(description)], document.lineEnd) : [];
  return { lines: [...title, ...lines], isWritten: true };
}

/** The states in the places where they stand, new ones behind the last of them, and every other section. */
function sectionBlocks({ states }: AssetContent, { sections, lineEnd }: MarkdownDocument): MarkdownBlock[] {
  const kept = sections.filter((section) => states.has(stateOf(section) ?? "") || stateOf(section) === undefined);
  const blocks = kept.map((section): MarkdownBlock => {
    const text = states.get(stateOf(section) ?? "");
    const isSame = text === undefined || text === partText(section);
    return isSame ? section : { heading: section.heading, lines: sectionLines(text, lineEnd), isWritten: true };
  });
  const standing = new Set(kept.map(stateOf));
  const added = [...states].filter(([state]) => !standing.has(state)).map(([state, text]): MarkdownBlock => {
    return { heading: withLineEnds([`## State: ${state}`], lineEnd)[0]!, lines: sectionLines(text, lineEnd), isWritten: true };
  });
  const lastState = kept.findLastIndex((section) => stateOf(section) !== undefined);
  return blocks.toSpliced(lastState + 1, 0, ...added);
}

/**
 * Adds the description of one more state; every other byte of the file stays, but for the hash
 * in `generated`, which follows where no person has touched the asset.
 */
export function appendState(text: string, asset: Asset, [state, description]: readonly [string, string]): string {
  const document = readMarkdown(text, "");
  const { lineEnd } = document;
  const lines = ["", `## State: ${state}`, "", ...textLines(description)].map((line) => line + lineEnd);
  const appended = (text.endsWith("\n") ? text : `${text}${lineEnd}`) + lines.join("");
  if (isAssetTouched(asset)) return appended;
  const next = { ...asset, states: new Map([...asset.states, [state, description]]) };
  const hash = parseYaml(frontMatterText(document)).getIn(["generated", "text"], true) as Node;
  const start = text.indexOf("\n") + 1;
  const [from, to] = hash.range!;
  return appended.slice(0, start + from) + scalarText(hashAssetContent(next)) + appended.slice(start + to);
}
