import { MarkdownString, Uri } from "vscode";
import type { Asset } from "../../core/documents/assetDocument.ts";
import { storyPaths } from "../../core/storyFolder.ts";

const HEIGHT_PX = 160;

/** What a row of the cast says when the mouse rests on it: its looks, in words and pictures. */
export function assetHover(folder: Uri, { id, name, aliases, description, states, images, late }: Asset): MarkdownString {
  const hover = new MarkdownString();
  hover.supportHtml = true;
  const also = aliases.length ? ` (${aliases.join(", ")})` : "";
  hover.appendMarkdown(`**@${id}** · `).appendText(`${name}${also}`);
  if (late) hover.appendMarkdown(" · *made in the middle of a run*");
  if (description) hover.appendMarkdown("\n\n").appendText(description);
  for (const [state, look] of states) hover.appendMarkdown(`\n\n**@${id}/${state}**: `).appendText(look);
  const pictures = images.map(({ file, state }) => picture(Uri.joinPath(folder, storyPaths.assets, file), state === undefined ? id : `${id}/${state}`));
  if (pictures.length) hover.appendMarkdown(`\n\n${pictures.join(" ")}`);
  return hover;
}

/** The file's name comes from a document, so nothing of it may be read as Markdown or HTML. */
function picture(uri: Uri, label: string): string {
  const source = uri.toString().replace(/["<>&']/g, encodeURIComponent);
  return `<img src="${source}" height="${HEIGHT_PX}" alt="@${label}">`;
}
