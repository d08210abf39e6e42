import * as z from "zod";
import { hashValue } from "../canonical.ts";
import { hashSchema, idSchema, isId } from "../ids.ts";
import type { Problem } from "../problem.ts";
import { assetPath } from "../storyFolder.ts";
import {
  partText,
  readMarkdown,
  sectionLines,
  withLineEnds,
  textLines,
  writeMarkdown,
  type MarkdownDocument,
  type MarkdownSection,
} from "./markdown.ts";
import { flowNode, parseYaml, readYaml, setValue, validate, wholeLine, yamlText, type Parsed } from "./source.ts";

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
  const front = document.frontMatter;
  const yaml = readYaml(front ? front.lines.join("\n") : "", { file, firstLine: front?.firstLine ?? 0 });
  const parsed = validate(assetFrontSchema, yaml, file);
  const { states, problems: stateProblems } = readStates(document, file);
  const problems = [...document.problems, ...parsed.problems, ...stateProblems];
  if (!parsed.value || problems.length) return { value: undefined, problems, rangeOf: parsed.rangeOf };
  const { generated, late = false, ...rest } = parsed.value;
  const value: Asset = { id, ...rest, generated, late, description: describe(document), states };
  return { value, problems: emptyProblems(value, file), rangeOf: parsed.rangeOf };
}

/** A first line `# Maria` is a title for people, not part of what is seen. */
function describe(document: MarkdownDocument): string {
  const text = document.preface.lines;
  const first = text.findIndex((line) => line.trim() !== "");
  const body = first >= 0 && /^#[ \t]/.test(text[first]!) ? text.slice(first + 1) : text;
  return partText({ lines: body });
}

function readStates(document: MarkdownDocument, file: string): { states: Map<string, string>; problems: Problem[] } {
  const states = new Map<string, string>();
  const problems: Problem[] = [];
  for (const section of document.sections) {
    const name = stateOf(section);
    if (name === undefined) continue;
    const report = (message: string, hint: string) =>
      problems.push({ severity: "error", code: "asset-state", message, hint, file, range: wholeLine(section.firstLine - 1) });
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

/** The whole file of an asset that the machine makes, or makes again. */
export function formatAsset(content: AssetContent, { by, late, previousText = "---\n---\n" }: AssetWriting): string {
  const document = readMarkdown(previousText, "");
  const yaml = parseYaml((document.frontMatter?.lines ?? []).map((line) => line.replace(/\r$/, "")).join("\n"));
  setValue(yaml, ["kind"], yaml.createNode(content.kind));
  setValue(yaml, ["name"], yaml.createNode(content.name));
  setValue(yaml, ["aliases"], content.aliases.length ? flowNode(yaml, content.aliases) : undefined);
  setValue(yaml, ["generated"], flowNode(yaml, { by, text: hashAssetContent(content) }));
  setValue(yaml, ["late"], late ? yaml.createNode(true) : undefined);
  const { lineEnd } = document;
  const states = [...content.states].map(([state, text]) => ({
    heading: withLineEnds([`## State: ${state}`], lineEnd)[0]!,
    lines: sectionLines(text, lineEnd),
  }));
  const kept = document.sections.filter((section) => stateOf(section) === undefined);
  const description = content.description ? [...textLines(content.description), ""] : [];
  const preface = withLineEnds(description, lineEnd);
  return writeMarkdown({ frontMatter: yamlText(yaml), preface, sections: [...states, ...kept], lineEnd });
}

/**
 * Adds the description of one more state; every other byte of the file stays, but for the hash
 * in `generated`, which follows where no person has touched the asset.
 */
export function appendState(text: string, asset: Asset, [state, description]: readonly [string, string]): string {
  const { lineEnd } = readMarkdown(text, "");
  const lines = ["", `## State: ${state}`, "", ...textLines(description), ""];
  const appended = (text.endsWith("\n") ? text : `${text}${lineEnd}`) + lines.join("\n").replaceAll("\n", lineEnd);
  if (isAssetTouched(asset)) return appended;
  const next = { ...asset, states: new Map([...asset.states, [state, description]]) };
  return appended.replace(asset.generated!.text, () => hashAssetContent(next));
}
