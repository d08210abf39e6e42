import type { Document } from "yaml";
import { withLineEnds, type MarkdownDocument } from "./markdown.ts";
import { parseYaml, readYaml, yamlText, type DataSource } from "./source.ts";

/** The front matter of a document as data; that of a document without one is empty. */
export function readFrontMatter(document: MarkdownDocument, file: string): DataSource {
  return readYaml(frontMatterText(document), { file, firstLine: document.frontMatter?.firstLine ?? 0 });
}

/** The YAML between the `---` lines, as it stands in the file. */
export function frontMatterText({ frontMatter }: MarkdownDocument): string {
  return (frontMatter?.lines ?? []).map((line) => `${line}\n`).join("");
}

/** Its lines after an edit. Where the edit changed no value, they are those that stood there, if any, byte for byte. */
export function editFrontMatter(source: MarkdownDocument, edit: (document: Document) => void): readonly string[] | undefined {
  const document = parseYaml(frontMatterText(source));
  const before = JSON.stringify(document);
  edit(document);
  if (JSON.stringify(document) === before) return source.frontMatter?.lines;
  return withLineEnds(yamlText(document).split("\n").slice(0, -1), source.lineEnd);
}
