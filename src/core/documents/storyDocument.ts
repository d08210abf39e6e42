import { isMap, isScalar, Scalar, visit, type Document } from "yaml";
import * as z from "zod";
import { idSchema } from "../ids.ts";
import type { Problem } from "../problem.ts";
import { storyPaths } from "../storyFolder.ts";
import { lineEndOf } from "./markdown.ts";
import { flowNode, parseYaml, readYaml, setFields, setValue, validate, withoutByteOrderMark, yamlText, type DataSource, type Parsed } from "./source.ts";

/** The format that this version reads and writes. */
export const STORY_FORMAT = 1;

const seconds = z.number().positive();

const shotLengthSchema = z
  .object({ shortest: seconds, ideal: seconds, longest: seconds })
  .refine((length) => length.shortest <= length.ideal && length.ideal <= length.longest, {
    error: "expected shortest <= ideal <= longest, in seconds",
  });

const outputSchema = z.object({
  /** Id of a profile in `outputs.ts`, e.g. `veo-3.1`. */
  profile: z.string(),
  aspectRatio: z.string().regex(/^\d+:\d+$/, { error: 'expected two numbers, e.g. "16:9" (with quotes)' }),
});

export const storySettingsSchema = z.object({
  format: z.number().int().positive(),
  title: z.string().trim().min(1, { error: "expected a title" }),
  /** BCP 47, e.g. `en`. */
  language: z.string().default("en"),
  /** How narration is cut into segments, in seconds; it depends on no model. */
  shotLength: shotLengthSchema.default({ shortest: 2.5, ideal: 5, longest: 8 }),
  outputs: z
    .record(idSchema, outputSchema)
    .refine((outputs) => Object.keys(outputs).length > 0, { error: "expected at least one output" })
    .default({ main: { profile: "general", aspectRatio: "16:9" } }),
});

export type StorySettings = z.infer<typeof storySettingsSchema>;
export type OutputSettings = z.infer<typeof outputSchema>;

export interface StoryDocument {
  readonly settings: StorySettings;
  /** True where a newer version wrote the story: it may be read, not written. */
  readonly readOnly: boolean;
}

export function parseStory(text: string): Parsed<StoryDocument> {
  const file = storyPaths.story;
  const source = readYaml(withoutByteOrderMark(text), { file });
  const { value, problems, rangeOf } = validate(storySettingsSchema, source, file);
  const newer = newerFormat(source, file);
  const found = [...newer, ...problems];
  return { value: value && { settings: value, readOnly: newer.length > 0 }, problems: found, rangeOf };
}

/**
 * The text of a story's settings. Comments, unknown keys and what did not change are kept, and what
 * has its default is not written down where it was not before; a text that says the same keeps its bytes.
 * @throws where the previous text cannot be read: mend or refuse it before
 */
export function formatStory(settings: StorySettings, previousText = ""): string {
  const content = withoutByteOrderMark(previousText);
  const document = parseYaml(content);
  const before = JSON.stringify(document);
  const previous = storySettingsSchema.partial().parse(document.toJS() ?? {});
  const isNew = content.trim() === "";
  for (const key of ["format", "title", "language"] as const) {
    if (isNew || settings[key] !== previous[key]) setValue(document, [key], flowNode(document, settings[key]));
  }
  if (isNew || !isSame(settings.shotLength, previous.shotLength)) setFields(document, ["shotLength"], settings.shotLength);
  if (isNew || !isSame(settings.outputs, previous.outputs)) writeOutputs(document, settings.outputs);
  if (JSON.stringify(document) === before) return previousText;
  return previousText.slice(0, previousText.length - content.length) + yamlText(document).replaceAll("\n", lineEndOf(content));
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function writeOutputs(document: Document, outputs: StorySettings["outputs"]): void {
  const present = document.get("outputs", true);
  if (!isMap(present)) document.set("outputs", document.createNode({}));
  else {
    for (const { key } of present.items) if (isScalar(key)) key.value = String(key.value);
    present.items = present.items.filter(({ key }) => isScalar(key) && Object.hasOwn(outputs, String(key.value)));
  }
  for (const [name, output] of Object.entries(outputs)) setFields(document, ["outputs", name], output);
  // Without quotes, other readers of YAML take 16:9 for a number to the base of 60.
  visit(document, {
    Pair(_, { key, value }) {
      if (isScalar(key) && key.value === "aspectRatio" && isScalar(value) && !value.source) value.type = Scalar.QUOTE_DOUBLE;
    },
  });
}

/** Looked at before anything else: where a newer version wrote the story, other findings mean little. */
export function newerFormat({ data, rangeOf }: DataSource, file: string): Problem[] {
  const { data: format } = z.looseObject({ format: z.number() }).transform((story) => story.format).safeParse(data);
  if (format === undefined || format <= STORY_FORMAT) return [];
  const message = `format ${format} is newer than the ${STORY_FORMAT} that this version writes; the story can be read only`;
  const hint = "Update Story Director to work on this story.";
  return [{ severity: "warning", code: "newer-format", message, hint, file, range: rangeOf(["format"]) }];
}
