import * as z from "zod";
import { idSchema, tagNameSchema } from "./ids.ts";

const part = z.string().trim().min(1, { error: "expected a text" });

/** What a director writes for one segment. Tags in `usedAssets` are without the `@`. */
export const segmentDraftSchema = z.object({
  id: idSchema,
  /** What is seen: one subject, one action with a start and an end state; tags as `@maria/old`. */
  visualPrompt: part,
  /** Shot size, angle, lens, and one movement. */
  cameraWork: part,
  lighting: part,
  mood: part,
  usedAssets: z.array(tagNameSchema),
});

export type SegmentDraft = z.infer<typeof segmentDraftSchema>;
