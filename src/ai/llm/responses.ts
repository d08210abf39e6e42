import * as z from "zod";
import { assetKindSchema } from "../../core/documents/assetDocument.ts";
import { tagsIn } from "../../core/tags.ts";
import { segmentDraftSchema, type SegmentDraft } from "../../core/segmentDraft.ts";

/*
 * What models are asked for. These schemas are sent, so they keep to what every provider takes:
 * every key required, nullable instead of optional, no limits on lengths, no further keys. They
 * are the same for every call of a kind, since a schema is part of what providers cache.
 */

const text = z.string();

export const draftsAnswer = {
  name: "drafts",
  schema: z.strictObject({
    segments: z.array(
      z.strictObject({ id: text, visualPrompt: text, cameraWork: text, lighting: text, mood: text, usedAssets: z.array(text) }),
    ),
  }),
} as const;

export const extractionAnswer = {
  name: "extraction",
  schema: z.strictObject({
    assets: z.array(
      z.strictObject({
        id: text,
        kind: assetKindSchema,
        name: text,
        aliases: z.array(text),
        description: text,
        states: z.array(z.strictObject({ name: text, description: text })),
      }),
    ),
    scenes: z.array(
      z.strictObject({ from: text, place: text, time: text, cast: z.array(text), look: z.nullable(text), note: z.nullable(text) }),
    ),
  }),
} as const;

export const assetAnswer = {
  name: "asset",
  schema: z.strictObject({ kind: assetKindSchema, name: text, aliases: z.array(text), description: text, stateDescription: z.nullable(text) }),
} as const;

export const finalAnswer = { name: "final_prompt", schema: z.strictObject({ finalPrompt: text }) } as const;

/*
 * What is read. Servers that do not enforce a schema leave out keys or write null for nothing;
 * where that loses nothing, it is taken as it is meant.
 */

const said = z.string().trim();
const list = z.array(said).nullish().transform((items) => (items ?? []).filter(Boolean));
const maybe = said.nullish().transform((value) => value || undefined);

export const assetElementSchema = z.object({
  id: said.nullish().transform((id) => id ?? ""),
  kind: assetKindSchema,
  name: said.min(1, { error: "expected a name" }),
  aliases: list,
  description: said.nullish().transform((description) => description ?? ""),
  states: z
    .array(z.object({ name: said.min(1, { error: "expected a name" }), description: said.min(1, { error: "expected a description" }) }))
    .nullish()
    .transform((states) => states ?? []),
});

export type AssetElement = z.infer<typeof assetElementSchema>;

export const sceneElementSchema = z.object({
  from: said,
  place: said.min(1, { error: "expected the tag of a location" }),
  time: said.min(1, { error: "expected a time of day" }),
  cast: list,
  look: maybe,
  note: maybe,
});

export type SceneElement = z.infer<typeof sceneElementSchema>;

export const describedAssetSchema = z.object({
  kind: assetKindSchema,
  name: said.min(1, { error: "expected a name" }),
  aliases: list,
  description: said.nullish().transform((description) => description ?? ""),
  stateDescription: maybe,
});

export const finalElementSchema = z.object({ finalPrompt: said.min(1, { error: "expected a prompt" }) });

/** More tags than any picture holds; beyond, they are not even looked at one by one. */
const MOST_TAGS = 64;

const draftElementSchema = z
  .looseObject({ usedAssets: z.array(z.unknown()).max(MOST_TAGS, { error: `expected at most ${MOST_TAGS} tags` }) })
  .transform(({ usedAssets, ...rest }) => ({ ...rest, usedAssets: usedAssets.map(bareTag) }))
  .pipe(segmentDraftSchema);

/** `@maria` is meant as `maria`. */
function bareTag(tag: unknown): unknown {
  return typeof tag === "string" ? tag.trim().replace(/^@/, "") : tag;
}

export type DraftReading =
  | { readonly draft: SegmentDraft; readonly problems?: undefined }
  | { readonly draft?: undefined; readonly problems: readonly string[] };

export function readDraft(value: unknown): DraftReading {
  const { data, error } = draftElementSchema.safeParse(value);
  return data ? { draft: data } : { problems: issuesOf(error) };
}

/** What is wrong with an answer that should be one object. @param value What was found in it, if anything. */
export function objectIssues(value: unknown, error: z.ZodError): string[] {
  return value === undefined ? ["there is no JSON object in it that is whole"] : issuesOf(error);
}

/** A look stands in the prompt of every shot, where no tag means anything. */
export function tagIssues(description: string, before: string): string[] {
  const tags = tagsIn(description).map((tag) => `@${tag}`);
  return tags.length > 0 ? [`${before}: it holds ${tags.join(", ")}; say in plain words what is seen, without @`] : [];
}

/** Issues shown of one element: enough to mend it, and no flood. */
const MOST_ISSUES = 5;

/** `usedAssets.2: expected a tag without @, such as maria`; the first few. */
export function issuesOf(error: z.ZodError, before = ""): string[] {
  const shown = error.issues.slice(0, MOST_ISSUES).map(({ path, message }) => {
    const place = [...(before ? [before] : []), ...path.map(String)].join(".");
    return place ? `${place}: ${message}` : message;
  });
  const more = error.issues.length - shown.length;
  return more > 0 ? [...shown, `and ${more} more of this kind`] : shown;
}
