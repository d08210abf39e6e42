import type { Problem } from "../../../core/problem.ts";
import { shareTime, lettersOf } from "../cues/alignWords.ts";
import type { RawCue, Reading } from "../rawCue.ts";
import { warningIn, type SourceText } from "../sourceText.ts";
import { readCueBlocks, type CueBlock } from "./cueBlocks.ts";
import { readCueText, type Run } from "./cueText.ts";
import { freshLines } from "./rolling.ts";

export function readSubRip(source: SourceText): Reading {
  const { blocks, header, problems } = readCueBlocks(source, { isWebVtt: false });
  const above = header.findIndex((line) => line.trim() !== "");
  const lost = above < 0 ? [] : [warningIn(source.name, { code: "text-above-cues", message: "lines above the first cue have no times and were left out", hint: "Give them times, if they are spoken.", line: above })];
  return reading("SubRip subtitles", source, { blocks, problems: [...lost, ...problems] });
}

export function readWebVtt(source: SourceText): Reading {
  const { blocks, header, problems } = readCueBlocks(source, { isWebVtt: true });
  const language = header.flatMap((line) => /^Language:\s*([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\s*$/.exec(line)?.[1] ?? [])[0];
  return { ...reading("WebVTT subtitles", source, { blocks, problems }), language };
}

interface Blocks {
  readonly blocks: readonly CueBlock[];
  readonly problems: readonly Problem[];
}

interface ReadBlock {
  readonly block: CueBlock;
  readonly runs: readonly Run[];
}

function reading(format: string, { name }: SourceText, { blocks, problems }: Blocks): Reading {
  const read = blocks.map((block): ReadBlock => ({ block, runs: readCueText(block.lines.join("\n"), block.start) }));
  const rolled = unroll(read);
  if (!rolled) return { format, basis: "aligned", cues: read.flatMap(cuesOf), problems };
  const message = `the captions roll: ${read.length} cues show lines again that were shown before; the repeated lines were taken out, ${rolled.length} cues are left`;
  return { format, basis: "aligned", cues: rolled, problems: [...problems, warningIn(name, { code: "rolling-captions", message })] };
}

function cuesOf({ block, runs }: ReadBlock): RawCue[] {
  // Several voices in one cue share its time by what they say.
  const spans = shareTime(runs.map(({ text }) => text), block);
  return runs.map(({ text, speaker, pieces }, index): RawCue => {
    const { start, end } = runs.length === 1 ? block : spans[index]!;
    return { start, end, text, speaker, pieces: runs.length === 1 ? pieces : undefined, line: block.line };
  });
}

/** Undefined where the captions do not roll. */
function unroll(read: readonly ReadBlock[]): RawCue[] | undefined {
  const displayed = read.map(({ block, runs }) => ({
    start: block.start,
    end: block.end,
    lines: runs.flatMap(({ text }) => text.split("\n")).map((line) => line.replace(/\s+/g, " ").trim()).filter(Boolean),
    pieces: runs[0]?.pieces,
  }));
  const fresh = freshLines(displayed);
  if (!fresh) return undefined;
  const cues: RawCue[] = [];
  for (const [index, { block, runs }] of read.entries()) {
    const text = fresh[index]!.join("\n");
    const last = cues.at(-1);
    // What only shows the last lines again keeps them on the screen.
    if (text === "" && displayed[index]!.lines.length > 0 && last) cues[cues.length - 1] = { ...last, end: Math.max(last.end, block.end) };
    else cues.push({ start: block.start, end: block.end, text, speaker: runs[0]?.speaker, pieces: freshPieces(runs, text), line: block.line });
  }
  return cues;
}

/** The timed pieces of the lines that are new: the last ones, since new lines stand below. */
function freshPieces(runs: readonly Run[], text: string): Run["pieces"] {
  const pieces = runs.flatMap((run) => run.pieces ?? []);
  let missing = lettersOf(text).length;
  let from = pieces.length;
  while (from > 0 && missing > 0) missing -= lettersOf(pieces[--from]!.text).length;
  if (missing > 0 || pieces.length === 0) return undefined;
  const [first, ...rest] = pieces.slice(from);
  // The first piece may begin with the lines that were shown before.
  const own = first?.text.split("\n").filter((line) => line.trim()).at(-1);
  return first && missing < 0 ? [{ ...first, text: own ?? "" }, ...rest] : pieces.slice(from);
}
