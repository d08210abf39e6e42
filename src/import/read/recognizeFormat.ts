import { looksLikeMarkdown } from "./prose/markdown.ts";
import { isTimeLine } from "./subtitles/timeLine.ts";

/** What a text is by its content. */
export type TextFormat =
  | { readonly kind: "subrip" | "webvtt" | "ttml" | "json" | "markdown" | "plain" }
  | { readonly kind: "refused"; readonly name: string; readonly hint: string; readonly line: number };

const EXPORT = "Export it as SRT or WebVTT and choose that file.";

/** @param text Decoded, with LF and without byte order mark. */
export function recognizeFormat(text: string): TextFormat {
  const start = text.slice(0, 4096).trimStart();
  if (/^WEBVTT(?:[ \t\n]|$)/.test(start)) return { kind: "webvtt" };
  if (isJson(start)) return { kind: "json" };
  if (start.startsWith("<")) {
    const xml = recognizeXml(start);
    if (xml) return xml;
  }
  const other = OTHER_FORMATS.find(({ pattern }) => pattern.test(start));
  if (other) return refused(text, other.name, other.hint);
  if (hasTimeLines(text)) return { kind: "subrip" };
  return { kind: looksLikeMarkdown(text) ? "markdown" : "plain" };
}

/** `[music]` and `{aside}` begin a text too; JSON goes on with a value or a name. */
function isJson(start: string): boolean {
  return /^\{\s*(?:"|\}|$)/.test(start) || /^\[\s*(?:[{\]"[]|-?\d[\d.eE+-]*\s*[,\]]|$)/.test(start);
}

function recognizeXml(start: string): TextFormat | undefined {
  const head = start.replace(/<\?[^>]{0,500}\?>|<!--[\s\S]{0,3000}?-->|<!DOCTYPE[^>[]{0,500}(?:\[[^\]]{0,3000}\]\s{0,20})?>/gi, "").trimStart();
  const root = /^<(?:[\w.-]{1,60}:)?([\w.-]{1,60})/.exec(head)?.[1];
  if (root === undefined) return undefined;
  if (root === "tt") return { kind: "ttml" };
  if (/^<!doctype html/i.test(start) || /^html$/i.test(root)) return refused(start, "a web page (HTML)", "Copy its text into a plain text file (.txt) and choose that.");
  if (/^(?:transcript|timedtext)$/i.test(root)) return refused(start, "YouTube's own caption XML", "Fetch the captions as WebVTT or SRT (yt-dlp: --convert-subs srt).");
  // A text may begin with a tag of its own; a document says that it is XML, or has its names from somewhere.
  return start.startsWith("<?xml") || /^<[^>]{1,500}\sxmlns/.test(head) ? refused(start, `XML with the root element ${root}`, `TTML has the root element tt. ${EXPORT}`) : undefined;
}

interface OtherFormat {
  readonly pattern: RegExp;
  readonly name: string;
  readonly hint: string;
}

const OTHER_FORMATS: readonly OtherFormat[] = [
  { pattern: /^\[Script Info\]/i, name: "an Advanced SubStation subtitle (ASS, SSA)", hint: EXPORT },
  { pattern: /^\{\d{1,9}\}\{\d{1,9}\}/, name: "a MicroDVD subtitle, whose times are frames", hint: EXPORT },
  { pattern: /^\d{1,3}:\d{2}:\d{2}\.\d{1,3},\d{1,3}:\d{2}:\d{2}\.\d{1,3}\n/, name: "a YouTube subtitle (SBV)", hint: EXPORT },
  { pattern: /^(?:\[[a-z]{2,10}:[^\]]{0,200}\]\s{1,20}){0,20}\[\d{1,3}:\d{2}(?:[.:]\d{1,3})?\]/, name: "song lyrics with times (LRC)", hint: EXPORT },
  { pattern: /^Scenarist_SCC/i, name: "Scenarist closed captions (SCC)", hint: EXPORT },
  { pattern: /^start\tend\ttext/i, name: "Whisper's table (TSV)", hint: "Choose the SRT, WebVTT or JSON file that Whisper wrote beside it." },
  { pattern: /^(?:diff --git|From [0-9a-f]{40}|#!\/)/, name: "a program or a patch", hint: "Choose a text, a subtitle file or the transcript of a recording." },
];

function refused(text: string, name: string, hint: string): TextFormat {
  return { kind: "refused", name, hint, line: text.slice(0, 4096).split("\n").findIndex((line) => line.trim() !== "") };
}

const MOST_LINES_ABOVE = 12;

function hasTimeLines(text: string): boolean {
  if (!/->|[–—]>|→/.test(text)) return false;
  const lines = text.split("\n");
  const first = lines.findIndex(isTimeLine);
  // One line with an arrow far down in a text is a part of it, not its time.
  return first >= 0 && (first < MOST_LINES_ABOVE || lines.filter(isTimeLine).length > lines.length / 10) && (lines[first]!.includes("-->") || lines.filter(isTimeLine).length > 1);
}
