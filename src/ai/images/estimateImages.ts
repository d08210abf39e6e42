import { tagsWithoutImage } from "../../core/assetImages.ts";
import type { SegmentRange } from "../../core/extractionPlan.ts";
import type { Story } from "../../core/story.ts";

/** Calls to an image model, as an estimate counts them. */
export interface ImageCalls {
  readonly purpose: "image";
  readonly role: "image";
  readonly calls: number;
  /** Of all calls. */
  readonly inputTokens: number;
  readonly sharedTokens: 0;
  /** Of all calls. */
  readonly outputTokens: number;
}

/** Tokens of one picture by quality, for the wide and the tall sizes: what OpenAI gave for gpt-image-1; its successors charge alike. */
const PICTURE_TOKENS: Readonly<Record<string, number>> = { low: 408, medium: 1584, high: 6240 };
const PROMPT_TOKENS = 350;

/** Of every six segments there is about one asset, where the narration has not been read yet. */
const SEGMENTS_AN_ASSET = 6;

/** One call for each tag that has no image, and for each asset that Extract Assets is likely to find. */
export function estimateImages({ assets }: Pick<Story, "assets">, ranges: readonly SegmentRange[], quality: string | undefined): ImageCalls {
  const missing = [...assets.values()].reduce((sum, asset) => sum + tagsWithoutImage(asset).length, 0);
  const unread = ranges.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  const expected = assets.size === 0 ? Math.ceil(unread / SEGMENTS_AN_ASSET) : 0;
  const calls = missing + expected;
  const tokens = PICTURE_TOKENS[quality ?? "medium"] ?? PICTURE_TOKENS["medium"]!;
  return { purpose: "image", role: "image", calls, inputTokens: calls * PROMPT_TOKENS, sharedTokens: 0, outputTokens: calls * tokens };
}
