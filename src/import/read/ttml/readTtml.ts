import type { Problem } from "../../../core/problem.ts";
import type { RawCue, Reading, TimedPiece } from "../rawCue.ts";
import { errorIn, warningIn, type SourceText } from "../sourceText.ts";
import { decodeEntities } from "../subtitles/entities.ts";
import { withoutLabel } from "../subtitles/cueText.ts";
import { clockFrom, parseTtmlTime, type TtmlClock } from "./ttmlTime.ts";
import { parseXml, type XmlElement } from "./xmlTree.ts";

/** W3C Timed Text in its profiles: DFXP, IMSC, EBU-TT-D, and lyrics with timed words. */
export function readTtml(source: SourceText): Reading {
  const root = parseXml(source);
  if ("code" in root) return { format: "TTML subtitles", basis: "aligned", cues: [], problems: [root] };
  const problems: Problem[] = [];
  const context: Context = { file: source.name, clock: clockFrom(root.attributes), agents: agentsOf(root), problems };
  const body = root.children.find((child) => typeof child !== "string" && child.name === "body");
  const cues = typeof body === "object" ? cuesIn(body, { start: 0, end: undefined, agent: undefined }, context) : [];
  return { format: "TTML subtitles", basis: "aligned", cues, problems, language: root.attributes["lang"] || undefined, title: titleOf(root) };
}

interface Context {
  readonly file: string;
  readonly clock: TtmlClock;
  /** Names of speakers by their ids. */
  readonly agents: ReadonlyMap<string, string>;
  readonly problems: Problem[];
}

/** What an element takes over from the one around it; times are relative to it. */
interface Scope {
  readonly start: number;
  readonly end: number | undefined;
  readonly agent: string | undefined;
}

function cuesIn(element: XmlElement, outer: Scope, context: Context): RawCue[] {
  const scope = scopeOf(element, outer, context);
  if (!scope) return [];
  if (element.name === "p") return cuesOfParagraph(element, scope, context);
  const inSequence = element.attributes["timeContainer"] === "seq";
  let before = scope.start;
  return element.children.flatMap((child) => {
    if (typeof child === "string") {
      if (child.trim()) context.problems.push(warningIn(context.file, { code: "text-outside-cue", message: `“${child.trim().slice(0, 40)}” stands in no paragraph and was left out`, line: element.line }));
      return [];
    }
    if (child.name === "metadata" || child.name === "set") return [];
    const cues = cuesIn(child, inSequence ? { ...scope, start: before } : scope, context);
    before = cues.at(-1)?.end ?? before;
    return cues;
  });
}

function scopeOf(element: XmlElement, outer: Scope, context: Context): Scope | undefined {
  const { begin, end, dur, agent } = element.attributes;
  const read = (text: string | undefined, name: string): number | undefined => {
    if (text === undefined || text.trim() === "") return undefined;
    const time = parseTtmlTime(text, context.clock);
    if (time === undefined) context.problems.push(errorIn(context.file, { code: "unreadable-time", message: `${name}="${text.slice(0, 40)}" is no time`, hint: "Expected times like 00:01:02.500 or 62.5s.", line: element.line }));
    return time;
  };
  const before = context.problems.length;
  const [begins, ends, lasts] = [read(begin, "begin"), read(end, "end"), read(dur, "dur")];
  if (context.problems.length > before) return undefined;
  const start = outer.start + (begins ?? 0);
  const own = [ends === undefined ? undefined : outer.start + ends, lasts === undefined ? undefined : start + lasts].filter((time) => time !== undefined);
  return { start, end: own.length ? Math.min(...own) : outer.end, agent: agent ?? outer.agent };
}

function cuesOfParagraph(paragraph: XmlElement, scope: Scope, context: Context): RawCue[] {
  const spans = paragraph.children.filter((child) => typeof child !== "string" && isTimed(child));
  const text = textOf(paragraph);
  if (text.trim() === "") return [];
  const hasOwnTime = isTimed(paragraph) || scope.end !== undefined;
  if (!hasOwnTime && spans.length === 0) {
    context.problems.push(errorIn(context.file, { code: "unreadable-time", message: "this paragraph has no time", hint: "Expected begin and end on it or on what stands around it.", line: paragraph.line }));
    return [];
  }
  const pieces = spans.length ? piecesOf(paragraph, scope, context) : undefined;
  const last = pieces?.findLast((piece) => piece.end !== undefined)?.end;
  const start = isTimed(paragraph) ? scope.start : (pieces?.find((piece) => piece.start !== undefined)?.start ?? scope.start);
  const spoken = withoutLabel(text, undefined);
  const speaker = scope.agent === undefined ? spoken.label : (context.agents.get(scope.agent) ?? scope.agent);
  return [{ start, end: scope.end ?? last ?? start, text: scope.agent === undefined ? spoken.text : text, speaker, pieces, line: paragraph.line }];
}

function isTimed({ attributes }: XmlElement): boolean {
  return attributes["begin"] !== undefined || attributes["end"] !== undefined || attributes["dur"] !== undefined;
}

/** Spans with times inside a paragraph: words, or the lines of one cue. */
function piecesOf(paragraph: XmlElement, scope: Scope, context: Context): TimedPiece[] {
  return paragraph.children.flatMap((child): TimedPiece[] => {
    if (typeof child === "string" || !isTimed(child)) return [{ text: typeof child === "string" ? decodeEntities(child) : textOf(child) }];
    const inner = scopeOf(child, scope, context);
    return inner ? [{ text: textOf(child), start: inner.start, end: inner.end }] : [];
  });
}

/** XML's own line ends are blanks; only `br` ends a line. */
function textOf(element: XmlElement): string {
  if (element.name === "br") return "\n";
  if (element.name === "metadata") return "";
  return element.children.map((child) => (typeof child === "string" ? decodeEntities(child.replace(/\s+/g, " ")) : textOf(child))).join("");
}

function agentsOf(root: XmlElement): ReadonlyMap<string, string> {
  const agents = new Map<string, string>();
  for (const agent of elementsNamed(root, "agent")) {
    const name = elementsNamed(agent, "name")[0];
    const id = agent.attributes["id"];
    if (id && name) agents.set(id, textOf(name).trim());
  }
  return agents;
}

function titleOf(root: XmlElement): string | undefined {
  const head = elementsNamed(root, "head")[0];
  const title = head && elementsNamed(head, "title")[0];
  return (title && textOf(title).trim()) || undefined;
}

function elementsNamed(element: XmlElement, name: string): XmlElement[] {
  return element.children.flatMap((child) => (typeof child === "string" ? [] : [...(child.name === name ? [child] : []), ...elementsNamed(child, name)]));
}
