import { compareProblems, isError, type Problem } from "../../core/problem.ts";
import { roundSeconds } from "../../core/times.ts";
import { judgeStart, shiftCues, type JudgedStart } from "../timeCodes.ts";
import type { Transcript } from "../transcript.ts";
import { decodeBytes } from "./bytes/decodeBytes.ts";
import { finishCues } from "./cues/finishCues.ts";
import { readJsonTranscript } from "./json/readJsonTranscript.ts";
import { readMarkdown, readPlainText } from "./prose/readProse.ts";
import type { Reading } from "./rawCue.ts";
import { recognizeFormat, type TextFormat } from "./recognizeFormat.ts";
import { errorIn, fileName, limitFindings, warningIn, type SourceText } from "./sourceText.ts";
import { readSubRip, readWebVtt } from "./subtitles/readSubtitles.ts";
import { readTtml } from "./ttml/readTtml.ts";

export interface TranscriptFile {
  /** Shown in problems; says nothing about the format. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface ReadOptions {
  /** Pace for texts without times, and for cues whose end is unknown. */
  readonly wordsPerMinute: number;
  /** Length of the sound that the words were heard in, where it is known: words without times are stretched to it. */
  readonly soundSeconds?: number | undefined;
}

export interface ReadTranscript {
  /** Undefined where one of the problems is an error. */
  readonly transcript?: Transcript;
  /** In the order of the file; with a transcript these are its findings. */
  readonly problems: readonly Problem[];
}

/**
 * Reads narration from what people have: plain text, Markdown, SubRip, WebVTT, TTML, and the JSON of
 * transcribers. The content says what it is. Never throws: what cannot be read is an error with file,
 * line, what was found and what to do.
 */
export function readTranscript({ name, bytes }: TranscriptFile, options: ReadOptions): ReadTranscript {
  const text = decodeBytes(bytes);
  if (typeof text !== "string") return { problems: [errorIn(name, text)] };
  const source: SourceText = { name, text };
  const format = recognizeFormat(source.text);
  const label = checkLabel(name, format.kind);
  if (label && isError(label)) return { problems: [label] };
  const reading = read(source, format, options);
  const finished = reading.problems.some(isError) ? undefined : finishCues(reading.cues, { file: name, basis: reading.basis, ...options });
  const start: JudgedStart = finished && reading.basis === "aligned" ? judgeStart(finished.cues, { file: name, soundSeconds: reading.duration ?? options.soundSeconds }) : { problems: [] };
  const all = [...(label ? [label] : []), ...reading.problems, ...(finished?.problems ?? []), ...start.problems];
  const problems = limitFindings(all.toSorted(compareProblems));
  if (!finished || problems.some(isError)) return { problems };
  const { format: formatName, basis, duration, language, title } = reading;
  const end = finished.cues.at(-1)!.end;
  const transcript: Transcript = {
    format: formatName,
    basis,
    source: { file: fileName(name), format: formatName },
    ...(start.timeCode === undefined ? { cues: finished.cues } : { cues: shiftCues(finished.cues, -start.timeCode), timeCode: start.timeCode }),
    ...(duration === undefined || !(duration >= 0) || !Number.isFinite(duration) ? {} : { duration: Math.max(end, roundSeconds(duration)) }),
    ...(language ? { language } : {}),
    ...(title ? { title } : {}),
    findings: problems,
  };
  return { transcript, problems };
}

function read(source: SourceText, format: TextFormat, options: ReadOptions): Reading {
  switch (format.kind) {
    case "subrip":
      return readSubRip(source);
    case "webvtt":
      return readWebVtt(source);
    case "ttml":
      return readTtml(source);
    case "json":
      return readJsonTranscript(source, options);
    case "markdown":
      return readMarkdown(source, options);
    case "plain":
      return readPlainText(source, options);
    case "refused": {
      const problem = errorIn(source.name, { code: "unread-format", message: `this is ${format.name}, which is not read`, hint: format.hint, line: format.line });
      return { format: format.name, basis: "estimated", cues: [], problems: [problem] };
    }
  }
}

type Kind = TextFormat["kind"];

/** What files with these endings hold, by their name. */
const LABELS: Readonly<Record<string, { readonly says: string; readonly kinds: readonly Kind[] }>> = {
  srt: { says: "SubRip subtitles", kinds: ["subrip"] },
  vtt: { says: "WebVTT subtitles", kinds: ["webvtt"] },
  ttml: { says: "TTML subtitles", kinds: ["ttml"] },
  dfxp: { says: "TTML subtitles", kinds: ["ttml"] },
  json: { says: "JSON", kinds: ["json"] },
  txt: { says: "plain text", kinds: ["plain", "markdown"] },
  md: { says: "Markdown", kinds: ["plain", "markdown"] },
  markdown: { says: "Markdown", kinds: ["plain", "markdown"] },
};

const KINDS: Readonly<Record<Kind, string>> = {
  subrip: "SubRip subtitles", webvtt: "WebVTT subtitles", ttml: "TTML subtitles", json: "JSON", markdown: "Markdown", plain: "plain text", refused: "something else",
};

/** A name that says something else than the content is said; prose where times were promised is an error. */
function checkLabel(file: string, kind: Kind): Problem | undefined {
  const label = LABELS[/\.([A-Za-z]{2,8})$/.exec(file)?.[1]?.toLowerCase() ?? ""];
  if (!label || label.kinds.includes(kind) || kind === "refused") return undefined;
  const isProse = kind === "plain" || kind === "markdown";
  if (isProse) return errorIn(file, { code: "wrong-label", message: `the name says ${label.says}, but there is no ${label.says === "JSON" ? "JSON" : "time"} in it`, hint: "Export it again; if it is narration without times, give it a name that ends in .txt or .md.", line: 0 });
  return warningIn(file, { code: "wrong-label", message: `the name says ${label.says}, but the file holds ${KINDS[kind]}; it was read as that` });
}
