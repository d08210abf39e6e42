/**
 * Makes a story folder from a subtitle file, a Whisper transcript or plain text:
 *   npx tsx scripts/make-story.ts <input.srt|.vtt|.json|.txt> <folder>
 */
import { mkdirSync, readFileSync, readdirSync, existsSync, writeFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { stringify } from "yaml";
import { formatTimingMap, roundSeconds, type TimedSegment, type TimingMap } from "../src/core/documents/timingMapDocument.ts";
import { StoryDirectorError, messageOf } from "../src/core/errors.ts";
import { storyPaths } from "../src/core/storyFolder.ts";

/** A line of narration with its times, in seconds. */
type Line = Omit<TimedSegment, "id">;

const WORDS_PER_MINUTE = 150;
const SHORTEST_SECONDS = 2.5;
const LONGEST_SECONDS = 8;

function main([input, folder]: readonly string[]): void {
  if (!input || !folder) throw new StoryDirectorError("two paths are needed", { hint: "npx tsx scripts/make-story.ts <input> <folder>" });
  if (existsSync(folder) && readdirSync(folder).length > 0) throw new StoryDirectorError(`${folder} is not empty`, { hint: "Name a new folder; nothing is overwritten." });
  const { lines, basis, language } = readInput(input);
  if (lines.length === 0) throw new StoryDirectorError(`${input}: no narration found`, { hint: "Expected subtitles, a Whisper transcript, or sentences." });
  const map: TimingMap = { format: 1, basis, duration: roundSeconds(lines.at(-1)!.end), segments: lines.map((line, index) => ({ id: `segment_${index + 1}`, ...line })) };
  const title = titleOf(input);
  mkdirSync(folder, { recursive: true });
  const write = (path: string, text: string) => writeFileSync(join(folder, path), text);
  write(storyPaths.story, stringify({ format: 1, title, language, shotLength: { shortest: 2.5, ideal: 5, longest: 8 }, outputs: { main: { profile: "general", aspectRatio: "16:9" } } }));
  write(storyPaths.timingMap, formatTimingMap(map));
  write(storyPaths.style, "Natural colours, soft contrast, fine film grain, real lenses.\n");
  write(storyPaths.narration, `# ${title}\n\n${lines.map(({ narration }) => narration).filter(Boolean).join("\n\n")}\n`);
  console.log(`${folder}: ${lines.length} segments, ${Math.round(map.duration ?? 0)} s, times ${basis}`);
}

interface Input {
  readonly lines: readonly Line[];
  readonly basis: TimingMap["basis"];
  readonly language: string;
}

function readInput(path: string): Input {
  const text = readFileSync(path, "utf8").replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
  switch (extname(path).toLowerCase()) {
    case ".srt":
    case ".vtt":
      return { lines: inOrder(readSubtitles(text)), basis: "aligned", language: "en" };
    case ".json":
      return readWhisper(text, path);
    default:
      return { lines: spoken(sentencesOf(text)), basis: "estimated", language: "en" };
  }
}

const CUE_TIME = /(?:(\d+):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})\s*-->\s*(?:(\d+):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})/;

function readSubtitles(text: string): Line[] {
  return text.split(/\n{2,}/).flatMap((block): Line[] => {
    const rows = block.split("\n");
    const at = rows.findIndex((row) => CUE_TIME.test(row));
    const match = CUE_TIME.exec(rows[at] ?? "");
    if (!match) return [];
    const narration = rows.slice(at + 1).join(" ").replace(/<[^>]*>/g, "").replace(/\s+/g, " ").trim();
    return [{ start: secondsOf(match.slice(1, 5)), end: secondsOf(match.slice(5, 9)), narration }];
  });
}

function secondsOf([hours = "0", minutes = "0", seconds = "0", fraction = "0"]: readonly (string | undefined)[]): number {
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) + Number(`0.${fraction}`);
}

function readWhisper(text: string, path: string): Input {
  const data = parseJson(text, path);
  const segments: readonly unknown[] = Array.isArray(data["segments"]) ? data["segments"] : [];
  const lines = segments.flatMap((item): Line[] => {
    const { start, end, text: narration, words } = (item ?? {}) as Record<string, unknown>;
    if (typeof start !== "number" || typeof end !== "number" || typeof narration !== "string") return [];
    return [{ start, end, narration: narration.trim(), ...(Array.isArray(words) ? { words: words.flatMap(readWord) } : {}) }];
  });
  return { lines: inOrder(lines), basis: "aligned", language: typeof data["language"] === "string" ? languageCode(data["language"]) : "en" };
}

function readWord(item: unknown): [number, number, string][] {
  const { start, end, word } = (item ?? {}) as Record<string, unknown>;
  return typeof start === "number" && typeof end === "number" && typeof word === "string" ? [[start, end, word.trim()]] : [];
}

/** Whisper writes the name of the language, or its code. */
function languageCode(language: string): string {
  return { english: "en", german: "de", french: "fr", spanish: "es", italian: "it", chinese: "zh", japanese: "ja", russian: "ru", arabic: "ar" }[language.toLowerCase()] ?? language;
}

function parseJson(text: string, path: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch (error) {
    throw new StoryDirectorError(`${path} is no JSON: ${messageOf(error)}`, { hint: "Export the transcript once more." });
  }
}

/** A line that starts before the last one ends is cut, one without length left out. */
function inOrder(lines: readonly Line[]): Line[] {
  const result: Line[] = [];
  for (const line of [...lines].sort((a, b) => a.start - b.start)) {
    const start = Math.max(line.start, result.at(-1)?.end ?? 0);
    if (line.end - start > 0.05) result.push({ ...line, start: roundSeconds(start), end: roundSeconds(line.end) });
  }
  return result;
}

/** Sentences, long ones cut at their commas, short ones joined: each as long as a shot may be. */
function sentencesOf(text: string): string[] {
  const most = (LONGEST_SECONDS * WORDS_PER_MINUTE) / 60;
  const fewest = (SHORTEST_SECONDS * WORDS_PER_MINUTE) / 60;
  // A short line without a full stop, before a line with a capital, is a heading or a verse.
  const apart = text.replace(/^([^\n]{1,40}[\p{L}\p{N}])\n(?=[“"]?\p{Lu})/gmu, "$1\n\n");
  const pieces = apart.split(/\n\s*\n/).filter((paragraph) => /\p{L}/u.test(paragraph)).flatMap((paragraph) => {
    const plain = paragraph.replace(/\s+/g, " ").trim();
    return (plain.match(/[^.!?]+(?:[.!?]+["”’)]*|$)\s*/g) ?? []).flatMap((sentence) => cutLong(sentence.trim(), most));
  });
  const joined: string[] = [];
  for (const piece of pieces.filter(Boolean)) {
    const last = joined.at(-1);
    if (last !== undefined && countWords(last) < fewest && countWords(last) + countWords(piece) <= most) joined[joined.length - 1] = `${last} ${piece}`;
    else joined.push(piece);
  }
  return joined;
}

function cutLong(sentence: string, most: number): string[] {
  const words = sentence.split(" ");
  if (words.length <= most) return [sentence];
  const middle = words.length / 2;
  const ends = words.flatMap((word, index) => (/[,;:—]["”’)]*$/.test(word) && index > 2 && index < words.length - 3 ? [index + 1] : []));
  const at = ends.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle))[0] ?? Math.ceil(middle);
  return [...cutLong(words.slice(0, at).join(" "), most), ...cutLong(words.slice(at).join(" "), most)];
}

function countWords(text: string): number {
  return text.split(/\s+/).filter(Boolean).length;
}

function spoken(texts: readonly string[]): Line[] {
  let start = 0;
  return texts.map((narration) => {
    const seconds = Math.min(LONGEST_SECONDS, Math.max(SHORTEST_SECONDS, (countWords(narration) * 60) / WORDS_PER_MINUTE));
    const line = { start: roundSeconds(start), end: roundSeconds(start + seconds), narration };
    start = line.end;
    return line;
  });
}

function titleOf(path: string): string {
  const words = basename(path).replace(/\.(?:whisper\.)?\w+$/, "").split(/[-_\s]+/).filter(Boolean);
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(" ") || "Story";
}

try {
  main(process.argv.slice(2));
} catch (error) {
  const hint = error instanceof StoryDirectorError && error.hint ? `\n${error.hint}` : "";
  console.error(`${messageOf(error)}${hint}`);
  process.exitCode = 1;
}
