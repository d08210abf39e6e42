import { storyPaths } from "../storyFolder.ts";
import { partText, readMarkdown } from "./markdown.ts";

/** The look of a story, and named looks (`## Night`) that a scene can ask for. */
export interface Style {
  readonly text: string;
  readonly looks: ReadonlyMap<string, string>;
}

export const NO_STYLE: Style = { text: "", looks: new Map() };

/** Any text is a legal style. A look's name is its heading as written. */
export function parseStyle(text: string): Style {
  const document = readMarkdown(text, storyPaths.style);
  const looks = document.sections.map((section) => [lookName(section.heading), partText(section)] as const);
  return { text: partText(document.preface), looks: new Map(looks) };
}

/** Of a heading, with or without its `##`: blanks are folded. */
export function lookName(heading: string): string {
  return heading.replace(/^##/, "").replace(/[ \t\r]+/g, " ").trim();
}
