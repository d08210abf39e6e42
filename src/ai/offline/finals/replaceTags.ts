import { findTags } from "../../../core/tags.ts";
import { sentenceCase } from "../language/inflection.ts";
import { untagged, type Look } from "./handles.ts";

const OWN_ARTICLE = /\b(?:a|an|the|his|her|its|their|this|that|one)\s+$/i;

/** A text with every tag replaced by its handle; reads as prose at the start of sentences and after articles. */
export function replaceTags(text: string, looks: ReadonlyMap<string, Look>): string {
  let result = "";
  let end = 0;
  for (const { tag, start, end: after } of findTags(text)) {
    result += text.slice(end, start);
    const handle = looks.get(tag)?.handle ?? `the ${tag.replace(/[/_-]+/g, " ")}`;
    const bare = OWN_ARTICLE.test(result) ? handle.replace(/^the /, "") : handle;
    result += /(?:^|[.!?]\s+)$/.test(result) ? sentenceCase(bare) : bare;
    end = after;
  }
  return untagged(result + text.slice(end)).replace(/[ \t]+/g, " ");
}
