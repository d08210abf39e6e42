import { isSeq } from "yaml";
import type { AssetImage } from "./assetDocument.ts";
import { editFrontMatter } from "./frontMatter.ts";
import { readMarkdown } from "./markdown.ts";
import { flowNode } from "./source.ts";

/**
 * Names one more image in the front matter of an asset. Every byte below it stays, and in it the
 * comments and the keys that nobody here knows; no hash covers images, so nothing is stale for it.
 * @param text A file that can be read as an asset.
 */
export function addImage(text: string, image: AssetImage): string {
  const document = readMarkdown(text, "");
  const edited = editFrontMatter(document, (yaml) => {
    if (!isSeq(yaml.get("images"))) yaml.set("images", yaml.createNode([]));
    yaml.addIn(["images"], flowNode(yaml, image));
  });
  const lines = text.split("\n");
  const { firstLine, lines: before } = document.frontMatter!;
  return [...lines.slice(0, firstLine), ...edited!, ...lines.slice(firstLine + before.length)].join("\n");
}
