import * as z from "zod";

/** Numbers that some programs leave out, or write as null where they do not know them. */
export const maybeNumber = z.number().nullish().transform((value) => value ?? undefined);
export const maybeText = z.string().nullish().transform((value) => value ?? undefined);

/** Speakers are names with some programs and numbers with others. */
export const maybeSpeaker = z.union([z.string(), z.number()]).nullish().transform(speakerName);

/** Some programs write times as texts: `"1.25"`, `"1.25s"`. */
export const looseSeconds = z.union([z.number(), z.string().regex(/^-?\d{1,12}(?:\.\d{1,12})?s?$/, "expected seconds").transform((text) => Number.parseFloat(text))]);
export const maybeLooseSeconds = looseSeconds.nullish().transform((value) => value ?? undefined);

function speakerName(speaker: string | number | null | undefined): string | undefined {
  if (speaker === null || speaker === undefined || speaker === "") return undefined;
  return typeof speaker === "number" ? `Speaker ${speaker + 1}` : speaker;
}
