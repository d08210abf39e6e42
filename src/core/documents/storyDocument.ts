import * as z from "zod";
import { idSchema } from "../ids.ts";
import type { Problem } from "../problem.ts";
import { storyPaths } from "../storyFolder.ts";
import { readYaml, validate, withoutByteOrderMark, type DataSource, type Parsed } from "./source.ts";

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

/** Looked at before anything else: where a newer version wrote the story, other findings mean little. */
export function newerFormat({ data, rangeOf }: DataSource, file: string): Problem[] {
  const { data: format } = z.looseObject({ format: z.number() }).transform((story) => story.format).safeParse(data);
  if (format === undefined || format <= STORY_FORMAT) return [];
  const message = `format ${format} is newer than the ${STORY_FORMAT} that this version writes; the story can be read only`;
  const hint = "Update Story Director to work on this story.";
  return [{ severity: "warning", code: "newer-format", message, hint, file, range: rangeOf(["format"]) }];
}
