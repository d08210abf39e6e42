import { XMLParser, XMLValidator } from "fast-xml-parser";
import type { Problem } from "../../../core/problem.ts";
import { oneLine } from "../../../core/tags.ts";
import { errorIn, lineCounter, type SourceText } from "../sourceText.ts";

export interface XmlElement {
  /** Without its namespace's prefix. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (XmlElement | string)[];
  /** From 0. */
  readonly line: number;
}

/** Deeper than any subtitle; a tree that is walked by functions that call themselves. */
const DEEPEST = 60;
const TEXT = "#text";
const CDATA = "#cdata";

/** The root element, or why the text is not XML. Entities are left as they stand. */
export function parseXml({ name, text }: SourceText): XmlElement | Problem {
  const valid = XMLValidator.validate(text);
  if (valid !== true) return notXml(name, text, valid.err);
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: "",
    removeNSPrefix: true,
    trimValues: false,
    parseTagValue: false,
    parseAttributeValue: false,
    // A document type may define entities that swell without end.
    processEntities: false,
    captureMetaData: true,
    cdataPropName: CDATA,
    maxNestedTags: DEEPEST,
  });
  try {
    const nodes = parser.parse(text) as readonly Node[];
    const lineOf = lineCounter(text);
    const root = nodes.map((node) => elementOf(node, lineOf)).find((element) => typeof element !== "string" && element !== undefined && !element.name.startsWith("?"));
    if (typeof root === "object") return root;
    return notXml(name, text, { msg: "there is no element in it", line: 1, col: 1 });
  } catch (error) {
    return notXml(name, text, { msg: error instanceof Error ? error.message : String(error), line: 1, col: 1 });
  }
}

type Node = Readonly<Record<string, unknown>> & { readonly [symbol: symbol]: { readonly startIndex?: number } | undefined };

interface Fault {
  readonly msg: string;
  readonly line: number;
  readonly col: number;
}

function notXml(file: string, text: string, { msg, line, col }: Fault): Problem {
  // What is missing at the end is reported for the first line, with a list of all open elements.
  const isOpen = msg.startsWith("Invalid '[");
  const place = isOpen ? { line: text.trimEnd().split("\n").length - 1, character: 0 } : { line: fromZero(line), character: fromZero(col) };
  const message = isOpen ? "the XML breaks off: elements are left open at its end" : `this is not valid XML: ${oneLine(msg).slice(0, 200).replace(/\.$/, "")}`;
  return errorIn(file, { code: "not-xml", message, hint: "Export the file again; a file that breaks off was not copied to its end.", ...place });
}

/** The library gives no number where it lost its place. */
function fromZero(count: number): number {
  return count >= 1 ? count - 1 : 0;
}

function elementOf(node: Node, lineOf: (offset: number) => number): XmlElement | string | undefined {
  if (typeof node[TEXT] === "string") return node[TEXT];
  const name = Object.keys(node).find((key) => key !== ":@");
  if (name === undefined) return undefined;
  const line = lineOf(node[XMLParser.getMetaDataSymbol() as unknown as symbol]?.startIndex ?? 0);
  const nodes = (node[name] ?? []) as readonly Node[];
  if (name === CDATA) return nodes.map((child) => typeof child[TEXT] === "string" ? child[TEXT] : "").join("").replaceAll("&", "&amp;");
  const children = nodes.flatMap((child) => elementOf(child, lineOf) ?? []);
  const attributes = (node[":@"] ?? {}) as Readonly<Record<string, string>>;
  return { name, attributes, children, line };
}
